"""The whole answer of the last check, and what it stood on: it holds while no file, commit or clock has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from generator import findings, pack, store
from generator.model import Basis, Finding, Library
from generator.shelf import GONE, Look, below, is_settled, look, place

if TYPE_CHECKING:
    from generator.git import Repository

VERDICT, LAST, GROUND = "verdict", "last", "ground"
FOLDERS = ("forms", "procedures", "records", "schemas")
DATE = 10


@dataclass(frozen=True)
class Verdict:
    """What a check found, and on how much."""

    findings: tuple[Finding, ...]
    records: int
    forms: int
    procedures: int

    @classmethod
    def of(cls, library: Library) -> Verdict:
        """The same of a library."""
        count = sum(map(len, library.records.values()))
        return cls(library.findings, count, len(library.forms), len(library.procedures))


@dataclass(frozen=True)
class State:
    """How each file looked by its path before it was read, and the last commit (empty outside git)."""

    looks: Mapping[str, Look]
    history: str

    @cached_property
    def records(self) -> tuple[str, ...]:
        """The paths of the files of records, in order."""
        return tuple(each for each in self.looks if any(place(each)))

    @cached_property
    def digest(self) -> str:
        """Another when anything looks otherwise."""
        return hashlib.sha256(f"{self.looks}{self.history}".encode("utf-8", "surrogateescape")).hexdigest()

    @cached_property
    def is_sure(self) -> bool:
        """Whether no file is so young that it may change and look the same."""
        return is_settled(max(self.looks.values(), default=GONE))


@dataclass(frozen=True)
class Ground:
    """What an answer stood on.

    How everything looked (what was too young as if it were gone), the paths of records with faults and of signatures
    that do not hold, and what the rules stood on.
    """

    looks: Mapping[str, Look]
    history: str
    unread: frozenset[str]
    unproven: frozenset[str]
    basis: Basis


@dataclass(frozen=True)
class Last:
    """The answer of the last check. It holds from `since` to `until`, local times, on one day."""

    verdict: Verdict
    zone: ZoneInfo
    since: str
    until: str
    digest: str
    _ground: bytes

    def holds(self, now: datetime) -> bool:
        """Whether it is its time: still the same day, and no clock has run out."""
        local = local_time(now, self.zone)
        return self.since <= local < self.until and self.since[:DATE] == local[:DATE]

    def is_on(self, seen: State) -> bool:
        """Whether everything looks as it did then."""
        return seen.is_sure and self.digest == seen.digest

    @cached_property
    def ground(self) -> Ground:
        """What it stood on."""
        looks, history, unread, unproven, basis = json.loads(self._ground)
        known = {path: tuple(each) for path, each in looks.items()}
        return Ground(known, history, frozenset(unread), frozenset(unproven), Basis(**basis))


def state(root: Path, repository: Repository | None) -> State:
    """How every file looks that a check reads, and the last commit."""
    looks = {path: look(entry) for folder in FOLDERS for path, entry in below(root, folder)}
    history = ""
    if repository is not None:
        history = "shallow" if repository.is_shallow() else repository.head_id
    return State(looks, history)


def local_time(now: datetime, zone: ZoneInfo) -> str:
    """A moment as the organisation's clocks show it."""
    return (now.astimezone(zone).replace(tzinfo=None) if now.tzinfo else now).isoformat()


def last(root: Path) -> Last | None:
    """What was answered last, if this program kept it."""
    kept = store.read(root, VERDICT, pack.program())
    if LAST not in kept:
        return None
    zone, since, until, digest, counts, found = json.loads(kept[LAST])
    verdict = Verdict(tuple(map(findings.finding, found)), *counts)
    return Last(verdict, ZoneInfo(zone), since, until, digest, kept[GROUND])


def keep(root: Path, verdict: Verdict, seen: State, ground: Ground, *, now: datetime, zone: ZoneInfo) -> None:
    """Keep an answer with what it stood on; `zone` is the organisation's."""
    counts = [verdict.records, verdict.forms, verdict.procedures]
    digest = seen.digest if seen.is_sure else ""
    rows = list(map(findings.row, verdict.findings))
    entry = [zone.key, local_time(now, zone), ground.basis.until, digest, counts, rows]
    looks = seen.looks
    if not seen.is_sure:
        looks = {path: each if is_settled(each) else GONE for path, each in looks.items()}
    under = [looks, seen.history, sorted(ground.unread), sorted(ground.unproven), asdict(ground.basis)]
    texts = {LAST: json.dumps(entry, ensure_ascii=False).encode(), GROUND: json.dumps(under).encode()}
    store.write(root, VERDICT, pack.program(), texts, store.Texts())


def ground(seen: State, library: Library) -> Ground | None:
    """What a judged library stands on; None where nobody knows until when it holds."""
    if library.basis is None:
        return None
    read = {each.path for each in library.every()}
    return Ground(seen.looks, seen.history, frozenset(seen.records) - read, library.unproven, library.basis)
