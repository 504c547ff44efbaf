"""What a workbook changes as the files that come of it: numbers given, lines changed in place, new records written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as made
from decimal import Decimal
from typing import Any

from generator import stub, yamlfile
from generator.deletions import FORMER
from generator.merging import Addition, Change, Steps
from generator.model import Field, Form, Kind
from generator.newnumbers import CREATED
from generator.yamlfile import Written

TEXTS = frozenset({Kind.TEXT, Kind.LONGTEXT, Kind.REFERENCE, Kind.CHOICE, Kind.CHOICES, Kind.FILES, Kind.PHOTOS})


@dataclass
class Origin:
    """Where the values of a file come from: its row, and cells by the steps to their values."""

    row: str
    cells: dict[Steps, str] = made(default_factory=dict)


def written(value: Any) -> Written:
    """A value as it is put into a file."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [str(each) for each in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def changed(content: bytes, form: Form, changes: Iterable[Change], rows: Iterable[Addition], origin: Origin) -> bytes:
    """A record's file with what changes in it, and rows added to its tables."""
    values: dict[Steps, Written] = {}
    for each in changes:
        values[each.steps] = written(each.theirs)
        origin.cells[each.steps] = each.place
    content = yamlfile.put(content, values)
    for row in rows:
        place = len(yamlfile.load(content, "")[0].values.get(row.rows) or ())  # type: ignore[union-attr]
        origin.cells |= {(row.rows, place, key): cell for key, (_, cell) in row.values.items()}
        content = yamlfile.append(content, (row.rows,), "\n".join(_row(form.by_key[row.rows], row)))
    return content


def new(
    form: Form, number: str, addition: Addition, rows: Iterable[Addition], *, today: str, modeline: str
) -> tuple[bytes, Origin]:
    """The file of a new record, as `wenkong new` writes it with these values filled in, and where they come from."""
    origin = Origin(addition.place, {(key,): cell for key, (_, cell) in addition.values.items()})
    values = {key: value for key, (value, _) in addition.values.items() if value is not None}
    filled = {key: _lines(form.by_key[key], value) for key, value in values.items() if key in form.by_key}
    tables: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for row in rows:
        place = counts.setdefault(row.rows, 0)
        counts[row.rows] += 1
        origin.cells |= {(row.rows, place, key): cell for key, (_, cell) in row.values.items()}
        first, *others = _row(form.by_key[row.rows], row)
        tables.setdefault(row.rows, [""]).extend([f"  - {first}", *(f"    {each}" for each in others)])
    filled |= {key: tuple(lines) for key, lines in tables.items()}
    text = stub.text(
        form, number, today=str(values.get(CREATED, today)), modeline=modeline, quoted=yamlfile.quoted, filled=filled
    )
    former = values.get(FORMER)
    if former is not None:
        line = f"\n{FORMER}: {yamlfile.as_line(str(former), is_text=True)}"
        text = text.replace(f"\n{CREATED}:", f"{line}\n{CREATED}:", 1)
    return text.encode("utf-8", "surrogatepass"), origin


def _row(table: Field, row: Addition) -> list[str]:
    filled = {key: value for key, (value, _) in row.values.items() if value is not None}
    lines = [f"{key}: {_line(table.column_by_key[key], value)}" for key, value in filled.items()]
    return lines or ["{}"]


def _line(field: Field, value: Any) -> str:
    said = written(value)
    return "" if said is None else yamlfile.as_line(said, is_text=field.kind in TEXTS)


def _lines(field: Field, value: Any) -> tuple[str, ...]:
    """A value after its key: several lines of text stand below it as they are."""
    text = value if isinstance(value, str) else ""
    is_block = (
        field.kind is Kind.LONGTEXT and "\n" in text.strip("\n") == text and all(map(_is_clean, text.split("\n")))
    )
    return ("|-", *(f"  {line}" if line else "" for line in text.split("\n"))) if is_block else (_line(field, value),)


def _is_clean(line: str) -> bool:
    return line == line.strip() and (line.isprintable() or not line)
