"""The first pages of a dossier in the house's layout: cover, contents, signatures, what stays out; and its inserts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu

from generator import booklet_parts as parts
from generator import drawing, housestyle
from generator.booklet_parts import Cell, paragraph, run
from generator.model import Values
from generator.ooxml import GAP
from generator.packing import UNITS
from generator.pictures import Picture
from generator.sheet import Print
from generator.terms import Language, Text
from generator.terms import dossier as words


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a kind of record (level 0), a record or an attachment; `page` 0 where it has none."""

    level: int
    number: str
    title: Text
    page: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the first pages; the rows are as they are printed."""

    about: Text
    customers: Text
    records: int
    pages: int
    entries: Sequence[Entry]
    signatures: Sequence[Sequence[str | Text]]
    left: Sequence[Sequence[str | Text]]


@dataclass(frozen=True, slots=True)
class House:
    """What every page of ours bears."""

    organization: Values
    language: Language
    mark: Print

    def document(self, title: Text, body: Iterable[str], pictures: Sequence[Picture] = ()) -> bytes:
        """A Word file in the house's layout, the same bytes for the same words."""
        made = Document()
        housestyle.apply(made)
        section, element, styles = made.sections[0], made.element.body, made.styles.element
        styles[:] = [*styles, *_parsed(parts.styles())]
        company = Text(*(str(self.organization.get(key, "")) for key in ("name_zh", "name_en")))
        mark = self.mark.mark.within(Language.BOTH)
        head = parts.header(company, title, (), mark=mark, language=self.language)
        lines = (str(self.organization.get("copy_mark", "")), f"{mark}  {self.mark.origin.within(self.language)}")
        section.header._element[:] = _parsed(head)  # noqa: SLF001  python-docx has no public way
        section.footer._element[:] = _parsed(parts.footer(lines))  # noqa: SLF001  the same
        last = element[-1]
        element[:] = [*_parsed("".join(body)), last]
        for each in pictures:
            made.add_picture(BytesIO(each.content), Emu(each.width), Emu(each.height))
        return drawing.saved(made)

    def front(self, front: Front) -> bytes:
        """The pages before the first record."""
        return self.document(words.DOSSIER, (*self._cover(front), *self._contents(front), *self._lists(front)))

    def insert(self, title: Text, facts: Sequence[tuple[Text, str]], picture: Picture | None = None) -> bytes:
        """A page for one attachment: its picture, or what is wrong with it."""
        rows = [self._fact(label, Text(value, value)) for label, value in facts]
        body = (parts.table(rows, heads=0), GAP)
        return self.document(title, body, [picture] if picture else ())

    def _cover(self, front: Front) -> Iterator[str]:
        gap = paragraph("WkCoverGap", "")
        company = Text(*(str(self.organization.get(key, "")) for key in ("name_zh", "name_en")))
        yield gap + self._pair("WkCoverCompany", company) + self._pair("WkCoverKind", words.DOSSIER) + gap
        title = gap + self._pair("WkCoverTitle", front.about) + gap
        yield parts.ruled((Cell(UNITS, title),), "top", "bottom") + gap
        attachments = sum(1 for each in front.entries if each.digest)
        yield parts.table(
            (
                self._fact(words.CUSTOMERS, front.customers),
                self._fact(words.RECORDS, words.COUNT.format(count=front.records)),
                self._fact(words.ATTACHMENTS, words.COUNT.format(count=attachments)),
                self._fact(words.SIGNATURES, words.COUNT.format(count=len(front.signatures))),
                self._fact(words.PAGES, Text(str(front.pages), str(front.pages))),
                self._fact(words.LEFT_OUT, words.COUNT.format(count=len(front.left))),
                self._fact(words.PRINTED_AT, self.mark.origin),
            ),
            heads=0,
        )
        yield paragraph("WkCoverMark", run(self.mark.mark.within(Language.BOTH))) + parts.page_break()

    def _pair(self, style: str, text: Text) -> str:
        beside = parts.second(text, self.language)
        main = paragraph(style, run(parts.first(text, self.language)))
        return main + (paragraph(f"{style}2", run(beside)) if beside else "")

    def _fact(self, word: Text, value: Text) -> tuple[Cell, Cell]:
        label = paragraph("WkBookLabel", parts.pair(word, self.language, between="\n"))
        return Cell(9, label, parts.SHADE), Cell(UNITS - 9, paragraph("WkBookValue", parts.pair(value, self.language)))

    def _contents(self, front: Front) -> Iterator[str]:
        yield self._title(words.CONTENTS)
        heads = [
            parts.head(word, units, self.language)
            for word, units in ((words.NUMBER, 12), (words.TITLE, UNITS - 16), (words.PAGE, 4))
        ]
        yield parts.table([heads, *(self._line(each) for each in front.entries)])

    def _line(self, entry: Entry) -> Sequence[Cell]:
        shade = parts.SHADE if entry.level == 0 else ""
        page = str(entry.page) if entry.page else words.NOT_PRINTED.within(self.language)
        number = run("　" * max(0, entry.level - 1) + entry.number, is_bold=entry.level == 0)
        title = parts.pair(entry.title, self.language, between="  ")
        title += run(f"\nSHA-256 {entry.digest}", style="WkCellSecond") if entry.digest else ""
        texts = ((12, number), (UNITS - 16, title), (4, run(page)))
        return [Cell(units, paragraph("WkBookCell", text), shade) for units, text in texts]

    def _lists(self, front: Front) -> Iterator[str]:
        heads = ((words.NUMBER, 8), (words.ROLE, 9), (words.PERSON, 8), (words.WHEN, 7), (words.STANDS, UNITS - 32))
        yield from self._list(words.SIGNED_LIST, heads, front.signatures)
        why = ((words.NUMBER, 9), (words.TITLE, 13), (words.WHY, UNITS - 22))
        yield from self._list(words.LEFT_OUT, why, front.left)

    def _list(
        self, title: Text, heads: Sequence[tuple[Text, int]], rows: Sequence[Sequence[str | Text]]
    ) -> Iterator[str]:
        if not rows:
            return
        lines = [[parts.head(word, units, self.language) for word, units in heads]]
        for row in rows:
            texts = [each if isinstance(each, Text) else Text(each, each) for each in row]
            cells = (parts.pair(each, self.language, between="\n") for each in texts)
            lines.append([Cell(u, paragraph("WkBookCell", text)) for (_, u), text in zip(heads, cells, strict=True)])
        yield self._title(title) + parts.table(lines)

    def _title(self, title: Text) -> str:
        return paragraph("WkBookPart", parts.pair(title, self.language, style="WkHeadingSecond", between="  "))


def _parsed(xml: str) -> Sequence[object]:
    return list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>"))
