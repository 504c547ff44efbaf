"""Lines taken from records: which records and rows a source gives, and how a value of each is got and printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.ledgers import Column, Source
from generator.model import Field, Form, Kind, Record
from generator.terms import Text
from generator.terms import registers as words
from generator.wording import Printer
from generator.world import World

PATH = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
DATE = 10
CUSTOMER = "customer"
JOINT = "、"
BUILT_IN: Mapping[str, Field] = {
    "number": Field("number", words.NUMBER, Kind.TEXT),
    "created_on": Field("created_on", words.CREATED, Kind.DATE),
}
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Item:
    """A record, or one row of a table of it; `position` counts rows from 0 and is -1 for the record itself."""

    record: Record
    source: Source
    row: Mapping[str, Any] | None = None
    position: int = -1


Get = Callable[[Item], Any]


def items(sources: Iterable[Source], seen: World, where: str = "") -> Iterator[Item]:
    """What the sources give: their own conditions hold, and this one too."""
    for source in sources:
        for record in seen.library.records.get(source.form, {}).values():
            for item in _rows(record, source):
                if _holds(source.where, item, seen) and _holds(where, item, seen):
                    yield item


def _rows(record: Record, source: Source) -> Iterator[Item]:
    if not source.rows:
        yield Item(record, source)
        return
    for position, row in enumerate(record.values.get(source.rows, ())):
        yield Item(record, source, row, position)


def _holds(condition: str, item: Item, seen: World) -> bool:
    return not condition or seen.holds(condition, item.record, item.row, item.source.rows) is True


def found(path: str, source: Source, form: Form) -> Field | None:
    """The field that a path names: of the row, of the record, or of what every record has; None for an expression."""
    if not PATH.fullmatch(path):
        return None
    key, _, column = path.partition(".")
    table = form.by_key.get(key)
    if column:
        return table.column_by_key.get(column) if table else None
    row = form.by_key[source.rows].column_by_key.get(key) if source.rows in form.by_key else None
    return row or table or BUILT_IN.get(key)


def getter(path: str, source: Source, seen: World) -> Get:
    """How the value of a path or an expression is got from an item of the source."""
    form = seen.library.forms[source.form]
    key, _, column = path.partition(".")
    if found(path, source, form) is None:
        return lambda item: fitted(seen.holds(path, item.record, item.row, source.rows))
    if column:
        return lambda item: [row[column] for row in item.record.values.get(key, ()) if column in row]
    if source.rows and key in form.by_key[source.rows].column_by_key:
        return lambda item: (item.row or {}).get(key)
    return lambda item: item.record.values.get(key)


def fitted(value: Any) -> Any:
    """What an expression gives, as records hold it.

    Whole numbers become int, others have two places, nothing is None, a list of one thing is that thing.
    """
    if isinstance(value, float):
        return int(value) if value == int(value) else Decimal(str(value)).quantize(PLACES)
    if isinstance(value, list):
        kept = [fitted(each) for each in value if each not in (None, "")]
        return (kept if len(kept) > 1 else kept[0]) if kept else None
    return None if value == "" else value


def shown(column: Column, source: Source, seen: World) -> Field:
    """The field by whose words a column is printed."""
    form = seen.library.forms.get(source.form)
    field = found(source.values.get(column.key, column.value), source, form) if form else None
    if column.like:
        field = like(column.like, seen)
    if field is None:
        field = Field(column.key, column.label or Text(column.key, column.key), Kind(column.kind or Kind.TEXT))
    return field if column.label is None else replace(field, label=column.label)


def like(path: str, seen: World) -> Field | None:
    """The field `form.field` or `form.table.column`; None where the form is not kept or has none of that name."""
    key, _, rest = path.partition(".")
    form = seen.library.forms.get(key)
    return found(rest, Source(key), form) if form else None


def day(item: Item, seen: World) -> str:
    """The date that decides whether an item is in a period; empty where it is not known."""
    path = item.source.period or "created_on"
    value = getter(path, item.source, seen)(item)
    return str(value)[:DATE] if value and not isinstance(value, list) else ""


def beginning(sources: Iterable[Source], seen: World) -> str:
    """The date of the first record that these sources look at, under whatever condition; empty where there is none."""
    every = items([replace(each, where="") for each in sources], seen)
    return min(filter(None, (day(each, seen) for each in every)), default="")


def customer(item: Item, seen: World) -> Any:
    """The number of the customer that an item is about, where one is."""
    path = item.source.customer or CUSTOMER
    form = seen.library.forms[item.source.form]
    return getter(path, item.source, seen)(item) if found(path, item.source, form) else None


def text(field: Field, value: Any, printer: Printer) -> str:
    """A value in words; several with a comma between."""
    if value is None:
        return ""
    if isinstance(value, list) and field.kind is not Kind.CHOICES:
        return JOINT.join(dict.fromkeys(printer.cell(field, each) for each in value))
    if field.kind is Kind.TEXT and isinstance(value, bool):
        return printer.cell(replace(field, kind=Kind.BOOLEAN), value)
    return printer.cell(field, value)
