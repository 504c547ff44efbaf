"""A picture as it goes on paper: upright, no finer than paper shows, without what a camera wrote into it."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal

from PIL import Image, ImageOps

from generator.model import Finding
from generator.terms import word

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
PHOTOGRAPHIC = frozenset({"JPEG", "MPO"})
DPI = 200
MEGAPIXELS = 50
FEW_COLOURS = 256
JPEG_QUALITY = 85
MM_PER_INCH = 25.4
EMU_PER_MM = 36_000
WIDE_GREY = frozenset({"I;16", "I;16L", "I;16B", "I;16N"})
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for files that are damaged in one way or another."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be printed; width and height on paper in EMU (36 000 to the millimetre)."""

    content: bytes
    suffix: Literal["png", "jpeg"]
    width: int
    height: int
    name: str


def picture(content: bytes, *, path: str, max_width_mm: float, max_height_mm: float) -> Picture | Finding:
    """The picture in a file, fitted into a box on paper, or what is wrong with the file."""
    name = PurePosixPath(path).name
    try:
        image = _opened(content)
    except Image.DecompressionBombError:
        return Finding(path, 1, 1, "picture.huge", word.HUGE_PICTURE.format(name=name, limit=MEGAPIXELS))
    except BROKEN:
        return Finding(path, 1, 1, "picture.unknown", word.NO_PICTURE.format(name=name))
    with image:
        if image.width * image.height > MEGAPIXELS * 1_000_000:
            return Finding(path, 1, 1, "picture.huge", word.HUGE_PICTURE.format(name=name, limit=MEGAPIXELS))
        try:
            return _fitted(image, name, (max_width_mm, max_height_mm))
        except BROKEN:
            return Finding(path, 1, 1, "picture.broken", word.BROKEN_PICTURE.format(name=name))


def _opened(content: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded; its size is ours to judge, so Pillow need not warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(BytesIO(content), formats=FORMATS)


def _fitted(source: Image.Image, name: str, box: tuple[float, float]) -> Picture:
    is_photo = source.format in PHOTOGRAPHIC
    largest = round(max(box) / MM_PER_INCH * DPI)
    source.draft("RGB", (largest, largest))  # a JPEG is decoded at a half, a quarter or an eighth where that is enough
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata is not printed, so nobody needs to hear of it
        image = _plain(ImageOps.exif_transpose(source))
    keeps_colours = not is_photo and (image.mode in {"LA", "RGBA"} or image.getcolors(FEW_COLOURS) is not None)
    width, height = _size(image, box)
    content = _encoded(_reduced(image, width, height), "PNG" if keeps_colours else "JPEG")
    emu = (max(1, round(width * EMU_PER_MM)), max(1, round(height * EMU_PER_MM)))
    return Picture(content, "png" if keeps_colours else "jpeg", *emu, name)


def _plain(image: Image.Image) -> Image.Image:
    """The same picture as grey or RGB, with alpha only where something shows through."""
    if image.mode in WIDE_GREY:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"LA", "La", "RGBA", "RGBa", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        return clear if clear.getchannel("A").getextrema() != (255, 255) else clear.convert("RGB")
    return image.convert("L" if image.mode in {"1", "L", "I", "F"} else "RGB")


def _size(image: Image.Image, box: tuple[float, float]) -> tuple[float, float]:
    """Width and height in mm: the largest of the picture's own shape that fits the box."""
    scale = min(box[0] / image.width, box[1] / image.height)
    return image.width * scale, image.height * scale


def _reduced(image: Image.Image, width_mm: float, height_mm: float) -> Image.Image:
    width, height = (max(1, round(each / MM_PER_INCH * DPI)) for each in (width_mm, height_mm))
    if width >= image.width and height >= image.height:
        return image
    return image.resize((min(width, image.width), min(height, image.height)), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, codec: Literal["PNG", "JPEG"]) -> bytes:
    """Without metadata: Pillow would write back what it found in `info`."""
    image.info = {}
    target = BytesIO()
    if codec == "PNG":
        image.save(target, "PNG")
    else:
        image.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
