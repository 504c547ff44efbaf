"""A report's figures written out: into its record, on the terminal, as JSON, a workbook and a page of HTML."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from html import escape
from typing import Any

from generator import charts, limits, listingtext, plots, reports, table
from generator.ledgerpress import sheet_name
from generator.ledgers import Chart, Drawing, Report
from generator.model import Field, Form, Kind, Library, Values
from generator.reports import Evidence
from generator.terms import Language, Text
from generator.terms import registers as words
from generator.wording import Printer

MARKER = "# ==== wenkong report ===="
MOMENT = re.compile(rf"{MARKER}\n# .*\n# .*\n# (20\d\d-\S+)")
LOOKS = {"pareto": ("", "share"), "trend": ("line", "line"), "run": ("line", "line")}
LIMITS = (
    ("mean", words.CHART_MEAN),
    ("limit", words.CHART_UPPER),
    ("limit", words.CHART_LOWER),
    ("out", words.CHART_OUT),
)
"""The columns that a rate over time gets beside its own: how each is drawn, and the words over it."""
WIDTH, LONG = 18.0, 48.0
SENTENCE = 24
"""A text of more signs wants a wide column."""


@dataclass(frozen=True)
class Issue:
    """A report with its figures: `values` are all of its record, or what was computed where there is none yet."""

    form: Form
    report: Report
    library: Library
    name: str
    values: Values

    @property
    def shown(self) -> tuple[Field, ...]:
        """The computed fields that hold something, in the order of the form."""
        keys = computed_keys(self.report)
        return tuple(
            each for each in self.form.fields if each.key in keys and self.values.get(each.key) not in (None, [])
        )

    def drawings(self, language: Language) -> Iterator[tuple[Chart, Drawing]]:
        """The charts that can be drawn."""
        printer = Printer(self.library, language)
        for chart in self.report.charts.values():
            drawing = reports.drawing(chart, self.form, self.values, printer)
            if drawing is not None:
                yield chart, drawing


def computed_keys(report: Report) -> frozenset[str]:
    """The fields that the program writes."""
    keys = {each.key for each in report.tables} | {each.key for each in report.figures}
    keys |= {each.key for each in report.lists} | {each.key for each in report.trends}
    return frozenset((keys | {report.evidence}) - {""})


def evidence_rows(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The evidence as rows of the report's own table: what, how, from which records."""
    return [
        {
            "figure": each.field.within(Language.BOTH),
            "how": each.how,
            "records": " ".join((f"{len(each.records)}:", *each.records)),
        }
        for each in evidence
    ]


def head(content: str) -> str:
    """A record's file as people wrote it, without what was frozen."""
    return content.partition(f"\n{MARKER}")[0].rstrip() + "\n"


def tail(content: str) -> str:
    """What was frozen in a record's file; empty where nothing was."""
    return content.partition(f"\n{MARKER}")[2].strip()


def moment(content: str) -> datetime | None:
    """When the figures of a record's file were computed, where it says so."""
    found = MOMENT.search(content)
    return datetime.fromisoformat(found[1]) if found else None


def frozen(content: str, values: Mapping[str, Any], quoted: Callable[[str], str], now: datetime) -> str:
    """A record's file with the values computed at a moment at its end, in the place of those that were there."""
    at = now.isoformat(timespec="minutes")
    lines = [MARKER, f"# {words.FROZEN.zh}", f"# {words.FROZEN.en}", f"# {at}"]
    for key, value in values.items():
        lines += _field(key, value, quoted)
    return head(content) + "\n" + "\n".join(lines) + "\n"


def _field(key: str, value: Any, quoted: Callable[[str], str]) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{key}: {_scalar(value, quoted)}"
        return
    yield f"{key}:" if value else f"{key}: []"
    for row in value:
        for place, (name, each) in enumerate(row.items()):
            yield f"{'  ' if place else '- '}{name}: {_scalar(each, quoted)}"


