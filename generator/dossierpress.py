"""A dossier made from the library: its sheets and attachments as files, its first pages, all bound in one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from generator import (
    __version__,
    binder,
    canonical,
    doubts,
    illustration,
    pdf,
    pictures,
    printing,
    production,
    raster,
    references,
    stamp,
)
from generator.belonging import Gathered, Left, strangers
from generator.binder import Part, State
from generator.dossierbook import Entry, Front, House
from generator.errors import GeneratorError
from generator.model import Finding, Record
from generator.printing import Origin
from generator.production import Piece, Press, Refusal
from generator.terms import Language, Text, house
from generator.terms import dossier as words

PHOTO = (170.0, 190.0)
"""Largest width and height of a picture on a page of its own, in mm."""
PASSES = 5
"""So often the first pages are laid out until the numbers in them are those of the pages."""
WRONG = {State.ENCRYPTED: words.IS_ENCRYPTED, State.BROKEN: words.IS_BROKEN}


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a record: its hash, and its pages where it has any."""

    name: str
    digest: str
    path: Path | None = None
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record of the dossier with its pages and its attachments."""

    record: Record
    path: Path
    pages: int
    attached: tuple[Attached, ...] = ()


@dataclass
class Made:
    """What was bound: how many records and pages, what stayed out, and what is wrong."""

    records: int = 0
    pages: int = 0
    left: list[Left] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Binding:
    """Makes one dossier: `shelf` is a folder for the files on the way, so that memory holds one document at a time."""

    press: Press
    gathered: Gathered
    about: Text
    name: str
    shelf: Path
    pool: pdf.Pool

    def made(self, target: Path) -> Made:
        """Bind everything to a file."""
        result = Made(left=list(self.gathered.left))
        sheets = [replace(each, attached=tuple(self._attached(each.record, result))) for each in self._sheets(result)]
        result.records = len(sheets)
        parts = self._bound(sheets, result)
        result.pages = sum(part.pages for part in parts)
        origin = self._origin()
        binder.bind(parts, target, self._facts(origin), self.shelf)
        return result

    def _origin(self) -> Origin:
        library = self.press.library
        paths = (path for each in self.gathered.records for path in printing.inputs(each, library))
        return self.press.origins.of(tuple(dict.fromkeys(paths)))

    def _facts(self, origin: Origin) -> binder.Facts:
        title = f"{words.DOSSIER.within(self.press.language)} {self.about.within(self.press.language)}"
        commit = origin.commit.id if origin.commit else house.DRAFT.en
        language = "en" if self.press.language is Language.EN else "zh-CN"
        return binder.Facts(title, commit, f"wenkong {__version__}", language, origin.when or stamp.EPOCH)

    def _sheets(self, result: Made) -> list[Sheet]:
        """The sheets of the records in their order, each a file on the shelf."""
        found: dict[str, Sheet] = {}
        pieces: Iterable[tuple[Record, Piece]] = self._pieces(result)
        while pieces:
            moved = []
            for (record, piece), content in self.pool.map((each, each[1].docx) for each in pieces):
                if isinstance(content, GeneratorError):
                    raise content
                faults, moves = self._shelved(record, piece, content, found)
                if moves:
                    moved.append((record, piece.moved(moves)))
                else:
                    result.faults += faults
            pieces = moved
        return [found[each.number] for each in self.gathered.records if each.number in found]

    def _pieces(self, result: Made) -> Iterator[tuple[Record, Piece]]:
        library = self.press.library
        for record in self.gathered.records:
            faults = production.obstacles(library, library.forms[record.form])
            made = Refusal(record.path, faults) if faults else self.press.record(record)
            if isinstance(made, Refusal):
                result.left.append(Left(record, words.WITH_FINDINGS.format(count=len(made.findings))))
                result.faults += made.findings
            else:
                yield record, replace(made, doubts=())  # of all that is bound they are found below

    def _shelved(
        self, record: Record, piece: Piece, content: bytes, found: dict[str, Sheet]
    ) -> tuple[tuple[Finding, ...], frozenset[str]]:
        """Put a sheet on the shelf; what is wrong with it, and which blocks should rather begin a page."""
        finished, faults, moves = production.finish(piece, content, self.pool.label)
        found[record.number] = Sheet(
            record, self._kept(f"{record.form}-{record.number}", finished), binder.count(finished)
        )
        return faults, moves

    def _kept(self, name: str, content: bytes) -> Path:
        path = self.shelf / f"{name}.pdf"
        path.write_bytes(content)
        return path

    def _attached(self, record: Record, result: Made) -> Iterator[Attached]:
        form = self.press.library.forms[record.form]
        folder = references.folder(record)
        names = dict.fromkeys(name for _, name in references.attachments(record, form))
        for number, name in enumerate(names):
            file = self.press.root / folder / name
            if file.is_file():
                content = file.read_bytes()
                yield self._one(record, Attached(name, hashlib.sha256(content).hexdigest()), content, number, result)

    def _one(self, record: Record, each: Attached, content: bytes, number: int, result: Made) -> Attached:
        """An attachment with its pages, if it is one that has any."""
        caption = words.ATTACHMENT_OF.format(number=record.number, name=each.name).within(self.press.language)
        path = f"{references.folder(record)}/{each.name}"
        pages, fault = b"", None
        if raster.is_pdf(content):
            pages, state = binder.framed(content, f"{caption}   SHA-256 {each.digest[:16]}")
            fault = WRONG[state].format(name=each.name) if state in WRONG else None
            foreign = strangers(self.press.library, self.gathered.customers)
            result.faults += () if fault else doubts.of_pdf(path, content, pages, foreign)
        elif Path(each.name).suffix.lower() in illustration.PICTURES:
            shown = pictures.picture(content, path=each.name, max_width_mm=PHOTO[0], max_height_mm=PHOTO[1])
            fault = shown.message if isinstance(shown, Finding) else None
            pages = b"" if isinstance(shown, Finding) else self._insert(record, each, shown)
            result.faults += () if fault else (doubts.of_picture(path),)
        else:
            return each
        if fault is not None:
            result.faults.append(Finding(path, 1, 1, "dossier.attachment", fault))
            pages = self._insert(record, each, fault)
        shelved = self._kept(f"{record.form}-{record.number}-{number}", pages)
        return replace(each, path=shelved, pages=binder.count(pages))

    def _insert(self, record: Record, each: Attached, shown: pictures.Picture | Text) -> bytes:
        """A page for one attachment: its picture, or what is wrong with it."""
        facts = [(words.NUMBER, record.number), (words.FILE, each.name), (words.HASH, each.digest)]
        picture = None if isinstance(shown, Text) else shown
        if isinstance(shown, Text):
            said = [text.within(self.press.language) for text in (shown, words.IN_ITS_PLACE)]
            facts.append((words.WHY, "\n".join(said)))
        origin = self.press.origins.of((record.path, f"{references.folder(record)}/{each.name}"))
        docx = self._house(origin).insert(words.ATTACHMENTS, facts, picture)
        return self._printed(docx, origin, f"{record.number} {each.name}")

    def _house(self, origin: Origin) -> House:
        return House(self.press.library.organization, self.press.language, origin.mark)

    def _printed(self, docx: bytes, origin: Origin, title: str) -> bytes:
        (_, content), *_ = self.pool.map([("", docx)])
        if isinstance(content, GeneratorError):
            raise content
        is_draft = origin.commit is None
        marks = stamp.Marks(
            text=house.DRAFT if is_draft else house.UNCONTROLLED,
            kind="draft" if is_draft else "uncontrolled",
            qr=printing.payload(self.name, "-", canonical.digest(docx)),
        )
        commit = origin.commit.id if origin.commit else ""
        language = "en" if self.press.language is Language.EN else "zh-CN"
        facts = stamp.Properties(title, self.name, "-", commit, origin.when, self.pool.label, __version__, language)
        return printing.finished(content, facts, marks)

    def _bound(self, sheets: list[Sheet], result: Made) -> list[Part]:
        """All parts in their order, the first pages before them with the numbers that the pages really have."""
        origin, body = self._origin(), self._parts(sheets)
        others = sum(part.pages for part in body)
        ahead, content = 1, b""
        for _ in range(PASSES):
            front = self._front(sheets, result, ahead=ahead, pages=ahead + others)
            content = self._printed(self._house(origin).front(front), origin, words.DOSSIER.within(self.press.language))
            ahead, before = binder.count(content), ahead
            if ahead == before:
                break
        title = words.CONTENTS.within(self.press.language)
        return [Part(title, 0, self._kept("0-front", content), ahead), *body]

    def _parts(self, sheets: list[Sheet]) -> list[Part]:
        forms, language = self.press.library.forms, self.press.language
        parts: list[Part] = []
        for key, group in groupby(sheets, lambda each: each.record.form):
            parts.append(Part(forms[key].title.within(language), 0, None))
            for each in group:
                parts.append(Part(each.record.number, 1, each.path, each.pages))
                parts += [Part(one.name, 2, one.path, one.pages) for one in each.attached if one.path]
        return parts

    def _front(self, sheets: list[Sheet], result: Made, *, ahead: int, pages: int) -> Front:
        return Front(
            about=self.about,
            customers=self._names(self.gathered.customers),
            records=len(sheets),
            pages=pages,
            entries=list(self._entries(sheets, ahead + 1)),
            signatures=[row for each in sheets for row in self._signatures(each.record)],
            left=[
                (each.record.number, self.press.library.forms[each.record.form].title, each.reason)
                for each in result.left
            ],
        )

    def _names(self, customers: Iterable[str]) -> Text:
        found = [(number, self.press.library.record(number)) for number in sorted(customers)]
        named = [(number, each.values if each else {}) for number, each in found]
        pairs = [tuple(f"{number} {each.get(key, '')}" for key in ("name_zh", "name_en")) for number, each in named]
        return (
            Text("；".join(each[0] for each in pairs), "; ".join(each[1] for each in pairs)) if pairs else words.NOBODY
        )

    def _entries(self, sheets: list[Sheet], page: int) -> Iterator[Entry]:
        for key, group in groupby(sheets, lambda each: each.record.form):
            form = self.press.library.forms[key]
            yield Entry(0, form.number, form.title, page)
            for each in group:
                yield Entry(1, each.record.number, _shown(each.record, form.shows, form.title), page)
                page += each.pages
                for one in each.attached:
                    yield Entry(2, "", Text(one.name, one.name), page if one.path else 0, one.digest)
                    page += one.pages

    def _signatures(self, record: Record) -> Iterator[tuple[str | Text, ...]]:
        library = self.press.library
        boxes = {each.role: each.label for each in library.forms[record.form].signatures}
        for each in library.signed.get(record.number, ()):
            person = library.record(each.person)
            names = [
                str(person.values.get(key, each.person)) if person else each.person for key in ("name_zh", "name_en")
            ]
            label = boxes.get(each.role, Text(each.role, each.role))
            stands = words.VOID if each.path in library.unproven else words.VALID
            yield record.number, label, Text(*names), each.signed_at, stands


def _shown(record: Record, key: str, title: Text) -> Text:
    """What a record is called, where its form says so."""
    value = record.values.get(key) if key else None
    return Text(str(value), str(value)) if isinstance(value, str) and value else title
