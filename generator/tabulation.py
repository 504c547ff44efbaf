"""Figures side by side: records counted, added up and compared for each value of what tells them apart."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator import harvest, periods
from generator.harvest import Item
from generator.ledgers import Dimension, Measure, Table
from generator.model import Field, Kind
from generator.periods import Period
from generator.registers import rank
from generator.terms import Language, Text
from generator.terms import registers as words
from generator.wording import Printer
from generator.world import World

HUNDRED, MILLION = 100, 1_000_000
EVER = Period(date.min, date.max)
Given = Callable[[Measure, Any], "float | None"]
"""The divisor that a person wrote for the first value of a line."""
Kept = tuple[tuple[Item, str], ...]


@dataclass(frozen=True)
class Line:
    """A line: what tells it apart, as people read it, its figures by their keys, and the records behind it."""

    by: Mapping[str, Any]
    figures: Mapping[str, Any]
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What figures are taken with: the world, the period, and divisors that people wrote."""

    seen: World
    period: Period = EVER
    given: Given = field(default=lambda *_: None)

    @property
    def printer(self) -> Printer:
        """How values are put in words that are kept: in both languages."""
        return Printer(self.seen.library, Language.BOTH)


def lines(table: Table, context: Context, items: Iterable[Item] | None = None) -> tuple[Line, ...]:
    """The lines of a table, over these items or all that its sources give."""
    found = harvest.items(table.sources, context.seen) if items is None else items
    dated = tuple((item, harvest.day(item, context.seen)) for item in found)
    groups = _groups(table, dated, context)
    result = [_line(key, kept, table, context) for key, kept in groups.items()]
    result = _compared(_ordered(result, table), table)
    return tuple(_folded(result, table, context, groups))


def is_in(name: str, day: str, context: Context) -> bool:
    """Whether a day lies in a window; `all` also takes what has no date."""
    if not day:
        return name == "all"
    return periods.window(name, context.period).holds(day)


def _groups(table: Table, dated: Kept, context: Context) -> dict[tuple[Any, ...], list[tuple[Item, str]]]:
    names = {table.window, *(each.window for each in table.measures if each.window)}
    groups: dict[tuple[Any, ...], list[tuple[Item, str]]] = {key: [] for key in _expected(table, context)}
    gets: dict[int, list[Callable[[Item], Any]]] = {}
    for item, day in dated:
        if not any(is_in(name, day, context) for name in names):
            continue
        source = item.source
        if id(source) not in gets:
            gets[id(source)] = [_cutter(each, item, context) for each in table.by]
        for key in _keys([get(item) for get in gets[id(source)]]):
            groups.setdefault(key, []).append((item, day))
    return groups


