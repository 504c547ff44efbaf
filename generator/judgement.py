"""Everything that is to be said about a repository at a moment: its files, rules, templates and history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator import control, copycheck, deletions, load, paths, production, rulebook
from generator.git import Repository
from generator.model import Library


def of(root: Path, repository: Repository | None, now: datetime) -> Library:
    """The library with all findings; outside git and in a shallow clone the history says nothing."""
    library = rulebook.judged(production.checked(root), now)
    if repository is None or repository.is_shallow():
        return library
    seen = rulebook.world(library, now)
    library = load.with_findings(library, paths.findings(repository, seen))
    library = load.with_findings(library, deletions.findings(repository, library, now.date()))
    standings = control.standings(root, repository, library, now.date())
    library = load.with_findings(library, control.findings(seen, standings))
    return load.with_findings(library, copycheck.findings(repository, seen, standings))
