"""Codes read from the picture of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import zxingcpp

Point = tuple[int, int]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Found:
    """What a code says and where its corners are in pixels: of the code's own top left, then clockwise."""

    text: str
    corners: Corners


def read(image: Any) -> tuple[Found, ...]:
    """The QR codes of a picture, whichever way round it lies."""
    return tuple(
        Found(each.text, _corners(each.position))
        for each in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    )


def _corners(position: Any) -> Corners:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = ((point.x, point.y) for point in points)
    return first, second, third, fourth