def _keys(values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The lines that an item belongs to: one, or one for each of several answers."""
    if not values:
        yield ()
        return
    first, *rest = values
    for head in dict.fromkeys(first) if isinstance(first, list) else (first,):
        yield from ((head, *tail) for tail in _keys(rest))


def _cutter(each: Dimension, item: Item, context: Context) -> Callable[[Item], Any]:
    get = harvest.getter(item.source.values.get(each.key, each.value), item.source, context.seen)
    if each.step:
        return lambda one: _stepped(each.step, get(one))
    if each.bands:
        return lambda one: banded(get(one), each.bands)
    return get


def _stepped(step: str, value: Any) -> Any:
    return periods.bucket(step, str(value)[: harvest.DATE]) if value else None


def banded(value: Any, bands: Sequence[int]) -> str | None:
    """The band in which a number lies, by its upper end."""
    if value is None:
        return None
    below = next((place for place, limit in enumerate(bands) if value <= limit), len(bands))
    return bands_of(bands)[below]


def bands_of(bands: Sequence[int]) -> list[str]:
    """The names of the bands, from the lowest on."""
    middle = [f"{low}–{high}" for low, high in itertools.pairwise(bands)]
    return [f"≤ {bands[0]}", *middle, f"> {bands[-1]}"]


def _expected(table: Table, context: Context) -> Iterator[tuple[Any, ...]]:
    """Lines that stand there even where nothing was found: for a table told apart by one thing only."""
    first = table.by[0]
    if len(table.by) > 1:
        return
    if first.bands:
        yield from ((each,) for each in bands_of(first.bands))
    elif first.is_complete and first.step:
        window = periods.window(table.window, context.period)
        kept = periods.begun(window, harvest.beginning(table.sources, context.seen))  # nobody counted before
        yield from ((each,) for each in periods.buckets(first.step, kept))
    elif first.is_complete:
        yield from ((option.key,) for option in field_of(first, table, context).options)


def field_of(each: Dimension, table: Table, context: Context) -> Field:
    """The field by whose words a dimension is printed."""
    source = table.sources[0]
    form = context.seen.library.forms.get(source.form)
    known = harvest.like(each.like, context.seen) if each.like else None
    known = known or (harvest.found(each.value, source, form) if form else None)
    return known or Field(each.key, each.label or Text(each.key, each.key), Kind.TEXT)


def _line(key: tuple[Any, ...], kept: list[tuple[Item, str]], table: Table, context: Context) -> Line:
    by = {each.key: _named(each, value, table, context) for each, value in zip(table.by, key, strict=True)}
    figures = {
        each.key: measured(each, tuple(kept), context, window=each.window or table.window, line=by.get(table.by[0].key))
        for each in table.measures
    }
    return Line(by, figures, tuple(dict.fromkeys(item.record.number for item, _ in kept)))


def _named(each: Dimension, value: Any, table: Table, context: Context) -> Any:
    known = field_of(each, table, context)
    if value is None:
        return words.NOT_STATED.within(Language.BOTH)
    if each.step or each.bands or known.kind is Kind.REFERENCE:
        return value
    return harvest.text(known, value, context.printer)


def said(table: Table, key: str, value: Any, context: Context) -> str:
    """What tells a line apart, in words; for references the name."""
    known = next((field_of(each, table, context) for each in table.by if each.key == key and not each.step), None)
    return context.printer.cell(known, value) if known and known.kind is Kind.REFERENCE and value else str(value)


def measured(measure: Measure, kept: Kept, context: Context, *, window: str, line: Any = None) -> Any:
    """One figure over the items of its window; None where there is nothing to take it of."""
    within = [item for item, day in kept if is_in(window, day, context)]
    if measure.is_relative:
        return None
    if measure.kind == "rate":
        base = [item for item in within if _is(measure.of, item, context)]
        return _quotient(sum(_is(measure.where, item, context) for item in base), len(base), HUNDRED)
    chosen = [item for item in within if _is(measure.where, item, context)]
    if measure.kind == "count":
        return len(chosen)
    if measure.kind in {"ppm", "ratio"}:
        over = _divisor(measure, chosen, context, line)
        return _quotient(_sum(_values(measure.value, chosen, context)), over, MILLION if measure.kind == "ppm" else 1)
    values = _values(measure.value, chosen, context)
    if measure.kind == "distinct":
        return len(set(map(str, values)))
    return harvest.fitted(_of_numbers(measure, [float(each) for each in values]))


def _divisor(measure: Measure, chosen: list[Item], context: Context, line: Any) -> float | None:
    return context.given(measure, line) if measure.given else _sum(_values(measure.of, chosen, context))


def _sum(values: Iterable[Any]) -> float:
    return math.fsum(float(each) for each in values)


def _of_numbers(measure: Measure, values: list[float]) -> float | None:
    if measure.kind == "sum":
        return math.fsum(values)
    if not values:
        return None
    if measure.kind == "percentile":
        return percentile(values, measure.rank or 95)
    kinds: Mapping[str, Callable[[list[float]], float]] = {
        "mean": statistics.fmean,
        "median": statistics.median,
        "max": max,
        "min": min,
    }
    return kinds[measure.kind](values)


def percentile(values: Sequence[float], place: int) -> float:
    """The least value that so many in a hundred do not exceed: one that was measured, never one in between."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * place / HUNDRED) - 1)]


def _quotient(part: float, whole: float | None, scale: int) -> Any:
    return harvest.fitted(part / whole * scale) if whole else None


def _is(condition: str, item: Item, context: Context) -> bool:
    return not condition or context.seen.holds(condition, item.record, item.row, item.source.rows) is True


def _values(path: str, chosen: Iterable[Item], context: Context) -> list[Any]:
    found: list[Any] = []
    gets: dict[int, Callable[[Item], Any]] = {}
    for item in chosen:
        if id(item.source) not in gets:
            gets[id(item.source)] = harvest.getter(path, item.source, context.seen)
        value = gets[id(item.source)](item)
        found += value if isinstance(value, list) else [] if value is None else [value]
    return found


def _ordered(result: list[Line], table: Table) -> list[Line]:
    first = table.by[0]
    if first.step or (not first.bands and not first.is_complete):
        result.sort(key=lambda each: tuple(rank(value) for value in each.by.values()))
    if table.order:
        name, is_down = table.order.lstrip("-"), table.order.startswith("-")
        result.sort(key=lambda each: _place(each, name, is_down=is_down))
    return result


def _place(line: Line, name: str, *, is_down: bool) -> tuple[int, Any]:
    kind, value = rank(line.figures.get(name, line.by.get(name)))
    return (kind, -value) if is_down and kind == 0 else (kind, value)


def _compared(result: list[Line], table: Table) -> list[Line]:
    """The lines with shares of the whole, shares added up from the first line on, and changes."""
    compared = [each for each in table.measures if each.is_relative]
    totals = {each.of: _sum(line.figures[each.of] or 0 for line in result) for each in compared}
    so_far = dict.fromkeys(totals, 0.0)
    changed: list[Line] = []
    for line in result:
        for name in so_far:
            so_far[name] += float(line.figures[name] or 0)
        relative = {each.key: _relative(each, line.figures, totals[each.of], so_far[each.of]) for each in compared}
        changed.append(Line(line.by, {**line.figures, **relative}, line.records))
    return changed


def _relative(measure: Measure, figures: Mapping[str, Any], whole: float, so_far: float) -> Any:
    """A figure in per cent of the whole, or by how much it differs from the one it is held against."""
    own = float(figures[measure.of] or 0)
    if measure.kind == "change":
        before = float(figures[measure.against] or 0)
        return _quotient(own - before, before, HUNDRED)
    return _quotient(so_far if measure.kind == "cumulative" else own, whole, HUNDRED)


def _folded(result: list[Line], table: Table, context: Context, groups: Mapping[Any, Any]) -> Iterator[Line]:
    """The first lines, and all others as one that is computed anew from their items."""
    if not table.most or len(result) <= table.most:
        yield from result
        return
    yield from result[: table.most - 1]
    rest = {number for line in result[table.most - 1 :] for number in line.records}
    named = {tuple(line.by.values()) for line in result[: table.most - 1]}
    items = [
        pair
        for key, kept in groups.items()
        if tuple(_named(each, value, table, context) for each, value in zip(table.by, key, strict=True)) not in named
        for pair in kept
    ]
    figures = {
        each.key: measured(each, tuple(items), context, window=each.window or table.window) for each in table.measures
    }
    for each in (each for each in table.measures if each.is_relative):
        whole = _sum(line.figures[each.of] or 0 for line in result)
        figures[each.key] = _relative(each, figures, whole, whole)
    blank = dict.fromkeys([each.key for each in table.by], "")
    yield Line({**blank, table.by[0].key: words.OTHERS.within(Language.BOTH)}, figures, tuple(sorted(rest)))