def _scalar(value: Any, quoted: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else quoted(str(value))


def as_text(issue: Issue, language: Language) -> str:
    """The figures as tables for the terminal."""
    printer = Printer(issue.library, language)
    lines = [f"{issue.form.title.within(language)}  {issue.form.number} {issue.form.revision}  {issue.name}"]
    for field in issue.shown:
        lines += ["", field.label.within(language)]
        if field.kind is Kind.ROWS:
            lines += listingtext.aligned([_heads(field, language), *_rows(field, issue.values, printer)])
        else:
            lines.append(printer.cell(field, issue.values[field.key]))
    return "\n".join(lines)


def _heads(field: Field, language: Language) -> list[str]:
    return [column.label.within(language) for column in field.columns]


def _rows(field: Field, values: Values, printer: Printer) -> list[list[str]]:
    return [
        [printer.cell(column, row.get(column.key)) for column in field.columns] for row in values.get(field.key) or ()
    ]


def as_json(issue: Issue) -> str:
    """The figures with their evidence, for a program."""
    content = {
        "report": issue.form.key,
        "number": issue.form.number,
        "revision": issue.form.revision,
        "record": issue.name,
        "period": issue.values.get(issue.report.field),
        "fields": {
            field.key: {"label": _both(field.label), "value": _plain(issue.values[field.key])} for field in issue.shown
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else listingtext.plain(value)


def as_html(issue: Issue, language: Language) -> str:
    """One page: tables, charts as SVG, evidence at the end."""
    printer = Printer(issue.library, language)
    title = issue.form.title.within(language)
    pictures = {chart.table: charts.svg(drawing, language) for chart, drawing in issue.drawings(language)}
    parts = [f"<h1>{escape(title)}</h1>"]
    parts.append(f'<p class="facts">{escape(f"{issue.form.number} {issue.form.revision}　{issue.name}")}</p>')
    for field in issue.shown:
        parts.append(f"<h2>{escape(field.label.within(language))}</h2>{pictures.get(field.key, '')}")
        if field.kind is Kind.ROWS:
            parts.append(listingtext.html_table([_heads(field, language), *_rows(field, issue.values, printer)]))
        else:
            parts.append(f"<p>{escape(printer.cell(field, issue.values[field.key]))}</p>")
    return listingtext.page(title, "".join(parts), language)


def workbook(issue: Issue, language: Language) -> bytes:
    """A sheet for each table, with a native chart beside it."""
    printer = Printer(issue.library, language)
    sheets: dict[str, table.Sheet] = {}
    for field in (each for each in issue.shown if each.kind is Kind.ROWS):
        found = issue.values[field.key]
        heads = tuple(
            table.Head(each.key, table.headed(each.label.within(Language.BOTH), each.unit), _wide(each, found))
            for each in field.columns
        )
        rows = tuple(tuple(_cell(column, row.get(column.key), printer) for column in field.columns) for row in found)
        name = _unused(sheet_name(field.label.zh if language is Language.ZH else field.label.en), sheets)
        sheets[field.key] = table.Sheet(name, heads, rows)
    drawn = []
    for chart, drawing in issue.drawings(language):
        if chart.table in sheets:
            plot = _plot(chart, issue.form, sheets[chart.table], language)
            sheets[chart.table], plot = _with_limits(sheets[chart.table], plot, drawing)
            drawn.append(plot)
    about = f"{issue.form.number} {issue.form.revision}  {issue.form.title.within(language)}  {issue.name}"
    return table.listed(*sheets.values(), plots=drawn, about=about)


def _wide(column: Field, rows: Sequence[Mapping[str, Any]]) -> float:
    return LONG if any(len(str(row.get(column.key, ""))) > SENTENCE for row in rows) else WIDTH


def _unused(name: str, sheets: Mapping[str, table.Sheet]) -> str:
    taken = {each.name.lower() for each in sheets.values()}
    return name if name.lower() not in taken else f"{name[: table.LONGEST_NAME - 3]} {len(taken)}"


def _cell(column: Field, value: Any, printer: Printer) -> Any:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return value if is_number else printer.cell(column, value)


def _plot(chart: Chart, form: Form, sheet: table.Sheet, language: Language) -> plots.Plot:
    places = {head.key: place for place, head in enumerate(sheet.heads)}
    looks = LOOKS.get(chart.kind, ("",))
    series = [(places[key], looks[min(number, len(looks) - 1)]) for number, key in enumerate(chart.values)]
    series += [(places[key], look) for key, look in ((chart.target, "target"), (chart.last_year, "last_year")) if key]
    title = form.by_key[chart.key].label.within(language)
    if chart.limit:
        title = f"{title}（{words.CHART_DEADLINE.within(language)} {chart.limit}）"
    shape = {"stacked": plots.Shape.STACKED, "ageing": plots.Shape.LYING}.get(chart.kind, plots.Shape.STANDING)
    return plots.Plot(sheet.name, title, places[chart.label], tuple(series), shape)


def _with_limits(sheet: table.Sheet, plot: plots.Plot, drawing: Drawing) -> tuple[table.Sheet, plots.Plot]:
    """A sheet and chart with the lines that a rate is judged by; as they are where the drawing has none."""
    lines = _lines(drawing) if drawing.kind == "run" else ()
    if not lines:
        return sheet, plot
    first, looks = len(sheet.heads), LIMITS[: len(lines)]
    heads = tuple(table.Head("", label.within(Language.BOTH), WIDTH) for _, label in looks)
    rows = tuple((*row, *more) for row, more in zip(sheet.rows, zip(*lines, strict=True), strict=True))
    series = tuple((first + place, look) for place, (look, _) in enumerate(looks))
    return replace(sheet, heads=(*sheet.heads, *heads), rows=rows), replace(plot, series=(*plot.series, *series))


def _lines(drawing: Drawing) -> tuple[list[Decimal | None], ...]:
    """Mean, limits and, where there are any, the points outside them: a figure or None for each row."""
    rate = next(each for each in drawing.series if not each.role)
    sizes = next((each.values for each in drawing.series if each.role == "of"), (None,) * len(rate.values))
    band = limits.band(rate.values, sizes)
    if band is None:
        return ()
    out = [value if place in band.out else None for place, value in enumerate(rate.values)]
    lines = ([band.mean] * len(out), band.upper, band.lower, *([out] if band.out else []))
    return tuple([_figure(each) for each in line] for line in lines)


def _figure(value: float | None) -> Decimal | None:
    return None if value is None or math.isnan(value) else Decimal(str(round(value, 2)))
