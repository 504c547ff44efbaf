"""`wenkong register`: show a register of records, or write it out for Word, PDF, Excel, a browser or a program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from generator import (
    files,
    hints,
    ledgercheck,
    ledgerpress,
    listingtext,
    load,
    pdf,
    periods,
    production,
    report,
    rulebook,
)
from generator.errors import GeneratorError
from generator.ledgers import Register
from generator.listing import Listing
from generator.model import Library
from generator.production import OUT
from generator.registers import Selection
from generator.terms import Language, printing
from generator.terms import registers as words

FORMATS = ("text", "csv", "json", "html", "xlsx", "docx", "pdf")
SAID = frozenset({"text", "csv", "json"})
"""Formats that go to the terminal unless they have a file."""


def run(
    root: Path,
    key: str,
    *,
    selection: Selection,
    form: str,
    output: Path | None,
    now: datetime,
    language: Language | None,
    speech: Language,
    say: Callable[[str], None],
) -> int:
    """Show or write the register; 1 if its definition is wrong or it does not read well on paper.

    Raises:
        GeneratorError: there is no such register, view or customer.
    """
    library = load.library(root)
    register = _register(library, key)
    faults = tuple(each for each in ledgercheck.findings(library) if each.path == register.path)
    if faults:
        for line in report.lines(faults, speech):
            say(line)
        return 1
    _known(register, selection)
    seen = rulebook.world(library, now)
    if form in {"docx", "pdf"}:
        return _printed(root, register, selection, form, output, now=now, language=language, speech=speech, say=say)
    tongue = language or (speech if form in SAID else Language(str(library.organization.get("sheet_language", "both"))))
    shown = ledgerpress.made(register, seen, selection, tongue)
    if form in SAID and output is None:
        say(_written(shown, form).decode("utf-8"))
        return 0
    _put(root, output, f"{_name(register, selection)}.{form}", _written(shown, form), say=_said(speech, say))
    return 0


def _said(speech: Language, say: Callable[[str], None]) -> Callable[[str], None]:
    return lambda path: say(printing.WRITTEN.format(path=path).within(speech))


def _put(root: Path, output: Path | None, name: str, content: bytes, *, say: Callable[[str], None]) -> None:
    path = output or root / OUT / ledgerpress.FOLDER / name
    files.write(path, content)
    say(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))


def _written(shown: Listing, form: str) -> bytes:
    if form == "xlsx":
        return ledgerpress.workbook(shown)
    if form == "html":
        return listingtext.as_html(shown, ledgerpress.link).encode()
    if form == "csv":
        return listingtext.as_csv(shown).encode("utf-8-sig")
    return (listingtext.as_json(shown) if form == "json" else listingtext.as_text(shown)).encode()


def _register(library: Library, key: str) -> Register:
    found = library.registers.get(key)
    found = found or next((each for each in library.registers.values() if each.number == key), None)
    if found is None:
        known = sorted(library.registers)
        raise GeneratorError(words.UNKNOWN.format(key=key, hint=hints.similar(key, known), known=", ".join(known)))
    return found


def _known(register: Register, selection: Selection) -> None:
    views = [view.key for view in register.views]
    if selection.view and selection.view not in views:
        known = ", ".join(views) or "-"
        raise GeneratorError(words.UNKNOWN_VIEW.format(key=register.key, view=selection.view, known=known))
    if selection.start and selection.end and selection.start > selection.end:
        raise GeneratorError(words.WRONG_ORDER.format(start=selection.start, end=selection.end))


def _name(register: Register, selection: Selection) -> str:
    return "-".join((register.key, *filter(None, (selection.view, selection.customer, selection.start, selection.end))))


def _printed(
    root: Path,
    register: Register,
    selection: Selection,
    form: str,
    output: Path | None,
    *,
    now: datetime,
    language: Language | None,
    speech: Language,
    say: Callable[[str], None],
) -> int:
    press = production.press(root, language)
    shown = ledgerpress.made(register, rulebook.world(press.library, now), selection, press.language)
    piece = ledgerpress.piece(press, shown, _name(register, selection))
    if form == "docx":
        _put(root, output, f"{_name(register, selection)}.docx", piece.docx, say=_said(speech, say))
        return 0
    with closing(pdf.engine(press.engine)) as engine:
        _, content, faults = production.converted(piece, engine)
    _put(root, output, f"{_name(register, selection)}.pdf", content, say=_said(speech, say))
    for line in report.lines(faults, speech):
        say(line)
    return 1 if report.has_errors(faults) else 0


def selected(start: str, end: str, period: str, *, customer: str, view: str) -> Selection:
    """A selection from what a person typed; a period stands for its first and last day.

    Raises:
        GeneratorError: the period is none.
    """
    if not period:
        return Selection(start, end, customer, view)
    for step in periods.FORMS:
        read = periods.read(step, period)
        if read is not None:
            return Selection(read.start.isoformat(), read.end.isoformat(), customer, view)
    raise GeneratorError(words.NO_PERIOD.format(value=period))
