"""Everything that is to be said about a repository at a moment: its files, rules, templates and history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from generator import (
    __version__,
    control,
    copycheck,
    deletions,
    load,
    mentions,
    paths,
    production,
    remembered,
    rulebook,
    scancheck,
    signaturecheck,
    signatures,
    sourcelist,
    store,
)
from generator.git import Repository
from generator.model import Library
from generator.remembered import Memory

RULES = "rules"


def of(root: Path, repository: Repository | None, now: datetime) -> Library:
    """The library with all findings; outside git and in a shallow clone the history says nothing."""
    clone = None if repository is None or repository.is_shallow() else repository
    library = signatures.judged(root, clone, production.checked(root))
    library = load.with_findings(library, scancheck.findings(root, library))
    library = load.with_findings(library, mentions.findings(library, sourcelist.read_if_kept(root)))
    if clone is None:
        return by_rules(root, library, now, {})
    standings = control.standings(root, clone, library, now.date())
    library = by_rules(root, library, now, _in_force(standings))
    seen = rulebook.world(library, now)
    library = load.with_findings(library, paths.findings(clone, seen))
    library = load.with_findings(library, deletions.findings(clone, library, now.date()))
    library = load.with_findings(library, control.findings(seen, standings))
    library = load.with_findings(library, signaturecheck.findings(root, clone, library))
    return load.with_findings(library, copycheck.findings(clone, seen, standings))


def by_rules(root: Path, library: Library, now: datetime, in_force: Mapping[str, str]) -> Library:
    """What the rules find; they are asked only where something has changed since the last run."""
    epoch = remembered.epoch(library, __version__, in_force)
    memory = Memory(epoch, store.read(root, RULES, epoch))
    judged = rulebook.judged(library, now, in_force, memory)
    store.write(root, RULES, epoch, memory.fresh, memory.stored)
    return judged


def _in_force(standings: control.Standings) -> Mapping[str, str]:
    """The label in force of every document that was ever signed."""
    return {number: each.in_force.label for number, each in standings.items() if each.in_force is not None}
