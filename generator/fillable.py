"""What was typed into the fields of a foreign PDF, drawn by our own letters so that it stands on its pages.

A field may hold an answer and no picture of it: each reader draws its own, and where pages are bound nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator import fonts

SIZE = re.compile(r"([\d.]+)\s+Tf")
COLOUR = re.compile(r"(?:[\d.]+\s+){1,4}(?:g|rg|k)\b")
USUAL, LEAST, EDGE, LEADING = 12.0, 4.0, 2.0, 1.2
"""Sizes of letters in points, what is free at the edge of a field, and the height of a line."""
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
HIDDEN, PRINT, NO_VIEW = 1 << 1, 1 << 2, 1 << 5
TICK, STAR = "√", "*"
DEPTH = 32
"""A field hangs at most so deep below others."""
LONGEST = 30_000
"""More signs no page holds in the smallest letters."""
EM = 1000
ANSWERS = frozenset({"/Tx", "/Ch"})
FOREIGN = 0x100
CORNERS = ("left", "bottom", "right", "top")
CODES = 250
"""So many characters a font of one byte has."""
BREAKS = re.compile(r"[\x21-\x7e\u00a1-\u024f]+|.", re.DOTALL)
"""Where a line may be broken: after words of letters, and after each Chinese character."""


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of a field, and how it wants its letters."""

    width: float
    height: float
    size: float
    colour: str
    align: int
    cells: int
    is_tall: bool


def draw(pdf: pikepdf.Pdf) -> None:
    """Give each field and each note that has a text and no picture of it one; hidden ones stay hidden."""
    form = pdf.Root.get("/AcroForm", Dictionary())
    is_stale = bool(form.get("/NeedAppearances", False))
    for page in pdf.pages:
        for each in page.obj.get("/Annots", Array()):
            if isinstance(each, Dictionary) and len(each.get("/Rect", Array())) == len(CORNERS):
                _draw(pdf, each, str(form.get("/DA", "")), is_stale=is_stale)
    if is_stale:
        del form.NeedAppearances


def _draw(pdf: pikepdf.Pdf, each: Dictionary, usual: str, *, is_stale: bool) -> None:
    flags, kind = int(each.get("/F", 0)), str(_held(each, "/FT") or "")
    is_note = each.get("/Subtype") == Name.FreeText
    if flags & (HIDDEN | NO_VIEW) or not (is_note or each.get("/Subtype") == Name.Widget):
        return
    has_picture = "/N" in each.get("/AP", Dictionary())
    lines = str(each.get("/Contents", "")).splitlines() if is_note else list(_answer(each, kind))
    if has_picture and not (lines and kind in ANSWERS and (is_stale or _is_garbled(each, lines))):
        return
    lines = "\n".join(lines)[:LONGEST].splitlines()
    if any(lines):
        box = _box(each, usual, kind=kind, is_note=is_note)
        each.AP = Dictionary(N=_picture(pdf, lines, box))
        each.F = flags | PRINT


def _is_garbled(each: Dictionary, lines: Sequence[str]) -> bool:
    """Whether who drew the answer had no letters for it and has put question marks."""
    is_foreign = any(ord(sign) >= FOREIGN for line in lines for sign in line)
    picture = each.AP.N
    return is_foreign and isinstance(picture, pikepdf.Stream) and b"??" in picture.read_bytes()


def _held(each: Any, key: str) -> Any:
    """What a field says, or one that it hangs below."""
    for _ in range(DEPTH):
        if key in each:
            return each[key]
        if "/Parent" not in each:
            return None
        each = each.Parent
    return None


def _answer(each: Dictionary, kind: str) -> Iterator[str]:
    """The lines of the answer, options by their words; a tick for what is chosen."""
    value = _held(each, "/V")
    if kind == "/Btn" and str(each.get("/AS", value or "/Off")) != "/Off":
        yield TICK
    if kind not in ANSWERS or value is None:
        return
    if isinstance(value, pikepdf.Stream):
        value = value.read_bytes().decode("utf-8", "replace")
    pairs = (pair for pair in _held(each, "/Opt") or () if isinstance(pair, Array) and len(pair) > 1)
    named = {str(pair[0]): str(pair[1]) for pair in pairs}
    is_secret = int(_held(each, "/Ff") or 0) & PASSWORD
    for one in value if isinstance(value, Array) else (value,):
        said = named.get(str(one), str(one))
        yield from [STAR * len(said)] if is_secret else said.splitlines()


def _box(each: Dictionary, usual: str, *, kind: str, is_note: bool) -> _Box:
    left, bottom, right, top = (float(one) for one in each.Rect)
    look, flags = str(_held(each, "/DA") or usual), int(_held(each, "/Ff") or 0)
    size, colour = SIZE.search(look), COLOUR.search(look)
    is_text = kind == "/Tx"
    return _Box(
        width=abs(right - left),
        height=abs(top - bottom),
        size=float(size[1]) if size else 0,
        colour=colour[0] if colour else "0 g",
        align=1 if kind == "/Btn" else int(_held(each, "/Q") or 0),
        cells=int(_held(each, "/MaxLen") or 0) if is_text and flags & COMB else 0,
        is_tall=is_note or (is_text and bool(flags & MULTILINE)) or kind == "/Ch",
    )


