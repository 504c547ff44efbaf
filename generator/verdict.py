"""The whole answer of the last check, given again while no file, no commit and no clock has changed it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from generator import findings, pack, store
from generator.model import Finding, Library
from generator.shelf import below, is_settled, look

if TYPE_CHECKING:
    from generator.git import Repository

VERDICT, LAST = "verdict", "last"
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
    """How everything looked before it was read; not `is_sure` where a file is so young that it may change unseen."""

    digest: str
    is_sure: bool


def state(root: Path, repository: Repository | None) -> State:
    """How every file looks that a check reads, and where the history ends."""
    digest, is_sure = hashlib.sha256(pack.program().encode()), True
    for folder in FOLDERS:
        for parts in below(root / folder, (folder,)):
            seen = look(root.joinpath(*parts))
            is_sure = is_sure and is_settled(seen)
            digest.update(f"{parts}{seen}".encode("utf-8", "surrogateescape"))
    if repository is not None:
        is_shallow = repository.is_shallow()
        digest.update(f"{is_shallow} {'' if is_shallow else repository.tips()}".encode())
    return State(digest.hexdigest(), is_sure)


def _local(now: datetime, zone: ZoneInfo) -> str:
    return (now.astimezone(zone).replace(tzinfo=None) if now.tzinfo else now).isoformat()


def recalled(root: Path, seen: State, now: datetime) -> Verdict | None:
    """The answer that was given when everything looked the same, on the same day, before any clock ran out."""
    written = store.read(root, VERDICT, seen.digest).get(LAST)
    if written is None:
        return None
    zone, since, until, counts, found = json.loads(written)
    local = _local(now, ZoneInfo(zone))
    is_its_time = since <= local < until and since[:DATE] == local[:DATE]
    return Verdict(tuple(map(findings.finding, found)), *counts) if is_its_time else None


def keep(root: Path, seen: State, library: Library, now: datetime, zone: ZoneInfo) -> None:
    """Keep what was found, if it is known until when it holds; `zone` is the organisation's."""
    if not seen.is_sure or not library.holds_until:
        return
    verdict = Verdict.of(library)
    counts = [verdict.records, verdict.forms, verdict.procedures]
    entry = [zone.key, _local(now, zone), library.holds_until, counts, list(map(findings.row, verdict.findings))]
    store.write(root, VERDICT, seen.digest, {LAST: json.dumps(entry, ensure_ascii=False).encode()}, {})
