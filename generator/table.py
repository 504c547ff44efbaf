"""Workbooks for Excel: lists to read, and sheets that people fill and send back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

WIDEST = 60
LONGEST = 32_767
"""Characters that a cell holds."""
SPARE = 200
"""Rows under the last one in which people may add."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME = 31
"""Characters that the name of a sheet may have."""
LISTS, ABOUT = "_lists", "_wenkong"
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  Excel has no zones; fixed, so that bytes do not change
DATE, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: its key, the words over it, how wide it is, and the answers that it takes.

    `is_locked` cells cannot be changed, those below the last row can where it `is_open_below`; `is_hidden` ones are for
    the program.
    """

    key: str
    label: str
    width: float = 14
    answers: tuple[str, ...] = ()
    is_locked: bool = False
    is_hidden: bool = False
    is_open_below: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet with its rows of text, Decimal, int, bool, date or datetime; `links` are by (row, column)."""

    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Any, ...], ...]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    foot: tuple[Any, ...] = ()
    """A last row that no filter hides."""


class Shape(Enum):
    """How the bars of a chart stand: beside each other, on each other, or lying with the first on top."""

    STANDING = "column"
    STACKED = "stacked"
    LYING = "bar"


@dataclass(frozen=True)
class Plot:
    """A native chart beside the rows of its sheet: each series names its column, and its look: a bar ("") or a line."""

    sheet: str
    title: str
    labels: int
    series: tuple[tuple[int, str], ...]
    shape: Shape = Shape.STANDING


