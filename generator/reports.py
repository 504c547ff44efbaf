"""What a report computes: its tables, figures, lists and trends, and for each how, and from which records."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from generator import harvest, periods, registers, tabulation
from generator.harvest import Item
from generator.ledgers import Chart, Drawing, Figures, Listed, Measure, Report, Series, Source, Table, Trend
from generator.model import Field, Form, Kind, Library, Values
from generator.periods import Period
from generator.tabulation import Context
from generator.terms import Language, Text
from generator.terms import registers as words
from generator.wording import Printer
from generator.world import World

Row = Mapping[str, Any]
RISING = 3
"""So many steps upwards in a row are a trend."""
RAW = frozenset({Kind.REFERENCE, Kind.DATE, Kind.DATETIME, Kind.BOOLEAN})
NUMBERS = (int, Decimal)
YEAR = 12
SIGMAS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the figures of one field were computed, and from which records."""

    field: Text
    how: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """The values of the computed fields by their keys, and the evidence for each."""

    values: Mapping[str, Any]
    evidence: tuple[Evidence, ...]


def computed(form: Form, report: Report, seen: World, period: Period, written: Values) -> Result:
    """Everything that the report computes; `written` is what a person has put into it."""
    context = Context(seen, period, lambda measure, line: _given(measure, line, written))
    values: dict[str, Any] = {}
    evidence: list[Evidence] = []
    for table in report.tables:
        lines = tabulation.lines(table, context)
        values[table.key] = [_fit({**line.by, **line.figures}, form.by_key[table.key]) for line in lines]
        numbers = tuple(sorted({number for line in lines for number in line.records}))
        evidence.append(Evidence(form.by_key[table.key].label, how(table, context), numbers))
    for figures in report.figures:
        rows, numbers = _figures(figures, context)
        values[figures.key] = [_fit(row, form.by_key[figures.key]) for row in rows]
        evidence.append(Evidence(form.by_key[figures.key].label, _how_figures(figures, context), numbers))
    for listed in report.lists:
        rows, numbers = _listed(listed, context)
        values[listed.key] = [_fit(row, form.by_key[listed.key]) for row in rows]
        evidence.append(Evidence(form.by_key[listed.key].label, _how_listed(listed, context), numbers))
    for trend in report.trends:
        values[trend.key] = is_abnormal(values[trend.table], trend, seen)
        evidence.append(Evidence(form.by_key[trend.key].label, _how_trend(trend, form, seen), ()))
    return Result(values, tuple(evidence))


def absent(library: Library, today: date) -> Iterator[tuple[Form, str]]:
    """The reports that have been made before but not of the period that is over, with that period."""
    for form in library.forms.values():
        if form.report is None or library.unread.get(form.key):
            continue
        written = {str(each.values.get(form.report.field)) for each in library.records[form.key].values()}
        period = periods.finished(form.report.period, today)
        if written and period not in written:
            yield form, period


def _given(measure: Measure, line: Any, written: Values) -> float | None:
    about = measure.given
    rows = (row for row in written.get(about["table"], ()) if line is None or row.get(about["match"]) == line)
    found = [float(row[about["column"]]) for row in rows if row.get(about["column"]) is not None]
    return sum(found) if found else None


def _fit(row: Row, field: Field) -> dict[str, Any]:
    """The columns that the form has, empty ones left out; what is not a number there becomes text."""
    kept = {each.key: _value(each, row[each.key]) for each in field.columns if row.get(each.key) is not None}
    return {key: value for key, value in kept.items() if value is not None}


def _value(column: Field, value: Any) -> Any:
    if column.kind is Kind.REFERENCE and value == words.NOT_STATED.within(Language.BOTH):
        return None
    if column.kind in {Kind.NUMBER, Kind.INTEGER, Kind.BOOLEAN} or isinstance(value, str):
        return value
    return harvest.JOINT.join(map(str, value)) if isinstance(value, list) else str(value)


def _figures(figures: Figures, context: Context) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows: list[dict[str, Any]] = []
    numbers: set[str] = set()
    for figure in figures.lines:
        kept = tuple((item, harvest.day(item, context.seen)) for item in harvest.items(figure.sources, context.seen))
        row: dict[str, Any] = {figures.name: figure.label.within(Language.BOTH)}
        for column, window in figures.windows.items():
            row[column] = tabulation.measured(figure.measure, kept, context, window=window)
        rows.append(row)
        numbers |= {item.record.number for item, day in kept if _is_in_any(figures, day, context)}
    return rows, tuple(sorted(numbers))


def _is_in_any(figures: Figures, day: str, context: Context) -> bool:
    return any(tabulation.is_in(name, day, context) for name in figures.windows.values())


def _listed(listed: Listed, context: Context) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    kept = [
        item
        for item in harvest.items(listed.sources, context.seen)
        if tabulation.is_in(listed.window, harvest.day(item, context.seen), context)
    ]
    rows = [(item, _cells(listed, item, context)) for item in kept]
    rows.sort(key=lambda pair: (pair[0].record.number, pair[0].position))
    for name in reversed(listed.order):
        key = name.lstrip("-")
        rows.sort(key=lambda pair: registers.rank(pair[1].get(key)), reverse=name.startswith("-"))
    return [row for _, row in rows], tuple(dict.fromkeys(item.record.number for item, _ in rows))


