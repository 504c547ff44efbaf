"""Pages as grey pictures: those of a PDF drawn, those of a scan as they are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageSequence, UnidentifiedImageError

from generator.errors import GeneratorError
from generator.terms import proof as words

HEAD = 1024
"""Within so many bytes a PDF says that it is one."""
DPI = 150
LARGEST = 6000
"""Pixels of the longer side; larger pages are drawn smaller."""
POINTS = 72
PASSWORD = 4
"""What PDFium answers where a password is needed."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page in shades of grey; `image` is Pillow's, `width` and `height` are the paper's in points."""

    image: Any
    width: float
    height: float


def is_pdf(content: bytes) -> bool:
    """Whether these are the bytes of a PDF, whatever the file is called."""
    return b"%PDF-" in content[:HEAD]


def pages(content: bytes, name: str, *, dpi: int = DPI) -> Iterator[Raster]:
    """The pages of a PDF or of a picture, one after the other.

    Raises:
        GeneratorError: it is neither, is encrypted, or has no page.
    """
    if not content:
        raise GeneratorError(words.EMPTY.format(name=name))
    if is_pdf(content):
        yield from _drawn(content, name, dpi)
    else:
        yield from _pictured(content, name)


def page(content: bytes, name: str, number: int, *, dpi: int = DPI) -> Raster:
    """One page of a PDF or of a picture, counted from 1.

    Raises:
        GeneratorError: it is neither, or is encrypted.
    """
    if not is_pdf(content):
        return list(_pictured(content, name))[number - 1]
    document = _opened(content, name)
    try:
        return _drawing(document[number - 1], dpi)
    finally:
        document.close()


def picture(content: bytes, name: str, number: int, *, dpi: int) -> bytes:
    """One page of a PDF in its colours, counted from 1, as PNG.

    Raises:
        GeneratorError: it cannot be opened.
    """
    document = _opened(content, name)
    try:
        page = document[number - 1]
        bitmap = page.render(scale=dpi / POINTS, may_draw_forms=False)
        written = io.BytesIO()
        bitmap.to_pil().save(written, "PNG")
        bitmap.close()
        page.close()
    finally:
        document.close()
    return written.getvalue()


def count(content: bytes, name: str) -> int:
    """How many pages a PDF has.

    Raises:
        GeneratorError: it cannot be opened, or has none.
    """
    document = _opened(content, name)
    try:
        return len(document)
    finally:
        document.close()


def _opened(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        said = words.ENCRYPTED if error.err_code == PASSWORD else words.BROKEN
        raise GeneratorError(said.format(name=name)) from error
    if not len(document):
        document.close()
        raise GeneratorError(words.NO_PAGE.format(name=name))
    return document


def _drawn(content: bytes, name: str, dpi: int) -> Iterator[Raster]:
    document = _opened(content, name)
    try:
        for page in document:
            yield _drawing(page, dpi)
    finally:
        document.close()


def _drawing(page: pypdfium2.PdfPage, dpi: int) -> Raster:
    width, height = page.get_size()
    scale = min(dpi / POINTS, LARGEST / max(width, height, 1))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    drawn = Raster(bitmap.to_pil().convert("L"), width, height)
    bitmap.close()
    page.close()
    return drawn


def _pictured(content: bytes, name: str) -> Iterator[Raster]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as file:
                frames = [frame.convert("L") for frame in ImageSequence.Iterator(file)]
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise GeneratorError(words.NEITHER.format(name=name)) from error
    for frame in frames:
        frame.thumbnail((LARGEST, LARGEST))
        longer = max(frame.size) / A4_HEIGHT
        yield Raster(frame, frame.width / longer, frame.height / longer)


A4_HEIGHT = 841.89
"""A picture says nothing reliable of its size on paper: its longer side is taken for that of A4."""


def doubled(page: Raster) -> Any:
    """The picture of a page at twice its size."""
    return page.image.resize((page.image.width * 2, page.image.height * 2), Image.Resampling.BICUBIC)


SLIGHT = 40
"""Shades by which the edge of a letter may differ between two drawings of the same."""


def differing(one: Raster, other: Raster) -> tuple[int, int] | None:
    """Where two pages look otherwise first, as per cent from the left and from the top; None where they do not."""
    if one.image.size != other.image.size:
        return 0, 0
    unlike = ImageChops.difference(one.image, other.image).point(lambda shade: 255 if shade > SLIGHT else 0)
    place = unlike.getbbox()
    if place is None:
        return None
    return round(100 * place[0] / one.image.width), round(100 * place[1] / one.image.height)
