"""A register ready to be written out, in whichever format: its head, its lines in words, its totals and sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator import harvest, registers, tabulation
from generator.ledgers import Column, Register, Table
from generator.model import Field, Kind, Option, Values
from generator.registers import Entry, Selection
from generator.tabulation import Context
from generator.terms import Language, Text
from generator.terms import registers as words
from generator.wording import Printer
from generator.world import World

WEIGHTS = {Kind.INTEGER: 3, Kind.NUMBER: 3, Kind.BOOLEAN: 2, Kind.DATE: 4, Kind.DATETIME: 4, Kind.CHOICE: 4}
WEIGHTS |= {Kind.REFERENCE: 5, Kind.LONGTEXT: 9}
USUAL = 5
TOTALS = {"sum": words.TOTAL, "mean": words.MEAN, "count": words.COUNT, "max": words.MAXIMUM}


@dataclass(frozen=True, slots=True)
class Head:
    """A column: `path` names the field that it shows, empty for what is computed; `units` is how wide it would be."""

    key: str
    label: Text
    kind: Kind
    units: int
    path: str = ""
    options: tuple[Option, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line in words and in values, with the record that it leads to."""

    texts: tuple[str, ...]
    values: tuple[Any, ...]
    form: str
    number: str
    position: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading, with what stands under their columns; a register without groups is one block."""

    title: str
    rows: tuple[Row, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """A small table under the lines."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Listing:
    """All of a register that is printed; `facts` are what it says about itself."""

    register: Register
    organization: Values
    language: Language
    facts: tuple[tuple[Text, str], ...]
    heads: tuple[Head, ...]
    blocks: tuple[Block, ...]
    totals: tuple[str, ...]
    tables: tuple[Sums, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines of all blocks."""
        return tuple(row for block in self.blocks for row in block.rows)


def of(register: Register, lines: Sequence[Entry], seen: World, *, selection: Selection, language: Language) -> Listing:
    """The register in words of one language."""
    printer = Printer(seen.library, language)
    fields = registers.fields(register, seen)
    by_source = {id(each): _shown(register, each, seen) for each in register.sources}
    blocks = tuple(
        Block(
            harvest.text(_grouping(register, fields), value, printer) if register.group else "",
            tuple(_row(line, by_source[id(line.item.source)], printer) for line in found),
            _totals(register, found, printer, fields) if register.group else (),
        )
        for value, found in registers.grouped(register, lines)
    )
    return Listing(
        register=register,
        organization=seen.library.organization,
        language=language,
        facts=tuple(_facts(register, lines, selection, printer)),
        heads=tuple(_head(*pair, register) for pair in zip(register.columns, fields, strict=True)),
        blocks=blocks if lines else (),
        totals=_totals(register, lines, printer, fields),
        tables=tuple(_sums(table, lines, seen) for table in register.tables),
    )


def _shown(register: Register, source: Any, seen: World) -> tuple[Field, ...]:
    return tuple(harvest.shown(column, source, seen) for column in register.columns)


def _grouping(register: Register, fields: Sequence[Field]) -> Field:
    return next(field for column, field in zip(register.columns, fields, strict=True) if column.key == register.group)


def _head(column: Column, field: Field, register: Register) -> Head:
    is_path = harvest.PATH.fullmatch(column.value) and not column.like and not column.kind
    source = register.sources[0]
    path = column.value if is_path and len(register.sources) == 1 and not source.values else ""
    units = column.width or WEIGHTS.get(field.kind, USUAL)
    return Head(column.key, column.label or field.label, field.kind, units, path, field.options, field.unit)


def _row(line: Entry, fields: Sequence[Field], printer: Printer) -> Row:
    record = line.item.record
    texts = tuple(map(_text, fields, line.values, (printer,) * len(fields)))
    return Row(texts, line.values, record.form, record.number, line.item.position)


def _text(field: Field, value: Any, printer: Printer) -> str:
    if isinstance(value, Text):
        return value.within(printer.language)
    return harvest.text(field, value, printer)


def _totals(register: Register, lines: Sequence[Entry], printer: Printer, fields: Sequence[Field]) -> tuple[str, ...]:
    """What stands under the columns, in words: a sum, or `mean 3.5`; nothing where no column is added up."""
    found = registers.totals(register, lines)
    if all(each is None for each in found):
        return ()
    texts: list[str] = []
    for column, field, value in zip(register.columns, fields, found, strict=True):
        word = TOTALS[column.total].within(printer.language) if column.total in {"mean", "max", "count"} else ""
        said = harvest.text(field, value, printer) if registers.is_number(field) else str(value)
        texts.append(f"{word} {said}".strip() if value is not None else "")
    if not texts[0]:
        texts[0] = words.TOTAL.within(printer.language)
    return tuple(texts)


def _facts(
    register: Register, lines: Sequence[Entry], selection: Selection, printer: Printer
) -> Iterator[tuple[Text, str]]:
    language = printer.language
    yield words.PERIOD, stretch(selection.start, selection.end).within(language)
    if selection.customer:
        customer = Field("customer", words.CUSTOMER, Kind.REFERENCE, refers_to=tuple(printer.library.forms))
        yield words.CUSTOMER, printer.reference(customer, selection.customer)
    for view in register.views:
        if view.key == selection.view:
            yield words.VIEW, view.title.within(language)
    yield words.LINES, str(len(lines))


def stretch(start: str, end: str) -> Text:
    """A period in words."""
    if start and end:
        return words.FROM_TO.format(start=start, end=end)
    if start or end:
        return words.SINCE.format(start=start) if start else words.UNTIL.format(end=end)
    return words.WHOLE


def _sums(table: Table, lines: Sequence[Entry], seen: World) -> Sums:
    """A table of figures over the records that are shown; a register of rows counts each of its rows."""
    wanted = {(line.item.record.form, line.item.record.number) for line in lines}
    items = [item for item in harvest.items(table.sources, seen) if (item.record.form, item.record.number) in wanted]
    context = Context(seen)
    heads = [each.label or tabulation.field_of(each, table, context).label for each in table.by]
    heads += [each.label or Text(each.key, each.key) for each in table.measures]
    rows = (
        (
            *(tabulation.said(table, key, value, context) for key, value in line.by.items()),
            *map(_plain, line.figures.values()),
        )
        for line in tabulation.lines(table, context, items)
    )
    return Sums(table.title or Text(table.key, table.key), tuple(heads), tuple(rows))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
