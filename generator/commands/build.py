"""`wenkong build`: make the Word and PDF sheets of everything that the check lets pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from generator import __version__, files, ledgercheck, ledgerpress, pdf, production, report, rulebook, store
from generator.errors import GeneratorError
from generator.model import Finding
from generator.pressed import SHEETS, Pressed
from generator.production import OUT, Piece, Press, Refusal
from generator.registers import Selection
from generator.shards import Shard
from generator.terms import Language, Text, printing

Job = tuple[str, Callable[[], Piece | Refusal]]
"""What is to be made: the path of the file that it is made from, and how."""
Track = Callable[[Iterable[Job], int, str], Iterable[Job]]
"""Shows progress while the jobs are taken: jobs, how many, what is being done."""


@dataclass
class _Tally:
    words: int = 0
    pdfs: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    moved: list[Piece] = field(default_factory=list)


def run(
    root: Path,
    *,
    language: Language | None,
    speech: Language,
    workers: int,
    shard: Shard,
    today: date,
    say: Callable[[str], None],
    track: Track,
) -> int:
    """Make in out/ what has changed since the last time; 1 if anything was skipped or does not read well on paper."""
    press = production.dated(production.press(root, language), today)
    tally = _Tally()
    jobs = [each for each in (*_refusals(press), *_sheets(press), *_registers(press, today)) if shard.has(each[0])]
    with closing(pdf.Pool(press.engine, workers=workers)) as pool:
        before = store.read(root, SHEETS, __version__)
        memory = Pressed(root, pool.label, before)
        made = _made(track(jobs, len(jobs), ""), tally, memory)
        for piece, result in pool.map((each, each.docx) for each in made):
            _write(root, piece, result, tally=tally, memory=memory)
        while tally.moved:
            again, tally.moved = tally.moved, []
            for piece, result in pool.map((each, each.docx) for each in again):
                _write(root, piece, result, tally=tally, memory=memory)
        others = {} if shard == Shard() else before
        store.write(root, SHEETS, __version__, {**others, **memory.fresh}, before)
    for line in _lines(tally, speech):
        say(line)
    return 1 if tally.refused or report.has_errors(tally.faults) else 0


def _lines(tally: _Tally, speech: Language) -> Iterator[str]:
    for refusal in tally.refused:
        count = printing.SKIPPED_FINDINGS.format(count=len(refusal.findings))
        yield printing.SKIPPED.format(path=refusal.path, reason=count).within(speech)
        for line in report.lines(refusal.findings, speech):
            yield f"  {line}"
    yield from report.lines(tally.faults, speech)
    yield _summary(tally).within(speech)
    if tally.same:
        yield printing.UNCHANGED.format(count=tally.same).within(speech)


def _refusals(press: Press) -> Iterator[Job]:
    """What has findings of its own is not printed."""
    for path, found in _wrong(press).items():
        yield path, partial(Refusal, path, found)


def _wrong(press: Press) -> dict[str, tuple[Finding, ...]]:
    wrong: dict[str, tuple[Finding, ...]] = {}
    for each in press.library.findings:
        wrong[each.path] = (*wrong.get(each.path, ()), each)
    return wrong


def _sheets(press: Press) -> Iterator[Job]:
    """Every record, blank form and procedure that the check lets pass."""
    wrong = _wrong(press)
    for form in press.library.forms.values():
        records = [each for each in press.library.records[form.key].values() if each.path not in wrong]
        if not form.is_printed:
            continue
        faults = production.obstacles(press.library, form)
        if faults:
            yield from ((each.path, partial(Refusal, each.path, faults)) for each in records)
        else:
            yield form.path, partial(press.blank, form)
            yield from ((each.path, partial(press.record, each)) for each in records)
    for procedure in press.library.procedures.values():
        if procedure.path not in wrong:
            yield procedure.path, partial(press.procedure, procedure)


def _registers(press: Press, today: date) -> Iterator[Job]:
    """The registers of the year."""
    library = press.library
    faults = ledgercheck.findings(library) if library.registers else ()
    seen = rulebook.world(library, datetime.combine(today, time()))
    year = Selection(f"{today.year}-01-01", f"{today.year}-12-31")

    def piece(key: str) -> Piece:
        shown = ledgerpress.made(library.registers[key], seen, year, press.language)
        return ledgerpress.piece(press, shown, f"{key}-{today.year}")

    for register in library.registers.values():
        wrong = tuple(each for each in faults if each.path == register.path)
        yield register.path, partial(Refusal, register.path, wrong) if wrong else partial(piece, register.key)


def _made(jobs: Iterable[Job], tally: _Tally, memory: Pressed) -> Iterator[Piece]:
    """The pieces that must be converted; those that are there already are only counted."""
    for _, make in jobs:
        each = make()
        if isinstance(each, Refusal):
            tally.refused.append(each)
            continue
        known = memory.recalled(each)
        if known is None:
            yield each
            continue
        tally.same += 1
        tally.words += 1
        tally.pdfs += 1
        tally.faults += known


def _write(root: Path, piece: Piece, result: bytes | GeneratorError, *, tally: _Tally, memory: Pressed) -> None:
    if isinstance(result, GeneratorError):
        tally.faults.append(Finding(piece.path, 1, 1, "print.conversion", result.text))
        return
    content, found, moves = production.finish(piece, result, memory.engine)
    if moves:
        tally.moved.append(piece.moved(moves))
        return
    files.write(root / OUT / f"{piece.stem}.docx", piece.docx)
    files.write(root / OUT / f"{piece.stem}.pdf", content)
    tally.words += 1
    tally.pdfs += 1
    tally.faults += found
    memory.remember(piece, found)


def _summary(tally: _Tally) -> Text:
    return printing.SUMMARY.format(
        sheets=tally.words, words=tally.words, pdfs=tally.pdfs, skipped=len(tally.refused), folder=f"{OUT}/"
    )
