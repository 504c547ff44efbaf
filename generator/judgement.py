"""Everything that is to be said about a repository at a moment: its files, rules, templates and history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator import (
    control,
    copycheck,
    deletions,
    facecheck,
    load,
    mentions,
    pack,
    paths,
    remembered,
    rulebook,
    scancheck,
    signaturecheck,
    signatures,
    sourcelist,
    store,
)
from generator.git import Repository
from generator.model import Basis, Library
from generator.remembered import RULES, Memory
from generator.shelf import Shelf, look
from generator.stopwatch import Stopwatch
from generator.terms import usage


def of(root: Path, repository: Repository | None, now: datetime, watch: Stopwatch | None = None) -> Library:
    """The library with all findings; outside git and in a shallow clone the history says nothing."""
    phases = watch or Stopwatch()
    with phases.phase(usage.READING):
        library = read(root, Shelf())
    with phases.phase(usage.SIGNATURES_AND_RULES):
        library, standings = ruled(root, repository, library, now, watch)
    with phases.phase(usage.HISTORY):
        return by_history(root, repository, library, standings, now)


def read(root: Path, shelf: Shelf) -> Library:
    """What the files alone say, templates and the names in procedures included."""
    return with_mentions(root, facecheck.read(root, shelf), shelf)


def with_mentions(root: Path, library: Library, shelf: Shelf) -> Library:
    """What files and templates say, with what is wrong with the names in procedures."""
    hung_on = (*library.forms.values(), *library.registers.values())
    masters = (each.source for key in mentions.MASTERS for each in library.records.get(key, {}).values())
    texts = tuple((each.path, each.front, each.body) for each in library.procedures.values())
    state = (texts, *map(id, hung_on), *(each.digest for each in masters), look(root / sourcelist.PATH))
    sources = sourcelist.read_if_kept(root)
    named = shelf.of("mentions", state, lambda: (hung_on, tuple(mentions.findings(library, sources))))
    return load.with_findings(library, named[1])


def whole(root: Path, repository: Repository | None, library: Library, now: datetime) -> Library:
    """What was read, with all that signatures, rules and the history say about it."""
    return by_history(root, repository, *ruled(root, repository, library, now), now)


def ruled(
    root: Path, repository: Repository | None, library: Library, now: datetime, watch: Stopwatch | None = None
) -> tuple[Library, control.Standings]:
    """What was read, with what signatures and rules say about it, and where each document stands."""
    clone = _clone(repository)
    library = signatures.judged(root, clone, library)
    library = load.with_findings(library, scancheck.findings(root, library))
    standings = control.standings(root, clone, library, now.date()) if clone else {}
    return by_rules(root, library, now, _in_force(standings), watch), standings


def by_history(
    root: Path, repository: Repository | None, library: Library, standings: control.Standings, now: datetime
) -> Library:
    """What the rules have judged, with what the history says; outside git and in a shallow clone that is nothing."""
    clone = _clone(repository)
    if clone is None:
        return library
    seen = rulebook.world(library, now)
    library = load.with_findings(library, paths.findings(root, clone, seen, library.every()))
    library = load.with_findings(library, deletions.findings(clone, library, now.date()))
    library = load.with_findings(library, control.findings(seen, standings))
    library = load.with_findings(library, signaturecheck.findings(root, clone, library))
    return load.with_findings(library, copycheck.findings(clone, seen, standings))


def _clone(repository: Repository | None) -> Repository | None:
    return None if repository is None or repository.is_shallow() else repository


def by_rules(
    root: Path, library: Library, now: datetime, in_force: Mapping[str, str], watch: Stopwatch | None = None
) -> Library:
    """What the rules find; they are asked only where something has changed since the last run."""
    epoch = remembered.epoch(library, pack.program(), in_force)
    before = store.read(root, RULES, epoch)
    memory = Memory(epoch, before)
    judged = rulebook.judged(library, now, in_force, memory, watch)
    stamp = store.write(root, RULES, epoch, memory.fresh, before)
    if not stamp or rulebook.hasty(library):
        return judged
    return replace(judged, basis=Basis(memory.until, epoch, stamp, in_force, sorted(memory.broken or ())))


def _in_force(standings: control.Standings) -> Mapping[str, str]:
    """The label in force of every document that was ever signed."""
    return {number: each.in_force.label for number, each in standings.items() if each.in_force is not None}
