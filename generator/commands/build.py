"""`wenkong build`: make the Word and PDF sheets of everything that the check lets pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path

from generator import files, ledgercheck, ledgerpress, pdf, production, report, rulebook
from generator.errors import GeneratorError
from generator.model import Finding
from generator.production import OUT, Piece, Press, Refusal
from generator.registers import Selection
from generator.terms import Language, Text, printing

Track = Callable[[Iterable[Piece], int, str], Iterable[Piece]]
"""Shows progress while the pieces are taken: pieces, how many, what is being done."""


@dataclass
class _Tally:
    words: int = 0
    pdfs: int = 0
    refused: list[Refusal] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    moved: list[Piece] = field(default_factory=list)


def run(
    root: Path,
    *,
    language: Language | None,
    speech: Language,
    workers: int,
    today: date,
    say: Callable[[str], None],
    track: Track,
) -> int:
    """Write out/ anew; 1 if anything was skipped or does not read well on paper."""
    press = production.dated(production.press(root, language), today)
    library = press.library
    tally = _Tally()
    total = sum(len(library.records[key]) + 1 for key, form in library.forms.items() if form.is_printed)
    total += len(library.procedures) + len(library.registers)
    pieces = track(_kept(chain(_all(press, library.findings), _registers(press, today)), tally), total, "")
    with closing(pdf.Pool(press.engine, workers=workers)) as pool:
        for piece, result in pool.map((each, each.docx) for each in pieces):
            _write(root, piece, result, tally=tally, engine=pool.label)
        while tally.moved:
            again, tally.moved = tally.moved, []
            for piece, result in pool.map((each, each.docx) for each in again):
                _write(root, piece, result, tally=tally, engine=pool.label)
    for refusal in tally.refused:
        count = printing.SKIPPED_FINDINGS.format(count=len(refusal.findings))
        say(printing.SKIPPED.format(path=refusal.path, reason=count).within(speech))
        for line in report.lines(refusal.findings, speech):
            say(f"  {line}")
    for line in report.lines(tally.faults, speech):
        say(line)
    say(_summary(tally).within(speech))
    return 1 if tally.refused or report.has_errors(tally.faults) else 0


def _all(press: Press, findings: tuple[Finding, ...]) -> Iterator[Piece | Refusal]:
    """Every record, blank form and procedure that the check lets pass; and a refusal for the rest."""
    wrong: dict[str, list[Finding]] = {}
    for each in findings:
        wrong.setdefault(each.path, []).append(each)
    yield from (Refusal(path, tuple(found)) for path, found in wrong.items())
    for form in press.library.forms.values():
        records = [each for each in press.library.records[form.key].values() if each.path not in wrong]
        if not form.is_printed:
            continue
        faults = production.obstacles(press.library, form)
        if faults:
            yield from (Refusal(each.path, faults) for each in records)
        else:
            yield press.blank(form)
            yield from (press.record(each) for each in records)
    for procedure in press.library.procedures.values():
        if procedure.path not in wrong:
            yield press.procedure(procedure)


def _registers(press: Press, today: date) -> Iterator[Piece | Refusal]:
    """The registers of the year."""
    library = press.library
    faults = ledgercheck.findings(library) if library.registers else ()
    seen = rulebook.world(library, datetime.combine(today, time()))
    year = Selection(f"{today.year}-01-01", f"{today.year}-12-31")
    for register in library.registers.values():
        wrong = tuple(each for each in faults if each.path == register.path)
        if wrong:
            yield Refusal(register.path, wrong)
        else:
            shown = ledgerpress.made(register, seen, year, press.language)
            yield ledgerpress.piece(press, shown, f"{register.key}-{today.year}")


def _kept(made: Iterator[Piece | Refusal], tally: _Tally) -> Iterator[Piece]:
    for each in made:
        if isinstance(each, Refusal):
            tally.refused.append(each)
        else:
            yield each


def _write(root: Path, piece: Piece, result: bytes | GeneratorError, *, tally: _Tally, engine: str) -> None:
    if isinstance(result, GeneratorError):
        tally.faults.append(Finding(piece.path, 1, 1, "print.conversion", result.text))
        return
    content, found, moves = production.finish(piece, result, engine)
    if moves:
        tally.moved.append(piece.moved(moves))
        return
    files.write(root / OUT / f"{piece.stem}.docx", piece.docx)
    tally.words += 1
    tally.faults += found
    files.write(root / OUT / f"{piece.stem}.pdf", content)
    tally.pdfs += 1


def _summary(tally: _Tally) -> Text:
    return printing.SUMMARY.format(
        sheets=tally.words, words=tally.words, pdfs=tally.pdfs, skipped=len(tally.refused), folder=f"{OUT}/"
    )
