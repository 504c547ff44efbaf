"""The faces that come with the program: which characters they have, and their outlines for stamps."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"
UNSEEN = frozenset("\n\t\r")
RADICALS = range(0x2E80, 0x2FE0)
"""Parts of Chinese characters, which nobody writes; many look like a character of their own."""

MARKS = 64
"""So many outlines are kept: the same few marks stand on thousands of sheets."""


def folder() -> Path:
    """Where the font files lie; engines are given this folder and no other."""
    return Path(__file__).resolve().parent / "fonts"


def colour_profile() -> bytes:
    """The sRGB profile that archival PDFs carry."""
    return (folder() / "srgb.icc").read_bytes()


@cache
def digest() -> str:
    """SHA-256 of the faces: a sheet is the same bytes again only with the same fonts."""
    faces = sorted(folder().glob("*.ttf"))
    return hashlib.sha256(b"".join(hashlib.sha256(each.read_bytes()).digest() for each in faces)).hexdigest()


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that would print as boxes, each once, in order."""
    if text.isascii():
        return ()
    return tuple(dict.fromkeys(each for each in text if each not in UNSEEN and ord(each) not in _characters()))


def alike() -> Mapping[int, str]:
    """For `str.translate`: characters that look the same, such as Ω and the ohm sign, as the most usual of them.

    On paper they are the same, and a reader of the PDF gives either for both.
    """
    return _alike()


@lru_cache(MARKS)
def outline(text: str, size: float) -> tuple[str, float]:
    """A text as PDF path operators from the bold face, beginning at the origin, and its width; both in points."""
    font = _bold()
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    operators: list[str] = []
    advance = 0.0
    for character in text:
        glyph = glyphs[names.get(ord(character), ".notdef")]
        pen = _PathPen(glyphs, scale, advance)
        glyph.draw(pen)
        operators += pen.operators
        advance += glyph.width * scale
    return "\n".join(operators), advance


class _PathPen(BasePen):
    """Writes a glyph as PDF path operators; the base turns the font's quadratic curves into cubic ones."""

    def __init__(self, glyphs: object, scale: float, shift: float) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []
        self._scale = scale
        self._shift = shift

    def _at(self, *points: tuple[float, float]) -> str:
        return " ".join(f"{x * self._scale + self._shift:.2f} {y * self._scale:.2f}" for x, y in points)

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  fontTools calls it so
        self.operators.append(f"{self._at(pt)} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  the same
        self.operators.append(f"{self._at(pt)} l")

    def _curveToOne(  # noqa: N802  the same
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.operators.append(f"{self._at(pt1, pt2, pt3)} c")

    def _closePath(self) -> None:  # noqa: N802  the same
        self.operators.append("h")


@cache
def _glyphs() -> Mapping[int, str]:
    with TTFont(folder() / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return dict(font.getBestCmap())


@cache
def _characters() -> frozenset[int]:
    return frozenset(_glyphs())


@cache
def _alike() -> Mapping[int, str]:
    usual: dict[str, str] = {}
    for character, glyph in sorted(_glyphs().items(), key=lambda each: (each[0] in RADICALS, each[0])):
        usual.setdefault(glyph, unicodedata.normalize("NFKC", chr(character)))
    return {character: usual[glyph] for character, glyph in _glyphs().items() if usual[glyph] != chr(character)}


@cache
def _bold() -> TTFont:
    return TTFont(folder() / "NotoSansSC-Bold.ttf", lazy=True)
