"""Pictures come out upright, small and always the same; what is no picture is refused before it does harm."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from generator.model import Finding
from generator.pictures import EMU_PER_MM, Picture, picture

ROOT = Path(__file__).resolve().parents[1]
ORIENTATION = 0x0112


def encoded(image: Image.Image, codec: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, codec, **options)
    return target.getvalue()


def photo(width: int = 400, height: int = 300) -> Image.Image:
    """Many colours, as from a camera."""
    noise = Image.frombytes("RGB", (40, 30), hashlib.shake_128(b"noise").digest(40 * 30 * 3))
    return noise.resize((width, height), Image.Resampling.BICUBIC)


def logo() -> Image.Image:
    image = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 90, 90), fill="navy")
    return image


def header_only(width: int, height: int) -> bytes:
    """A PNG of that size on paper only: its data is a few bytes."""
    parts = (
        (b"IHDR", struct.pack(">2L5B", width, height, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1000))),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def made(content: bytes, width: float = 46, height: float = 40) -> Picture:
    result = picture(content, path="records/x/划伤.jpg", max_width_mm=width, max_height_mm=height)
    assert isinstance(result, Picture), result
    return result


def refused(content: bytes) -> Finding:
    result = picture(content, path="records/x/划伤.jpg", max_width_mm=46, max_height_mm=40)
    assert isinstance(result, Finding)
    assert "划伤.jpg" in result.message.zh
    assert "划伤.jpg" in result.message.en
    assert result.path == "records/x/划伤.jpg"
    return result


def decoded(result: Picture) -> Image.Image:
    image = Image.open(BytesIO(result.content))
    image.load()
    assert image.format == result.suffix.upper()
    return image


@pytest.mark.parametrize("codec", ["JPEG", "PNG", "WEBP", "BMP", "TIFF"])
def test_photos_of_every_kind_become_jpeg(codec: str) -> None:
    result = made(encoded(photo(), codec))
    assert result.suffix == "jpeg"
    assert result.name == "划伤.jpg"
    assert decoded(result).size == (362, 272)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_of_colour_can_be_printed(mode: str) -> None:
    image = Image.new("I;16", (30, 20), 32_768) if mode == "I;16" else photo(30, 20).convert(mode)
    assert decoded(made(encoded(image, "TIFF"))).size == (30, 20)


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    result = made(encoded(Image.new("I;16", (30, 20), 32_768), "PNG"))
    assert decoded(result).convert("L").getpixel((0, 0)) == 128


def test_a_logo_stays_sharp_and_clear() -> None:
    image = decoded(made(encoded(logo(), "PNG")))
    assert image.format == "PNG"
    assert image.convert("RGBA").getchannel("A").getextrema() == (0, 255)


def test_a_palette_with_a_clear_colour_stays_clear() -> None:
    image = Image.new("P", (30, 20), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    assert decoded(made(encoded(image, "PNG", transparency=0))).convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


def test_alpha_that_hides_nothing_is_dropped() -> None:
    opaque = photo().convert("RGBA")
    assert made(encoded(opaque, "PNG")).suffix == "jpeg"


@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [
        ((400, 300), (46, 40), (46, 34.5)),
        ((300, 400), (46, 40), (30, 40)),
        ((4, 4), (28, 14), (14, 14)),
        ((5000, 1), (46, 40), (46, 0.0092)),
    ],
)
def test_it_fills_the_box_in_its_own_shape(
    size: tuple[int, int], box: tuple[float, float], expected: tuple[float, float]
) -> None:
    result = made(encoded(Image.new("RGB", size), "PNG"), *box)
    assert (result.width, result.height) == tuple(round(each * EMU_PER_MM) for each in expected)


def test_no_more_pixels_than_paper_shows_and_none_invented() -> None:
    assert decoded(made(encoded(photo(4000, 3000), "JPEG"), 25.4, 25.4)).size == (200, 150)
    assert decoded(made(encoded(photo(40, 30), "JPEG"), 25.4, 25.4)).size == (40, 30)


@pytest.mark.parametrize("codec", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_camera_held_sideways_gives_an_upright_picture(codec: str) -> None:
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 60, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    result = made(encoded(image, codec, exif=exif))
    upright = decoded(result).convert("RGB")
    assert (upright.width, upright.height) == (40, 60)
    assert result.width < result.height
    for place, expected in (((35, 30), (254, 0, 0)), ((5, 30), (255, 255, 255))):
        found = upright.getpixel(place)
        assert isinstance(found, tuple)
        assert all(abs(one - other) < 8 for one, other in zip(found, expected, strict=True))


def test_nothing_that_the_camera_wrote_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(0x8825)[2] = (IFDRational(31), IFDRational(14), IFDRational(0))
    image = photo(30, 20)
    marked = encoded(image, "JPEG", exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" * 20)
    for content in (made(marked).content, made(encoded(logo(), "PNG", exif=exif, icc_profile=b"SECRET" * 40)).content):
        assert b"SECRET" not in content
        assert b"Exif" not in content
        assert b"eXIf" not in content


def test_a_picture_is_the_same_in_every_process() -> None:
    program = (
        "import hashlib; from tests.test_pictures import *;"
        "print(*(hashlib.sha256(made(encoded(each, 'PNG')).content).hexdigest() for each in (photo(), logo())))"
    )
    command = [sys.executable, "-c", program]
    seen = {
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


@pytest.mark.parametrize(
    "content", [b"", b"text", b"%PDF-1.7", b"<svg/>", encoded(photo(30, 20), "GIF"), b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert refused(content).rule == "picture.unknown"


@pytest.mark.parametrize("codec", ["JPEG", "PNG", "BMP", "TIFF"])
def test_half_a_picture_is_refused(codec: str) -> None:
    content = encoded(photo(), codec)
    assert refused(content[: len(content) // 2]).rule in {"picture.broken", "picture.unknown"}


@pytest.mark.parametrize("size", [(20_000, 20_000), (9_500, 10_000), (7_072, 7_072)])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_unread(size: tuple[int, int]) -> None:
    # its data is a thousand bytes, so reading it would have found it broken
    assert refused(header_only(*size)).rule == "picture.huge"
    assert refused(header_only(7_000, 7_000)).rule == "picture.broken"


@settings(max_examples=150, deadline=None)
@given(
    codec=st.sampled_from(["JPEG", "PNG", "WEBP", "BMP", "TIFF"]),
    place=st.floats(0, 1, exclude_max=True),
    junk=st.binary(min_size=1, max_size=12),
)
def test_a_damaged_file_gives_a_picture_or_a_finding_and_nothing_else(codec: str, place: float, junk: bytes) -> None:
    content = bytearray(encoded(photo(40, 30), codec))
    start = int(place * len(content))
    content[start : start + len(junk)] = junk
    result = picture(bytes(content), path="x.jpg", max_width_mm=46, max_height_mm=40)
    assert isinstance(result, Picture | Finding)
