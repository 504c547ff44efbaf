"""The pieces that a printed procedure is put together from, as WordprocessingML, every text in them escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias
from xml.sax.saxutils import escape

from generator.drawing import SHADES
from generator.housestyle import ACCENT, GREY, INK, RED, SECOND
from generator.ooxml import GAP, MARGIN, TWIPS
from generator.packing import UNITS
from generator.terms import Language, Text, booklet

PARAGRAPHS = {
    # name: (half points, bold, colour, alignment, before, after, line, keep with next), spacing as in housestyle
    "WkCoverCompany": (36, True, INK, "center", 900, 40, 240, True),
    "WkCoverCompany2": (20, False, GREY, "center", 0, 0, 240, True),
    "WkCoverKind": (26, True, ACCENT, "center", 1300, 20, 240, True),
    "WkCoverKind2": (18, False, GREY, "center", 0, 0, 240, True),
    "WkCoverTitle": (56, True, ACCENT, "center", 0, 0, 240, True),
    "WkCoverTitle2": (28, False, GREY, "center", 60, 0, 240, True),
    "WkCoverGap": (12, False, INK, "left", 0, 320, 240, True),
    "WkCoverMark": (24, True, RED, "center", 560, 0, 240, False),
    "WkBookPart": (24, True, ACCENT, "left", 260, 120, 240, True),
    "WkBookLabel": (18, False, INK, "left", 80, 80, 240, True),
    "WkBookValue": (19, True, INK, "left", 80, 80, 240, True),
    "WkBookHead": (18, True, INK, "center", 50, 50, 240, True),
    "WkBookCell": (18, False, INK, "left", 50, 50, 252, False),
    "WkBookText": (21, False, INK, "left", 0, 120, 276, False),
    "WkBookPair": (21, False, INK, "left", 60, 30, 276, True),
    "WkBookSecond": (18, False, GREY, "left", 0, 140, 252, False),
    "WkBookGap": (10, False, INK, "left", 0, 60, 240, False),
    "WkBookItem": (21, False, INK, "left", 0, 50, 276, False),
    "WkBookItem2": (18, False, GREY, "left", 0, 50, 252, False),
    "WkBookContents": (21, False, INK, "left", 70, 30, 240, False),
    "WkBookContents2": (19, False, INK, "left", 10, 10, 240, False),
    "Heading1": (27, True, ACCENT, "left", 320, 110, 240, True),
    "Heading2": (23, True, INK, "left", 200, 70, 240, True),
    "Heading3": (21, True, INK, "left", 140, 50, 240, True),
}
SHADE = SHADES["WkHead"]
CHARACTERS = {"WkHeadingSecond": 19, "WkCellSecond": 15}
STEP = 340
"""How far each level of a list stands in, in twentieths of a point."""
NARROW, WIDEST = 6, 60
"""A column asks for as much room as its longest cell, within these."""
NO_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""What no XML file may hold; it is printed as the sign for an unreadable character."""
PIECES = re.compile(r"(\n|\t)")
HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
SLASH = re.compile(r"\s+/\s+")
SLOTS = re.compile(r"(\{page\}|\{pages\})")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look."""

    text: str
    is_bold: bool = False


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """So many units of the house's grid wide; `content` is whole paragraphs, `is_long` if they may not fit a page."""

    units: int
    content: str
    shade: str = ""
    is_long: bool = False


def run(text: str, *, style: str = "", is_bold: bool = False) -> str:
    """A text in one look; its line breaks and tabs stay."""
    look = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if is_bold else "")
    signs = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    pieces = "".join(
        signs.get(piece) or f'<w:t xml:space="preserve">{escape(NO_XML.sub(chr(0xFFFD), piece))}</w:t>'
        for piece in PIECES.split(text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{pieces}</w:r>" if pieces else ""


def inked(runs: Runs, style: str = "") -> str:
    """The runs as they are printed."""
    return "".join(run(each.text, style=style, is_bold=each.is_bold) for each in runs)


def plain(runs: Runs) -> str:
    """The words without their look."""
    return "".join(run.text for run in runs)


def halves(runs: Runs) -> tuple[Runs, Runs]:
    """`中文 / English` as two; the second is empty where a text is the same in both languages."""
    text = plain(runs)
    for match in SLASH.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if left == right or (HAN.search(left) and right and not HAN.search(right)):
            return _cut(runs, 0, match.start()), _cut(runs, match.end(), len(text)) if left != right else ()
    return runs, ()


def _cut(runs: Runs, start: int, end: int) -> Runs:
    pieces: list[Run] = []
    place = 0
    for run in runs:
        pieces.append(Run(run.text[max(start - place, 0) : max(end - place, 0)], run.is_bold))
        place += len(run.text)
    return tuple(run for run in pieces if run.text)


def width(text: str) -> int:
    """How much room a text takes; a Chinese character counts twice."""
    return sum(2 if WIDE.match(sign) else 1 for sign in text)


def paragraph(style: str, content: str, *, extra: str = "") -> str:
    """A paragraph around its runs; `extra` are further properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def item(style: str, content: str, *, level: int, marker: str) -> str:
    """A paragraph of a list: the marker hangs before it, or nothing where the entry goes on."""
    left = 40 + STEP * level
    hanging = f' w:hanging="{STEP}"' if marker else ""
    properties = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs><w:ind w:left="{left}"{hanging}/>'
    return paragraph(style, run(f"{marker}\t" if marker else "") + content, extra=properties)


def entry(level: int, content: str) -> str:
    """A line of the contents."""
    style = "WkBookContents" if level == 1 else "WkBookContents2"
    return paragraph(style, content, extra=f'<w:ind w:left="{STEP * (level - 1)}"/>')


def first(text: Text, language: Language) -> str:
    """What stands in normal ink."""
    return text.en if language is Language.EN else text.zh


def second(text: Text, language: Language) -> str:
    """What stands beside it, smaller; empty where one language is printed."""
    return text.en if language is Language.BOTH and text.en != text.zh else ""


def pair(text: Text, language: Language, *, style: str = "WkCellSecond", between: str = " ") -> str:
    """The runs of a text in the language wanted: for BOTH, the English after the Chinese and smaller."""
    beside = second(text, language)
    return run(first(text, language)) + (run(between + beside, style=style) if beside else "")


def table(rows: Iterable[Sequence[Cell]], *, heads: int = 1, height: int = 0, units: int = UNITS) -> str:
    """Rows on the house's grid that no page cuts unless it must; the first `heads` come again on each page."""
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="98A2B3"'
    edges = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    lines = "".join(
        _row(row, is_head=position < heads, height=0 if position < heads else height)
        for position, row in enumerate(rows)
    )
    return _grid(edges, lines, units)


def _row(row: Sequence[Cell], *, is_head: bool, height: int) -> str:
    is_cut = any(cell.is_long for cell in row)
    properties = "" if is_cut else "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    properties += "<w:tblHeader/>" if is_head else ""
    # rdocx cuts no row whose cells have a vertical place of their own: what does not fit the page would run off it
    place = "" if is_cut else '<w:vAlign w:val="center"/>'
    cells = "".join(_cell(cell, place) for cell in row)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, place: str) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
    span = f'<w:tcW w:w="{TWIPS * cell.units}" w:type="dxa"/><w:gridSpan w:val="{cell.units}"/>'
    return f"<w:tc><w:tcPr>{span}{fill}{place}</w:tcPr>{cell.content}</w:tc>"


def _grid(edges: str, rows: str, units: int) -> str:
    columns = f'<w:gridCol w:w="{TWIPS}"/>' * units
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TWIPS * units}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{MARGIN}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def ruled(cells: Sequence[Cell], *sides: str) -> str:
    """One row between rules in the house's colour."""
    rules = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>' for side in sides)
    return _grid(rules, _row(cells, is_head=False, height=0), sum(cell.units for cell in cells))