def is_risky(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(FORMULA)


def workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet with a frozen, filtered head; everything is text, so nothing becomes a formula."""
    longest = [max([len(title), *(len(row[column]) for row in rows)]) for column, title in enumerate(head)]
    widths = [min(each * 1.6 + 2, WIDEST) for each in longest]
    heads = tuple(Head("", title, width) for title, width in zip(head, widths, strict=True))
    return listed(Sheet("Sheet1", heads, tuple(map(tuple, rows))))


def listed(*sheets: Sheet, plots: Sequence[Plot] = ()) -> bytes:
    """Sheets to read, with charts."""

    def write(book: Any) -> None:
        for each in sheets:
            _sheet(book, each, plots, is_open=False)

    return _book(write)


def filled(*sheets: Sheet, about: Sequence[tuple[str, str]]) -> bytes:
    """Sheets to fill: row 2 holds the keys, hidden; locked cells are protected; `about` goes on a hidden sheet."""

    def write(book: Any) -> None:
        for each in sheets:
            _sheet(book, each, (), is_open=True)
        _answers(book, sheets)
        page = book.add_worksheet(ABOUT)
        for number, pair in enumerate(about):
            page.write_row(number, 0, pair)
        page.hide()

    return _book(write)


def _book(write: Callable[[Any], None]) -> bytes:
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": MADE})
    write(book)
    book.close()
    return stream.getvalue()


def _sheet(book: Any, sheet: Sheet, plots: Sequence[Plot], *, is_open: bool) -> None:
    page = book.add_worksheet(sheet.name)
    styles = _Styles(book, is_open=is_open)
    top = 2 if is_open else 1
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head.label, styles.head)
        if is_open:
            page.write_string(1, column, head.key, styles.head)
        below = replace(head, is_locked=head.is_locked and not head.is_open_below)
        page.set_column(column, column, head.width, styles.of(below, None), {"hidden": head.is_hidden})
    for number, row in enumerate(sheet.rows, start=top):
        for column, (head, value) in enumerate(zip(sheet.heads, row, strict=True)):
            _cell(page, (number, column), value, styles.of(head, value))
    for column, value in enumerate(sheet.foot):
        _cell(page, (top + len(sheet.rows), column), value, styles.head)
    for (number, column), link in sheet.links.items():
        page.write_url(number + top, column, link, styles.link, str(sheet.rows[number][column]))
    last = top + max(len(sheet.rows), 1) - 1
    page.freeze_panes(top, 1)
    page.autofilter(top - 1, 0, last, len(sheet.heads) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if is_open:
        page.set_row(1, None, None, {"hidden": True})
        page.protect("", dict.fromkeys(ALLOWED, True))
    for place, plot in enumerate(each for each in plots if each.sheet == sheet.name):
        _plot(book, page, sheet, plot, place=place)


ALLOWED = ("autofilter", "sort", "format_cells", "format_columns", "format_rows", "insert_rows")


class _Styles:
    """The formats of one sheet, made once each."""

    def __init__(self, book: Any, *, is_open: bool) -> None:
        self._book = book
        self._is_open = is_open
        self._kept: dict[tuple[bool, str, bool], Any] = {}
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.link = book.add_format({"font_color": "#1F4E79", "underline": 1, "border": 1, "valign": "top"})

    def of(self, head: Head, value: Any) -> Any:
        """The format of a cell, by what stands in it."""
        pattern = MOMENT if isinstance(value, datetime) else DATE if isinstance(value, date) else ""
        key = (head.is_locked or not self._is_open, pattern, isinstance(value, str) and is_risky(value))
        if key not in self._kept:
            about = {"text_wrap": True, "valign": "top", "border": 1, "locked": key[0], "quote_prefix": key[2]}
            about |= {"num_format": pattern} if pattern else {}
            about |= {"bg_color": "#F2F4F7"} if key[0] and self._is_open else {}
            self._kept[key] = self._book.add_format(about)
        return self._kept[key]


def _cell(page: Any, place: tuple[int, int], value: Any, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, style)
    elif isinstance(value, bool):
        page.write_boolean(*place, value, style)
    elif isinstance(value, int | Decimal):
        page.write_number(*place, value, style)
    elif isinstance(value, date):
        page.write_datetime(*place, value, style)
    else:
        page.write_string(*place, str(value)[:LONGEST], style)


def _answers(book: Any, sheets: Sequence[Sheet]) -> None:
    """The answers of all columns on a hidden sheet, and drop-downs that take them from there."""
    page = book.add_worksheet(LISTS)
    page.hide()
    columns: dict[tuple[str, ...], int] = {}
    for sheet in sheets:
        for place, head in enumerate(sheet.heads):
            if not head.answers:
                continue
            if head.answers not in columns:
                columns[head.answers] = len(columns)
                page.write_column(0, columns[head.answers], head.answers)
            name = xl_col_to_name(columns[head.answers], col_abs=True)
            source = f"={LISTS}!{name}$1:{name}${len(head.answers)}"
            book.get_worksheet_by_name(sheet.name).data_validation(
                2, place, 2 + len(sheet.rows) + SPARE, place, {"validate": "list", "source": source}
            )


def _plot(book: Any, page: Any, sheet: Sheet, plot: Plot, *, place: int) -> None:
    """A native chart to the right of the rows: bars with lines over them, the share on an axis of its own."""
    last = max(len(sheet.rows), 1)
    made: dict[str, Any] = {}
    for number, (column, look) in enumerate(plot.series):
        kind = "line" if look else BARS[plot.shape]["type"]
        if kind not in made:
            made[kind] = book.add_chart({"type": kind} if look else BARS[plot.shape])
        made[kind].add_series(
            {
                "name": [sheet.name, 0, column],
                "categories": [sheet.name, 1, plot.labels, last, plot.labels],
                "values": [sheet.name, 1, column, last, column],
                "y2_axis": look == "share",
                "data_labels": {"value": plot.shape is Shape.LYING},
                **(_line_look(look, number) if look else _column_look(number)),
            }
        )
    lines = made.pop("line", None)
    chart = next(iter(made.values()), lines)
    if chart is not lines and lines:
        lines.set_y2_axis({"min": 0, "max": 100, "num_format": '0"%"'})
        chart.combine(lines)
    axis = _axis([row[column] for row in sheet.rows for column, look in plot.series if look != "share"])
    axis |= {"min": 0, "max": 100} if any(look == "limit" for _, look in plot.series) else {}
    if plot.shape is Shape.LYING:
        chart.set_x_axis({**axis, "label_position": "high"})  # turned over, the top is the far end
        chart.set_y_axis({"reverse": True})
    else:
        chart.set_y_axis(axis)
    chart.set_title({"name": plot.title, "name_font": {"size": 12}})
    chart.set_size({"width": 640, "height": 320})
    chart.set_legend({"position": "bottom"})
    page.insert_chart(1 + place * 17, len(sheet.heads) + 1, chart)


BARS: Mapping[Shape, Mapping[str, str]] = {
    Shape.STANDING: {"type": "column"},
    Shape.STACKED: {"type": "column", "subtype": "stacked"},
    Shape.LYING: {"type": "bar"},
}


def _axis(values: Sequence[Any]) -> dict[str, Any]:
    """Few things are counted one by one, many have their thousands parted."""
    numbers = [float(each) for each in values if isinstance(each, int | float | Decimal)]
    most = max(numbers, default=0)
    if most > FEW:
        return {"num_format": "#,##0"}
    return {"major_unit": 1} if all(each.is_integer() for each in numbers) else {}


FEW = 10
"""Up to so many things every one has its line on the axis."""
GREYS = ("#1F4E79", "#98A2B3", "#D0D5DD", "#475467", "#EAECF0")
MARKERS = ("circle", "square", "triangle", "diamond")


LINES: Mapping[str, Mapping[str, Any]] = {
    "mean": {"line": {"color": "#1F2A37", "width": 1}},
    "limit": {"line": {"color": "#475467", "width": 1.25, "dash_type": "dash"}},
    "out": {"line": {"none": True}, "marker": {"type": "diamond", "size": 12, "fill": {"color": "#1F2A37"}}},
    "target": {"line": {"color": "#1F2A37", "width": 1.25, "dash_type": "dash"}},
    "last_year": {
        "line": {"color": "#98A2B3", "width": 1.25, "dash_type": "round_dot"},
        "marker": {"type": "x", "size": 6},
    },
}
"""Lines that are told apart in black and white; those not named here by their marker."""


def _line_look(look: str, number: int) -> Mapping[str, Any]:
    colour = GREYS[number % len(GREYS)]
    marker = {"type": MARKERS[number % len(MARKERS)], "size": 6}
    return LINES.get(look, {"line": {"color": colour, "width": 1.75}, "marker": marker})


def _column_look(number: int) -> dict[str, Any]:
    return {"fill": {"color": GREYS[number % len(GREYS)]}, "border": {"color": "#1F2A37"}, "gap": 60}
