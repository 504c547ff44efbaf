"""Where on the finished pages the boxes to be signed are, found by the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pypdfium2

ROW = 3.0
"""Points that the words of one row may differ in height."""
HIGHEST = 120.0
"""No box is higher than that, in points."""
PADDING = 3.0


class Area(NamedTuple):
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Place:
    """The room for the pen in the box of a role; pages count from 1."""

    role: str
    page: int
    area: Area


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the boxes: the labels of each role above the room for the pen, the word for the date below."""

    roles: Mapping[str, tuple[str, ...]]
    date: str


NONE = Words({}, "")


def found(pdf: bytes, words: Words) -> tuple[Place, ...]:
    """The place of each role in the order of the roles; none where the sheet has no such boxes."""
    if not words.roles:
        return ()
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document), 0, -1):
            page = document[number - 1]
            text = page.get_textpage()
            places = on_page(page, text, number, words)
            text.close()
            page.close()
            if places:
                return places
        return ()
    finally:
        document.close()


def on_page(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int, words: Words) -> tuple[Place, ...]:
    """The same on one page, which counts from 1; none where not all of them are there."""
    places = tuple(_boxes(page, text, number, words))
    return places if len(places) == len(words.roles) else ()


def _boxes(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int, words: Words) -> Iterator[Place]:
    dates = _last_row(_search(text, words.date), len(words.roles))
    if len(dates) == len(words.roles):
        steps = [right.left - left.left for left, right in pairwise(dates)]
        edge = page.get_width() - dates[0].left
        last = min(dates[-1].left + steps[-1], page.get_width()) if steps else edge
        ends = [*(each.left for each in dates[1:]), last]
        for (role, labels), date, end in zip(words.roles.items(), dates, ends, strict=True):
            column = Area(date.left - PADDING, date.top, end - 2 * PADDING, date.top + HIGHEST)
            above = [each for label in labels for each in _search(text, label) if _is_in(each, column)]
            if above:
                yield Place(role, number, column._replace(top=min(each.bottom for each in above)))


def _is_in(area: Area, column: Area) -> bool:
    middle = (area.left + area.right) / 2
    return column.left <= middle <= column.right and column.bottom <= area.bottom < column.top


def _last_row(found: Sequence[Area], count: int) -> list[Area]:
    """The lowest row that holds so many of them, from left to right."""
    for lowest in sorted(found, key=lambda each: each.bottom):
        row = [each for each in found if abs(each.bottom - lowest.bottom) <= ROW]
        if len(row) == count:
            return sorted(row, key=lambda each: each.left)
    return []


def _search(text: pypdfium2.PdfTextPage, wanted: str) -> list[Area]:
    if not wanted.strip():
        return []
    searcher = text.search(wanted.strip(), match_case=True)
    found = []
    while hit := searcher.get_next():
        index, length = hit
        boxes = [text.get_charbox(each) for each in range(index, index + length)]
        sized = [each for each in boxes if each[2] > each[0]]
        if sized:
            lefts, bottoms, rights, tops = zip(*sized, strict=True)
            found.append(Area(min(lefts), min(bottoms), max(rights), max(tops)))
    searcher.close()
    return found
