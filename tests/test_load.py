from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator import load, spotcheck
from tests import build, rules_build


def found(root: Path) -> list[tuple[str, int, int, str]]:
    return [(Path(each.path).name, each.line, each.column, each.rule) for each in load.library(root).findings]


def with_record(root: Path, text: str) -> Path:
    return build.repository(root, TL_2026_0001=text)


def test_a_good_record_is_read_without_findings(tmp_path: Path) -> None:
    library = load.library(build.repository(tmp_path))
    assert library.findings == ()
    values = library.records["loan"]["TL-2026-0001"].values
    assert values["price"] == Decimal("1280.50")
    assert str(values["parts"][0]["count"]) == "1.10"
    assert values["parts"][0]["part"] == "007"
    assert values["pieces"] == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "rule"),
    [
        ("tool: 扳手 wrench & co <w:p> {{ 7*7 }}\n", "", 1, 1, "schema.required"),
        ("pieces: 2", 'pieces: "2"', 7, 9, "schema.type"),
        ("pieces: 2", "pieces: 2.5", 7, 9, "schema.type"),
        ("price: 1280.50", "price: 1,280.50", 6, 8, "schema.type"),
        ("is_new: true", "is_new: yes", 8, 9, "schema.type"),
        ("lent_on: 2026-03-02", "lent_on: 2026-02-30", 5, 10, "schema.format"),
        ("kind: hand", "kind: foot", 9, 7, "schema.enum"),
        ("kind: hand", "knid: hand", 9, 1, "schema.unknown-field"),
        ('  - part: "007"\n', "  - parts: x\n", 14, 5, "schema.unknown-field"),
        ("number: TL-2026-0001", "number: TL-26-1", 1, 9, "number.pattern"),
        ("number: TL-2026-0001", "number: ../x", 1, 9, "number.unsafe"),
        ("kind: hand", "follows: TL-2026-0002", 9, 10, "reference.unknown"),
        ("kind: hand", "pictures: [none.jpg]", 9, 12, "attachment.missing"),
        ("kind: hand", "pictures: [../../x.jpg]", 9, 12, "schema.format"),
        ("state: open", "state: returned\nremark:", 4, 1, "yaml.twice"),
    ],
)
def test_a_fault_is_found_where_it_stands(
    tmp_path: Path, *, old: str, new: str, line: int, column: int, rule: str
) -> None:
    assert old in build.RECORD
    places = found(with_record(tmp_path, build.RECORD.replace(old, new)))
    if rule == "yaml.twice":
        assert [each[3] for each in places] == [rule]
    else:
        assert ("TL-2026-0001.yaml", line, column, rule) in places


@pytest.mark.parametrize(("since", "rules"), [("2026-03-02", ["reference.unknown"]), ("2026-03-03", [])])
def test_what_was_begun_before_a_form_was_in_use_may_name_papers_kept_outside(
    tmp_path: Path, since: str, rules: list[str]
) -> None:
    root = with_record(tmp_path, build.RECORD.replace("kind: hand", "follows: PO-117"))
    schema = root / "schemas/loan.yaml"
    schema.write_text(schema.read_text("utf-8").replace("x-ref: [loan]", "x-ref-if-kept: [loan]"), "utf-8")
    setting = f"settings:\n  - setting: records.kept_since\n    value: 'loan: {since}'\n"
    (root / "records/organization.yaml").write_text(build.ORGANIZATION + setting, "utf-8")
    assert [each[3] for each in found(root)] == rules


def test_an_empty_required_field_is_pointed_at(tmp_path: Path) -> None:
    assert found(with_record(tmp_path, build.RECORD.replace("lent_on: 2026-03-02", "lent_on:"))) == [
        ("TL-2026-0001.yaml", 5, 1, "schema.required")
    ]


def test_a_condition_asks_for_its_field(tmp_path: Path) -> None:
    text = build.RECORD.replace("state: open", "state: returned").replace("remark: |\n  第一行\n  second line\n", "")
    assert [each[3] for each in found(with_record(tmp_path, text))] == ["schema.required"]


def test_all_faults_of_a_record_are_found_at_once(tmp_path: Path) -> None:
    text = build.RECORD.replace("pieces: 2", "pieces: x").replace("kind: hand", "kind: y").replace("true", "maybe")
    assert len(found(with_record(tmp_path, text))) == 3


def test_what_is_required_is_named_with_what_can_be_written(tmp_path: Path) -> None:
    text = build.RECORD.replace("lent_on: 2026-03-02\n", "").replace("state: open\n", "")
    assert [each.message.en for each in load.library(with_record(tmp_path, text)).findings] == [
        "'Lent on' (lent_on) is required and not filled: fill it in (2026-08-31)",
        "'State' (state) is required and not filled: fill it in (open (Open), returned (Returned))",
    ]


def test_what_was_meant_is_said(tmp_path: Path) -> None:
    text = build.RECORD.replace("kind: hand", "kind: 电").replace("count: 1.10", "colour: red")
    assert [each.message.en for each in load.library(with_record(tmp_path, text)).findings] == [
        "'Kind' has no option '电'. Choose one of: hand (Hand), power (Power), did you mean 'power'?",
        "the form has no field 'colour', the columns of this table are part Part, count Count: rename or remove it",
    ]


