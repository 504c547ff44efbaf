"""`wenkong render`: print some records, blank forms or procedures, marked as uncontrolled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from generator import completeness, files, hints, pdf, production, report
from generator.errors import GeneratorError
from generator.model import Finding, Form, Library, Record
from generator.production import OUT, Piece, Press, Refusal
from generator.settings import Settings
from generator.terms import Language, Text, printing, views

CUSTOMER = "customer"


def run(
    root: Path,
    names: tuple[str, ...],
    *,
    formats: frozenset[str],
    is_blank: bool,
    view: str,
    language: Language | None,
    speech: Language,
    say: Callable[[str], None],
) -> int:
    """Write the sheets of what is named to out/; 1 if one could not be made or does not read well on paper.

    Raises:
        GeneratorError: a name is unknown, or an engine does not work.
    """
    press = production.press(root, language)
    made = [_made(press, name, is_blank=is_blank, view=view) for name in names]
    refusals = [each for each in made if isinstance(each, Refusal)]
    for refusal in refusals:
        for line in report.lines(refusal.findings, speech):
            say(line)
    pieces = [each for each in made if isinstance(each, Piece)]
    faults = _written(
        root, pieces, formats, press.engine, lambda path: say(printing.WRITTEN.format(path=path).within(speech))
    )
    for line in report.lines(faults, speech):
        say(line)
    for record, shown in _viewed(press, names, view):
        say(completeness.sentence(shown, record).within(speech))
    return 1 if refusals or report.has_errors(faults) else 0


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
    known = [*library.forms, *library.procedures, *(number for kept in library.records.values() for number in kept)]
    return printing.UNKNOWN_TARGET.format(name=name, hint=hints.similar(name, known))
