from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import drawing, load, presence, sheet, word, wording, yamlfile
from generator.model import Field, Kind, Library, Option
from generator.printing import Origins
from generator.signed import Signed
from generator.terms import Language, Text
from tests import build

MARK = Origins(None).of(()).mark
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp")), min_size=1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load.library(build.repository(tmp_path_factory.mktemp("sheet")))


def made(library: Library, language: Language = Language.BOTH) -> sheet.Sheet:
    return sheet.filled(library.records["loan"]["TL-2026-0001"], library, language, MARK)


def test_every_field_is_there_and_what_is_missing_is_empty(library: Library) -> None:
    values = made(library).values
    assert {field.key for field in presence.printed(library.forms["loan"])} <= set(values)
    assert values["lent_at"] == ""
    assert values["follows"] == ""


def test_numbers_are_printed_as_they_were_written(library: Library) -> None:
    values = made(library).values
    assert values["price"] == "1,280.50 CNY"
    assert values["pieces"] == "2"
    assert values["parts"] == ({"part": "007", "count": "1.10"},)
    assert wording.measured(Decimal("3.50"), "%") == "3.50%"


@pytest.mark.parametrize(
    ("language", "kind", "label", "second"),
    [
        (Language.BOTH, "☑ 手动 Hand  ☐ 电动 Power", "工具", "\nTool"),
        (Language.ZH, "☑ 手动  ☐ 电动", "工具", ""),
        (Language.EN, "☑ Hand  ☐ Power", "Tool", ""),
    ],
)
def test_labels_and_options_speak_the_language_of_the_sheet(
    library: Library, language: Language, kind: str, label: str, second: str
) -> None:
    printed = made(library, language)
    assert printed.values["kind"].replace("\u00a0", " ") == kind
    assert (printed.words["label.tool"], printed.words["label2.tool"]) == (label, second)


def test_a_blank_sheet_has_no_value_and_rows_to_write_in(library: Library) -> None:
    printed = sheet.blank(library.forms["loan"], library, Language.BOTH, MARK)
    assert len(printed.values["parts"]) == sheet.BLANK_ROWS
    assert printed.values["tool"] == ""
    assert wording.TICKED not in printed.values["kind"]
    assert printed.checks == ()


def test_a_signature_prints_its_signer_and_date(library: Library) -> None:
    record = library.records["loan"]["TL-2026-0001"]
    entry = Signed(
        *("prepared-chen-jing-1", "records/signatures/x.yaml", record.number, "", "prepared", "chen-jing", ""),
        *("2026-03-02 10:00", "I wrote this", "0" * 64, "", ""),
    )
    sign = sheet.filled(record, library, Language.ZH, MARK, signed=[entry]).values["sign"]
    assert sign["prepared"] == {"name": "chen-jing", "date": "2026-03-02 10:00"}
    assert sign["approved"] == {"name": "", "date": ""}


def test_a_cell_of_a_table_prints_the_answer_and_not_every_option(library: Library) -> None:
    options = (Option("a", Text("甲", "A one")), Option("b", Text("乙", "B two")))
    field = Field("x", Text("项", "X"), Kind.CHOICES, options=options)
    printer = wording.Printer(library, Language.ZH)
    assert printer.cell(field, ["a", "b"]) == "甲、乙"
    assert printer.cell(field, None) == ""


def test_a_row_that_says_nothing_has_a_name_and_a_row_to_write_in_has_none(library: Library) -> None:
    plan = Field("plan", Text("计划", "Plan"), Kind.TEXT, if_empty=Text("无计划", "no plan"))
    rows = Field("x", Text("项", "X"), Kind.ROWS, columns=(plan, Field("n", Text("数", "N"), Kind.INTEGER)))
    printer = wording.Printer(library, Language.BOTH)
    assert printer.value(rows, [{"n": 1}]) == ({"plan": "无计划 no plan", "n": "1"},)
    assert printer.value(rows, [], blank_rows=1) == ({"plan": "", "n": ""},)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_travels_from_yaml_to_paper_unchanged(tmp_path: Path, text: str) -> None:
    wanted = text.strip()[:400] or "x"
    line = f"tool: {yamlfile.quoted(wanted)}\n"
    record = build.RECORD.replace("tool: 扳手 wrench & co <w:p> {{ 7*7 }}\n", line)
    library = load.library(build.repository(tmp_path, TL_2026_0001=record))
    assert library.findings == ()
    printed = sheet.with_photos(made(library), lambda *_: ())
    template = word.compiled(drawing.template(library.forms["loan"]), printed.words, "forms/loan.docx")
    document = Document(BytesIO(template.render(printed.values)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert wanted in cells
