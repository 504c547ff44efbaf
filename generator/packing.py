"""Compact layout: fields as boxes with the label above the value, as many side by side as a line takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.model import Field, Kind

UNITS = 36
"""A line is 36 units of 5 mm; every table stands on this grid, so that lines of any division meet."""
TALLEST_LABEL = 2
"""So many lines may the label of a box take."""
HAN, LATIN = 13, 7
"""About how wide a character of a label is, in hundredths of a unit times 4."""
UNIT = 46
"""How much of that one unit holds, the cell's margins taken off."""
MANY_OPTIONS = 30
WIDTHS = {
    Kind.INTEGER: 4,
    Kind.BOOLEAN: 4,
    Kind.NUMBER: 4,
    Kind.DATE: 5,
    Kind.DATETIME: 6,
    Kind.CHOICE: 6,
    Kind.REFERENCE: 7,
    Kind.INK: 8,
    Kind.TEXT: 9,
    Kind.FILES: 9,
    Kind.CHOICES: 12,
    Kind.LONGTEXT: 18,
    Kind.PHOTOS: UNITS,
}


def packed(fields: Sequence[Field]) -> Iterator[tuple[tuple[Field, int], ...]]:
    """The fields in lines, each with its width in units; a line is filled exactly."""
    line: list[Field] = []
    for field in fields:
        if line and sum(map(wanted, line)) + wanted(field) > UNITS:
            yield _stretched(line)
            line = []
        line.append(field)
    if line:
        yield _stretched(line)


def wanted(field: Field) -> int:
    """How many units a box would like to be wide: what its definition says, else what its kind and label take."""
    if field.width:
        return field.width
    usual = WIDTHS[field.kind]
    if field.kind is Kind.CHOICE and sum(len(each.label.zh) + len(each.label.en) for each in field.options) > (
        MANY_OPTIONS
    ):
        usual = 9
    label = len(field.label.zh) * HAN + len(field.label.en) * LATIN
    return min(UNITS, max(usual, -(-label // (UNIT * TALLEST_LABEL))))


def _stretched(line: Sequence[Field]) -> tuple[tuple[Field, int], ...]:
    return tuple(zip(line, shares([wanted(each) for each in line]), strict=True))


def shares(weights: Sequence[int]) -> list[int]:
    """Widths in the proportion of their weights, together exactly a line."""
    total = sum(weights)
    edges = [0]
    for each in weights:
        edges.append(edges[-1] + each)
    places = [round(edge * UNITS / total) for edge in edges]
    return [right - left for left, right in pairwise(places)]
