"""Sheets for Excel that people fill and send back: a form's records, or a register's lines, each cell with its base."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from generator import canonical, harvest, registers, table
from generator.answers import Answers
from generator.ledgers import Register
from generator.model import Field, Form, Kind, Library, Record
from generator.registers import Selection
from generator.terms import Language
from generator.terms import registers as words
from generator.world import World

RECORD, ROW, BASE = "_record", "_row", "_base"
"""Hidden columns: the record's number, its row from 0 or nothing, and what each cell was when it was exported."""
HEAD = (Field("number", words.NUMBER, Kind.TEXT), Field("created_on", words.CREATED, Kind.DATE))
WIDTHS = {Kind.LONGTEXT: 44.0, Kind.TEXT: 22.0, Kind.REFERENCE: 24.0, Kind.CHOICES: 24.0, Kind.DATETIME: 17.0}
USUAL = 13.0
STATE = "state"
OF_NEW = frozenset({"number", "created_on", "former_number"})
"""What is written once, when a record is new."""
LEFT_OUT = frozenset({Kind.ROWS, Kind.INK})
LONGEST = table.LONGEST
NUMBERS = (int, float, Decimal)
SIGNS = 8
"""Hexadecimal digits of a cell's hash."""


@dataclass(frozen=True)
class Slot:
    """A column: the field by whose words it is written, and the key of the record's or row's field that it changes.

    Nothing is changed where `own` is empty; where it is `of_new`, only records that are not there yet. One `is_number`:
    that of the record.
    """

    field: Field
    own: str = ""
    of_new: bool = False
    is_number: bool = False


OWNER = Slot(replace(HEAD[0], key="_number"), of_new=True, is_number=True)
"""The first column of a table's sheet; tables may have a column `number` of their own."""


@dataclass(frozen=True)
class Plan:
    """What a sheet holds: the records of a form, or the rows of a table of theirs; a register may leave some out."""

    name: str
    form: str
    rows: str
    slots: tuple[Slot, ...]
    is_whole: bool = True


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its record, its place in a table, and its values as records hold them."""

    number: str
    position: int
    values: tuple[Any, ...]


def form_plans(form: Form) -> Iterator[Plan]:
    """A form's records on one sheet, and each of its tables on one of its own."""
    fields = [*HEAD, *(each for each in form.fields if each.kind not in LEFT_OUT)]
    yield Plan(form.key[: table.LONGEST_NAME], form.key, "", tuple(map(_slot, fields)))
    for rows in (each for each in form.fields if each.columns):
        columns = (Slot(each, each.key) for each in rows.columns if each.kind not in LEFT_OUT)
        yield Plan(rows.key[: table.LONGEST_NAME], form.key, rows.key, (OWNER, *columns))


def _slot(field: Field) -> Slot:
    is_open = field.key not in OF_NEW | {STATE}
    return Slot(field, field.key if is_open else "", of_new=field.key in OF_NEW, is_number=field.key == HEAD[0].key)


def register_plan(register: Register, seen: World) -> Plan:
    """A register's columns; what is computed, or comes from several forms, cannot be changed."""
    source = register.sources[0]
    form = seen.library.forms[source.form]
    slots = []
    for column, field in zip(register.columns, registers.fields(register, seen), strict=True):
        named = replace(field, key=column.key, label=column.label or field.label)
        path = source.values.get(column.key, column.value)
        is_ours = len(register.sources) == 1 and "." not in path and not column.like
        found = harvest.found(path, source, form) if is_ours else None
        slots.append(replace(_slot(found), field=named) if found else Slot(named))
    return Plan(register.key[: table.LONGEST_NAME], form.key, source.rows, tuple(slots), is_whole=False)


def base(value: Any) -> str:
    """A short hash of a value: the same for values that mean the same, 1.10 and 1.1 or text and a blank behind it."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")[: table.LONGEST].strip()
    if isinstance(value, NUMBERS) and not isinstance(value, bool):
        value = {"number": f"{Decimal(str(value)).normalize():f}"}
    content = canonical.content({"value": value})
    return hashlib.sha256(content).hexdigest()[:SIGNS]


def said(cell: Any) -> Any:
    """What a cell shows, in so far as two readings of it are the same."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d %H:%M}"
    return None if cell in (None, "") else cell if isinstance(cell, NUMBERS) else str(cell)


def records_sheets(form: Form, library: Library) -> Iterator[table.Sheet]:
    """The sheets of a form, filled."""
    records = [record for _, record in sorted(library.records[form.key].items())]
    for plan in form_plans(form):
        yield sheet(plan, list(_lines(plan, records)), Answers(library))


def _lines(plan: Plan, records: Iterable[Record]) -> Iterator[Line]:
    for each in records:
        if not plan.rows:
            yield Line(each.number, -1, tuple(each.values.get(slot.field.key) for slot in plan.slots))
            continue
        for position, row in enumerate(each.values.get(plan.rows, ())):
            values = (row.get(slot.field.key) for slot in plan.slots[1:])
            yield Line(each.number, position, (each.number, *values))


def register_sheet(register: Register, seen: World, selection: Selection, coming: registers.Next) -> table.Sheet:
    """A register's lines."""
    lines = [
        Line(each.item.record.number, each.item.position, each.values)
        for each in registers.entries(register, seen, selection, coming)
    ]
    return sheet(register_plan(register, seen), lines, Answers(seen.library))


def sheet(plan: Plan, lines: Sequence[Line], answers: Answers) -> table.Sheet:
    """A sheet to fill: a column a slot, and the hidden ones after them."""
    heads = [
        table.Head(
            slot.field.key,
            table.headed(slot.field.label.within(Language.BOTH), slot.field.unit),
            WIDTHS.get(slot.field.kind, USUAL),
            answers.of(slot.field) if slot.own else (),
            is_locked=not slot.own,
            is_open_below=slot.of_new,
        )
        for slot in plan.slots
    ]
    heads += [table.Head(key, key, is_locked=True, is_hidden=True) for key in (RECORD, ROW, BASE)]
    rows = []
    for line in lines:
        cells = [answers.cell(slot.field, value) for slot, value in zip(plan.slots, line.values, strict=True)]
        bases = (
            base(value if slot.own else said(cell))
            for slot, value, cell in zip(plan.slots, line.values, cells, strict=True)
        )
        rows.append((*cells, line.number, line.position if line.position >= 0 else None, "-".join(bases)))
    return table.Sheet(plan.name, tuple(heads), tuple(rows))
