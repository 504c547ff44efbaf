"""`wenkong check`: say everything that is wrong with the repository, or with some of its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator import control, deletions, git, load, production, report, rulebook
from generator import paths as history
from generator.model import Finding, Library
from generator.terms import Language, Text


def run(
    root: Path,
    paths: tuple[Path, ...],
    *,
    now: datetime,
    language: Language,
    as_json: bool,
    say: Callable[[str], None],
) -> int:
    """Show the findings on `paths`, or on everything when there are none; 1 if anything must be corrected."""
    library = rulebook.judged(load.library(root) if paths else production.checked(root), now)
    repository = None if paths else git.repository(root)
    if repository is not None and not repository.is_shallow():
        walked = history.findings(repository, rulebook.world(library, now))
        library = load.with_findings(library, walked)
        library = load.with_findings(library, deletions.findings(repository, library, now.date()))
        standings = control.standings(root, repository, library, now.date())
        library = load.with_findings(library, control.findings(rulebook.world(library, now), standings))
    findings = tuple(each for each in library.findings if _is_meant(each, root, paths))
    if as_json:
        say(report.as_json(findings))
    else:
        for line in report.lines(findings, language):
            say(line)
        say(_summary(library, findings).within(language))
    return 1 if report.has_errors(findings) else 0


def _is_meant(finding: Finding, root: Path, paths: tuple[Path, ...]) -> bool:
    place = (root / finding.path).resolve()
    return not paths or any(place == path or path in place.parents for path in map(Path.resolve, paths))


def _summary(library: Library, findings: tuple[Finding, ...]) -> Text:
    return report.summary(
        findings,
        records=sum(len(records) for records in library.records.values()),
        forms=len(library.forms),
        procedures=len(library.procedures),
    )
