"""Workbooks for Excel: lists to read, and sheets that people fill and send back."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from generator import plots as plots_
from generator.plots import Plot

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
LINE, HIGHEST, LONGEST_HEADER = 16.0, 405.0, 120
"""The height of a line and of the highest row, in points; the signs that stand over a page."""
FILLED = 0.85
"""So much of a line is filled where it ends with a whole word."""
A4, A3 = 9, 8
LEGIBLE, SCALE = 230, 60
"""Signs side by side that can be read on an A4 page; what is too wide for A3 goes on several, at so many per cent."""
BROAD = re.compile("[\u1100-\U0010ffff]")
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


def headed(label: str, unit: str) -> str:
    """The words over a column whose numbers stand without their unit."""
    return f"{label} [{unit}]" if unit and unit not in label else label


def is_risky(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(FORMULA)


def workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet with a frozen, filtered head; everything is text, so nothing becomes a formula."""
    longest = [max([len(title), *(len(row[column]) for row in rows)]) for column, title in enumerate(head)]
    widths = [min(each * 1.6 + 2, WIDEST) for each in longest]
    heads = tuple(Head("", title, width) for title, width in zip(head, widths, strict=True))
    return listed(Sheet("Sheet1", heads, tuple(map(tuple, rows))))


def listed(*sheets: Sheet, plots: Sequence[Plot] = (), about: str = "") -> bytes:
    """Sheets to read, with charts; `about` stands over each printed page."""

    def write(book: Any) -> None:
        for each in sheets:
            page = _sheet(book, each, plots, is_open=False)
            page.set_header(f"&L{about.replace('&', '&&')[:LONGEST_HEADER]}&R&A")

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


def _sheet(book: Any, sheet: Sheet, plots: Sequence[Plot], *, is_open: bool) -> Any:
    page = book.add_worksheet(sheet.name)
    styles = _Styles(book, is_open=is_open)
    top = 2 if is_open else 1
    widths = [_width(head, [row[column] for row in sheet.rows]) for column, head in enumerate(sheet.heads)]
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head.label, styles.head)
        if is_open:
            page.write_string(1, column, head.key, styles.head)
        below = replace(head, is_locked=head.is_locked and not head.is_open_below)
        style = styles.of(below, None) if is_open else None  # cells that nobody fills have no frame
        page.set_column(column, column, widths[column], style, {"hidden": head.is_hidden})
    for number, row in enumerate(sheet.rows, start=top):
        for column, (head, value) in enumerate(zip(sheet.heads, row, strict=True)):
            _cell(page, (number, column), value, styles.of(head, value))
    for column, value in enumerate(sheet.foot):
        is_sum = any(_is_number(row[column]) for row in sheet.rows)
        _cell(page, (top + len(sheet.rows), column), value, styles.foot if is_sum else styles.head)
    for (number, column), link in sheet.links.items():
        page.write_url(number + top, column, link, styles.link, str(sheet.rows[number][column]))
    _lay_out(page, sheet, top, widths)
    shown = [(0, [head.label for head in sheet.heads]), (top + len(sheet.rows), sheet.foot)]
    _give_room(page, [*shown, *(() if is_open else enumerate(sheet.rows, start=top))], widths)
    if is_open:
        page.set_row(1, None, None, {"hidden": True})
        page.protect("", dict.fromkeys(ALLOWED, True))
    for place, plot in enumerate(each for each in plots if each.sheet == sheet.name):
        plots_.insert(book, page, sheet.rows, plot, (1 + place * 17, len(sheet.heads) + 1))
    return page


def _lay_out(page: Any, sheet: Sheet, top: int, widths: Sequence[float]) -> None:
    last = top + max(len(sheet.rows), 1) - 1
    page.freeze_panes(top, 1)
    page.autofilter(top - 1, 0, last, len(sheet.heads) - 1)
    page.set_landscape()
    wide = sum(width for head, width in zip(sheet.heads, widths, strict=True) if not head.is_hidden)
    page.set_paper(A4 if wide <= LEGIBLE else A3)
    if wide <= 2 * LEGIBLE:
        page.fit_to_pages(1, 0)
    else:
        page.set_print_scale(SCALE)
        page.repeat_columns(0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")


def _give_room(page: Any, rows: Sequence[tuple[int, Sequence[Any]]], widths: Sequence[float]) -> None:
    """Rows as high as their texts: not every program that opens the sheet looks for itself."""
    for number, row in rows:
        lines = max((_lines(value, width) for value, width in zip(row, widths, strict=False)), default=1)
        if lines > 1:
            page.set_row(number, min(lines * LINE, HIGHEST))


def _width(head: Head, values: Sequence[Any]) -> float:
    """As wide as is wished, and at least so that a day or a moment is not shown as ###."""
    if any(isinstance(each, datetime) for each in values):
        return max(head.width, len(MOMENT) + 2)
    return max(head.width, len(DATE) + 2) if any(isinstance(each, date) for each in values) else head.width


def _lines(value: Any, width: float) -> int:
    """How many lines a text takes in a column, of which a Chinese sign takes two places."""
    if not isinstance(value, str) or (2 * len(value) < width and "\n" not in value):
        return 1
    return sum(max(1, math.ceil(room(line) / (width * FILLED))) for line in value.split("\n"))


def room(text: str) -> int:
    """The places that a text takes: Chinese characters take two."""
    return len(text) + len(BROAD.findall(text))


RIGHT: Mapping[str, Any] = {"align": "right", "indent": 1, "valign": "top", "text_wrap": True}
"""How figures stand: not against the text of the next column."""
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
        self.foot = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1, **RIGHT})
        self.link = book.add_format({"font_color": "#1F4E79", "underline": 1, "border": 1, "valign": "top"})

    def of(self, head: Head, value: Any) -> Any:
        """The format of a cell, by what stands in it."""
        pattern = MOMENT if isinstance(value, datetime) else DATE if isinstance(value, date) else ""
        is_text = isinstance(value, str) and is_risky(value)
        key = (head.is_locked or not self._is_open, "0" if _is_number(value) else pattern, is_text)
        if key not in self._kept:
            about = {"text_wrap": True, "valign": "top", "border": 1, "locked": key[0], "quote_prefix": key[2]}
            about |= {"num_format": pattern, "align": "center"} if pattern else {}
            about |= RIGHT if _is_number(value) else {}
            about |= {"bg_color": "#F2F4F7"} if key[0] and self._is_open else {}
            self._kept[key] = self._book.add_format(about)
        return self._kept[key]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _cell(page: Any, place: tuple[int, int], value: Any, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, style)
    elif isinstance(value, bool):
        page.write_boolean(*place, value, style)
    elif _is_number(value):
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
