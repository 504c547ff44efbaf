from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator import diagnostics, editorschema, load, report
from generator.commands import check, editor
from generator.model import Finding, Severity
from generator.terms import Language, Text
from tests.language_server import Client

ROOT = Path(__file__).resolve().parents[1]
VSCODE = ROOT / ".vscode"
NOW = datetime.fromisoformat("2026-11-24T12:00+08:00")
START = "# yaml-language-server: $schema=../../../out/schemas/complaint-reply.json\n"
WRONG = f"""{START}number: CCR-2026-9001
created_on: 2026-13-01
kind: finall
customer: C0001
sent_at: 2026-08-31
language:{" "}
evidnce: [a.pdf]
"""


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample organisation as a folder of its own, with the descriptions that `wenkong editor` writes."""
    root = tmp_path_factory.mktemp("plant")
    for each in ("schemas", "records"):
        shutil.copytree(ROOT / each, root / each)
    said: list[str] = []
    assert editor.run(root, language=Language.EN, say=said.append) == 0
    assert editor.FOLDER in said[0]
    return root


@pytest.fixture(scope="module")
def client(plant: Path) -> Iterator[Client]:
    settings = json.loads((VSCODE / "settings.json").read_text("utf-8"))
    yaml = {key.removeprefix("yaml."): value for key, value in settings.items() if key.startswith("yaml.")}
    yaml["schemaStore"] = {"enable": yaml.pop("schemaStore.enable")}
    with Client(plant, yaml) as opened:
        yield opened


def test_an_option_is_offered_with_its_meaning_in_both_languages(plant: Path, client: Client) -> None:
    path = plant / "records/complaint-reply/2026/CCR-2026-9001.yaml"
    client.open(path, WRONG)
    offered = {each["label"]: str(each["documentation"]) for each in client.complete(path, 6, 10)}
    assert offered["german"] == "德文 German"
    assert set(offered) == {"chinese", "english", "german", "other"}


def test_a_field_that_names_a_customer_offers_the_customers_by_name(plant: Path, client: Client) -> None:
    path = plant / "records/complaint-reply/2026/CCR-2026-9002.yaml"
    client.open(path, START + "customer: \n")
    offered = {each["label"]: each["documentation"] for each in client.complete(path, 1, 10)}
    assert offered["C0002"] == "旭珩电机"


def test_keys_are_offered_and_a_whole_new_record_too(plant: Path, client: Client) -> None:
    path = plant / "records/complaint-reply/2026/CCR-2026-9003.yaml"
    client.open(path, START + "\n")
    offered = {each["label"]: each.get("insertText", "") for each in client.complete(path, 1, 0)}
    assert offered["customer"] == "customer: "
    snippet = next(text for label, text in offered.items() if label.startswith("新的"))
    assert snippet.startswith("number: ${1:CCR-$CURRENT_YEAR-SEQ}\n")
    assert "kind: ${7|acknowledgement,interim,progress,final,explanation|}" in snippet
    assert "signed_by:" in snippet
    assert "evidence" not in snippet  # it need not be filled


def test_help_shows_both_languages_and_the_clause_of_each_rule(plant: Path, client: Client) -> None:
    path = plant / "records/complaint-reply/2026/CCR-2026-9004.yaml"
    client.open(path, START + "kind: final\n")
    shown = client.hover(path, 1, 2)
    assert "类别 Kind" in shown
    assert "CP-06 5.7 · R-06-43g · 最终答复写明发生和流出的原因" in shown
    assert "A final reply states the cause" in shown


def test_what_is_wrong_is_marked_while_typing_with_our_own_words(plant: Path, client: Client) -> None:
    path = plant / "records/complaint-reply/2026/CCR-2026-9005.yaml"
    marked = {(each["range"]["start"]["line"], each["message"]) for each in client.open(path, WRONG)}
    lines = {line for line, _ in marked}
    assert {2, 3, 5, 6, 7} <= lines
    assert any(line == 3 and "请从选项中选择" in text and "choose one of" in text for line, text in marked)
    assert any(line == 5 and "2026-08-31 14:05" in text for line, text in marked)
    assert 4 not in lines


def test_a_record_of_each_form_is_left_in_peace(plant: Path, client: Client) -> None:
    for key, record in _samples():
        text = re.sub(r"\A# yaml-language-server.*\n", "", (ROOT / record).read_text("utf-8"))
        shown = client.open(
            plant / "records" / f"{key}-a.yaml",
            f"# yaml-language-server: $schema={(plant / editor.FOLDER / f'{key}.json').as_uri()}\n{text}",
        )
        assert shown == [], record


def _samples() -> Iterator[tuple[str, str]]:
    for form in load.library(ROOT).forms:
        found = sorted((ROOT / "records" / form).rglob("*.yaml"))
        if found:
            yield form, found[0].relative_to(ROOT).as_posix()


def test_a_second_description_writes_nothing(plant: Path) -> None:
    files = sorted((plant / editor.FOLDER).iterdir())
    before = [each.stat().st_mtime_ns for each in files]
    editor.run(plant, language=Language.ZH, say=lambda _: None)
    assert [each.stat().st_mtime_ns for each in files] == before


def test_every_rule_that_names_a_field_stands_in_the_help_of_it() -> None:
    library = load.library(ROOT)
    form = library.forms["complaint-reply"]
    made = editorschema.of_form(form, library)
    told = "\n".join(each["description"] for each in made["properties"].values())
    assert {each.id for each in form.rules} <= set(re.findall(r"R-\d\d-\w+", told))
    assert "R-06-53b" not in made["properties"]["subject"]["description"]


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
@pytest.mark.parametrize("severity", list(Severity))
def test_the_task_of_the_editor_reads_the_lines_of_the_check(language: Language, severity: Severity) -> None:
    tasks = json.loads((VSCODE / "tasks.json").read_text("utf-8"))["tasks"]
    matchers = next(each["problemMatcher"] for each in tasks if each["command"] == "wenkong check")
    finding = Finding("records/a b/x.yaml", 3, 7, "R-06-01", Text("甲 [乙]", "a [b]: c"), severity, clause="CP-06 5.1")
    (line,) = report.lines([finding], language)
    read = {each["severity"]: re.match(each["pattern"]["regexp"], line) for each in matchers}
    hit = read.pop(severity.value)
    assert hit
    assert hit.groups() == ("records/a b/x.yaml", "3", "7", finding.message.within(language), "R-06-01")
    assert not any(read.values())


def _published(text: str, *findings: Finding, also: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    made = diagnostics.published(
        findings,
        also=also,
        uri=lambda path: f"file:///{path}",
        lines=lambda _: text.splitlines(),
        language=Language.ZH,
    )
    return list(json.loads(made))


def test_a_diagnostic_counts_in_units_of_utf_16() -> None:
    (shown,) = _published("a: 🔧 错的  \n", Finding("r.yaml", 1, 6, "R-1", Text("不对", "wrong"), clause="CP-06 5.1"))
    (only,) = shown["diagnostics"]
    assert only["range"] == {"start": {"line": 0, "character": 6}, "end": {"line": 0, "character": 8}}
    assert (only["severity"], only["code"], only["source"]) == (1, "R-1", "wenkong")
    assert only["message"] == "不对 (CP-06 5.1)"


def test_a_file_without_findings_is_published_as_clean() -> None:
    assert _published("", also=("records/a.yaml",)) == [{"uri": "file:///records/a.yaml", "diagnostics": []}]


def test_a_finding_beyond_the_end_of_its_file_still_has_a_place() -> None:
    (shown,) = _published("a: 1\n", Finding("r.yaml", 9, 3, "R-1", Text("不", "no"), Severity.WARNING))
    (only,) = shown["diagnostics"]
    assert only["range"]["start"] == {"line": 8, "character": 0}
    assert only["severity"] == 2


def test_check_publishes_the_findings_of_rules_for_one_saved_file(tmp_path: Path) -> None:
    for each in ("schemas",):
        shutil.copytree(ROOT / each, tmp_path / each)
    bad = ROOT / "tests/examples/complaint-reply/bad/no-such-option"
    path = tmp_path / "records/complaint-reply/2026/CCR-2026-9001.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(next(bad.rglob("*.yaml")).read_text("utf-8"), "utf-8")
    said: list[str] = []
    code = check.run(tmp_path, (path,), now=NOW, language=Language.EN, form="lsp-diagnostics", say=said.append)
    (shown,) = json.loads(said[0])
    assert code == 1
    assert shown["uri"] == path.as_uri()
    assert any(each["code"] == "schema.enum" for each in shown["diagnostics"])
