"""Whether somebody wrote into a box of a scanned page: what is dark there and is not printed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any, Self

from PIL import Image, ImageChops, ImageFilter

from generator.barcodes import Corners
from generator.raster import Raster

DARKER = 45
"""Shades by which ink is darker than the paper round it, in a shadow too."""
AROUND = 15.0
"""Points round a box that are looked at to find it: its lines and labels."""
REACH = 9
"""Pixels that a page may lie off from where its code says."""
EDGE = 2.0
"""Points inside the box that belong to its lines."""
CELL = 5.0
"""The side of a cell in points; a speck fills one, a name many."""
LITTLE, MUCH = 0.7, 3.0
"""Square millimetres of ink: below the one a box is blank, above the other and over some cells it is signed."""
FEW, MANY = 2, 6
"""The same in cells."""
HIGH = 2.5
"""Millimetres from the lowest to the highest stroke; a crease or a line is flat."""
CLOSE = 0.04
"""Two scales that differ by less are the same, badly measured."""
FIT = 0.55
"""So much of what is printed round a box must be found there, or it is another page."""
MM = 25.4 / 72


class Ink(StrEnum):
    """The answers; UNSURE asks a person to look."""

    SIGNED = "signed"
    BLANK = "blank"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Frame:
    """How a drawn page lies in its scan: a drawn pixel (x, y) is at (a·x - b·y + left, b·x + a·y + top) of the scan."""

    a: float
    b: float
    left: float
    top: float

    @classmethod
    def of(cls, drawn: tuple[Raster, Corners], scan: tuple[Raster, Corners]) -> Self:
        """From the corners of the code on both; the size of a whole page says the scale better than its code does."""
        (blank, ours), (page, theirs) = drawn, scan
        turn = _angle(theirs) - _angle(ours)
        scale = _side(theirs) / _side(ours)
        whole = max(page.image.size) / max(blank.image.size)
        if abs(whole / scale - 1) < CLOSE:
            scale = whole
        a, b = scale * math.cos(turn), scale * math.sin(turn)
        (x, y), (u, v) = _middle(ours), _middle(theirs)
        return cls(a, b, u - a * x + b * y, v - b * x - a * y)

    def cut(self, page: Raster, box: tuple[int, int, int, int]) -> Any:
        """The part of the scan that lies where `box` does on the drawn page, as large as that."""
        x, y, right, bottom = box
        left, top = self.a * x - self.b * y + self.left, self.b * x + self.a * y + self.top
        matrix = (self.a, -self.b, left, self.b, self.a, top)
        return page.image.transform(
            (right - x, bottom - y), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=255
        )


def _angle(corners: Corners) -> float:
    """How a code is turned, by its four edges, each brought back to the direction of the first."""
    edges = zip(corners, corners[1:] + corners[:1], strict=True)
    steps = (complex(right[0] - left[0], right[1] - left[1]) for left, right in edges)
    total = sum(step * (-1j) ** position for position, step in enumerate(steps))
    return math.atan2(total.imag, total.real)


def _side(corners: Corners) -> float:
    return sum(math.dist(left, right) for left, right in zip(corners, corners[1:] + corners[:1], strict=True)) / 4


def _middle(corners: Corners) -> tuple[float, float]:
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in a box: ink in square mm, over how many cells, how high in mm; how much print was found there."""

    area: float
    cells: int
    height: float
    fit: float

    @property
    def ink(self) -> Ink:
        """The answer."""
        if self.fit < FIT:
            return Ink.UNSURE
        if self.area < LITTLE or self.cells <= FEW:
            return Ink.BLANK
        is_name = self.area >= MUCH and self.cells >= MANY and self.height >= HIGH
        return Ink.SIGNED if is_name else Ink.UNSURE


NOTHING = Look(0.0, 0, 0.0, 0.0)
"""What is seen where a page cannot be laid over its print."""


def look(blank: Raster, page: Raster, frame: Frame, area: tuple[float, float, float, float]) -> Look:
    """Look into the box `area` (left, bottom, right, top in points) of a scan; `blank` is the same page drawn."""
    dots = blank.image.width / blank.width
    wide = _pixels(blank, area, AROUND, dots)
    printed = _dark(blank.image.crop(wide))
    found = _dark(frame.cut(page, _grown(wide, REACH)))
    offset, fit = _best(printed, found)
    here = found.crop((offset[0], offset[1], offset[0] + printed.width, offset[1] + printed.height))
    rest = ImageChops.subtract(here, printed.filter(ImageFilter.MaxFilter(9)))
    inner = _pixels(blank, area, -EDGE, dots)
    written = rest.crop((inner[0] - wide[0], inner[1] - wide[1], inner[2] - wide[0], inner[3] - wide[1]))
    extent = written.getbbox()
    high = (extent[3] - extent[1]) * MM / dots if extent else 0.0
    return Look(_count(written) * (MM / dots) ** 2, _cells(written, dots), high, fit)


def _pixels(blank: Raster, area: tuple[float, ...], margin: float, dots: float) -> tuple[int, int, int, int]:
    left, bottom, right, top = area
    edges = (left - margin, blank.height - top - margin, right + margin, blank.height - bottom + margin)
    x, y, end, floor = (round(each * dots) for each in edges)
    return max(x, 0), max(y, 0), min(end, blank.image.width), min(floor, blank.image.height)


def _grown(box: tuple[int, int, int, int], by: int) -> tuple[int, int, int, int]:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _dark(image: Any) -> Any:
    """255 where it is darker than the paper round it, else 0."""
    smooth = image.filter(ImageFilter.GaussianBlur(0.9))  # the grain of a scan is no ink
    paper = smooth.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(12))
    return ImageChops.subtract(paper, smooth).point(lambda shade: 255 if shade > DARKER else 0)


def _best(printed: Any, found: Any) -> tuple[tuple[int, int], float]:
    """Where the print fits best, and how much of it is found there."""
    total = _count(printed)
    scores = {place: _overlap(printed, found, place) for place in _places(2 * REACH, 3)}
    middle = max(scores, key=scores.__getitem__)
    near = ((middle[0] + dx, middle[1] + dy) for dx, dy in product(range(-2, 3), repeat=2))
    scores |= {place: _overlap(printed, found, place) for place in near if min(place) >= 0 and max(place) <= 2 * REACH}
    best = max(scores, key=scores.__getitem__)
    return best, scores[best] / total if total else 0.0


def _places(most: int, step: int) -> Iterator[tuple[int, int]]:
    yield from product(range(0, most + 1, step), repeat=2)


def _overlap(printed: Any, found: Any, place: tuple[int, int]) -> int:
    here = found.crop((place[0], place[1], place[0] + printed.width, place[1] + printed.height))
    return _count(ImageChops.darker(printed, here))


def _count(mask: Any) -> int:
    return int(mask.histogram()[255])


def _cells(mask: Any, dots: float) -> int:
    side = max(round(CELL * dots), 1)
    small = mask.resize((max(mask.width // side, 1), max(mask.height // side, 1)), Image.Resampling.BOX)
    return sum(small.histogram()[6:])
