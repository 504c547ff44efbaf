"""The pieces that a render or a build makes: each a Word file with what its PDF needs to be finished and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from generator import (
    __version__,
    attachments,
    booklet,
    canonical,
    completeness,
    control,
    doubts,
    facecheck,
    git,
    illustration,
    layout,
    paper,
    pdf,
    places,
    presence,
    printing,
    references,
    revisiontable,
    sheet,
    signatures,
    stamp,
    views,
    word,
    yamlfile,
)
from generator.errors import GeneratorError
from generator.model import Finding, Form, Library, Procedure, Record
from generator.printing import Origin, Origins, Pinned
from generator.settings import Settings
from generator.status import Edition
from generator.stopwatch import Stopwatch
from generator.terms import Language, house, usage
from generator.terms import printing as words
from generator.terms import views as view_words

OUT = "out"


@dataclass(frozen=True)
class Piece:
    """One Word file to be written to `stem`.docx, and all that its PDF is finished and judged by.

    `push` makes the same with some blocks on new pages, of which `pushed` are those of this one; `boxes` is what stands
    in the boxes to be signed, `doubts` what a person must look at before it leaves the house.
    """

    stem: str
    path: str
    docx: bytes
    push: Callable[[frozenset[str]], bytes]
    properties: stamp.Properties
    marks: stamp.Marks
    expected: paper.Expected
    boxes: places.Words = places.NONE
    pushed: frozenset[str] = frozenset()
    doubts: tuple[Finding, ...] = ()

    def moved(self, blocks: frozenset[str]) -> Piece:
        """The same with these blocks on new pages too."""
        every = self.pushed | blocks
        return replace(self, docx=self.push(every), pushed=every)


@dataclass(frozen=True)
class Refusal:
    """Why something was not made."""

    path: str
    findings: tuple[Finding, ...]


@dataclass
class Press:
    """Makes pieces of one library in one language; compiled templates are kept for the next sheet of the same form."""

    root: Path
    library: Library
    language: Language
    origins: Origins | Pinned
    engine: str
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    """By the number of a document how its print is marked, where that is not as usual."""
    templates: dict[tuple[str, Language], word.Template] = field(default_factory=dict)
    demands: Settings | None = None
    """What customers demand, where nobody asked for a language."""

    def record(self, record: Record, view: str = "") -> Piece | Refusal:
        """The sheet of a record, in one of its form's views if one is named."""
        wanted = self.demands.language(record) if self.demands else ""
        if wanted:
            return replace(self, language=Language(wanted), demands=None).record(record, view)
        form = self.library.forms[record.form]
        shown = form.views[view] if view else form
        origin = self.origins.of((*printing.inputs(record, self.library), printing.template_path(shown)))
        digest = canonical.digest(attachments.signable(self.root, record, form))
        signed = self.library.holding.get(record.number, ())
        made = sheet.filled(record, self.library, self.language, origin.mark, signed=signed, view=view)
        drawn = illustration.charts(form, record.values, self.library, self.language)
        made = sheet.with_charts(made, drawn)
        place = partial(_place, record)
        shelf = illustration.Shelf(self.root, references.folder(record), record.path, place, drawn)
        made, faults = illustration.illustrated(made, shelf)
        faults += tuple(printing.glyph_findings(made, record.path, place))
        faults += tuple(_strangers(made, record, self.library)) if view else ()
        if faults:
            return Refusal(record.path, faults)
        stem = f"{form.key}/{record.number}{views.MARK}{view}" if view else f"{form.key}/{record.number}"
        piece = self._piece(stem, record.path, made, origin=origin, digest=digest)
        return replace(piece, doubts=doubts.enclosed(self.root, record, self.library))

    def blank(self, form: Form) -> Piece | Refusal:
        """The empty form."""
        origin = self._marked(self.origins.of(printing.shared_inputs(form, self.library)), form.number)
        made = sheet.blank(form, self.library, self.language, origin.mark)
        drawn = illustration.flows(form, self.library, self.language)
        made = sheet.with_charts(made, drawn)
        shelf = illustration.Shelf(self.root, "", form.path, lambda _: (1, 1), drawn)
        made, faults = illustration.illustrated(made, shelf)
        if faults:
            return Refusal(form.path, faults)
        template = canonical.digest((self.root / printing.template_path(form)).read_bytes())
        digest = canonical.digest(canonical.form(form.schema, template))
        return self._piece(f"blank/{form.key}", form.path, made, origin=origin, digest=digest)

    def procedure(self, procedure: Procedure) -> Piece | Refusal:
        """A procedure with its cover, revision table, distribution list and contents."""
        text = (self.root / procedure.path).read_text("utf-8")
        faults = tuple(printing.lost_characters(text, procedure.path))
        if faults:
            return Refusal(procedure.path, faults)
        origin = self._marked(self.origins.of(printing.procedure_inputs(procedure, self.library)), procedure.number)
        digest = canonical.digest(canonical.procedure(procedure.front, procedure.body))
        rows = tuple(revisiontable.rows(procedure, digest, self.editions.get(procedure.number, ()), self.library))
        docx = booklet.docx(procedure, self.library, self.language, origin.mark, rows)
        properties = self._properties(
            procedure.title.within(self.language), procedure.number, procedure.revision, origin
        )
        expected = paper.Expected(
            path=procedure.path, number=procedure.number, revision=procedure.revision, texts=(), signatures=()
        )
        marks = self._marks(origin, procedure.number, procedure.revision, digest)
        return Piece(
            f"procedures/{procedure.number}", procedure.path, docx, lambda _: docx, properties, marks, expected
        )

    def _marked(self, origin: Origin, number: str) -> Origin:
        return replace(origin, kind=self.kinds.get(number, origin.kind))

    def _piece(self, stem: str, path: str, made: sheet.Sheet, *, origin: Origin, digest: str) -> Piece:
        form = made.form
        key = (form.key, self.language)
        if key not in self.templates:
            self.templates[key] = printing.template(self.root, form, self.language)
        template = self.templates[key]
        number = made.number or form.number
        expected = paper.Expected(
            path=path,
            number=number,
            revision=form.revision,
            texts=made.checks,
            signatures=(
                made.words["word.signatures"],
                *(made.words[f"role.{each.role}"] for each in form.signatures[:1]),
            ),
            headings=printing.headings(made),
            last=layout.last(form, made.values),
        )
        return Piece(
            stem=stem,
            path=path,
            docx=template.render(made.values),
            push=lambda blocks: template.render(sheet.pushed(made, sorted(blocks)).values),
            properties=self._properties(form.title.within(self.language), number, form.revision, origin),
            marks=self._marks(origin, number, form.revision, digest),
            expected=expected,
            boxes=printing.boxes(made),
        )

    def _properties(self, title: str, number: str, revision: str, origin: Origin) -> stamp.Properties:
        return stamp.Properties(
            title=title,
            number=number,
            revision=revision,
            commit=origin.commit.id if origin.commit else "",
            date=origin.when,
            engine="",
            version=__version__,
            language="en" if self.language is Language.EN else "zh-CN",
        )

    def _marks(self, origin: Origin, number: str, revision: str, digest: str) -> stamp.Marks:
        mark = house.DRAFT if origin.commit is None else house.MARKS[origin.kind]
        kind = "draft" if origin.commit is None else origin.kind
        return stamp.Marks(text=mark, kind=kind, qr=printing.payload(number, revision, digest))


