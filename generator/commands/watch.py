"""`wenkong watch`: after each save, what is wrong, what is due soon, and the touched forms as PDF in out/."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from generator import agenda, report
from generator.changes import Change
from generator.live import Said
from generator.model import Finding, Severity
from generator.terms import Language, Text, live
from generator.watching import Hearer, Watcher

NEAR, SOON = timedelta(days=7), 5
FILES, SHOWN = 6, 12
"""So many lines of a kind are shown; the rest is counted."""


@dataclass(frozen=True)
class Line:
    """One line of the screen and what kind it is: head, file, error, warning, good, quiet, due."""

    kind: str
    text: str


def run(root: Path, hearer: Hearer, *, now: Callable[[], datetime], poll: bool) -> int:
    """Watch until somebody ends it; 0."""
    Watcher(root, hearer, now, poll=poll).run()
    return 0


def screen(said: Said, language: Language) -> tuple[Line, ...]:
    """What is shown after a change: what changed, the findings there, how many elsewhere, what is due soon.

    What is overdue stands among the findings.
    """
    return (
        Line("head", f"{said.seen.now:%H:%M:%S}"),
        *_files(said.change, language),
        *_findings(said, language),
        *_due(said, language),
    )


def _files(change: Change, language: Language) -> Iterator[Line]:
    kinds = ((live.NEW_FILE, change.new), (live.OTHER_FILE, change.other), (live.GONE_FILE, change.gone))
    named = [f"{word.within(language)} {path}" for word, paths in kinds for path in paths]
    yield from (Line("file", each) for each in _short(named, FILES, language))


def _findings(said: Said, language: Language) -> Iterator[Line]:
    """Those of the files that changed and those that are new; the rest is a number."""
    every, new = said.library.findings, set(said.new) if said.change else set(said.library.findings)
    here = [each for each in every if each.path in said.change.paths or each in new]
    for severity, kind in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        found = [each for each in here if each.severity is severity]
        yield from (Line(kind, each) for each in _short([*report.lines(found, language)], SHOWN, language))
    if not here:
        yield Line("good", live.ALL_WELL.within(language))
    if said.solved:
        yield Line("good", live.SOLVED.format(count=said.solved).within(language))
    if len(every) > len(here):
        yield Line("quiet", live.ELSEWHERE.format(count=len(every) - len(here)).within(language))


def _due(said: Said, language: Language) -> Iterator[Line]:
    near = [each for each in said.duties if said.seen.now <= each.due.due <= said.seen.now + NEAR]
    if near:
        yield Line("head", live.SOON.within(language))
    sentences = [agenda.sentence(each, said.seen).within(language) for each in near]
    yield from (Line("due", each) for each in _short(sentences, SOON, language))


def _short(lines: list[str], most: int, language: Language) -> list[str]:
    rest = len(lines) - most
    return [*lines[:most], *([live.MORE.format(count=rest).within(language)] if rest > 0 else [])]


def counts(findings: tuple[Finding, ...]) -> Text:
    """How many of each kind."""
    errors = sum(each.severity is Severity.ERROR for each in findings)
    return live.FINDINGS.format(errors=errors, warnings=len(findings) - errors)


def waiting(said: Said | None, *, is_polling: bool) -> tuple[Text, ...]:
    """The line under everything while nothing happens."""
    if said is None:
        return ()
    records = sum(len(each) for each in said.library.records.values())
    return (
        counts(said.library.findings),
        live.WAITING.format(records=records),
        *([live.POLLING] if is_polling else []),
    )
