"""A register on paper: the house's head and foot, on its side where wide, each record on as many lines as it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from generator import booklet_parts as parts
from generator import drawing, housestyle
from generator.booklet_parts import Cell, paragraph, run
from generator.listing import Block, Head, Listing, Row, Sums
from generator.ooxml import GAP
from generator.packing import UNITS
from generator.sheet import Print
from generator.terms import Language, Text
from generator.terms import registers as words

WIDE = 53
"""Units of a line on a page that lies on its side."""
GROUP, TOTAL, BAND = "DCE6F1", "F9FAFB", "F7F9FC"
LEAST = 2
TALL = 80
"""A cell with more characters than this in each unit of its width may be taller than a page, and must be cut."""
Link = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Spread:
    """Which columns stand on which line of a record, and how wide each is."""

    units: int
    lines: tuple[tuple[tuple[int, int], ...], ...]
    """For each line, its columns: place and width."""


def docx(listing: Listing, mark: Print, link: Link) -> bytes:
    """The Word file of a register, the same bytes for the same listing and mark."""
    document = Document()
    housestyle.apply(document)
    section, body = document.sections[0], document.element.body
    spread = spread_of(listing.heads)
    if spread.units == WIDE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.top_margin = Mm(30)
    relations = document.part.relate_to
    page = _Page(listing, mark, lambda row: relations(link(row), RELATIONSHIP_TYPE.HYPERLINK, is_external=True), spread)
    styles = document.styles.element
    styles[:] = [*styles, *_parsed(parts.styles())]
    section.header._element[:] = _parsed(page.header())  # noqa: SLF001  python-docx has no public way
    section.footer._element[:] = _parsed(page.footer())  # noqa: SLF001  the same
    body[:] = [*_parsed("".join(page.body())), body[-1]]
    return drawing.saved(document)


def _parsed(xml: str) -> Sequence[object]:
    return list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>"))


def spread_of(heads: Sequence[Head]) -> Spread:
    """Upright where all columns fit a line, else on its side, on two lines or more where they are too many."""
    total = sum(head.units for head in heads)
    units = UNITS if total <= UNITS else WIDE
    count = -(-total // units)
    lines: list[list[int]] = [[]]
    filled = 0
    for place, head in enumerate(heads):
        if lines[-1] and len(lines) < count and filled + head.units / 2 > total / count * len(lines):
            lines.append([])
        lines[-1].append(place)
        filled += head.units
    return Spread(
        units,
        tuple(tuple(zip(line, shares([heads[each].units for each in line], units), strict=True)) for line in lines),
    )


def shares(wants: Sequence[int], units: int) -> list[int]:
    """Widths in the proportion of what is wanted, together exactly so many units."""
    widths = [max(LEAST, want * units // sum(wants)) for want in wants]
    order = sorted(range(len(wants)), key=lambda each: (-wants[each], each))
    for turn in range(abs(units - sum(widths))):
        widths[order[turn % len(order)]] += 1 if sum(widths) < units else -1
    return widths


@dataclass(frozen=True, slots=True)
class _Page:
    listing: Listing
    mark: Print
    relation: Link
    """The key of the link to a line's record."""
    spread: Spread

    @property
    def language(self) -> Language:
        """What the sheet is written in."""
        return self.listing.language

    def header(self) -> str:
        """Mark, company and title, number, revision and page."""
        listing = self.listing
        company = Text(*(str(listing.organization.get(key, "")) for key in ("name_zh", "name_en")))
        register = listing.register
        values = (register.number, register.revision, register.procedure)
        facts = tuple(zip((words.FORM_NUMBER, words.REVISION, words.PROCEDURE), values, strict=True))
        mark = self.mark.mark.within(Language.BOTH)
        return parts.header(company, register.title, facts, mark=mark, language=self.language, units=self.spread.units)

    def footer(self) -> str:
        """What it is and from which commit it was printed; the corner stays free for the QR."""
        lines = (
            str(self.listing.organization.get("copy_mark", "")),
            f"{self.mark.mark.within(Language.BOTH)}  {self.mark.origin.within(self.language)}",
        )
        return parts.footer(lines, units=self.spread.units)

    def body(self) -> Iterator[str]:
        """What the register says about itself, its lines, and the sums under them."""
        said = "　".join(f"{word.within(self.language)}: {value}" for word, value in self.listing.facts)
        yield paragraph("WkValue", run(said)) + GAP
        lines = [*self._heads(), *self._lines()]
        yield parts.table(lines, heads=len(self.spread.lines), units=self.spread.units)
        for sums in self.listing.tables:
            yield GAP + paragraph("WkCaption", run(sums.title.within(self.language))) + self._sums(sums)
        yield GAP

    def _heads(self) -> Iterator[list[Cell]]:
        heads = self.listing.heads
        for line in self.spread.lines:
            yield [self._head(heads[place].label, units) for place, units in line]

    def _head(self, label: Text, units: int) -> Cell:
        words_ = parts.pair(label, self.language, between="\n")
        return Cell(units, paragraph("WkHead", words_), parts.SHADE)

    def _lines(self) -> Iterator[list[Cell]]:
        for block in self.listing.blocks:
            yield from self._block(block)
        if self.listing.totals:
            yield from self._texts(self.listing.totals, TOTAL)
        if not self.listing.rows:
            yield [Cell(self.spread.units, paragraph("WkCell", run(words.EMPTY.within(self.language))))]

    def _block(self, block: Block) -> Iterator[list[Cell]]:
        if block.title:
            yield [Cell(self.spread.units, paragraph("WkGroup", run(block.title)), GROUP)]
        for number, row in enumerate(block.rows):
            shade = BAND if number % 2 and len(self.spread.lines) > 1 else ""
            yield from self._texts(row.texts, shade, link=self.relation(row))
        if block.totals and len(self.listing.blocks) > 1:
            yield from self._texts(block.totals, TOTAL)

    def _texts(self, texts: Sequence[str], shade: str, *, link: str = "") -> Iterator[list[Cell]]:
        for line in self.spread.lines:
            yield [self._cell(texts[place], units, shade, link if place == 0 else "") for place, units in line]

    def _cell(self, text: str, units: int, shade: str, link: str) -> Cell:
        content = f'<w:hyperlink r:id="{link}">{run(text, is_bold=True)}</w:hyperlink>' if link else run(text)
        return Cell(units, paragraph("WkCell", content), shade, is_long=parts.width(text) > units * TALL)

    def _sums(self, sums: Sums) -> str:
        columns = zip(*([head.zh for head in sums.heads], *sums.rows), strict=True)
        wants = [max(3, min(max(map(parts.width, column)) // 2 + 2, 12)) for column in columns]
        line = shares(wants, self.spread.units)
        heads = [self._head(head, units) for head, units in zip(sums.heads, line, strict=True)]
        rows = [[self._cell(text, units, "", "") for text, units in zip(row, line, strict=True)] for row in sums.rows]
        return parts.table([heads, *rows], units=self.spread.units)
