"""The lines of a register: which records it shows, what stands in each column, in which order, and the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from generator import harvest
from generator.harvest import Get, Item
from generator.ledgers import Column, Register, Source
from generator.model import Field, Kind, Record
from generator.terms import Text
from generator.world import World

NUMBERS = (int, Decimal)
Next = Callable[[Record], "tuple[datetime, Text] | None"]
"""The next open time limit of a record."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a register is wanted: dates as written, a customer's number, a view; empty for all."""

    start: str = ""
    end: str = ""
    customer: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register; `values` are by column."""

    item: Item
    values: tuple[Any, ...]


def entries(register: Register, seen: World, selection: Selection, coming: Next) -> tuple[Entry, ...]:
    """The lines in order: of the period, the customer and the view that are wanted."""
    where = next((view.where for view in register.views if view.key == selection.view), "")
    gets = {id(source): _gets(register, source, seen, coming) for source in _kept(register, seen)}
    lines = [
        Entry(item, tuple(get(item) for get in gets[id(item.source)]))
        for item in harvest.items(_kept(register, seen), seen, where)
        if _is_wanted(item, selection, seen)
    ]
    return tuple(ordered(lines, register))


def _kept(register: Register, seen: World) -> Iterator[Source]:
    return (source for source in register.sources if source.form in seen.library.forms)


def _is_wanted(item: Item, selection: Selection, seen: World) -> bool:
    if selection.customer and harvest.customer(item, seen) != selection.customer:
        return False
    if not selection.start and not selection.end:
        return True
    day = harvest.day(item, seen)
    return bool(day) and selection.start <= day <= (selection.end or day)


def _gets(register: Register, source: Source, seen: World, coming: Next) -> tuple[Get, ...]:
    return tuple(_get(column, source, seen, coming) for column in register.columns)


def _get(column: Column, source: Source, seen: World, coming: Next) -> Get:
    if not column.deadline:
        return harvest.getter(source.values.get(column.key, column.value), source, seen)

    def limit(item: Item) -> Any:
        due = coming(item.record)
        if due is None:
            return None
        return f"{due[0]:%Y-%m-%d %H:%M}" if column.deadline == "date" else due[1]

    return limit


def ordered(lines: Iterable[Entry], register: Register) -> list[Entry]:
    """The lines as the definition orders them, its group first; equal ones by number."""
    places = {column.key: place for place, column in enumerate(register.columns)}
    result = sorted(lines, key=lambda each: (each.item.record.number, each.item.position))
    for name in reversed((*((register.group,) if register.group else ()), *register.order)):
        place = places[name.lstrip("-")]
        result.sort(key=lambda each: rank(each.values[place]), reverse=name.startswith("-"))
    return result


def rank(value: Any) -> tuple[int, Any]:
    """What a value is sorted by: empty ones last, numbers by size, all else as text."""
    if value is None:
        return 2, ""
    return (0, value) if isinstance(value, NUMBERS) else (1, str(value))


def fields(register: Register, seen: World) -> tuple[Field, ...]:
    """The field by whose words each column is printed."""
    first = next(_kept(register, seen), register.sources[0])
    return tuple(harvest.shown(column, first, seen) for column in register.columns)


def totals(register: Register, lines: Sequence[Entry]) -> tuple[Any, ...]:
    """What stands under each column; None where nothing is added up."""
    return tuple(
        total(column.total, [line.values[place] for line in lines]) if column.total else None
        for place, column in enumerate(register.columns)
    )


def total(kind: str, values: Iterable[Any]) -> Any:
    """The sum, mean, count or greatest of what is filled; a mean of nothing is nothing."""
    filled = [each for each in values if each is not None]
    if kind == "count":
        return len(filled)
    numbers = [each for each in filled if isinstance(each, NUMBERS)]
    if kind == "sum":
        return sum(numbers, start=0)
    if not numbers:
        return None
    if kind == "max":
        return max(numbers)
    return harvest.fitted(float(sum(numbers, start=0)) / len(numbers))


def grouped(register: Register, lines: Sequence[Entry]) -> Iterator[tuple[Any, tuple[Entry, ...]]]:
    """The lines by the value of the group's column; all together under None where there is none."""
    if not register.group:
        yield None, tuple(lines)
        return
    place = next(place for place, column in enumerate(register.columns) if column.key == register.group)
    kept: dict[Any, list[Entry]] = {}
    for line in lines:
        kept.setdefault(str(line.values[place] or ""), []).append(line)
    yield from ((found[0].values[place], tuple(found)) for found in kept.values())


def is_number(field: Field) -> bool:
    """Whether a column holds numbers."""
    return field.kind in {Kind.NUMBER, Kind.INTEGER}