def head(text: Text, units: int, language: Language) -> Cell:
    """The head of a column."""
    return Cell(units, paragraph("WkBookHead", pair(text, language, between="\n")), SHADE)


def want(column: Iterable[Runs]) -> int:
    """How wide a column would like to be."""
    return max(NARROW, *(min(WIDEST, width(plain(half))) for runs in column for half in halves(runs)))


def shares(weights: Sequence[int]) -> list[int]:
    """The widths of columns in units, in the proportion of their weights, together a line; none is too thin to read."""
    least = max(1, min(3, UNITS // len(weights)))
    spare = max(0, UNITS - least * len(weights))
    edges = [round(spare * edge / (sum(weights) or 1)) for edge in accumulate(weights, initial=0)]
    return [least + right - left for left, right in pairwise(edges)]


def page_break() -> str:
    """What follows stands on a new page."""
    return paragraph("WkGap", '<w:r><w:br w:type="page"/></w:r>')


def header(
    company: Text,
    title: Text,
    facts: Sequence[tuple[Text, str]],
    *,
    mark: str,
    language: Language,
    units: int = UNITS,
) -> str:
    """The head of every page, in the look of the forms' sheets."""
    middle = (
        paragraph("WkCompany", pair(company, language, style=SECOND, between="  "))
        + paragraph("WkTitle", run(first(title, language)))
        + paragraph("WkTitle2", run(second(title, language)))
    )
    right = "".join(paragraph("WkFacts", run(f"{word.within(language)}: {value}")) for word, value in facts)
    cells = (
        Cell(6, paragraph("WkMark", run(mark))),
        Cell(units - 16, middle),
        Cell(10, right + paragraph("WkFacts", _pages(language))),
    )
    return ruled(cells, "bottom") + GAP


def footer(lines: Sequence[str], *, units: int = UNITS) -> str:
    """The foot of every page; the corner on the right stays free for the QR."""
    content = "".join(paragraph("WkFoot", run(line)) for line in lines)
    return ruled((Cell(units - 5, content), Cell(5, paragraph("WkFoot", ""))), "top") + GAP


def _pages(language: Language) -> str:
    words = first(booklet.PAGE, language)
    words += f" / {booklet.PAGE.en}" if language is Language.BOTH else ""
    fields = {"{page}": _field("PAGE"), "{pages}": _field("NUMPAGES")}
    return "".join(fields.get(piece) or run(piece) for piece in SLOTS.split(words))


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def styles() -> str:
    """The styles that procedures have besides the house's, with Word's own names for headings."""
    characters = (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:rPr><w:b w:val="0"/><w:color w:val="{GREY}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
        for name, size in CHARACTERS.items()
    )
    return "".join((*(_style(name, *settings) for name, settings in PARAGRAPHS.items()), *characters))


def _style(name: str, *settings: object) -> str:
    size, bold, colour, alignment, before, after, line, keep = settings
    level = name.removeprefix("Heading")
    is_heading = level != name
    called = f"heading {level}" if is_heading else name
    kind = "" if is_heading else ' w:customStyle="1"'
    follows = '<w:next w:val="WkBookText"/><w:qFormat/>' if is_heading else ""
    outline = f'<w:outlineLvl w:val="{int(level) - 1}"/>' if is_heading else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{name}">'
        f'<w:name w:val="{called}"/><w:basedOn w:val="Normal"/>'
        f"{follows}<w:pPr>{'<w:keepNext/><w:keepLines/>' if keep else ''}"
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
        f'<w:jc w:val="{alignment}"/>{outline}</w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:color w:val="{colour}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