def _cells(listed: Listed, item: Item, context: Context) -> dict[str, Any]:
    """Numbers and references as they are, all else in words."""
    row: dict[str, Any] = {}
    for column in listed.columns:
        written = item.source.values.get(column.key, column.value)
        value = harvest.getter(written, item.source, context.seen)(item)
        field = harvest.shown(column, item.source, context.seen)
        is_raw = value is None or isinstance(value, NUMBERS) or field.kind in RAW
        row[column.key] = value if is_raw else harvest.text(field, value, context.printer)
    return row


def is_abnormal(rows: Sequence[Row], trend: Trend, seen: World) -> bool:
    """Whether the last value rose several times in a row, or lies above what the values before it let expect."""
    values = [float(row.get(trend.column) or 0) for row in rows]
    tests = seen.held(trend.setting, None).value
    return ("rising" in tests and _has_risen(values)) or ("three_sigma" in tests and _stands_out(values))


def _has_risen(values: Sequence[float]) -> bool:
    last = values[-RISING - 1 :]
    return len(last) > RISING and all(one < other for one, other in pairwise(last))


def _stands_out(values: Sequence[float]) -> bool:
    before = values[-YEAR - 1 : -1]
    if len(before) < YEAR:
        return False
    return values[-1] > statistics.fmean(before) + SIGMAS * statistics.pstdev(before)


def how(table: Table, context: Context) -> str:
    """A table's way as a formula: from what, of when, by what, which measures."""
    by = ", ".join(each.value for each in table.by)
    measures = "; ".join(f"{each.key} = {formula(each, context)}" for each in table.measures)
    return f"{_sources(table.sources, table.window, context)}\n÷ {by}: {measures}"


def _how_figures(figures: Figures, context: Context) -> str:
    spans = (f"{key} = {_span(name, context)}" for key, name in figures.windows.items())
    lines = (
        f"{each.label.within(Language.BOTH)}: {formula(each.measure, context)} · {_named(each.sources, context)}"
        for each in figures.lines
    )
    return "\n".join(("; ".join(spans), *lines))


def _how_listed(listed: Listed, context: Context) -> str:
    return _sources(listed.sources, listed.window, context)


def _how_trend(trend: Trend, form: Form, seen: World) -> str:
    tests = ", ".join(seen.held(trend.setting, None).value)
    return f"{form.by_key[trend.table].label.within(Language.BOTH)}: {trend.column}; {trend.setting} = {tests}"


def _span(name: str, context: Context) -> str:
    return f"… – {context.period.end}" if name == "all" else str(periods.window(name, context.period))


def _sources(sources: Sequence[Source], name: str, context: Context) -> str:
    return f"{_named(sources, context)} ∈ {_span(name, context)}"


def _named(sources: Sequence[Source], context: Context) -> str:
    """The sources: form, table, condition, and the date that counts."""
    said: list[str] = []
    for source in sources:
        form = context.seen.library.forms.get(source.form)
        if form is None:
            continue
        table = f".{source.rows}" if source.rows else ""
        where = f" [{source.where}]" if source.where else ""
        said.append(f"{form.title.within(Language.BOTH)}{table}{where} · {source.period or 'created_on'}")
    return " + ".join(said)


def formula(measure: Measure, context: Context) -> str:
    """A measure as people write formulas."""
    given = measure.given
    of = f"{given['table']}.{given['column']}" if given else measure.of
    inside = " | ".join(
        filter(None, (measure.value or measure.where, of, measure.against, measure.where if measure.value else ""))
    )
    kind = f"P{measure.rank}" if measure.kind == "percentile" else measure.kind
    window = f" ∈ {_span(measure.window, context)}" if measure.window else ""
    return f"{kind}({inside}){window}"


def drawing(chart: Chart, form: Form, values: Values, printer: Printer) -> Drawing | None:
    """A chart of what stands in a table of the report; None while the table is empty."""
    table = form.by_key[chart.table]
    rows = values.get(chart.table) or ()
    if not rows:
        return None
    labels = tuple(_label(table.column_by_key[chart.label], row.get(chart.label), printer) for row in rows)
    roles = [(key, "") for key in chart.values]
    roles += [(key, role) for role in ("target", "last_year", "of") if (key := getattr(chart, role))]
    series = tuple(
        Series(table.column_by_key[key].label, tuple(map(_float, (row.get(key) for row in rows))), role)
        for key, role in roles
    )
    limit = labels.index(chart.limit) if chart.limit in labels else -1
    return Drawing(chart.kind, form.by_key[chart.key].label, labels, series, limit)


def _label(column: Field, value: Any, printer: Printer) -> str:
    if column.kind is not Kind.REFERENCE or not isinstance(value, str):
        return "" if value is None else str(value)
    return printer.reference(column, value).partition("（")[0]


def _float(value: Any) -> float | None:
    return float(value) if isinstance(value, int | Decimal | float) else None
