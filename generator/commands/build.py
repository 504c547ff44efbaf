"""`wenkong build`: make the Word and PDF sheets of everything that the check lets pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from importlib import import_module
from pathlib import Path

from generator import (
    early,
    files,
    ledgercheck,
    ledgerpress,
    pack,
    pdf,
    pressed,
    production,
    report,
    reports,
    rulebook,
    store,
)
from generator.early import Early
from generator.errors import GeneratorError
from generator.model import Finding, Form, Record
from generator.pressed import SHEETS, Ingredients, Pressed
from generator.production import OUT, Piece, Press, Refusal
from generator.registers import Selection
from generator.shards import Shard
from generator.stopwatch import Stopwatch
from generator.terms import Language, Text, printing, usage


@dataclass(frozen=True)
class Job:
    """What is to be made: the file that it is made from, how, and by stem and state what would come of it.

    Without a stem that is known only when it is made.
    """

    path: str
    make: Callable[[], Piece | Refusal]
    stem: str = ""
    state: str = ""


Track = Callable[[Iterable[Job], int, str], Iterable[Job]]
"""Shows progress while the jobs are taken: jobs, how many, what is being done."""


@dataclass(frozen=True)
class _Made:
    """A piece on its way to its PDF, and the state of what it was made from."""

    piece: Piece
    state: str


@dataclass
class _Tally:
    words: int = 0
    pdfs: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    moved: list[_Made] = field(default_factory=list)

    def keep(self, found: tuple[Finding, ...]) -> None:
        """Count a sheet that is there already."""
        self.same, self.words, self.pdfs = self.same + 1, self.words + 1, self.pdfs + 1
        self.faults += found


def run(
    root: Path,
    *,
    language: Language | None,
    speech: Language,
    workers: int,
    shard: Shard,
    cluster: str = "",
    today: date,
    say: Callable[[str], None],
    track: Track,
    watch: Stopwatch | None = None,
) -> int:
    """Make in out/ what has changed since the last time; 1 if anything was skipped or does not read well on paper.

    `cluster` is the address of a Dask cluster that converts instead of the workers of this machine.

    Raises:
        GeneratorError: there is no such engine or cluster.
    """
    watch = watch or Stopwatch()
    with watch.phase(usage.READING):
        known = early.read(root)
        press = production.dated(production.press_of(root, known.library, language), today)
    tally = _Tally()
    jobs = (each for each in _jobs(press, known, today, watch) if shard.has(each.path))
    count = sum(map(shard.has, _paths(known)))
    before = store.read(root, SHEETS, pack.program())
    with closing(_pool(press.engine, workers, cluster, watch)) as pool, watch.phase(usage.CONVERTING):
        memory = Pressed(root, pool.label, before)
        left = dict(before)
        try:
            _press(pool, _made(track(jobs, count, ""), tally, memory, watch), tally, memory, watch)
            left = {} if shard == Shard() else left
        finally:  # what was made before somebody stopped it is not made again
            store.write(root, SHEETS, pack.program(), {**left, **memory.fresh}, before)
    for form, period in reports.absent(press.library, today):
        say(printing.NOT_REPORTED.format(title=form.title, key=form.key, period=period).within(speech))
    for line in _lines(tally, speech):
        say(line)
    return 1 if tally.refused or report.has_errors(tally.faults) else 0


def _pool(engine: str, workers: int, cluster: str, watch: Stopwatch) -> pdf.Converter:
    """Engines of this machine, whose time is told to the watch; or those of a cluster, of which nobody knows it."""
    if cluster:
        made: pdf.Converter = import_module("generator.cluster").Cluster(cluster, engine)
        return made

    def timing(made: _Made) -> AbstractContextManager[None]:
        return watch.beside(usage.SLOWEST_SHEETS, made.piece.path, usage.CONVERTED)

    return pdf.Pool(engine, workers=workers, timing=timing)


def _press(
    pool: pdf.Converter,
    pieces: Iterable[tuple[_Made, bytes]],
    tally: _Tally,
    memory: Pressed,
    watch: Stopwatch,
) -> None:
    """Convert the pieces, and those of which blocks were moved to new pages once more."""
    while True:
        for made, result in pool.map(pieces):
            _write(made, result, tally=tally, memory=memory, watch=watch)
        if not tally.moved:
            return
        pieces, tally.moved = [(each, each.piece.docx) for each in tally.moved], []


def _lines(tally: _Tally, speech: Language) -> Iterator[str]:
    for refusal in sorted(tally.refused, key=lambda each: each.path):
        count = printing.SKIPPED_FINDINGS.format(count=len(refusal.findings))
        yield printing.SKIPPED.format(path=refusal.path, reason=count).within(speech)
        for line in report.lines(refusal.findings, speech):
            yield f"  {line}"
    yield from report.lines(tally.faults, speech)
    yield _summary(tally).within(speech)
    if tally.same:
        yield printing.UNCHANGED.format(count=tally.same).within(speech)


def _paths(known: Early) -> Iterator[str]:
    """The files that something is made from, if nothing is wrong with them."""
    library = known.library
    for form in library.forms.values():
        if form.is_printed:
            yield from (form.path, *known.paths(form))
    yield from (each.path for each in library.procedures.values())
    yield from (each.path for each in library.registers.values())


def _jobs(press: Press, known: Early, today: date, watch: Stopwatch) -> Iterator[Job]:
    """Everything that the check lets pass, each once that is known, and a refusal for what has findings of its own."""
    made: set[str] = set()
    for job in _early(press, known, watch):
        made.add(job.path)
        yield job
    with watch.phase(usage.READING):
        library = known.whole()
    press = replace(press, library=replace(library, unproven=press.library.unproven))
    wrong: dict[str, list[Finding]] = {}
    for each in library.findings:
        wrong.setdefault(each.path, []).append(each)
    yield from (Job(path, partial(Refusal, path, tuple(found))) for path, found in wrong.items())
    yield from _sheets(press, made | wrong.keys())
    yield from _registers(press, today)


def _early(press: Press, known: Early, watch: Stopwatch) -> Iterator[Job]:
    """Every blank form and every record of which it is known that it may be printed when its own file is read."""
    parts = Ingredients(press)
    for form in press.library.forms.values():
        if not form.is_printed or production.obstacles(press.library, form):
            continue
        yield _blank(press, parts, form)
        for path in known.paths(form):
            with watch.phase(usage.READING):
                record = known.sound(form, path)
            if record is not None:
                yield _record(press, parts, record)


def _blank(press: Press, parts: Ingredients, form: Form) -> Job:
    return Job(form.path, partial(press.blank, form), f"blank/{form.key}", parts.blank(form))


def _record(press: Press, parts: Ingredients, record: Record) -> Job:
    return Job(record.path, partial(press.record, record), f"{record.form}/{record.number}", parts.record(record))


def _sheets(press: Press, done: Collection[str]) -> Iterator[Job]:
    """Every record, blank form and procedure but those of these files."""
    parts = Ingredients(press)
    for form in press.library.forms.values():
        records = [each for each in press.library.records[form.key].values() if each.path not in done]
        if not form.is_printed:
            continue
        faults = production.obstacles(press.library, form)
        if faults:
            yield from (Job(each.path, partial(Refusal, each.path, faults)) for each in records)
            continue
        if form.path not in done:
            yield _blank(press, parts, form)
        yield from (_record(press, parts, each) for each in records)
    for procedure in press.library.procedures.values():
        if procedure.path not in done:
            stem = f"procedures/{procedure.number}"
            yield Job(procedure.path, partial(press.procedure, procedure), stem, parts.procedure(procedure))


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
        yield Job(register.path, partial(Refusal, register.path, wrong) if wrong else partial(piece, register.key))


def _made(jobs: Iterable[Job], tally: _Tally, memory: Pressed, watch: Stopwatch) -> Iterator[tuple[_Made, bytes]]:
    """The pieces that must be converted; those that are there already are only counted."""
    for job in jobs:
        with watch.phase(usage.SHEETS, job.path):
            found = _known_or_made(job, memory)
        if isinstance(found, Refusal):
            tally.refused.append(found)
        elif isinstance(found, _Made):
            yield found, found.piece.docx
        else:
            tally.keep(found)


def _known_or_made(job: Job, memory: Pressed) -> tuple[Finding, ...] | _Made | Refusal:
    """What was found on a sheet that is there already, or the sheet, or why it is not made."""
    known = memory.recalled(job.stem, job.state) if job.stem else None
    if known is not None:
        return known
    piece = job.make()
    if isinstance(piece, Refusal):
        return piece
    if job.stem:
        return _Made(piece, job.state)
    state = pressed.state(piece)
    known = memory.recalled(piece.stem, state)
    return _Made(piece, state) if known is None else known


def _write(made: _Made, result: bytes | GeneratorError, *, tally: _Tally, memory: Pressed, watch: Stopwatch) -> None:
    piece = made.piece
    if isinstance(result, GeneratorError):
        tally.faults.append(Finding(piece.path, 1, 1, "print.conversion", result.text))
        return
    content, found, moves = production.finish(piece, result, memory.engine, watch)
    if moves:
        with watch.phase(usage.SHEETS, piece.path):
            tally.moved.append(replace(made, piece=piece.moved(moves)))
        return
    with watch.phase(usage.WRITING, piece.path):
        files.write(memory.root / OUT / f"{piece.stem}.docx", piece.docx)
        files.write(memory.root / OUT / f"{piece.stem}.pdf", content)
        memory.remember(piece.stem, made.state, found)
    tally.words += 1
    tally.pdfs += 1
    tally.faults += found


def _summary(tally: _Tally) -> Text:
    return printing.SUMMARY.format(
        sheets=tally.words, words=tally.words, pdfs=tally.pdfs, skipped=len(tally.refused), folder=f"{OUT}/"
    )
