from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator import completeness, facecheck, load, presence, rulebook, views
from generator.model import Form, Library, Record
from generator.printing import Origins
from generator.production import Piece, Press, Refusal
from generator.settings import Settings
from generator.terms import Language
from tests.commands.test_printing import wenkong
from tests.conftest import ROOT
from tests.stringify import stringify

NUMBER = "CC-2026-9001"
EXAMPLE = ROOT / "tests/examples/complaint/good" / f"{NUMBER}.yaml"


def case(tree: Path, *, old: str = "", new: str = "") -> tuple[Library, Record]:
    text = EXAMPLE.read_text("utf-8")
    assert old in text
    path = tree / f"records/complaint/2026/{NUMBER}.yaml"
    path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
    library = load.library(tree)
    return library, library.records["complaint"][NUMBER]


def made(tree: Path, library: Library, record: Record, view: str) -> Piece | Refusal:
    return Press(tree, library, Language.BOTH, Origins(None), "rdocx").record(record, view)


def test_a_view_shows_its_fields_and_no_other(tree: Path) -> None:
    library, record = case(tree)
    piece = made(tree, library, record, "7d")
    assert isinstance(piece, Piece)
    text = stringify(piece.docx)
    view = library.forms["complaint"].views["7d"]
    shown = {each.key for each in presence.printed(view)}
    assert "4D 根本原因" in text
    assert {"costs", "decided_by", "severity_reason"} & set(record.values) - shown
    for internal in ("投诉费用", "核决", "判定依据"):
        assert internal not in text
        assert internal in stringify(_whole(tree, library, record).docx)


def _whole(tree: Path, library: Library, record: Record) -> Piece:
    piece = made(tree, library, record, "")
    assert isinstance(piece, Piece)
    return piece


def test_the_meter_counts_what_the_view_wants_and_names_what_is_missing(tree: Path) -> None:
    library, record = case(tree)
    view = library.forms["complaint"].views["one_page"]
    before = completeness.meter(view, record)
    poorer = type(record)(record.path, record.form, record.number, dict(record.values), record.source)
    del poorer.values["root_cause_escape"]  # type: ignore[attr-defined]  # a dict of this test's own
    after = completeness.meter(view, poorer)
    assert (after.filled, after.wanted) == (before.filled - 1, before.wanted)
    assert {each.key for each in after.missing} - {each.key for each in before.missing} == {"root_cause_escape"}
    assert "根本原因（流出）" in completeness.sentence(view, poorer).zh
    piece = made(tree, library, record, "one_page")
    assert isinstance(piece, Piece)
    assert f"完整度 {before.percent}%" in stringify(piece.docx)


def test_optional_fields_do_not_count(tree: Path) -> None:
    library, record = case(tree)
    view = library.forms["complaint"].views["7d"]
    assert view.optional
    assert completeness.meter(view, record).wanted == len(presence.printed(view)) - len(view.optional)


def test_a_report_that_names_another_customer_is_refused_on_the_line_of_the_field(tree: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    line = next(each for each in text.splitlines() if each.startswith("problem_statement:"))
    library, record = case(tree, old=line, new="problem_statement: 与旭珩电机的同类问题相同")
    refused = made(tree, library, record, "7d")
    assert isinstance(refused, Refusal)
    assert [each.rule for each in refused.findings] == ["view.other-customer"]
    lines = Path(tree / record.path).read_text("utf-8").splitlines()
    assert lines[refused.findings[0].line - 1].startswith("problem_statement:")
    assert isinstance(made(tree, library, record, ""), Piece)


def test_the_customers_requirement_in_force_chooses_the_view(tree: Path) -> None:
    library = load.library(tree)
    settings = Settings(library)
    assert settings.report(library.records["complaint"]["CC-2026-0008"]) == "one_page"
    assert settings.report(library.records["complaint"]["CC-2026-0007"]) == ""


def test_render_takes_the_view_by_name_or_from_the_customer_and_says_how_complete_it_is(tree: Path) -> None:
    by_customer = wenkong(tree, "render", "CC-2026-0008", "--view", "customer", "--format", "docx")
    assert by_customer.returncode == 0
    assert "out/complaint/CC-2026-0008.one_page.docx" in by_customer.stdout
    assert "完整度" in by_customer.stdout
    none = wenkong(tree, "render", "CC-2026-0007", "--view", "customer")
    assert none.returncode == 2
    assert "CC-2026-0007" in none.stderr
    wrong = wenkong(tree, "render", "CC-2026-0007", "--view", "7e")
    assert wrong.returncode == 2
    assert "7d" in wrong.stderr
    assert "完整度" in wenkong(tree, "why", "CC-2026-0008").stdout


@pytest.mark.parametrize(
    ("value", "message"), [("one_pag", "one_page"), ("", "one_page")], ids=["misspelt", "left out"]
)
def test_a_requirement_for_a_report_that_does_not_exist_is_a_finding(tree: Path, value: str, message: str) -> None:
    path = tree / "records/csr/2026/CSR-2026-0003.yaml"
    line = "    overlay_value: one_page\n"
    text = path.read_text("utf-8")
    path.write_text(text.replace(line, f"    overlay_value: {value}\n" if value else ""), "utf-8")
    found = [each for each in rulebook.defined(load.library(tree)) if each.path.endswith("CSR-2026-0003.yaml")]
    assert [each.rule for each in found] == ["setting.value"]
    assert message in found[0].message.zh


def test_a_view_of_a_field_that_is_not_there_is_a_finding_on_its_line(tree: Path) -> None:
    path = tree / "schemas/complaint.yaml"
    text = path.read_text("utf-8")
    assert "fields: [leader, {team: [name, department, role]}]" in text
    path.write_text(
        text.replace("[leader, {team: [name, department, role]}]", "[leder, {team: [name, rank]}]", 1), "utf-8"
    )
    found = [each for each in load.library(tree).findings if each.path == "schemas/complaint.yaml"]
    assert [each.message.en.split("'")[1] for each in found] == ["leder", "team.rank"]


def test_a_view_draws_a_template_of_its_own_which_no_other_form_may_take(tree: Path) -> None:
    faces: dict[str, Form] = load.library(tree).forms["complaint"].views  # type: ignore[assignment]  # read only here
    assert {each.key for each in faces.values()} == {f"complaint{views.MARK}7d", f"complaint{views.MARK}one_page"}
    shutil.copy(tree / "forms/complaint.7d.docx", tree / "forms/complaint.9d.docx")
    lonely = [each for each in facecheck.checked(tree).findings if each.rule == "template.definition"]
    assert [each.path for each in lonely] == ["forms/complaint.9d.docx"]