def test_the_file_is_named_by_the_number(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0009=build.RECORD)
    assert [each[3] for each in found(root)] == ["number.stem"]


def test_one_number_in_two_folders_is_a_finding(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    original = "records/loan/2026/TL-2026-0001.yaml"
    for folder in ("2025/", "2027/", ""):
        copy = root / f"records/loan/{folder}TL-2026-0001.yaml"
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(build.RECORD, "utf-8")
        library = load.library(root)
        assert [(each.path, each.rule) for each in library.findings] == [
            (copy.relative_to(root).as_posix(), "number.unique")
        ]
        assert library.records["loan"]["TL-2026-0001"].path == original
        assert spotcheck.of(root, (copy,), rules_build.NOW) is None  # all is looked at, or the double is not seen
        copy.unlink()


def test_a_folder_without_a_form_is_a_finding(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    (root / "records/lone").mkdir()
    (root / "records/lone/X-1.yaml").write_text("number: X-1\n", "utf-8")
    assert found(root) == [("X-1.yaml", 1, 1, "load.form")]


def test_a_link_out_of_the_tree_is_not_read(tmp_path: Path) -> None:
    root = build.repository(tmp_path / "inside")
    outside = tmp_path / "outside.yaml"
    outside.write_text(build.RECORD, "utf-8")
    (root / "records/loan/2026/TL-2026-0002.yaml").symlink_to(outside)
    assert found(root) == [("TL-2026-0002.yaml", 1, 1, "load.link")]


def test_an_attachment_that_links_out_of_the_tree_is_a_finding(tmp_path: Path) -> None:
    text = build.RECORD.replace("kind: hand", "pictures: [a.jpg]")
    root = with_record(tmp_path / "inside", text)
    (tmp_path / "a.jpg").write_bytes(b"x")
    folder = root / "records/loan/2026/TL-2026-0001"
    folder.mkdir()
    (folder / "a.jpg").symlink_to(tmp_path / "a.jpg")
    assert [each[3] for each in found(root)] == ["attachment.link"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("x-ref: [loan]", "x-ref: [laon]", "definition.reference"),
        (
            "x-label: {zh: 工具, en: Tool}, x-group: main",
            "x-label: {zh: 工具, en: Tool}, x-group: mian",
            "definition.reference",
        ),
        ("required: [state, tool, lent_on]", "required: [state, tol]", "definition.reference"),
        ("x-label: {zh: 工具, en: Tool}", "x-label: {zh: 工具}", "definition"),
        ("TL-{year}-{seq:04d}", "TL-{yaer}-{seq:04d}", "definition.pattern"),
        ("retention: {years: 3}", "retention: {years: three}", "definition"),
        ("      hand: {zh: 手动, en: Hand}\n", "", "definition.reference"),
        ("\n  remark: ", "\n  accepted: ", "definition.reference"),
    ],
)
def test_a_fault_of_a_definition_is_found_in_the_definition(tmp_path: Path, old: str, new: str, rule: str) -> None:
    root = build.repository(tmp_path)
    assert old in build.LOAN
    (root / "schemas/loan.yaml").write_text(build.LOAN.replace(old, new), "utf-8")
    places = [(name, each) for name, _, _, each in found(root) if name == "loan.yaml"]
    assert ("loan.yaml", rule) in places


def test_an_empty_repository_says_what_is_missing(tmp_path: Path) -> None:
    assert found(tmp_path) == [("organization.yaml", 1, 1, "load.organization")]


def test_findings_come_in_order(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0002="x", TL_2026_0001="y: [")
    names = [each[0] for each in found(root)]
    assert names == sorted(names)


def test_a_name_written_for_a_number_is_answered_with_the_number(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    path = root / "schemas/loan.yaml"
    path.write_text(build.LOAN.replace("  retention:", "  shows: tool\n  retention:"), "utf-8")
    second = build.RECORD.replace("0001", "0002", 1).replace("kind: hand", "follows: 扳手 wrench & co <w:p> {{ 7*7 }}")
    second = second.replace("tool: 扳手", "tool: 钳子")
    (root / "records/loan/2026/TL-2026-0002.yaml").write_text(second, "utf-8")
    messages = [each.message.en for each in load.library(root).findings]
    assert len(messages) == 1
    assert "did you mean 'TL-2026-0001'?" in messages[0]


def test_a_reference_to_a_wrong_file_says_so(tmp_path: Path) -> None:
    second = build.RECORD.replace("0001", "0002", 1).replace("kind: hand", "follows: TL-2026-0001")
    wrong = build.RECORD.replace("kind: hand", "kind: foot")
    root = build.repository(tmp_path, TL_2026_0001=wrong, TL_2026_0002=second)
    messages = [each.message.en for each in load.library(root).findings if "0002" in each.path]
    assert messages == ["'Follows' points to 'TL-2026-0001', which has findings itself: correct that file first"]
