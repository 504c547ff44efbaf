"""Controlled copies of a document: made from one commit, each with its number and holder, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from generator import archive, control, copies, historyindex, load, pdf, production, signatures, stamp
from generator.copies import Copy
from generator.git import Repository
from generator.printing import Origin, Pinned
from generator.production import Piece, Press, Refusal
from generator.terms import Language, Text, house

FOLDER = "out/issued"
CONTROLLED, RETAINED, UNCONTROLLED = "controlled", "retained", "uncontrolled"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is stamped on one copy: its number among all that were made with it, and who holds it."""

    number: str
    serial: int
    total: int
    holder: Text

    @property
    def words(self) -> str:
        """As the QR of each page says it."""
        return f"{self.serial}/{self.total}"


def slots(repository: Repository, held: Iterable[Copy]) -> tuple[Slot, ...]:
    """The slots of the copies of one ledger, whose holders bear the names that they had when they were entered."""
    every = tuple(held)
    if not every:
        return ()
    total = max(each.serial for each in every)
    with historyindex.opened(repository) as index:
        entered = next(each.commit.id for each in index.of(every[0].record.path) if each.is_main)
    with archive.at(repository, entered) as place:
        then = load.library(place)
    return tuple(Slot(each.number, each.serial, total, copies.named(each.holder, then)) for each in every)


def made(
    repository: Repository, commit: str, number: str, wanted: Iterable[Slot], kind: str = CONTROLLED
) -> Mapping[str, bytes] | Refusal:
    """The PDF of each copy by its number, made from the tree of that commit; a refusal where it does not read well.

    Raises:
        GeneratorError: there is no such commit, or an engine does not work.
    """
    with archive.at(repository, commit) as root:
        press = pressed(repository, commit, root, kind=kind)
        piece = document(press, number)
        if piece is None or isinstance(piece, Refusal):
            return piece or Refusal(number, ())
        return _copies(piece, press.engine, tuple(wanted), kind)


def pressed(
    repository: Repository, commit: str, root: Path, *, kind: str = UNCONTROLLED, language: Language | None = None
) -> Press:
    """A press for the tree of a commit that is laid out at `root`; everything it makes names that commit."""
    press = production.press(root, language)
    origin = Origin(repository.found(commit), is_draft=False, kind=kind)
    library = signatures.judged(root, repository, press.library)
    return replace(press, library=library, origins=Pinned(origin), editions=control.editions(repository, press.library))


def document(press: Press, number: str) -> Piece | Refusal | None:
    """The piece of the document of that number; None where there is none."""
    library = press.library
    blank = next((each for each in library.forms.values() if each.number == number), None)
    if blank is not None:
        return press.blank(blank)
    if number in library.procedures:
        return press.procedure(library.procedures[number])
    record = library.record(number)
    return press.record(record) if record is not None and library.forms[record.form].is_printed else None


def _copies(piece: Piece, engine: str, wanted: tuple[Slot, ...], kind: str) -> Mapping[str, bytes] | Refusal:
    with closing(pdf.engine(engine)) as converter:
        printed, _, faults = production.converted(piece, converter)
        if faults:
            return Refusal(piece.path, faults)
        raw = converter.convert(printed.docx)
        label = pdf.label(converter)
    made = (replace(printed, marks=_marks(printed.marks, each, kind)) for each in wanted)
    return {slot.number: production.finish(each, raw, label)[0] for slot, each in zip(wanted, made, strict=True)}


def _marks(marks: stamp.Marks, slot: Slot, kind: str) -> stamp.Marks:
    text = house.COPY.format(mark=house.MARKS[kind], serial=slot.serial, total=slot.total, holder=slot.holder)
    return stamp.Marks(text=text, kind=kind, qr=lambda page, pages: f"{marks.qr(page, pages)} {slot.words}")


def path(number: str, label: str, serial: int, kind: str = CONTROLLED) -> str:
    """Where a copy is put, from the root."""
    end = "" if kind == CONTROLLED else f"-{kind}"
    return f"{FOLDER}/{number}/{label.replace('/', '-')}/copy-{serial:02d}{end}.pdf"
