"""The code of a page, found however the page lies and however coarse its picture is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator import barcodes, raster
from generator.barcodes import Corners, Found
from generator.codes import Code
from generator.raster import Raster


class PageCode(NamedTuple):
    """The code of ours that a page bears and where, or what a code says that is none of ours; nothing where none is."""

    code: Code | None
    found: Found | None
    text: str = ""


NONE = PageCode(None, None)


def read(page: Raster) -> PageCode:
    """The code of one page; a coarse picture is looked at once more at twice its size."""
    first = _chosen(barcodes.read(page.image))
    if first.code:
        return first
    larger = (Found(each.text, _halved(each.corners)) for each in barcodes.read(raster.doubled(page)))
    return max(_chosen(tuple(larger)), first, key=_weight)


def _halved(corners: Corners) -> Corners:
    first, second, third, fourth = ((x // 2, y // 2) for x, y in corners)
    return first, second, third, fourth


def _chosen(every: tuple[Found, ...]) -> PageCode:
    ours = ((Code.parse(each.text), each) for each in every)
    known = next((PageCode(code, each) for code, each in ours if code), NONE)
    return known if known.code or not every else PageCode(None, None, every[0].text)


def _weight(found: PageCode) -> tuple[bool, bool]:
    return found.code is not None, bool(found.text)


def of_file(content: bytes, name: str, *, dpi: int = raster.DPI) -> Iterator[tuple[Raster, PageCode]]:
    """Each page of a PDF or picture with its code, one after the other.

    Raises:
        GeneratorError: it is neither, is encrypted, or has no page.
    """
    for page in raster.pages(content, name, dpi=dpi):
        yield page, read(page)
