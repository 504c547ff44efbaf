"""A controlled procedure, written in Markdown, becomes a Word file: cover, control pages, contents, text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator import booklet_flow, booklet_text, copies, drawing, housestyle
from generator import booklet_parts as parts
from generator.booklet_parts import Cell, Run, Runs, halves, inked, paragraph, plain, width
from generator.booklet_text import Block
from generator.model import Library, Procedure
from generator.packing import UNITS
from generator.revisiontable import Row
from generator.sheet import Print
from generator.terms import Language, Text
from generator.terms import booklet as words

NUMBERED = re.compile(r"\d+(?:\.\d+)*[.、]?\s+")
DEEPEST = 3
"""Levels of headings that have a style."""
TALL = 80
"""A cell with more characters than this in each unit of its width may be taller than a page, and must be cut."""
ROOM = 560
"""Height of a row that is written in with a pen, in twentieths of a point."""


def docx(
    procedure: Procedure, library: Library, language: Language, mark: Print, revisions: Sequence[Row] = ()
) -> bytes:
    """The Word file of a procedure, the same bytes for the same procedure, library, mark and revision table."""
    document = Document()
    housestyle.apply(document)
    styles, body, section = document.styles.element, document.element.body, document.sections[0]
    charts = booklet_flow.charts(document, procedure, library, language)
    sheet = _Booklet(procedure, library, language, mark, revisions, charts)
    _fill(styles, parts.styles(), before=list(styles))
    _fill(section.header._element, sheet.header())  # noqa: SLF001  python-docx has no public way
    _fill(section.footer._element, sheet.footer())  # noqa: SLF001  the same
    _fill(body, "".join((*sheet.cover(), *sheet.control(), *sheet.text())), after=[body[-1]])
    return drawing.saved(document)


def _fill(element: Any, xml: str, *, before: Sequence[Any] = (), after: Sequence[Any] = ()) -> None:
    """Put the pieces into an element between those of its own that stay."""
    element[:] = [*before, *parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"), *after]


@dataclass(frozen=True, slots=True)
class _Booklet:
    """The parts of one printed procedure, in the order in which they stand."""

    procedure: Procedure
    library: Library
    language: Language
    mark: Print
    revisions: Sequence[Row]
    charts: Mapping[str, str]

    @property
    def company(self) -> Text:
        """Who the procedure belongs to."""
        return Text(*(str(self.library.organization.get(key, "")) for key in ("name_zh", "name_en")))

    @property
    def effective(self) -> str:
        """From when the revision holds."""
        return str(self.procedure.front.get("effective") or "")

    def header(self) -> str:
        """Company, title, number, revision and page."""
        procedure, mark = self.procedure, self.mark.mark.within(Language.BOTH)
        values = (procedure.number, procedure.revision, self.effective)
        facts = tuple(zip((words.NUMBER, words.REVISION, words.EFFECTIVE), values, strict=True))
        return parts.header(self.company, procedure.title, facts, mark=mark, language=self.language)

    def footer(self) -> str:
        """What may be done with the copy, what it is, and where it came from."""
        notice = Text(*map(plain, halves((Run(str(self.library.organization.get("copy_mark", ""))),))))
        origin = f"{self.mark.mark.within(Language.BOTH)}  {self.mark.origin.within(self.language)}"
        return parts.footer((notice.within(self.language) if notice.en else notice.zh, origin))

    def cover(self) -> Iterator[str]:
        """The first page."""
        gap = paragraph("WkCoverGap", "")
        yield gap + self._pair("WkCoverCompany", self.company)
        yield self._pair("WkCoverKind", words.PROCEDURE) + gap
        title = gap + self._pair("WkCoverTitle", self.procedure.title) + gap
        yield parts.ruled((Cell(UNITS, title),), "top", "bottom") + gap
        yield parts.table(self._facts(), heads=0)
        yield gap + parts.table((self._pens(),), heads=0)
        yield paragraph("WkCoverMark", parts.run(self.mark.mark.within(Language.BOTH)))
        yield parts.page_break()

    def _pair(self, style: str, text: Text) -> str:
        beside = parts.second(text, self.language)
        main = paragraph(style, parts.run(parts.first(text, self.language)))
        return main + (paragraph(f"{style}2", parts.run(beside)) if beside else "")

    def _facts(self) -> Iterator[tuple[Cell, ...]]:
        front = self.procedure.front
        yield *self._fact(words.NUMBER, self.procedure.number), *self._fact(words.REVISION, self.procedure.revision)
        owner = self._department(str(front.get("owner", "")))
        yield *self._fact(words.EFFECTIVE, self.effective), *self._fact(words.OWNER, owner)
        yield self._fact(words.CLAUSES, "\n".join(_list(front.get("clauses"))), units=30)

    def _fact(self, word: Text, value: str | Text, *, units: int = 12) -> tuple[Cell, Cell]:
        text = value if isinstance(value, Text) else Text(value, value)
        label = paragraph("WkBookLabel", parts.pair(word, self.language, between="\n"))
        inked_value = paragraph("WkBookValue", parts.pair(text, self.language, between="  "))
        return Cell(6, label, parts.SHADE), Cell(units, inked_value)

    def _pens(self) -> tuple[Cell, ...]:
        date = paragraph("WkPen", parts.pair(words.DATE, self.language) + parts.run(": "))
        roles = (parts.pair(each, self.language) for each in (words.PREPARED, words.REVIEWED, words.APPROVED))
        return tuple(Cell(12, paragraph("WkRole", each) + paragraph("WkPenSpace", "") + date) for each in roles)

    def _department(self, key: str) -> Text:
        """The names of a department; its key where none are kept, so that the place is never empty."""
        kept = (records[key].values for records in self.library.records.values() if key in records)
        named = next((each for each in kept if "name_zh" in each), {"name_zh": key})
        return Text(str(named["name_zh"]), str(named.get("name_en", named["name_zh"])))

    def control(self) -> Iterator[str]:
        """Revision history, distribution, forms and contents."""
        front = self.procedure.front
        pens = tuple((each, 5) for each in (words.PREPARED, words.REVIEWED, words.APPROVED))
        heads = ((words.REVISION, 4), (words.EFFECTIVE, 5), (words.CHANGE, 12), *pens)
        yield self._sheet(words.REVISIONS, heads, self.revisions)
        heads = ((words.HOLDER, 13), (words.COPIES, 6), (words.COPY, 5), (words.RECEIVED, 7), (words.DATE, 5))
        yield self._sheet(words.DISTRIBUTION, heads, list(copies.rows(self.library, self.procedure)))
        titles = {form.number: form.title for form in self.library.forms.values() if form.number}
        titles |= {register.number: register.title for register in self.library.registers.values()}
        forms = [(each, titles.get(each, "")) for each in _list(front.get("forms"))]
        yield self._sheet(words.FORMS, ((words.FORM_NUMBER, 9), (words.FORM_TITLE, 27)), forms)

    def _sheet(self, title: Text, heads: Sequence[tuple[Text, int]], rows: Sequence[Sequence[str | Text]]) -> str:
        """A table with a title; cells that a row lacks are empty, for a pen."""
        if not rows:
            return ""
        lines = [[parts.head(word, units, self.language) for word, units in heads]]
        for row in rows:
            texts = [each if isinstance(each, Text) else Text(each, each) for each in row]
            texts += [Text("", "")] * (len(heads) - len(row))
            contents = [parts.pair(each, self.language, between="\n") for each in texts]
            cells = zip(heads, contents, strict=True)
            lines.append([Cell(units, paragraph("WkBookCell", content)) for (_, units), content in cells])
        return self._title(title) + parts.table(lines, height=ROOM)

    def _title(self, title: Text) -> str:
        return paragraph("WkBookPart", parts.pair(title, self.language, style="WkHeadingSecond", between="  "))

    def text(self) -> Iterator[str]:
        """The contents, and the text itself, each from a new page on."""
        blocks = booklet_text.blocks(self.procedure.body)
        wanted = set(Language) if self.language is Language.BOTH else {self.language, Language.BOTH}
        shown = [each for each in blocks if booklet_text.tongue(each) in wanted]
        heads = [each for each in shown if each.kind == "heading"]
        lines = [parts.entry(_depth(each), self._heading(each, "WkCellSecond")) for each in heads]
        if lines:
            yield parts.page_break() + self._title(words.CONTENTS) + "".join(lines)
        yield parts.page_break()
        yield from (self._block(each, last) for last, each in pairwise((Block(""), *shown)))

    def _block(self, block: Block, last: Block) -> str:
        if block.kind == "heading":
            return paragraph(f"Heading{_depth(block)}", self._heading(block, "WkHeadingSecond"))
        if block.kind == "table":
            return self._grid(block.rows)
        if block.kind == booklet_text.FLOW:
            return self.charts.get(plain(block.runs), "")
        tongue = booklet_text.tongue(block) if self.language is Language.BOTH else Language.BOTH
        if not block.marker:
            style = {Language.ZH: "WkBookPair", Language.EN: "WkBookSecond"}.get(tongue, "WkBookText")
            return paragraph(style, inked(block.runs))
        marker = "" if (last.line, last.level, last.marker) == (block.line, block.level, block.marker) else block.marker
        style = "WkBookItem2" if tongue is Language.EN else "WkBookItem"
        return parts.item(style, inked(block.runs), level=block.level, marker=marker)

    def _heading(self, block: Block, style: str) -> str:
        chinese, english = halves(block.runs)
        if not english or self.language is Language.ZH:
            return inked(chinese)
        if self.language is Language.BOTH:
            return inked(chinese) + parts.run("  ") + inked(english, style)
        number = NUMBERED.match(plain(chinese))
        return parts.run(number.group() if number else "") + inked(english)

    def _grid(self, rows: tuple[tuple[Runs, ...], ...]) -> str:
        """A table of the text, its columns as wide as their words ask for."""
        units = parts.shares([parts.want(column) for column in zip(*rows, strict=True)])
        lines = (
            [self._cell(runs, each, is_head=place == 0) for runs, each in zip(row, units, strict=True)]
            for place, row in enumerate(rows)
        )
        return parts.table(lines) + paragraph("WkBookGap", "")

    def _cell(self, runs: Runs, units: int, *, is_head: bool) -> Cell:
        chinese, english = halves(runs)
        content = inked(english if english and self.language is Language.EN else chinese)
        if english and self.language is Language.BOTH:
            content += parts.run("\n") + inked(english, "WkCellSecond")
        style, shade = ("WkBookHead", parts.SHADE) if is_head else ("WkBookCell", "")
        return Cell(units, paragraph(style, content), shade, is_long=width(plain(runs)) > TALL * units)


def _list(value: Any) -> list[str]:
    return [] if value is None else [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _depth(heading: Block) -> int:
    return min(max(heading.level - 1, 1), DEEPEST)
