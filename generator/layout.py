"""Where the fields of a form stand on paper: lines of cells on one grid, decided without any drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import packing
from generator.model import Field, Form, Group, Kind
from generator.packing import UNITS
from generator.presence import printed

LABEL, HALF, FULL = 6, 12, 30
SMALL = {"WkCaption": "WkTable", "WkHead": "WkColumn", "WkCell": "WkSmall", "WkFirst": "WkSmallFirst"}
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
    """So many units wide; `style` names the paragraph style, `tag` what stands there, `second` the other language.

    A box has its label above: `head` and `beside` it the other language.
    """

    units: int
    style: str
    tag: str = ""
    second: str = ""
    head: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; a header is repeated on each page. Printed if one of the fields `needs` stands, if any."""

    cells: tuple[Cell, ...]
    is_header: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One table; its lines between `loop` and the end are repeated for each row of that field.

    It is printed if its `group` is shown, if any, and one of the fields `needs` stands, if any. `more` go on in it.
    """

    name: str
    lines: tuple[Line, ...]
    loop: str = ""
    repeated: tuple[Line, ...] = ()
    group: str = ""
    needs: tuple[str, ...] = ()
    more: tuple[Block, ...] = ()


def blocks(form: Form) -> Iterator[Block]:
    """The tables of a form, in order: the head, then the groups."""
    yield Block("", (_boxed(head(form)) if form.is_compact else head(form),))
    for group in form.groups:
        fields = [each for each in printed(form) if each.group == group.key]
        if form.is_compact:
            yield _compact(group, fields)
            continue
        heading = Cell(UNITS, "WkGroup", f"group.{group.key}", f"group2.{group.key}")
        title: tuple[Line, ...] = (Line((heading,), is_header=True),)
        for run in _runs(fields):
            block = table(run[0], title) if run[0].kind is Kind.ROWS else Block("", (*title, *grid(run)))
            yield _named(block, group, run)
            title = ()


def _boxed(line: Line) -> Line:
    """The same labels and values as boxes."""
    pairs = zip(line.cells[::2], line.cells[1::2], strict=True)
    return Line(
        tuple(
            Cell(name.units + value.units, "WkBox", value.tag, head=name.tag, beside=f"beside.{name.tag}")
            for name, value in pairs
        )
    )


def _compact(group: Group, fields: list[Field]) -> Block:
    """One table for all of a group, whose heading comes again on each page."""
    more = []
    for run in _runs(fields):
        block = _inline(table(run[0], ())) if run[0].kind is Kind.ROWS else Block("", tuple(boxes(run, group)))
        more.append(_named(block, group, run))
    title = Cell(UNITS, "WkBand", f"group.{group.key}", f"beside.group.{group.key}")
    heading = Block(group.key, (Line((title,), is_header=True),), more=tuple(more))
    return replace(heading, group=group.key) if group.at else heading


def _named(block: Block, group: Group, run: list[Field]) -> Block:
    """The block with what it is called and when it stands."""
    name = f"{group.key}.{run[0].key}"
    if not group.at:
        return replace(block, name=name)
    return replace(block, name=name, group=group.key, needs=tuple(each.key for each in run))


def boxes(fields: list[Field], group: Group) -> Iterator[Line]:
    """Label above value, as many in a line as it takes."""
    for line in packing.packed(fields):
        cells = tuple(box(field, units) for field, units in line)
        yield Line(cells, needs=tuple(field.key for field, _ in line) if group.at else ())


def box(field: Field, units: int) -> Cell:
    """One field with its label above it; under photos stand the names of the files."""
    is_photo = field.kind is Kind.PHOTOS
    return Cell(
        units,
        "WkPhoto" if is_photo else "WkBox",
        field.key,
        f"file.{field.key}" if is_photo else "",
        head=f"label.{field.key}",
        beside=f"beside.label.{field.key}",
    )


def _inline(block: Block) -> Block:
    """The same table with the second language beside the first."""
    heads = (
        replace(line, cells=tuple(_small(cell, second=f"beside.{cell.tag}") for cell in line.cells), is_header=False)
        for line in block.lines
    )
    rows = (replace(line, cells=tuple(map(_small, line.cells))) for line in block.repeated)
    return replace(block, lines=tuple(heads), repeated=tuple(rows))


def _small(cell: Cell, second: str = "") -> Cell:
    return replace(cell, style=SMALL[cell.style], second=second)


def last(form: Form, standing: Mapping[str, Mapping[str, bool]]) -> str:
    """The name of the last block that stands on a sheet; `standing` are its `show` and `has`."""
    shown = [
        block.name
        for block in blocks(form)
        if (not block.group or standing["show"][block.group])
        and (not block.needs or any(standing["has"][key] for key in block.needs))
    ]
    return shown[-1]


def headings(form: Form, open_ones: Collection[str]) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """For each block by its name the tags of its heading and of the heads of its table, line by line from its top.

    The heads of open tables are left out: empty rows below them cannot be read from a page.
    """
    heads = tuple(f"label.{each}." for each in open_ones)
    for block in blocks(form):
        tops = [line for line in block.lines if line.is_header]
        tops += block.more[0].lines if block.more and block.more[0].loop else ()
        tags = [tuple(filter(None, _tags(line))) for line in tops]
        tags = [each for each in tags if not any(tag.startswith(heads) for tag in each)]
        if block.name and tags:
            yield block.name, tuple(tags)


def _tags(line: Line) -> Iterator[str]:
    for cell in line.cells:
        yield from (cell.head, cell.beside, cell.tag, cell.second)


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
        widths = packing.shares([weight(each) for each in columns])
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
    return Block("", (*title, caption, *heads), loop=field.key, repeated=tuple(rows))


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
    return column.width or max(WEIGHTS.get(column.kind, HALF), min(6, len(column.label.zh) // 2 + 1))
