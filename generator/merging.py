"""A workbook that comes back, merged cell by cell: what it was when exported, what it and the records say now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator import hints, returned, workbooks
from generator.answers import Answers
from generator.cellreading import CellReader, Unfit
from generator.model import Field, Library, Record
from generator.returned import Remark, Returned, Row
from generator.spreadsheet import Page
from generator.terms import Text
from generator.terms import workbooks as words
from generator.workbooks import Plan, Slot

Steps = tuple[str | int, ...]
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs: where it stands, whose field it is, and both values as records hold them."""

    place: str
    number: str
    steps: Steps
    field: Field
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Addition:
    """What is in no record yet: a record where `rows` is empty, else a row of that table.

    `handle` is what its number cell says: a number, or any word by which other sheets mean the same new record; `link`
    is such a word where the cell has none. Values are by key, each with its cell; None where that is empty.
    """

    place: str
    form: str
    rows: str
    handle: str
    values: Mapping[str, tuple[Any, str]]
    link: str = ""


@dataclass
class Merge:
    """All that a workbook would do. Faults and conflicts keep it from being done; notes are only said."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """By number, the row in which a record stands."""
    known: dict[str, str] = field(default_factory=dict)
    """The numbers of records that were taken in before, by what the number cell of their row says."""


def merged(
    pages: Mapping[str, Page], plans: Sequence[Plan], columns: Mapping[str, Sequence[str]], library: Library
) -> Merge:
    """What the pages say beside what the records say; `columns` are the keys of each sheet when it was exported."""
    merge = Merge()
    answers = Answers(library)
    for plan in plans:
        page = pages.get(plan.name)
        if page is None:
            merge.faults.append(Remark(plan.name, words.NO_SHEET.format(name=plan.name)))
            continue
        sheet, faults, notes = returned.opened(page, plan, CellReader(answers), columns.get(plan.name, ()))
        merge.faults += faults
        merge.notes += notes
        if sheet is not None:
            _Merging(sheet, library, answers, merge).take()
    known = {plan.name for plan in plans}
    others = (page.name for page in pages.values() if page.name not in known and page.cells and not page.is_hidden)
    merge.notes += [Remark(name, words.OTHER_SHEET.format(name=name)) for name in others]
    return merge


class _Merging:
    """One sheet on its way into a merge."""

    def __init__(self, sheet: Returned, library: Library, answers: Answers, merge: Merge) -> None:
        self._sheet, self._plan, self._merge, self._answers = sheet, sheet.plan, merge, answers
        self._library, self._form = library, library.forms[sheet.plan.form]
        self._records = library.records.get(sheet.plan.form, {})
        self._seen: dict[tuple[str, int], str] = {}
        self._added: list[Addition] = []
        self._cells: dict[tuple[str | int, ...], Change] = {}

    def take(self) -> None:
        """Every row of the sheet."""
        for row in self._sheet.rows():
            if row.record:
                self._take(row)
            elif not row.is_empty:
                self._add(row)
        self._settle_additions()
        if self._plan.is_whole and not self._plan.rows:
            self._name_missing()

    def _take(self, row: Row) -> None:
        number, identity = row.record, (row.record, row.position)
        if identity in self._seen:
            self._fault(row.place, words.TWO_ROWS.format(number=number, other=self._seen[identity]))
            return
        self._seen[identity] = row.place
        self._merge.places.setdefault(number, row.place)
        record = self._records.get(number) or self._library.record(number)
        if row.is_empty:
            self._merge.notes.append(Remark(row.place, words.EMPTIED))
        elif record is None:
            self._fault(row.place, words.NO_RECORD.format(number=number, hint=hints.similar(number, self._records)))
        else:
            self._compare(row, record)

    def _compare(self, row: Row, record: Record) -> None:
        changed = [slot for slot in self._sheet.slots if self._is_changed(row, slot, record)]
        if not changed:
            return
        position = self._found(row, record)
        if position is None:
            self._fault(row.place, words.ROW_MOVED.format(number=record.number))
            return
        for slot in changed:
            self._merge_cell(row, slot, record, position)

    def _is_changed(self, row: Row, slot: Slot, record: Record) -> bool:
        """Whether the person changed the cell: it means something else than at the export."""
        raw = row.raw(slot.field.key)
        if not slot.own:
            return workbooks.base(workbooks.said(raw)) != row.base(slot)
        written = self._answers.cell(slot.field, self._ours(slot, record, row.position))
        try:
            theirs = row.value(slot)
        except Unfit:
            return not returned.is_same(written, raw)
        return not returned.is_same(written, raw) and workbooks.base(theirs) != row.base(slot)

    def _merge_cell(self, row: Row, slot: Slot, record: Record, position: int) -> None:
        place = row.at(slot)
        if not slot.own:
            locked = words.LOCKED_CHANGED.format(label=slot.field.label)
            self._fault(place, words.NUMBER_CHANGED.format(old=record.number) if slot.is_number else locked)
            return
        try:
            theirs = row.value(slot)
        except Unfit as unfit:
            self._fault(place, unfit.text)
            return
        ours = self._ours(slot, record, position)
        steps = (self._plan.rows, position, slot.own) if self._is_in_row(slot) else (slot.own,)
        change = Change(place, record.number, steps, slot.field, ours, theirs)
        first = self._cells.setdefault((record.number, *steps), change)
        if workbooks.base(theirs) != workbooks.base(
            first.theirs
        ):  # a field of the record on several rows of a register
            values = {"here": theirs, "there": first.theirs, "other": first.place}
            self._fault(place, words.SCALARS_DIFFER.format(label=slot.field.label, **values))
        elif first is change and workbooks.base(theirs) != workbooks.base(ours):
            (self._merge.changes if workbooks.base(ours) == row.base(slot) else self._merge.conflicts).append(change)

    def _found(self, row: Row, record: Record) -> int | None:
        """Where the row of a table stands now: where it was, or the only place at which the exported row is found."""
        if not self._plan.rows:
            return row.position
        likeness = self._likeness(row, record)
        rows = record.values.get(self._plan.rows, ())
        own = sum(self._is_in_row(slot) for slot in self._sheet.slots)
        whole = [place for place in range(len(rows)) if likeness(place) == own]
        if row.position in whole or len(whole) == 1:
            return row.position if row.position in whole else whole[0]
        is_near = row.position < len(rows) and 2 * likeness(row.position) >= own
        return row.position if is_near and not whole else None

    def _likeness(self, row: Row, record: Record) -> Callable[[int], int]:
        own = [slot for slot in self._sheet.slots if self._is_in_row(slot)]
        return lambda place: sum(workbooks.base(self._ours(each, record, place)) == row.base(each) for each in own)

    def _ours(self, slot: Slot, record: Record, position: int) -> Any:
        if not self._is_in_row(slot):
            return record.values.get(slot.own)
        rows = record.values.get(self._plan.rows, ())
        return rows[position].get(slot.own) if 0 <= position < len(rows) else None

    def _is_in_row(self, slot: Slot) -> bool:
        return bool(self._plan.rows) and slot.own in self._form.by_key[self._plan.rows].column_by_key

    def _add(self, row: Row) -> None:
        if not any(slot.own for slot in self._sheet.slots):
            self._fault(row.place, words.NOTHING_NEW)
            return
        values: dict[str, tuple[Any, str]] = {}
        handle = ""
        for slot in (each for each in self._sheet.slots if each.own or each.of_new):
            try:
                value = row.value(slot)
            except Unfit as unfit:
                self._fault(row.at(slot), unfit.text)
                continue
            if slot.is_number:
                handle = str(value or "")
            else:
                values[slot.own or slot.field.key] = (value, row.at(slot))
        if self._plan.rows and not handle:
            self._fault(row.place, words.NO_OWNER)
            return
        self._added.append(Addition(row.place, self._form.key, self._plan.rows, handle, values))

    def _settle_additions(self) -> None:
        """A row that says what a record or row of ours says which the sheet does not hold was taken in before."""
        ours: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = {}
        for number, values in self._others() if self._added else ():
            for key, value in values.items():
                ours.setdefault((key, workbooks.base(value)), []).append((number, values))
        for each in self._added:
            said = {key: workbooks.base(value) for key, (value, _) in each.values.items() if value is not None}
            like = ours.get(next(iter(said.items()), ("", "")), ())
            same = (number for number, values in like if _says(values, said))
            owner = self._merge.known.get(each.handle, each.handle)
            number = next((one for one in same if not self._plan.rows or one == owner), "")
            if number:
                self._merge.known |= {each.handle: number} if each.handle else {}
                self._merge.notes.append(Remark(each.place, words.THERE_ALREADY.format(number=number)))
            else:
                self._merge.additions.append(each)

    def _others(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The records, or rows of their table, that have no row on the sheet."""
        for number, record in self._records.items():
            rows = enumerate(record.values.get(self._plan.rows, ())) if self._plan.rows else ((-1, record.values),)
            yield from ((number, values) for place, values in rows if (number, place) not in self._seen)

    def _name_missing(self) -> None:
        there = {number for number, _ in self._seen}
        missing = [number for number in sorted(self._records) if number not in there]
        if missing:
            shown = ", ".join(missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
            text = words.MISSING.format(count=len(missing), numbers=shown)
            self._merge.notes.append(Remark(self._sheet.page.name, text))

    def _fault(self, place: str, text: Text) -> None:
        self._merge.faults.append(Remark(place, text))


def _says(values: Mapping[str, Any], hashes: Mapping[str, str]) -> bool:
    return all(workbooks.base(values.get(key)) == each for key, each in hashes.items())
