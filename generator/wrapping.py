"""What the built-in engine would run over the edge of the paper: words longer than their cell, rows than a page."""

from __future__ import annotations

import io
import re
import zipfile

CUT = "\u200b"
"""A sign without width or shape; it goes to the engine only, never into the Word file that people get."""
CELL = re.compile(r'(<w:tcW [^>]*?w:w="(\d+)")')
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
UNIT = re.compile(r"&[#A-Za-z0-9]+;|.", re.DOTALL)
MARGIN, LETTER = 150, 105
"""Twentieths of a point: both inner margins of a cell, and a wide letter of the house's body size."""
PAGE = 10_000
ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
WHOLE = "<w:cantSplit/>"
STYLE, APART = re.compile(r'(<w:pStyle w:val="\w+"/>)'), '<w:keepNext w:val="0"/>'
FIRST_WIDE = "\u2e80"
WIDE = 180
"""A Chinese character of the house's body size, in twentieths of a point."""
LINES = 40
"""So many lines fit a page with some room left."""
DOCUMENT = "word/document.xml"


def cuttable(docx: bytes) -> bytes:
    """The same Word file with cuts in words that do not fit their cell, and rows split that do not fit a page."""
    with zipfile.ZipFile(io.BytesIO(docx)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    before = members.get(DOCUMENT, b"").decode("utf-8", "replace")
    after = ROW.sub(_splittable, _marked(before))
    if after == before:
        return docx
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in members.items():
            target.writestr(name, after.encode() if name == DOCUMENT else content)
    return out.getvalue()


def _marked(xml: str) -> str:
    """Every cell begins with its width; what stands before the first has the width of the page."""
    start, *cells = CELL.split(xml)
    pieces = [_cut(start, PAGE)]
    for head, width, content in zip(cells[::3], cells[1::3], cells[2::3], strict=True):
        pieces += [head, _cut(content, int(width))]
    return "".join(pieces)


def _cut(xml: str, width: int) -> str:
    fits = max(3, (width - MARGIN) // LETTER)
    long = re.compile(rf"(?:&[#A-Za-z0-9]+;|[!-%'-~\u00a1-\u02ff\u0370-\u04ff]){{{fits + 1},}}")
    if not long.search(xml):
        return xml
    return TEXT.sub(lambda match: match[1] + long.sub(_pieces, match[2]) + match[3], xml)


def _pieces(word: re.Match[str]) -> str:
    return CUT.join(UNIT.findall(word[0]))


def _splittable(row: re.Match[str]) -> str:
    """A row is only kept whole where it fits a page; the engine splits none with a paragraph kept to the next."""
    _, *cells = CELL.split(row[0])
    heights = (_lines(content, int(width)) for width, content in zip(cells[1::3], cells[2::3], strict=True))
    return STYLE.sub(r"\1" + APART, row[0].replace(WHOLE, "")) if max(heights, default=0) > LINES else row[0]


def _lines(xml: str, width: int) -> int:
    breaks = xml.count("<w:br/>") + xml.count("<w:p>") + xml.count("<w:p ")
    letters = sum(WIDE if each >= FIRST_WIDE else LETTER for _, text, _ in TEXT.findall(xml) for each in text)
    return breaks + letters // max(1, width - MARGIN)
