"""`wenkong render`: print some records, blank forms or procedures, marked as uncontrolled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import (
    archive,
    completeness,
    documents,
    files,
    git,
    hints,
    issuing,
    pdf,
    production,
    report,
    signatures,
    status,
)
from generator.errors import GeneratorError
from generator.model import Finding, Form, Library, Record
from generator.production import OUT, Piece, Press, Refusal
from generator.settings import Settings
from generator.status import Edition
from generator.terms import Language, Text, printing, views
from generator.terms import control as control_words
from generator.terms import copies as copy_words

CUSTOMER = "customer"


@dataclass(frozen=True)
class Wanted:
    """What is to be printed and how: in a view, as blank forms, as the newer draft of a document."""

    names: tuple[str, ...]
    formats: frozenset[str]
    is_blank: bool
    view: str
    is_draft: bool
    language: Language | None


def run(root: Path, wanted: Wanted, *, today: date, speech: Language, say: Callable[[str], None]) -> int:
    """Write the sheets of what is named to out/; 1 if one could not be made or does not read well on paper.

    Of a document the revision in force is printed, also where the tree holds a newer draft, unless that is asked for.

    Raises:
        GeneratorError: a name is unknown, or an engine does not work.
    """
    press = production.dated(production.press(root, wanted.language), today)
    made = [_printed(press, name, wanted, today, lambda text: say(text.within(speech))) for name in wanted.names]
    refusals = [each for each in made if isinstance(each, Refusal)]
    for refusal in refusals:
        for line in report.lines(refusal.findings, speech):
            say(line)
    pieces = [each for each in made if isinstance(each, Piece)]
    faults = _written(
        root, pieces, wanted.formats, press.engine, lambda path: say(printing.WRITTEN.format(path=path).within(speech))
    )
    for line in report.lines(faults, speech):
        say(line)
    for record, shown in _viewed(press, wanted.names, wanted.view):
        say(completeness.sentence(shown, record).within(speech))
    return 1 if refusals or report.has_errors(faults) else 0


def _printed(press: Press, name: str, wanted: Wanted, today: date, tell: Callable[[Text], None]) -> Piece | Refusal:
    holding = None if wanted.is_draft else _in_force(press, name, today)
    if holding is None:
        return _made(press, name, is_blank=wanted.is_blank, view=wanted.view)
    tell(printing.IN_FORCE.format(number=holding.document.number, label=holding.label))
    return _from_commit(press, holding)


def _in_force(press: Press, name: str, today: date) -> Edition | None:
    """The revision in force of a document, where the tree holds something else."""
    every = documents.of(press.library)
    known = {key: each for key, each in every.items() if each.keeper is not documents.Keeper.REGISTER}
    document = known.get(name) or next((each for each in known.values() if each.key == name), None)
    holding = status.in_force(press.editions.get(document.number, ()), today) if document else None
    if document is None or holding is None or holding.digest == signatures.digest(press.root, document, press.library):
        return None
    return holding


def _from_commit(press: Press, holding: Edition) -> Piece | Refusal:
    repository = git.repository(press.root)
    if repository is None:  # it has editions, so it has a history
        raise GeneratorError(control_words.NOT_A_CLONE)
    with closing(repository), archive.at(repository, holding.commit) as place:
        old = issuing.pressed(repository, holding.commit, place, language=press.language)
        return issuing.document(old, holding.document.number) or Refusal(holding.document.paths[0], ())


def _written(
    root: Path, pieces: list[Piece], formats: frozenset[str], engine: str, say: Callable[[str], None]
) -> list[Finding]:
    faults: list[Finding] = []
    if "pdf" not in formats:
        for piece in pieces:
            files.write(root / OUT / f"{piece.stem}.docx", piece.docx)
            say(f"{OUT}/{piece.stem}.docx")
        return faults
    with closing(pdf.engine(engine)) as converter:
        for piece in pieces:
            printed, content, found = production.converted(piece, converter)
            faults += found
            for suffix, written in (("docx", printed.docx), ("pdf", content)):
                if suffix in formats:
                    files.write(root / OUT / f"{piece.stem}.{suffix}", written)
                    say(f"{OUT}/{piece.stem}.{suffix}")
    return faults


def _made(press: Press, name: str, *, is_blank: bool, view: str) -> Piece | Refusal:
    library = press.library
    path = _path(library, name)
    wrong = tuple(each for each in library.findings if each.path == path)
    if path and wrong:
        return Refusal(path, wrong)
    form = library.forms.get(name) or next((each for each in library.forms.values() if each.number == name), None)
    if form is not None:
        faults = production.obstacles(library, form)
        return Refusal(form.path, faults) if faults else press.blank(form)
    if is_blank:
        raise GeneratorError(printing.BLANK_NEEDS_FORM)
    if name in library.procedures:
        return press.procedure(library.procedures[name])
    record = library.record(name) or library.record(Path(name).stem)
    register = next((each for each in library.registers.values() if name in {each.key, each.number}), None)
    if record is None and register is not None:
        raise GeneratorError(copy_words.IS_REGISTER.format(number=register.number, key=register.key))
    if record is None:
        raise GeneratorError(_unknown(library, name))
    if not library.forms[record.form].is_printed:
        raise GeneratorError(printing.NOT_PRINTED_FORM.format(key=record.form))
    faults = production.obstacles(library, library.forms[record.form])
    return Refusal(record.path, faults) if faults else press.record(record, _view(press, record, view))


def _view(press: Press, record: Record, wanted: str) -> str:
    """The view that is asked for; `customer` asks for the one that the customer's requirement names."""
    form = press.library.forms[record.form]
    view = Settings(press.library).report(record) if wanted == CUSTOMER else wanted
    if wanted and not view:
        raise GeneratorError(views.NO_VIEW_FOR_CUSTOMER.format(number=record.number))
    if view and view not in form.views:
        known = ", ".join(form.views) or "\u2013"
        hint = hints.similar(view, form.views)
        raise GeneratorError(views.UNKNOWN_VIEW.format(form=form.key, view=view, hint=hint, views=known))
    return view


def _viewed(press: Press, names: tuple[str, ...], view: str) -> Iterator[tuple[Record, Form]]:
    """The records that were printed for their customers, each with the view, to say how complete they are."""
    for name in names if view else ():
        record = press.library.record(name) or press.library.record(Path(name).stem)
        if record is not None:
            yield record, press.library.forms[record.form].views[_view(press, record, view)]


def _path(library: Library, name: str) -> str:
    """Where what is named stands, found even when the file is wrong and was not read."""
    stem = Path(name).stem if name.endswith(".yaml") else name
    paths = [each.path for each in library.findings if Path(each.path).stem == stem]
    return paths[0] if paths else ""


def _unknown(library: Library, name: str) -> Text:
    titles = {each.key: each.title for each in library.forms.values() if each.is_printed}
    titles |= {each.number: each.title for each in library.procedures.values()}
    numbers = (number for kept in library.records.values() for number in kept)
    return printing.UNKNOWN_TARGET.format(name=name, hint=hints.among(name, titles, also=numbers))
