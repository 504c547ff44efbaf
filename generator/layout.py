"""Where the fields of a form stand on paper: lines of cells on one grid, decided without any drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.model import Field, Form, Kind
from generator.sheet import printed

UNITS = 36
"""A line is 36 units of 5 mm; every table stands on this grid, so that lines of any division meet."""
LABEL, HALF, FULL = 6, 12, 30
SHORT_CHOICE = 22
"""So many characters of options fit a half line."""
WEIGHTS = {
    Kind.INTEGER: 3,
    Kind.BOOLEAN: 3,
    Kind.NUMBER: 4,
    Kind.DATE: 5,
    Kind.DATETIME: 6,
    Kind.CHOICE: 5,
    Kind.REFERENCE: 6,
    Kind.INK: 5,
    Kind.TEXT: 7,
    Kind.FILES: 6,
    Kind.CHOICES: 8,
    Kind.LONGTEXT: 12,
}
HALF_KINDS = frozenset(
    {Kind.TEXT, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.DATETIME, Kind.BOOLEAN, Kind.REFERENCE, Kind.INK}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """So many units wide; `style` names the paragraph style, `tag` what stands there, `second` the other language."""

    units: int
    style: str
    tag: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; a header is repeated on each page."""

    cells: tuple[Cell, ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One table; its lines between `loop` and the end are repeated for each row of that field."""

    lines: tuple[Line, ...]
    loop: str = ""
    repeated: tuple[Line, ...] = ()


def blocks(form: Form) -> Iterator[Block]:
    """The tables of a form, in order: the head, then the groups."""
    yield Block((head(form),))
    for group in form.groups:
        fields = [each for each in printed(form) if each.group == group.key]
        heading = Cell(UNITS, "WkGroup", f"group.{group.key}", f"group2.{group.key}")
        title: tuple[Line, ...] = (Line((heading,), is_header=True),)
        for run in _runs(fields):
            if run[0].kind is Kind.ROWS:
                yield table(run[0], title)
            else:
                yield Block((*title, *grid(run)))
            title = ()


def head(form: Form) -> Line:
    """When the record was made and where it stands."""
    cells = [
        Cell(LABEL, "WkLabel", "label.created_on", "label2.created_on"),
        Cell(HALF, "WkValue", "record.created_on"),
    ]
    if form.states:
        cells += [Cell(LABEL, "WkLabel", "label.state", "label2.state"), Cell(HALF, "WkValue", "record.state")]
    return Line(tuple(_filled(cells)))


def _runs(fields: list[Field]) -> Iterator[list[Field]]:
    run: list[Field] = []
    for field in fields:
        if field.kind is Kind.ROWS:
            if run:
                yield run
            yield [field]
            run = []
        else:
            run.append(field)
    if run:
        yield run


def grid(fields: list[Field]) -> Iterator[Line]:
    """Label and value side by side: short fields two in a line, long ones across."""
    waiting: list[Cell] = []
    for field in fields:
        cells = [label(field), *value(field)]
        if is_half(field):
            waiting += cells
            if sum(cell.units for cell in waiting) == UNITS:
                yield Line(tuple(waiting))
                waiting = []
        else:
            if waiting:
                yield Line(tuple(_filled(waiting)))
                waiting = []
            yield Line(tuple(cells))
    if waiting:
        yield Line(tuple(_filled(waiting)))


def _filled(cells: list[Cell]) -> list[Cell]:
    rest = UNITS - sum(cell.units for cell in cells)
    return [*cells[:-1], Cell(cells[-1].units + rest, cells[-1].style, cells[-1].tag, cells[-1].second)]


def is_half(field: Field) -> bool:
    """Whether the field is content with half a line."""
    if field.kind is Kind.CHOICE:
        return sum(len(each.label.zh) + len(each.label.en) + 3 for each in field.options) <= SHORT_CHOICE
    return field.kind in HALF_KINDS


def label(field: Field) -> Cell:
    """The cell with a field's name."""
    return Cell(LABEL, "WkLabel", f"label.{field.key}", f"label2.{field.key}")


def value(field: Field) -> Iterator[Cell]:
    """The cell with a field's value; under photos stand the names of the files."""
    units = HALF if is_half(field) else FULL
    second = f"file.{field.key}" if field.kind is Kind.PHOTOS else ""
    yield Cell(units, "WkPhoto" if field.kind is Kind.PHOTOS else "WkValue", field.key, second)


def table(field: Field, title: tuple[Line, ...]) -> Block:
    """A table of rows: its name, its column heads, and one line or more for each row, as many as its columns need."""
    name = Cell(UNITS, "WkCaption", f"label.{field.key}", f"label2.{field.key}")
    caption = Line((name,), is_header=True)
    heads: list[Line] = []
    rows: list[Line] = []
    parts = split(field.columns)
    for part, columns in enumerate(parts):
        style = "WkFirst" if len(parts) > 1 and part == 0 else "WkCell"
        widths = shares(columns)
        heads.append(
            Line(
                tuple(
                    Cell(width, "WkHead", f"label.{field.key}.{each.key}", f"label2.{field.key}.{each.key}")
                    for each, width in zip(columns, widths, strict=True)
                ),
                is_header=True,
            )
        )
        rows.append(
            Line(tuple(Cell(width, style, f"row.{each.key}") for each, width in zip(columns, widths, strict=True)))
        )
    return Block((*title, caption, *heads), loop=field.key, repeated=tuple(rows))


def split(columns: tuple[Field, ...]) -> list[tuple[Field, ...]]:
    """The columns in as few lines as they fit, filled evenly."""
    total = sum(weight(each) for each in columns)
    lines = -(-total // (UNITS + 6))
    parts: list[list[Field]] = [[]]
    used = 0
    for each in columns:
        if parts[-1] and used + weight(each) / 2 > total / lines * len(parts):
            parts.append([])
        parts[-1].append(each)
        used += weight(each)
    return [tuple(part) for part in parts]


def weight(column: Field) -> int:
    """How wide a column would like to be, in units."""
    return max(WEIGHTS.get(column.kind, HALF), min(6, len(column.label.zh) // 2 + 1))


def shares(columns: tuple[Field, ...]) -> list[int]:
    """The columns' widths, in the proportion of their weights, together exactly a line."""
    total = sum(weight(each) for each in columns)
    edges = [0]
    for each in columns:
        edges.append(edges[-1] + weight(each))
    places = [round(edge * UNITS / total) for edge in edges]
    return [right - left for left, right in pairwise(places)]