def _picture(pdf: pikepdf.Pdf, lines: Sequence[str], box: _Box) -> pikepdf.Stream:
    size = box.size or (USUAL if box.is_tall else min(USUAL, max(LEAST, box.height - 2 * EDGE)))
    shown = _fitted(lines, box, size)
    while size > LEAST and not _fits(shown, box, size):
        size = max(LEAST, size * 0.8)
        shown = _fitted(lines, box, size)
    letters = _Letters(pdf, sorted({sign for line in shown for sign in line}))
    written = "\n".join(_placed(shown, box, size, letters))
    content = f"/Tx BMC q 0 0 {box.width:.2f} {box.height:.2f} re W n BT {box.colour}\n{written}\nET Q EMC"
    return pdf.make_stream(
        content.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, box.width, box.height]),
        Resources=Dictionary(Font=letters.fonts),
    )


def _fits(lines: Sequence[str], box: _Box, size: float) -> bool:
    is_low = len(lines) * size * LEADING <= box.height or len(lines) == 1
    return is_low and (bool(box.cells) or all(_width(line) * size <= box.width - 2 * EDGE for line in lines))


def _fitted(lines: Sequence[str], box: _Box, size: float) -> list[str]:
    """The lines as they are broken in a field of several; all as one in a field of one line."""
    if not box.is_tall:
        return [" ".join(lines)]
    broken: list[str] = []
    for line in lines:
        broken.append("")
        for piece in BREAKS.findall(line):
            if broken[-1].strip() and _width(broken[-1] + piece.rstrip()) * size > box.width - 2 * EDGE:
                broken.append("")
            broken[-1] += piece if broken[-1] or not piece.isspace() else ""
    return broken


def _placed(lines: Sequence[str], box: _Box, size: float, letters: _Letters) -> Iterator[str]:
    first = box.height - EDGE - size if box.is_tall else (box.height - size) / 2 + size * 0.15
    for number, line in enumerate(lines):
        height = first - number * size * LEADING
        if box.cells:
            room = box.width / box.cells
            for place, sign in enumerate(line):
                x = (place + 0.5) * room - _width(sign) * size / 2
                yield f"1 0 0 1 {x:.2f} {height:.2f} Tm {letters.shown(sign, size)}"
        else:
            free = box.width - _width(line) * size
            x = (EDGE, free / 2, free - EDGE)[box.align if box.align in {1, 2} else 0]
            yield f"1 0 0 1 {x:.2f} {height:.2f} Tm {letters.shown(line, size)}"


def _width(text: str) -> float:
    """For letters of the size 1."""
    return sum(_drawn(sign)[1] for sign in text) / EM


@cache
def _drawn(sign: str) -> tuple[str, float]:
    return fonts.outline(sign, EM)


class _Letters:
    """Fonts whose letters are our outlines, and that say which character each is."""

    def __init__(self, pdf: pikepdf.Pdf, signs: Sequence[str]) -> None:
        self._codes: dict[str, tuple[str, int]] = {}
        self.fonts = Dictionary()
        for start in range(0, len(signs), CODES):
            few, name = signs[start : start + CODES], f"/W{start}"
            self._codes |= {sign: (name, code) for code, sign in enumerate(few, start=1)}
            self.fonts[name] = pdf.make_indirect(_font(pdf, few))

    def shown(self, text: str, size: float) -> str:
        """The operators that write a text."""
        coded = (self._codes[sign] for sign in text)
        return " ".join(f"{name} {size:.2f} Tf <{code:02x}> Tj" for name, code in coded)


def _font(pdf: pikepdf.Pdf, signs: Sequence[str]) -> Dictionary:
    drawn = [_drawn(sign) for sign in signs]
    names = [f"/g{code}" for code in range(1, len(signs) + 1)]
    programs = Dictionary()
    for name, (path, width) in zip(names, drawn, strict=True):
        programs[name] = pdf.make_stream(f"{width:.0f} 0 0 -400 {max(width, 1):.0f} 1100 d1 {path} f".encode())
    codes = "\n".join(
        f"1 beginbfchar <{code:02x}> <{sign.encode('utf-16-be').hex()}> endbfchar"
        for code, sign in enumerate(signs, start=1)
    )
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /W def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{codes}\nendcmap end end"
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, -400, EM, 1100]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=programs,
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *map(Name, names)])),
        FirstChar=1,
        LastChar=len(signs),
        Widths=Array([round(width) for _, width in drawn]),
        Resources=Dictionary(),
        ToUnicode=pdf.make_stream(table.encode()),
    )
