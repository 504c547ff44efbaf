from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator import importreport, ledgerpress, load, merging, rulebook, spreadsheet, table, workbooks
from generator.batch import Batch, Maker
from generator.commands import export, importing
from generator.commands.export import COLUMNS
from generator.commands.importing import Wish
from generator.errors import GeneratorError
from generator.merging import Merge
from generator.model import Library
from generator.newnumbers import Numbered
from generator.registers import Selection
from generator.returned import Remark
from generator.terms import Language
from generator.terms import workbooks as words
from generator.workbooks import Plan
from tests.conftest import ROOT, git
from tests.killing import every_moment
from tests.registers_build import loan, small
from tests.rules_build import rule
from tests.test_registers import THREE

pytestmark = pytest.mark.usefixtures("definitions_once")
NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it
Edit = Callable[[openpyxl.Workbook], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small repository with three loans, committed."""
    made = small(tmp_path / "plant", **THREE)
    git(made, "init", "-q", "-b", "main")
    for pair in ("user.name=Anna", "user.email=anna@example.com"):
        git(made, "config", *pair.split("="))
    (made / ".gitignore").write_text("out/\n", "utf-8")
    git(made, "add", "-A")
    git(made, "commit", "-qm", "begin")
    return made


def exported(root: Path, key: str = "loan") -> Path:
    path = root.parent / f"{key}.xlsx"
    export.run(root, key, output=path, now=NOW, language=Language.EN, say=lambda _: None)
    return path


def edited(path: Path, *edits: Edit) -> Path:
    book = openpyxl.load_workbook(path)
    for each in edits:
        each(book)
    book.save(path)
    return path


def put(row: int, sheet: str = "loan", **values: Any) -> Edit:
    """Write into the columns of these keys."""

    def edit(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        columns = {cell.value: cell.column for cell in page[2]}
        for key, value in values.items():
            page.cell(row, columns[key]).value = value

    return edit


def taken(root: Path, path: Path, **wish: Any) -> tuple[int, list[str]]:
    said: list[str] = []
    return importing.run(root, Wish(path, **wish), now=NOW, language=Language.EN, say=said.append), said


def values(root: Path, number: str) -> dict[str, Any]:
    record = load.library(root).record(number)
    assert record is not None
    return dict(record.values)


def nothing_happened(root: Path) -> bool:
    return git(root, "status", "--porcelain") == "" and git(root, "rev-list", "--count", "HEAD").strip() == "1"


def test_a_change_is_written_where_it_stands_and_nothing_else_moves(root: Path) -> None:
    before = (root / "records/loan/2026/TL-2026-0001.yaml").read_text("utf-8")
    path = edited(exported(root), put(3, tool="Säge 锯子", price=12.5, kind="电动", lent_on="2026年3月9日"))
    code, said = taken(root, path)
    assert code == 0
    assert [line for line in said if "→" in line] == [
        "loan!D3  TL-2026-0001  Tool: 扳手 wrench & co <w:p> {{ 7*7 }} → Säge 锯子",
        "loan!E3  TL-2026-0001  Lent on: 2026-03-02 → 2026-03-09",
        "loan!G3  TL-2026-0001  Price: 10 CNY → 12.5 CNY",
        "loan!K3  TL-2026-0001  Kind: 手动 Hand → 电动 Power",
    ]
    assert said[-2] == "4 fields of 1 records change; 0 new records; 0 new rows"
    after = (root / "records/loan/2026/TL-2026-0001.yaml").read_text("utf-8")
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert [new for _, new in changed] == ["tool: Säge 锯子", "lent_on: 2026-03-09", "price: 12.5", "kind: power"]
    assert git(root, "show", "--stat", "--format=%s%n%b").startswith("import: loan.xlsx\n1 changed, 0 new\nsha256 ")
    assert git(root, "status", "--porcelain") == ""


def test_a_dry_run_and_a_file_without_a_difference_write_nothing(root: Path) -> None:
    path = exported(root)
    assert taken(root, path) == (0, ["no difference"])
    code, said = taken(root, edited(path, put(3, price=11)), is_dry=True)
    assert (code, said[-1]) == (0, "(dry run, nothing was written)")
    assert nothing_happened(root)


def commit(root: Path, number: str, **changes: str) -> None:
    (root / f"records/loan/2026/{number}.yaml").write_text(loan(number=number, **changes), "utf-8")
    git(root, "commit", "-qam", "ours")


def test_our_change_stays_theirs_comes_and_both_are_a_conflict(root: Path) -> None:
    path = edited(exported(root), put(3, price=11, pieces=7))
    commit(root, "TL-2026-0001", price="99", pieces="1", tool="ours")
    code, said = taken(root, path)
    assert code == 1
    assert said[-3:] == [
        "loan!G3  TL-2026-0001  Price: conflict. The workbook says '11 CNY', the record now says '99 CNY'",
        "1 fields of 1 records change; 0 new records; 0 new rows",
        words.SOLVE.format(count=1).en,
    ]
    assert git(root, "log", "-1", "--format=%s") == "ours\n"
    assert taken(root, path, side="ours")[0] == 0
    kept = values(root, "TL-2026-0001")
    assert (str(kept["price"]), kept["pieces"], kept["tool"]) == ("99", 7, "ours")
    assert taken(root, path, side="theirs")[0] == 0
    assert str(values(root, "TL-2026-0001")["price"]) == "11"


def test_the_same_change_on_both_sides_is_none(root: Path) -> None:
    path = edited(exported(root), put(3, price=11))
    commit(root, "TL-2026-0001", price="11", pieces="1")
    assert taken(root, path) == (0, ["no difference"])


def test_new_rows_get_numbers_and_rows_of_their_tables_and_are_not_taken_in_twice(root: Path) -> None:
    path = edited(
        exported(root),
        put(6, number="new", tool=4711, lent_on="2026-05-05", remark="one\ntwo: #3", is_new="是"),
        put(7, tool="another", lent_on=datetime(2025, 5, 5), created_on="2025-05-05"),  # noqa: DTZ001  no zones in Excel
        put(6, "parts", _number="new", part="007", count=2),
        put(7, "parts", _number="TL-2026-0001", part="008"),
    )
    code, said = taken(root, path)
    assert (code, said[-2]) == (0, "0 fields of 0 records change; 2 new records; 2 new rows")
    made = values(root, "TL-2026-0004")
    assert (made["tool"], made["remark"], made["is_new"]) == ("4711", "one\ntwo: #3", True)
    assert [{key: str(each) for key, each in row.items()} for row in made["parts"]] == [{"part": "007", "count": "2"}]
    assert [row["part"] for row in values(root, "TL-2026-0001")["parts"]] == ["007", "008"]
    assert (root / "records/loan/2025/TL-2025-0001.yaml").is_file()
    assert load.library(root).findings == ()
    head = git(root, "rev-parse", "HEAD")
    code, said = taken(root, path)
    assert (code, said[-1]) == (0, "no difference")
    assert "loan!A6  TL-2026-0004 says the same already: this row was taken in before and is not taken in again" in said
    assert git(root, "rev-parse", "HEAD") == head


def test_a_cell_that_was_emptied_empties_the_field(root: Path) -> None:
    assert taken(root, edited(exported(root), put(3, pieces=None, remark=None)))[0] == 0
    assert {"pieces", "remark"}.isdisjoint(values(root, "TL-2026-0001"))


def test_a_row_of_a_table_is_found_again_where_rows_moved(root: Path) -> None:
    path = edited(exported(root), put(3, "parts", part="009"))
    place = root / "records/loan/2026/TL-2026-0001.yaml"
    place.write_text(place.read_text("utf-8").replace("parts:\n", 'parts:\n  - part: "000"\n'), "utf-8")
    git(root, "commit", "-qam", "a row above")
    assert taken(root, path)[0] == 0
    assert [row["part"] for row in values(root, "TL-2026-0001")["parts"]] == ["000", "009"]


def test_a_register_is_taken_back_where_its_columns_are_fields(root: Path) -> None:
    path = edited(exported(root, "loans"), put(3, "loans", tool="from the register"))
    assert taken(root, path)[0] == 0
    assert values(root, "TL-2026-0002")["tool"] == "from the register"
    code, said = taken(root, edited(exported(root, "loans"), put(3, "loans", value=1)))
    assert code == 1
    assert said[0] == (
        "loans!G3  '总值 Value' is computed, or changed by another command (a state by wenkong move): put it back, "
        "or export again"
    ).replace("总值 Value", "Value")


def test_two_rows_of_a_register_may_not_say_two_things_of_one_record(root: Path) -> None:
    schema = root / "schemas/loans.yaml"
    text = schema.read_text("utf-8").replace("{form: loan,", "{form: loan, rows: parts,")
    schema.write_text(text.replace("number: {}", "number: {}\n    part: {}").replace("[-price]", "[number]"), "utf-8")
    place = root / "records/loan/2026/TL-2026-0001.yaml"
    place.write_text(place.read_text("utf-8") + '  - part: "008"\n', "utf-8")
    git(root, "commit", "-qam", "two parts")
    code, said = taken(root, edited(exported(root, "loans"), put(3, "loans", tool="one"), put(4, "loans", tool="two")))
    assert code == 1
    assert "loans!C4  'Tool' differs from loans!C3 of the same record: 'two' and 'one'" in said
    assert taken(root, edited(exported(root, "loans"), put(3, "loans", tool="x"), put(4, "loans", part="y")))[0] == 0
    changed = values(root, "TL-2026-0001")
    assert (changed["tool"], [row["part"] for row in changed["parts"]]) == ("x", ["007", "y"])


def rename(book: openpyxl.Workbook) -> None:
    book["loan"].title = "Tabelle1"


def merge_cells(book: openpyxl.Workbook) -> None:
    book["loan"].merge_cells("D3:D4")


def spoil_head(book: openpyxl.Workbook) -> None:
    book["loan"]["D2"].value = "tol"


def drop_keys(book: openpyxl.Workbook) -> None:
    book["loan"].delete_rows(2)


def copy_row(book: openpyxl.Workbook) -> None:
    page = book["loan"]
    for column in range(1, page.max_column + 1):
        page.cell(6, column).value = page.cell(3, column).value


def unknown_record(book: openpyxl.Workbook) -> None:
    put(3, number="TL-2026-0100", _record="TL-2026-0100", tool="x")(book)


def day_as_number(book: openpyxl.Workbook) -> None:
    put(3, lent_on=46265)(book)
    book["loan"]["E3"].number_format = "General"


BAD: dict[str, tuple[Edit, str]] = {
    "renamed": (rename, "loan  sheet 'loan' is missing, deleted or renamed: give it its name again, or export once"),
    "merged": (merge_cells, "loan!D3:D4  merged cells D3:D4: unmerge them and fill each cell"),
    "header": (spoil_head, "loan!D2  there is no column 'tol', did you mean 'tool'?: the form has a new revision"),
    "keys": (drop_keys, "loan!A2  row 2 (the hidden column keys) or the hidden columns are gone or moved"),
    "twice": (copy_row, "loan!A6  record TL-2026-0001 has a row at loan!A3 already: keep one of them"),
    "gone": (unknown_record, "loan!A3  there is no record TL-2026-0100, did you mean 'TL-2026-0"),
    "date": (put(3, lent_on="3.9.26"), "loan!E3  'Lent on' is no valid date: '3.9.26'. Write 2026-08-31"),
    "a day as a number": (
        day_as_number,
        "loan!E3  'Lent on' is the number 46265 (Excel's 2026-08-31) without a date format: give the cell one",
    ),
    "number as text": (
        put(3, price="1,5 CNY"),
        "loan!G3  'Price' wants a number, found '1,5 CNY': write plain digits only",
    ),
    "half a piece": (put(3, pieces=1.5), "loan!H3  'Pieces' wants a whole number, found '1.5'"),
    "option": (put(3, kind="steam"), "loan!K3  'Kind' has no option 'steam'. Choose one of: 手动 Hand"),
    "reference": (put(3, follows="TL-2026-0077"), "loan!J3  'Follows' points to 'TL-2026-0077', which does not exist"),
    "formula": (put(3, price="=1+1"), "loan!G3  this is the formula =1+1: copy it and paste it as a value"),
    "error": (put(3, price="#DIV/0!"), "loan!G3  this is the error #DIV/0!: correct it"),
    "number": (put(3, number="TL-2026-0009"), "loan!A3  a number does not change: it was TL-2026-0001"),
    "state": (put(3, state="已还 Returned"), "loan!C3  'State' is computed, or changed by another command"),
    "unfilled": (put(6, tool="x"), "loan!E6  'Lent on' (lent_on) is required and not filled: fill it in"),
    "used": (
        put(6, number="TL-2026-0002", tool="x", lent_on="2026-01-01"),
        "loan!A6  number 'TL-2026-0002' was used before",
    ),
    "ownerless": (put(6, "parts", part="x"), "parts!A6  say in the number column which record this row belongs to"),
    "of nobody": (put(6, "parts", part="x", _number="TL-9"), "parts!A6  there is no record TL-9"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_wrong_is_said_by_its_cell_and_nothing_changes(root: Path, kind: str) -> None:
    edit, message = BAD[kind]
    code, said = taken(root, edited(exported(root), put(4, price=77), edit))
    assert code == 1
    assert any(line.startswith(message) for line in said), said
    assert said[-1].endswith("faults, nothing was written")
    assert nothing_happened(root)


def test_hidden_rows_own_columns_and_deleted_rows_are_said_and_lose_nothing(root: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        page = book["loan"]
        page.row_dimensions[3].hidden = True
        page.cell(1, page.max_column + 1).value = "my notes"
        page.delete_rows(5)
        book.create_sheet("scratch")["A1"].value = "mine"

    code, said = taken(root, edited(exported(root), edit, put(3, price=5)))
    assert code == 0
    notes = [line for line in said if "→" not in line]
    assert notes[0] == "loan!A3  1 rows are hidden or filtered out; they are read as well"
    assert notes[1].endswith("1  this column has no key: it was not read")
    assert notes[2] == "loan  1 records (TL-2026-0003) are not in the workbook: they stay as they are"
    assert notes[3] == "scratch  sheet 'scratch' is not of the export: it was not read"
    assert str(values(root, "TL-2026-0001")["price"]) == "5"
    assert "TL-2026-0003" in load.library(root).records["loan"]


def test_rows_that_are_all_gone_are_said_too(root: Path) -> None:
    code, said = taken(root, edited(exported(root), lambda book: book["loan"].delete_rows(3, 9)))
    assert code == 0
    assert said[0].startswith("loan  3 records (TL-2026-0001, TL-2026-0002, TL-2026-0003) are not in the workbook")
    assert nothing_happened(root)


def test_a_head_that_is_gone_is_said_once(root: Path) -> None:
    code, said = taken(root, edited(exported(root), lambda book: book["loan"].delete_rows(1, 2)))
    assert code == 1
    (only,) = [line for line in said if line.startswith("loan!")]
    assert only.startswith("loan!A2  row 2 (the hidden column keys) or the hidden columns are gone or moved: export")


def test_full_width_digits_and_blanks_are_read(root: Path) -> None:
    assert (
        taken(root, edited(exported(root), put(3, price=" １２.５ ", lent_on="２０２６／３／９", pieces="３")))[0] == 0
    )
    kept = values(root, "TL-2026-0001")
    assert (str(kept["price"]), kept["lent_on"], kept["pieces"]) == ("12.5", "2026-03-09", 3)


def test_text_that_would_be_a_formula_stays_text_both_ways(root: Path) -> None:
    def dangerous(book: openpyxl.Workbook) -> None:
        cell = book["loan"]["D3"]
        cell.value, cell.data_type = "=HYPERLINK(1)", "s"

    assert taken(root, edited(exported(root), dangerous))[0] == 0
    assert values(root, "TL-2026-0001")["tool"] == "=HYPERLINK(1)"
    cell = openpyxl.load_workbook(exported(root))["loan"]["D3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert taken(root, root.parent / "loan.xlsx") == (0, ["no difference"])


def defined(root: Path, block: str) -> None:
    schema = root / "schemas/loan.yaml"
    schema.write_text(schema.read_text("utf-8").replace("type: object\n$ref", f"{block}type: object\n$ref", 1), "utf-8")


def test_a_record_that_has_ended_and_one_that_is_being_edited_are_left_alone(root: Path) -> None:
    path = edited(
        exported(root), put(3, price=5), put(4, price=6), put(6, "parts", _number="TL-2026-0002", part="late")
    )
    place = root / "records/loan/2026/TL-2026-0001.yaml"
    place.write_text(place.read_text("utf-8") + "# somebody is at work here\n", "utf-8")
    with pytest.raises(GeneratorError) as caught:
        taken(root, path)
    assert caught.value.text.en.startswith("records/loan/2026/TL-2026-0001.yaml has changes that are not committed")
    git(root, "checkout", "-q", ".")
    defined(root, "  transitions:\n    - {from: open, to: returned, by: [tool]}\n")
    commit(root, "TL-2026-0002", state="returned", price="30.5", pieces="2", kind="power", lent_on="2026-04-01")
    code, said = taken(root, path)
    assert code == 1
    ended = [line.partition("  ")[0] for line in said if "TL-2026-0002 has ended (Returned)" in line]
    assert ended == ["loan!G4", "parts!A6"]


def test_rules_that_break_stop_it_unless_they_are_to_be_worked_through(root: Path) -> None:
    defined(root, "  rules:\n" + rule("require", 'then: "price < 50.0"', "R-99-01"))
    git(root, "commit", "-qam", "a rule")
    path = edited(exported(root), put(3, price=60))
    code, said = taken(root, path)
    assert code == 1
    assert said[1].startswith("loan!G3  A: ")
    assert said[1].endswith("[R-99-01]")
    assert said[-1].startswith("1 rules are broken, nothing was written")
    assert taken(root, path, is_despite_rules=True)[0] == 0
    assert str(values(root, "TL-2026-0001")["price"]) == "60"


def test_a_crowd_of_changes_hides_no_fault(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importreport, "MOST", 1)
    code, said = taken(root, edited(exported(root), put(3, price=5), put(4, price=6), put(5, price="x")))
    assert code == 1
    assert [line.partition("  ")[0] for line in said[:3]] == ["loan!G3", "… and 1 more", "loan!G5"]


def test_a_required_column_that_is_gone_leaves_out_the_row_that_lacks_it(root: Path) -> None:
    def without_part(book: openpyxl.Workbook) -> None:
        book["parts"].delete_cols(2)

    row = put(6, "parts", _number="TL-2026-0001", count=3)
    code, said = taken(root, edited(exported(root), row, put(3, price=5), without_part), is_skipping=True)
    assert (code, said[-1]) == (1, "1 rows were not taken in; out/import/loan.xlsx says why")
    assert len(values(root, "TL-2026-0001")["parts"]) == 1
    assert str(values(root, "TL-2026-0001")["price"]) == "5"


def test_a_fault_that_no_leaving_out_mends_ends_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Remark("loan!A3", words.NO_HEAD)
    always = Batch(Merge(), Numbered({}, (), (fault,)))
    monkeypatch.setattr(Maker, "batch", lambda *_: always)
    code, said = taken(root, exported(root), is_skipping=True)
    assert (code, said[-1]) == (1, "1 faults, nothing was written")


def test_programs_get_every_difference(root: Path) -> None:
    path = edited(exported(root), put(3, price=11), put(4, price="x"), put(6, tool="n", lent_on="2026-01-01"))
    code, said = taken(root, path, as_json=True)
    answer = json.loads("\n".join(said))
    assert code == 1
    assert answer["changes"] == [
        {"place": "loan!G3", "number": "TL-2026-0001", "field": "price", "ours": "10", "theirs": "11"}
    ]
    assert [each["place"] for each in answer["faults"]] == ["loan!G4"]
    assert answer["records"] == [{"place": "loan!A6", "number": "TL-2026-0004"}]


def rezipped(content: bytes, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each, old.read(each))
        for name, added in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), added)
    return stream.getvalue()


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "text": (lambda _: b"number,tool\n", "book.xlsx is no Excel workbook (.xlsx)"),
    "old": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "book.xlsx is an old Excel file (.xls) or"),
    "cut off": (lambda content: content[: len(content) // 2], "book.xlsx is no Excel workbook (.xlsx)"),
    "a zip": (lambda _: rezipped(b"PK\x05\x06" + b"\0" * 18, a=b"b"), "book.xlsx is no Excel workbook (.xlsx)"),
    "macros": (lambda content: rezipped(content, xl__vbaProject_dot_bin=b"x"), "book.xlsx holds macros and is not"),
    "links": (
        lambda content: rezipped(content, xl__externalLinks__externalLink1_dot_xml=b"<a/>"),
        "book.xlsx links to other files and is not read",
    ),
    "a bomb": (
        lambda content: rezipped(content, xl__worksheets__bomb_dot_xml=b"\0" * 200_000_000),
        "book.xlsx is larger than 60 MB once unpacked and is not read",
    ),
    "too many cells": (
        lambda content: rezipped(content, xl__worksheets__more_dot_xml=b'<c r="A1"/>' * (spreadsheet.MOST + 1_000)),
        "book.xlsx has more than 1,000,000 cells, merged ones included, and is not read",
    ),
    "merged without end": (
        lambda content: rezipped(
            content, xl__worksheets__more_dot_xml=b" " * 999_999 + b'<mergeCell ref="A30:XFD1048576"/>'
        ),
        "book.xlsx has more than 1,000,000 cells, merged ones included, and is not read",
    ),
    "entities": (
        lambda content: rezipped(content, xl__more_dot_xml=b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
        "book.xlsx is no Excel workbook (.xlsx)",
    ),
    "somebody else's": (lambda _: spare(), "book.xlsx was not exported by wenkong: for a ledger of your own"),
}


def spare() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_export_is_refused(root: Path, kind: str) -> None:
    spoil, message = REFUSED[kind]
    path = root.parent / "book.xlsx"
    path.write_bytes(spoil(exported(root).read_bytes()))
    with pytest.raises(GeneratorError) as caught:
        taken(root, path)
    assert caught.value.text.en.startswith(message)
    assert nothing_happened(root)


def back(sheets: list[table.Sheet], plans: list[Plan], library: Library) -> Merge:
    keys = ((each.name, (head.key for head in each.heads if not head.is_hidden)) for each in sheets)
    columns = {name: list(found) for name, found in keys}
    about = [(COLUMNS + name, " ".join(found)) for name, found in columns.items()]
    pages = spreadsheet.read(table.filled(*sheets, about=about), "book.xlsx")
    return merging.merged(pages, plans, columns, library)


def test_every_form_and_register_of_the_sample_comes_back_without_a_difference() -> None:
    library = load.library(ROOT)
    seen = rulebook.world(library, NOW)
    coming = partial(ledgerpress.coming, seen=seen)
    for form in library.forms.values():
        sheets = list(workbooks.records_sheets(form, library))
        assert back(sheets, list(workbooks.form_plans(form)), library) == Merge(places=places(form.key, library))
    for register in library.registers.values():
        sheets = [workbooks.register_sheet(register, seen, Selection(), coming)]
        merge = back(sheets, [workbooks.register_plan(register, seen)], library)
        assert merge == Merge(places=merge.places)


def places(key: str, library: Library) -> dict[str, str]:
    name = key[: table.LONGEST_NAME]
    return {number: f"{name}!A{row}" for row, number in enumerate(sorted(library.records[key]), 3)}


def test_a_process_that_dies_loses_and_halves_nothing(root: Path) -> None:
    path = edited(
        exported(root), put(3, price=11), put(4, price=12), put(6, number="n", tool="x", lent_on="2026-05-05")
    )

    def tree(place: Path) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in sorted((place / "records/loan").rglob("*.yaml"))}

    def check(place: Path, is_as_before: bool) -> None:  # noqa: FBT001  as the caller has it
        assert is_as_before == (git(place, "log", "-1", "--format=%s") == "begin\n")
        if not is_as_before:
            assert str(values(place, "TL-2026-0002")["price"]) == "12"
            assert "TL-2026-0004.yaml" in tree(place)

    assert every_moment(root, lambda place: taken(place, path), check, tree) >= 20
