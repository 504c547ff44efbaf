"""A sheet that comes back: its columns found again by their keys, and its rows with what each cell says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator import hints, workbooks
from generator.cellreading import CellReader, Unfit
from generator.spreadsheet import Page
from generator.terms import Text
from generator.terms import workbooks as words
from generator.workbooks import BASE, RECORD, ROW, Plan, Slot

KEYS, FIRST = 2, 3
"""The row of the column keys, and the first one of records."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about a place of the workbook."""

    place: str
    text: Text


@dataclass(frozen=True)
class Returned:
    """A page with the columns in which its keys stand, and the keys in the order of the export's hashes."""

    page: Page
    plan: Plan
    reader: CellReader
    at: Mapping[str, int] = field(default_factory=dict)
    exported: Sequence[str] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The columns that are still there."""
        return tuple(slot for slot in self.plan.slots if slot.field.key in self.at)

    def rows(self) -> Iterator[Row]:
        """The rows below the head in which anything stands."""
        return (Row(self, number) for number in self.page.cells if number >= FIRST)


@dataclass(frozen=True)
class Row:
    """One row of a page."""

    sheet: Returned
    number: int

    @property
    def place(self) -> str:
        """The address of its first cell."""
        return self.sheet.page.address(self.number, 1)

    @property
    def record(self) -> str:
        """The number of the record that it was exported from; empty for a new row."""
        return str(self.raw(RECORD) or "")

    @property
    def position(self) -> int:
        """Which row of a table it was, from 0; -1 for the record itself."""
        found = self.raw(ROW)
        return int(found) if isinstance(found, int | float) else -1

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it that a person would see."""
        return all(self.raw(slot.field.key) is None for slot in self.sheet.slots)

    def raw(self, key: str) -> Any:
        """What stands in the cell of a column."""
        return self.sheet.page.at(self.number, self.sheet.at[key]) if key in self.sheet.at else None

    def at(self, slot: Slot) -> str:
        """The address of a cell."""
        return self.sheet.page.address(self.number, self.sheet.at[slot.field.key])

    def base(self, slot: Slot) -> str:
        """The hash of what the cell was when it was exported."""
        bases = str(self.raw(BASE) or "").split("-")
        place = self.sheet.exported.index(slot.field.key) if slot.field.key in self.sheet.exported else len(bases)
        return bases[place] if place < len(bases) else ""

    def value(self, slot: Slot) -> Any:
        """The cell as the value of its field.

        Raises:
            Unfit: it is none, or a formula, or an error.
        """
        place = (self.number, self.sheet.at[slot.field.key])
        page = self.sheet.page
        if place in page.formulas:
            raise Unfit(words.IS_FORMULA.format(formula=page.formulas[place]))
        if place in page.errors:
            raise Unfit(words.IS_ERROR.format(value=page.errors[place]))
        return self.sheet.reader.value(slot.field, self.raw(slot.field.key))


def opened(
    page: Page, plan: Plan, reader: CellReader, exported: Sequence[str]
) -> tuple[Returned | None, tuple[Remark, ...], tuple[Remark, ...]]:
    """The page by its plan, what is wrong with it, and what else is to be said; no page where its head is gone."""
    slots = [slot.field.key for slot in plan.slots]
    at: dict[str, int] = {}
    faults = [Remark(f"{page.name}!{each}", words.MERGED.format(range=each)) for each in page.merged]
    for column, raw in sorted(page.cells.get(KEYS, {}).items()):
        place, key = page.address(KEYS, column), str(raw)
        if key in at:
            faults.append(Remark(place, words.COLUMN_TWICE.format(key=key)))
        elif key not in {*slots, RECORD, ROW, BASE}:
            faults.append(Remark(place, words.UNKNOWN_COLUMN.format(key=key, hint=hints.similar(key, slots))))
        else:
            at[key] = column
    if not {RECORD, BASE} <= at.keys() or not exported:  # what stands there instead says nothing
        return None, (Remark(page.address(KEYS, 1), words.NO_HEAD),), ()
    return Returned(page, plan, reader, at, exported), tuple(faults), tuple(_notes(page, slots, at))


def _notes(page: Page, slots: Sequence[str], at: Mapping[str, int]) -> Iterator[Remark]:
    hidden = [row for row in page.hidden if row >= FIRST and row in page.cells]
    if hidden:
        yield Remark(page.address(hidden[0], 1), words.HIDDEN_ROWS.format(count=len(hidden)))
    for key in (each for each in slots if each not in at):
        yield Remark(page.address(KEYS, 1), words.COLUMN_GONE.format(key=key))
    filled = {column for line in page.cells.values() for column in line}
    for column in sorted(filled - set(page.cells[KEYS])):
        yield Remark(page.address(1, column), words.OWN_COLUMN)


def is_same(written: Any, raw: Any) -> bool:
    """Whether a cell still says what was written into it."""
    one, other = workbooks.said(written), workbooks.said(raw)
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n")[: workbooks.LONGEST] == other.replace("\r\n", "\n")
    if isinstance(one, workbooks.NUMBERS) and isinstance(other, workbooks.NUMBERS):
        return float(one) == float(other)
    return bool(one == other)
