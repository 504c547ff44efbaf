"""Sheets for Excel that people fill and send back: a form's records, or a register's lines, each cell with its base."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator import canonical, harvest, registers, table
from generator.answers import Answers
from generator.ledgers import Register
from generator.model import Field, Form, Kind, Library
from generator.registers import Selection
from generator.terms import Language
from generator.terms import registers as words
from generator.world import World

RECORD, ROW, BASE = "_record", "_row", "_base"
"""Hidden columns: the record's number, its row from 0 or nothing, and what each cell was when it was exported."""
HEAD = (Field("number", words.NUMBER, Kind.TEXT), Field("created_on", words.CREATED, Kind.DATE))
WIDTHS = {Kind.LONGTEXT: 44.0, Kind.TEXT: 22.0, Kind.REFERENCE: 24.0, Kind.CHOICES: 24.0, Kind.DATETIME: 17.0}
USUAL = 13.0
LOCKED = frozenset({"number", "created_on", "state", "former_number"})
LEFT_OUT = frozenset({Kind.ROWS, Kind.INK})
SIGNS = 8
"""Hexadecimal digits of a cell's hash."""


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its record, its place in a table, and its values as records hold them."""

    number: str
    position: int
    values: tuple[Any, ...]


def base(value: Any) -> str:
    """A short hash of a value: the same for values that mean the same, 1.10 and 1.1 among them."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        value = {"number": f"{Decimal(value).normalize():f}"}
    content = canonical.content({"value": value})
    return hashlib.sha256(content).hexdigest()[:SIGNS]


def form_sheets(form: Form, library: Library) -> Iterator[table.Sheet]:
    """A form's records on one sheet, and each of its tables on one of its own."""
    records = [record for _, record in sorted(library.records[form.key].items())]
    fields = [*HEAD, *(each for each in form.fields if each.kind not in LEFT_OUT)]
    lines = [Line(each.number, -1, tuple(each.values.get(field.key) for field in fields)) for each in records]
    yield sheet(form.key, fields, lines, Answers(library), locked=LOCKED)
    for rows in (each for each in form.fields if each.columns):
        columns = [HEAD[0], *(each for each in rows.columns if each.kind not in LEFT_OUT)]
        lines = [
            Line(each.number, position, (each.number, *(row.get(field.key) for field in columns[1:])))
            for each in records
            for position, row in enumerate(each.values.get(rows.key, ()))
        ]
        yield sheet(rows.key, columns, lines, Answers(library), locked=frozenset({"number"}))


def register_sheet(register: Register, seen: World, selection: Selection, coming: registers.Next) -> table.Sheet:
    """A register's lines; what is computed cannot be changed."""
    fields = registers.fields(register, seen)
    source = register.sources[0]
    form = seen.library.forms[source.form]
    is_single = len(register.sources) == 1
    own = {
        column.key
        for column in register.columns
        if is_single and "." not in column.value and not column.like and harvest.found(column.value, source, form)
    }
    lines = [
        Line(each.item.record.number, each.item.position, each.values)
        for each in registers.entries(register, seen, selection, coming)
    ]
    named = [
        Field(column.key, column.label or field.label, field.kind, options=field.options, refers_to=field.refers_to)
        for column, field in zip(register.columns, fields, strict=True)
    ]
    locked = frozenset({column.key for column in register.columns} - own) | LOCKED
    return sheet(register.key, named, lines, Answers(seen.library), locked=locked)


def sheet(
    name: str, fields: Sequence[Field], lines: Sequence[Line], answers: Answers, *, locked: frozenset[str]
) -> table.Sheet:
    """A sheet to fill: a column a field, and the hidden ones after them."""
    heads = [
        table.Head(
            field.key,
            field.label.within(Language.BOTH) + (f" [{field.unit}]" if field.unit else ""),
            WIDTHS.get(field.kind, USUAL),
            answers.of(field) if field.key not in locked else (),
            is_locked=field.key in locked,
        )
        for field in fields
    ]
    heads += [table.Head(key, key, is_locked=True, is_hidden=True) for key in (RECORD, ROW, BASE)]
    rows = [
        (
            *map(answers.cell, fields, line.values),
            line.number,
            line.position if line.position >= 0 else None,
            "-".join(map(base, line.values)),
        )
        for line in lines
    ]
    return table.Sheet(name[: table.LONGEST_NAME], tuple(heads), tuple(rows))
