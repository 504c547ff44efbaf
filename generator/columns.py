"""Rows of text in columns of a terminal, where a Chinese character takes two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def padded(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line a row, each column as wide as its widest text."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """How many places a text takes."""
    return sum(2 if each >= "\u1100" else 1 for each in text)