def _strangers(made: sheet.Sheet, record: Record, library: Library) -> Iterator[Finding]:
    """Other customers' names on a customer's report."""
    shown = {each.key: made.values[each.key] for each in presence.printed(made.form)}
    for key, name in completeness.strangers(shown, record, library):
        message = view_words.STRANGER.format(label=made.form.by_key[key].label, name=name)
        yield Finding(record.path, *_place(record, key), "view.other-customer", message)


def _place(record: Record, key: str) -> tuple[int, int]:
    return yamlfile.place(record.source.marks, (key,))


def finish(
    piece: Piece, converted: bytes, engine: str, watch: Stopwatch | None = None
) -> tuple[bytes, tuple[Finding, ...], frozenset[str]]:
    """The finished PDF of a piece, what is wrong with its pages, and which blocks should rather begin a page.

    Where there are such blocks it will be made again, and is not stamped. `engine` is the converter's name and version.
    No block is named that begins a page already.
    """
    properties = replace(piece.properties, engine=engine)
    watch = watch or Stopwatch()
    with watch.phase(usage.STAMPING, piece.path):
        made = stamp.canonical(stamp.Converted(converted), properties)
    with watch.phase(usage.PAGES, piece.path):  # no stamp changes what can be read
        read = paper.read(made.content, piece.boxes)
        faults, moves = printing.fitness(read, piece.expected)
    if moves - piece.pushed:
        return made.content, faults, moves - piece.pushed
    with watch.phase(usage.STAMPING, piece.path):
        boxes = () if piece.marks.kind == "draft" else read.boxes
        return stamp.stamped(made, piece.marks, boxes).content, (*faults, *piece.doubts), frozenset()


def converted(piece: Piece, engine: pdf.Engine) -> tuple[Piece, bytes, tuple[Finding, ...]]:
    """The piece as it was printed in the end, its PDF and what is wrong with it."""
    content, faults, moves = finish(piece, engine.convert(piece.docx), pdf.label(engine))
    return converted(piece.moved(moves), engine) if moves else (piece, content, faults)


def obstacles(library: Library, form: Form) -> tuple[Finding, ...]:
    """What keeps every sheet of a form from being printed: findings on its definition or its template."""
    return tuple(each for each in library.findings if each.path in {form.path, printing.template_path(form)})


def dated(press: Press, today: date) -> Press:
    """The same press, marking drafts and obsolete documents as such on a day."""
    repository = git.repository(press.root)
    try:
        found = control.standings(press.root, repository, press.library, today) if press.editions else {}
    finally:
        if repository is not None:
            repository.close()
    return replace(press, kinds=control.marks(found))


def press(root: Path, language: Language | None) -> Press:
    """A press for the whole repository, in the language that is asked for, or else the customer's or our own.

    Raises:
        GeneratorError: the organisation's record is wrong, or the clone is shallow.
    """
    return press_of(root, facecheck.read(root), language)


def press_of(root: Path, library: Library, language: Language | None) -> Press:
    """The same for a library that was checked already.

    Raises:
        GeneratorError: the organisation's record is wrong, or the clone is shallow.
    """
    if not library.organization:
        raise GeneratorError(words.NO_COMPANY)
    repository = git.repository(root)
    try:
        origins = Origins(repository)
        editions = control.editions(repository, library)
        library = signatures.judged(root, repository, library)
    finally:
        if repository is not None:
            repository.close()
    wanted = language or Language(library.organization["sheet_language"])
    demands = None if language else Settings(library)
    return Press(root, library, wanted, origins, library.organization["pdf_engine"], editions, demands=demands)
