"""Workbooks that come back: what stands in their cells, read by openpyxl after a look at what kind of file it is."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from generator.errors import GeneratorError
from generator.terms import Text
from generator.terms import workbooks as words

LARGEST = 60_000_000
"""Bytes that the parts of a workbook may have once unpacked: a sheet of half a million cells."""
MEGABYTE = 1_000_000
MOST = 1_000_000
"""Cells that all sheets may have together: each takes half a kilobyte of memory once it is read."""
CELL, SHEETS = re.compile(rb"<(?:\w+:)?c[\s>]"), "xl/worksheets/"
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a part begins that has two bytes for each sign, which no spreadsheet program writes either."""
OLD, ZIPPED = b"\xd0\xcf\x11\xe0", b"PK"
MACROS, OUTSIDE = "vbaProject.bin", "/externalLinks/"
HEAD = 4096
DECLARED = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
"""What no spreadsheet program writes, and what entities that blow up need."""
FORMULA, ERROR = "f", "e"
BROKEN = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, EOFError, OSError)
"""What openpyxl raises on a file that is no workbook."""


@dataclass(frozen=True, slots=True)
class Range:
    """Cells merged into one, from the first row and column to the last."""

    text: str
    first: int
    last: int
    columns: range

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Page:
    """A sheet: values by row and column from 1, empty cells left out; percentages are text such as `12%`.

    `formulas` and `errors` are by (row, column), `merged` the cells merged into one, `hidden` the numbers of rows that
    nobody sees.
    """

    name: str
    cells: Mapping[int, Mapping[int, Any]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[Range, ...] = ()
    hidden: tuple[int, ...] = ()
    is_hidden: bool = False

    def at(self, row: int, column: int) -> Any:
        """The value of a cell; None where it is empty."""
        return self.cells.get(row, {}).get(column)

    def address(self, row: int, column: int) -> str:
        """How people name a cell: `Sheet1!F17`."""
        return f"{self.name}!{get_column_letter(column)}{row}"

    def filled(self, ranges: Iterable[Range]) -> Page:
        """The same with each cell of these ranges saying what the first one says."""
        cells = {row: dict(line) for row, line in self.cells.items()}
        for each in ranges:
            value = self.at(each.first, each.columns[0])
            for row in range(each.first, each.last + 1) if value is not None else ():
                cells.setdefault(row, {}).update(dict.fromkeys(each.columns, value))
        return replace(self, cells=dict(sorted(cells.items())))


def read(content: bytes, name: str) -> dict[str, Page]:
    """The sheets by their names, in the order of the workbook.

    Raises:
        GeneratorError: it is no workbook, an old one, one with macros or links to other files, or it is too large.
    """
    _looked_at(content, name)
    book = _opened(content, name, is_values=False)
    pages = {each.title: _page(each) for each in book.worksheets}
    if any(page.formulas for page in pages.values()):
        saved = _opened(content, name, is_values=True)
        return {key: _valued(page, saved[key]) for key, page in pages.items()}
    return pages


def _looked_at(content: bytes, name: str) -> None:
    if content.startswith(OLD):
        raise GeneratorError(words.OLD_OR_LOCKED.format(name=name))
    if not content.startswith(ZIPPED):
        raise GeneratorError(words.NO_WORKBOOK.format(name=name))
    try:
        with ZipFile(BytesIO(content)) as archive:
            fault = _fault(archive)
    except BROKEN as error:
        raise GeneratorError(words.NO_WORKBOOK.format(name=name)) from error
    if fault is not None:
        raise GeneratorError(fault.format(name=name, limit=LARGEST // MEGABYTE, most=f"{MOST:,}"))


def _fault(archive: ZipFile) -> Text | None:
    """What keeps a file from being read; of what is unpacked nothing is kept."""
    parts = archive.infolist()
    names = [each.filename for each in parts]
    if any(each.endswith(MACROS) for each in names):
        return words.MACROS
    if sum(each.file_size for each in parts) > LARGEST:
        return words.TOO_LARGE
    if any(OUTSIDE in f"/{each}" for each in names):
        return words.LINKED
    for each in names:
        if each.endswith((".xml", ".rels")):
            with archive.open(each) as part:
                head = part.read(HEAD)
            if head.startswith(WIDE) or any(sign in head for sign in DECLARED):
                return words.NO_WORKBOOK
    if sum(_cells(archive, each) for each in names if each.startswith(SHEETS)) > MOST:
        return words.TOO_MANY
    return None if any(each.startswith("xl/") for each in names) else words.NO_WORKBOOK


def _cells(archive: ZipFile, part: str) -> int:
    """About how many cells a sheet has, those merged into others too, for each is made when it is read."""
    count, rest = 0, b""
    with archive.open(part) as opened:
        for piece in iter(lambda: opened.read(MEGABYTE), b""):
            text = rest + piece
            count += len(CELL.findall(piece)) + sum(map(_area, MERGED.finditer(text)))
            rest = text[text.rfind(b"<") :][:HEAD]
    return count


def _area(found: re.Match[bytes]) -> int:
    left, top, right, bottom = (each.decode() for each in found.groups())
    columns = int(column_index_from_string(right)) - int(column_index_from_string(left)) + 1
    return columns * (int(bottom) - int(top) + 1)


def _opened(content: bytes, name: str, *, is_values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of looks that it does not know
            return openpyxl.load_workbook(BytesIO(content), data_only=is_values, keep_links=False)
    except BROKEN as error:
        raise GeneratorError(words.NO_WORKBOOK.format(name=name)) from error


def _page(sheet: Any) -> Page:
    cells: dict[int, dict[int, Any]] = {}
    formulas: dict[tuple[int, int], str] = {}
    errors: dict[tuple[int, int], str] = {}
    for (row, column), cell in _there(sheet):
        if cell.data_type == FORMULA:
            formulas[row, column] = str(getattr(cell.value, "text", cell.value))
        elif cell.data_type == ERROR:
            errors[row, column] = str(cell.value)
        cells.setdefault(row, {})[column] = _value(cell)
    return Page(
        sheet.title,
        dict(sorted(cells.items())),
        formulas,
        errors,
        tuple(map(_range, sheet.merged_cells.ranges)),
        tuple(number for number, look in sheet.row_dimensions.items() if look.hidden),
        sheet.sheet_state != "visible",
    )


def _range(found: Any) -> Range:
    return Range(str(found), found.min_row, found.max_row, range(found.min_col, found.max_col + 1))


def _there(sheet: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """The filled cells; asked by rows, openpyxl would make every cell up to the last one that was ever touched."""
    return ((place, cell) for place, cell in sheet._cells.items() if cell.value is not None)  # noqa: SLF001


def _value(cell: Any) -> Any:
    value = cell.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and "%" in str(cell.number_format):
        return f"{round(value * 100, 10):g}%"
    return value


def _valued(page: Page, sheet: Any) -> Page:
    """Formulas by the values that they had when the workbook was saved; without one the cell is empty.

    `formulas` keeps them all, so that an empty one can be told from a cell in which nothing stands.
    """
    saved = {place: sheet.cell(*place) for place in page.formulas}
    cells = {row: dict(line) for row, line in page.cells.items()}
    for (row, column), cell in saved.items():
        cells[row][column] = _value(cell)
    kept = ((row, {column: each for column, each in line.items() if each is not None}) for row, line in cells.items())
    return replace(page, cells={row: line for row, line in kept if line})
