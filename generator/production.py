"""The pieces that a render or a build makes: each a Word file with what its PDF needs to be finished and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator import (
    __version__,
    booklet,
    canonical,
    load,
    paper,
    printing,
    references,
    sheet,
    stamp,
    word,
    yamlfile,
)
from generator.errors import GeneratorError
from generator.model import Finding, Form, Library, Procedure, Record
from generator.printing import Origin, Origins
from generator.terms import Language, house
from generator.terms import printing as words

OUT = "out"


@dataclass(frozen=True)
class Piece:
    """One Word file to be written to `stem`.docx, and all that its PDF is finished and judged by.

    `pushed` is the same with its last block on a new page, for when the signatures would stand alone on the last.
    """

    stem: str
    path: str
    docx: bytes
    pushed: bytes
    properties: stamp.Properties
    marks: stamp.Marks
    expected: paper.Expected


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
    origins: Origins
    engine: str
    templates: dict[str, word.Template] = field(default_factory=dict)

    def record(self, record: Record) -> Piece | Refusal:
        """The sheet of a record."""
        form = self.library.forms[record.form]
        origin = self.origins.of(printing.inputs(record, self.library))
        made = sheet.filled(record, self.library, self.language, origin.mark)
        faults = tuple(
            printing.glyph_findings(made, record.path, lambda key: yamlfile.place(record.source.marks, (key,)))
        )
        if faults:
            return Refusal(record.path, faults)
        digest = canonical.digest(canonical.content(record.values))
        folder = references.folder(record)
        docx = tuple(self._docx(each, record.path, folder) for each in (made, sheet.pushed(made)))
        return self._piece(f"{form.key}/{record.number}", record.path, docx, made=made, origin=origin, digest=digest)

    def blank(self, form: Form) -> Piece | Refusal:
        """The empty form."""
        origin = self.origins.of(printing.shared_inputs(form, self.library))
        made = sheet.blank(form, self.library, self.language, origin.mark)
        docx = tuple(self._docx(each, form.path, "") for each in (made, sheet.pushed(made)))
        return self._piece(
            f"blank/{form.key}", form.path, docx, made=made, origin=origin, digest=canonical.digest(docx[0])
        )

    def procedure(self, procedure: Procedure) -> Piece | Refusal:
        """A procedure with its cover, revision table, distribution list and contents."""
        origin = self.origins.of((procedure.path, "records/organization.yaml"))
        docx = booklet.docx(procedure, self.library, self.language, origin.mark)
        digest = canonical.digest((self.root / procedure.path).read_bytes())
        properties = self._properties(
            procedure.title.within(self.language), procedure.number, procedure.revision, origin
        )
        expected = paper.Expected(
            path=procedure.path, number=procedure.number, revision=procedure.revision, texts=(), signatures=()
        )
        marks = self._marks(origin, procedure.number, procedure.revision, digest)
        return Piece(f"procedures/{procedure.number}", procedure.path, docx, docx, properties, marks, expected)

    def _docx(self, made: sheet.Sheet, path: str, folder: str) -> bytes:
        form = made.form
        if form.key not in self.templates:
            self.templates[form.key] = printing.template(self.root, form, self.language)

        def read(key: str, name: str) -> bytes | None:
            place = self.root / ("records/organization" if key == "logo" else folder) / name
            is_picture = place.suffix.lower() in {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}
            return place.read_bytes() if is_picture and place.is_file() else None

        try:
            return printing.docx(self.templates[form.key], made, read)
        except GeneratorError as error:
            raise GeneratorError(words.SKIPPED.format(path=path, reason=error.text)) from error

    def _piece(
        self, stem: str, path: str, docx: tuple[bytes, ...], *, made: sheet.Sheet, origin: Origin, digest: str
    ) -> Piece:
        form = made.form
        number = made.number or form.number
        title = form.title.within(self.language)
        expected = paper.Expected(
            path=path,
            number=number,
            revision=form.revision,
            texts=made.checks,
            signatures=(
                made.words["word.signatures"],
                *(made.words[f"role.{each.role}"] for each in form.signatures[:1]),
            ),
        )
        properties = self._properties(title, number, form.revision, origin)
        return Piece(stem, path, *docx, properties, self._marks(origin, number, form.revision, digest), expected)

    def _properties(self, title: str, number: str, revision: str, origin: Origin) -> stamp.Properties:
        return stamp.Properties(
            title=title,
            number=number,
            revision=revision,
            commit=origin.commit.id if origin.commit else "",
            date=origin.when,
            engine=self.engine,
            version=__version__,
            language="en" if self.language is Language.EN else "zh-CN",
        )

    def _marks(self, origin: Origin, number: str, revision: str, digest: str) -> stamp.Marks:
        mark = house.DRAFT if origin.commit is None else house.UNCONTROLLED
        kind = "draft" if origin.commit is None else "uncontrolled"
        return stamp.Marks(text=mark, kind=kind, qr=printing.payload(number, revision, digest))


def finish(piece: Piece, converted: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """The finished PDF of a piece and what is wrong with its pages."""
    pdf = printing.finished(converted, piece.properties, piece.marks)
    return pdf, printing.fitness(pdf, piece.expected)


def stands_alone(faults: tuple[Finding, ...]) -> bool:
    """Whether the signatures stand alone on the last page, and nothing else is wrong."""
    return [each.rule for each in faults] == ["print.signatures"]


def all_pieces(press: Press, findings: tuple[Finding, ...]) -> Iterator[Piece | Refusal]:
    """Everything that the check lets pass: records, blank forms, procedures; and a refusal for the rest."""
    wrong: dict[str, list[Finding]] = {}
    for each in findings:
        wrong.setdefault(each.path, []).append(each)
    yield from (Refusal(path, tuple(found)) for path, found in wrong.items())
    for form in press.library.forms.values():
        if not form.is_printed or form.path in wrong or printing.template_path(form) in wrong:
            continue
        yield press.blank(form)
        for record in press.library.records[form.key].values():
            if record.path not in wrong:
                yield press.record(record)
    for procedure in press.library.procedures.values():
        if procedure.path not in wrong:
            yield press.procedure(procedure)


def checked(root: Path) -> Library:
    """The library with the findings on its templates too."""
    library = load.library(root)
    templates = [
        finding
        for form in library.forms.values()
        if form.is_printed
        for finding in printing.template_findings(root, form)
    ]
    return load.with_findings(library, templates)
