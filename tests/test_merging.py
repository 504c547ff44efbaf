"""Any records, any edits: what is read back is what was written, and no change is lost or invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import intake, load, merging, newnumbers, spreadsheet, table, workbooks, yamlfile
from generator.answers import Answers
from generator.cellreading import CellReader, Unfit
from generator.intake import Origin
from generator.merging import Merge
from generator.model import Field, Kind, Library
from generator.spreadsheet import Page
from generator.terms import Text
from tests.registers_build import small

NUMBER = "TL-2026-0001"
FIRST = datetime(1900, 3, 1)  # noqa: DTZ001  Excel's calendar is wrong before, and has no zones
ANY = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]), max_size=30)
WORDS = ANY.map(lambda text: text if text.strip() else f"x{text}")
LINES = st.lists(ANY, max_size=4).map("\n".join).map(lambda text: text if text.strip() else f"{text}x")
NUMBERS = st.decimals(-(10**9), 10**9, places=3)
DAYS = st.dates(FIRST.date()).map(lambda day: day.isoformat())
MOMENTS = st.datetimes(FIRST).map(lambda when: f"{when:%Y-%m-%d %H:%M}")
ROWS = st.lists(st.fixed_dictionaries({"part": WORDS}, optional={"count": NUMBERS}), max_size=3)
VALUES = st.fixed_dictionaries(
    {"tool": WORDS, "lent_on": DAYS},
    optional={
        "lent_at": MOMENTS,
        "price": NUMBERS,
        "pieces": st.integers(-(10**9), 10**9),
        "is_new": st.booleans(),
        "kind": st.sampled_from(["hand", "power"]),
        "remark": LINES,
        "parts": ROWS,
    },
)


@cache
def usual() -> Library:
    with TemporaryDirectory() as folder:
        return load.library(small(Path(folder)))


def with_values(values: dict[str, Any]) -> Library:
    library = usual()
    record = library.records["loan"][NUMBER]
    head = {key: record.values[key] for key in ("number", "created_on", "state")}
    return replace(library, records={**library.records, "loan": {NUMBER: replace(record, values={**head, **values})}})


def pages(library: Library) -> tuple[dict[str, Page], dict[str, list[str]]]:
    sheets = list(workbooks.records_sheets(library.forms["loan"], library))
    columns = {each.name: [head.key for head in each.heads if not head.is_hidden] for each in sheets}
    return spreadsheet.read(table.filled(*sheets, about=()), "book.xlsx"), columns


def merge(exported: Library, ours: Library, theirs: dict[str, Any] | None = None) -> Merge:
    """What comes of a workbook of `exported` in which somebody wrote other cells, over what the records say now."""
    found, columns = pages(exported)
    if theirs is not None:
        wanted, _ = pages(with_values(theirs))
        hidden = {workbooks.RECORD, workbooks.ROW, workbooks.BASE}
        page, other = found["loan"], wanted["loan"]
        keep = {column for column, key in page.cells[2].items() if key in hidden}
        row = {column: value for column, value in page.cells[3].items() if column in keep}
        row |= {column: value for column, value in other.cells[3].items() if column not in keep}
        found["loan"] = replace(page, cells={**page.cells, 3: row})
    return merging.merged(found, list(workbooks.form_plans(exported.forms["loan"])), columns, ours)


@settings(max_examples=25, deadline=None)
@given(VALUES)
def test_any_record_comes_back_without_a_difference(values: dict[str, Any]) -> None:
    library = with_values(values)
    assert merge(library, library) == Merge(places={NUMBER: "loan!A3"})


FIELDS = ("tool", "lent_on", "price", "pieces", "is_new", "kind")


@settings(max_examples=25, deadline=None)
@given(VALUES, VALUES, VALUES)
def test_each_cell_is_theirs_ours_or_a_conflict(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    result = merge(with_values(base), with_values(ours), theirs)
    changes, conflicts = ({each.steps[0] for each in found} for found in (result.changes, result.conflicts))
    for key in FIELDS:
        was, have, want = (_plain(values.get(key)) for values in (base, ours, theirs))
        assert (key in changes) == (want not in {was, have} and have == was), key
        assert (key in conflicts) == (want not in {was, have} and have != was), key
    assert result.faults == []


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_a_new_record_says_what_its_row_says(values: dict[str, Any]) -> None:
    form = usual().forms["loan"]
    said = {key: (value, f"loan!{key}") for key, value in values.items() if key != "parts"}
    added = merging.Addition("loan!A4", "loan", "", "", said)
    rows = [
        merging.Addition("parts!A3", "loan", "parts", "", {key: (value, key) for key, value in row.items()})
        for row in values.get("parts", ())
    ]
    content, _ = intake.new(form, NUMBER, added, rows, today="2026-01-02", modeline="x.json")
    assert read(content) == {**{key: value for key, value in values.items() if value != []}, **read(content, "head")}


def read(content: bytes, part: str = "") -> dict[str, Any]:
    source, findings = yamlfile.load(content, f"records/loan/2026/{NUMBER}.yaml")
    assert source is not None, findings
    record, faults = load.record(usual().forms["loan"], source)
    assert record is not None, faults
    head = ("number", "created_on", "state")
    return {key: each for key, each in record.values.items() if not part or key in head}


@settings(max_examples=40, deadline=None)
@given(VALUES, VALUES)
def test_changes_are_written_into_any_file_and_nothing_else(before: dict[str, Any], after: dict[str, Any]) -> None:
    form = usual().forms["loan"]
    said = {key: (value, key) for key, value in before.items() if key != "parts"}
    content, _ = intake.new(
        form, NUMBER, merging.Addition("", "loan", "", "", said), (), today="2026-01-02", modeline="x"
    )
    content += b"# the last word\n"
    changes = [
        merging.Change(key, NUMBER, (key,), form.by_key[key], before.get(key), after.get(key))
        for key in (*FIELDS, "remark", "lent_at")
        if after.get(key) != before.get(key)
    ]
    changed = intake.changed(content, form, changes, (), Origin(""))
    now = {key: value for key, value in read(changed).items() if key in {*FIELDS, "remark", "lent_at"}}
    assert now == {key: value for key, value in after.items() if key != "parts"}
    comments = [line for line in content.splitlines() if line.startswith(b"#")]
    assert [line for line in changed.splitlines() if line in comments] == comments


FIELD = {kind: Field("x", Text("甲", "A"), kind, unit="%" if kind is Kind.NUMBER else "") for kind in Kind}


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.DATE, "20260309", "2026-03-09"),
        (Kind.DATE, 20260309, "2026-03-09"),
        (Kind.DATE, "2026.3.9", "2026-03-09"),
        (Kind.DATETIME, "2026年3月9日 9时05分", "2026-03-09 09:05"),
        (Kind.DATETIME, "2026/3/9 9:05:30", "2026-03-09 09:05"),
        (Kind.NUMBER, "12%", Decimal(12)),
        (Kind.NUMBER, 0.1, Decimal("0.1")),
        (Kind.INTEGER, 3.0, 3),
        (Kind.BOOLEAN, "否", False),
        (Kind.BOOLEAN, "TRUE", True),
        (Kind.TEXT, 12.0, "12"),
        (Kind.TEXT, " a\r\nb ", "a\nb"),
        (Kind.FILES, "a.pdf; b.pdf", ["a.pdf", "b.pdf"]),
        (Kind.TEXT, "   ", None),
    ],
)
def test_cells_are_read_as_people_write_them(kind: Kind, raw: Any, value: Any) -> None:
    assert CellReader(Answers(usual())).value(FIELD[kind], raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.DATE, "2026-02-30"),
        (Kind.DATE, 45000.5),
        (Kind.DATETIME, "2026-03-09"),
        (Kind.DATETIME, "2026-03-09 25:00"),
        (Kind.NUMBER, "1,234"),
        (Kind.NUMBER, True),
        (Kind.INTEGER, "2.5"),
        (Kind.BOOLEAN, "maybe"),
    ],
)
def test_cells_that_may_mean_anything_are_asked_back(kind: Kind, raw: Any) -> None:
    with pytest.raises(Unfit):
        CellReader(Answers(usual())).value(FIELD[kind], raw)


def test_numbers_are_counted_once_a_series_and_never_given_twice() -> None:
    said = [{"lent_on": ("2026-01-01", "")}, {"created_on": ("2025-03-03", "")}, {}, {}]
    additions = [
        merging.Addition(f"loan!A{row}", "loan", "", handle, values)
        for row, (handle, values) in enumerate(zip(("", "", "TL-2026-0006", ""), said, strict=True), 3)
    ]
    used = frozenset({"TL-2026-0001", "TL-2026-0004", "TL-2025-0009"})
    made = newnumbers.numbered(additions, usual(), lambda _: used, {}, "2026-11-24")
    assert {number: each.place for number, each in made.records.items()} == {
        "TL-2026-0006": "loan!A5",
        "TL-2026-0005": "loan!A3",
        "TL-2025-0010": "loan!A4",
        "TL-2026-0007": "loan!A6",
    }
