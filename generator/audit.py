"""What the history itself gives away: dates set back, contents dropped by a merge, numbers used twice, commits gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from generator.gitlog import Logged
from generator.model import Finding
from generator.terms import Text
from generator.terms import audit as words

SKEW = timedelta(hours=1)
"""Clocks of two honest machines may differ so much."""
CLAUSE = "ISO 9001 7.5.3.2"
SHORT = 10
KEPT = ("records", "procedures", "schemas", "forms")
"""The folders whose files are under control."""


@dataclass(frozen=True, slots=True)
class Touch:
    """What a commit did to a path: git's letter and the content after it."""

    path: str
    act: str
    blob: str


@dataclass(frozen=True)
class Node:
    """A commit of the history in its order, parents before children; `is_main` on the line of first parents."""

    commit: Logged
    touches: tuple[Touch, ...]
    is_main: bool

    @property
    def parents(self) -> tuple[str, ...]:
        """The full ids of its parents."""
        return tuple(self.commit.parents.split())


History = tuple[Node, ...]


def findings(history: History) -> Iterator[Finding]:
    """Everything that the commits alone show, oldest first."""
    yield from _set_back(history)
    yield from _dropped(history)
    yield from _reused(history)


def _set_back(history: History) -> Iterator[Finding]:
    """A commit is younger than its parents, and was not written after it was committed."""
    times = {node.commit.id: datetime.fromisoformat(node.commit.committed) for node in history}
    for node in history:
        when = times[node.commit.id]
        newest = max((times[each] for each in node.parents if each in times), default=when)
        said = {"when": _minute(when), "author": node.commit.author}
        if when < newest - SKEW:
            yield _finding(node, "audit.set-back", words.SET_BACK.format(**said, parent=_minute(newest)))
        written = datetime.fromisoformat(node.commit.authored)
        if written > when + SKEW:
            yield _finding(node, "audit.future", words.FUTURE.format(**said, written=_minute(written)))


def _dropped(history: History) -> Iterator[Finding]:
    """A merge takes in what its branch changed, unless it changes that file itself or names it in its message."""
    by_id = {node.commit.id: node for node in history}
    main: dict[str, set[str]] = {}
    for node in history:
        if node.is_main:
            for side in node.parents[1:]:
                ours = {touch.path for touch in node.touches}
                for touch in _brought(side, by_id).values():
                    is_said = PurePosixPath(touch.path).stem in node.commit.message
                    is_there = touch.path in ours or touch.blob in main.get(touch.path, ())
                    if not is_there and not is_said and _is_kept(touch.path):
                        text = words.DROPPED.format(path=touch.path, branch=side[:SHORT])
                        yield _finding(node, "audit.dropped", text, touch.path)
            for touch in node.touches:
                main.setdefault(touch.path, set()).add(touch.blob)


def _brought(side: str, by_id: Mapping[str, Node]) -> dict[str, Touch]:
    """What a branch left of each path that it touched, from where it parted from the main line."""
    found: dict[str, Touch] = {}
    ahead, seen = [side], set[str]()
    while ahead:
        node = by_id.get(ahead.pop(0))
        if node is None or node.is_main or node.commit.id in seen:
            continue
        seen.add(node.commit.id)
        for touch in node.touches:
            found.setdefault(touch.path, touch)
        ahead += node.parents
    return found


def _reused(history: History) -> Iterator[Finding]:
    """A number that was deleted does not come back for another content."""
    gone: dict[str, frozenset[str]] = {}
    held: dict[str, set[str]] = {}
    for node in history:
        for touch in node.touches if node.is_main else ():
            path = PurePosixPath(touch.path)
            if path.parts[0] != KEPT[0] or path.suffix != ".yaml":
                continue
            if touch.act == "D":
                gone[path.name] = frozenset(held.pop(path.name, set()))
                continue
            if path.name in gone and touch.blob not in gone.pop(path.name):
                text = words.REUSED.format(number=path.stem)
                yield _finding(node, "audit.reused", text, touch.path)
            held.setdefault(path.name, set()).add(touch.blob)


def missing(anchors: Iterable[tuple[Text, str]]) -> Iterator[Finding]:
    """Anchors (name, commit) that the history does not hold any more: it was rewritten after they were set."""
    for name, commit in anchors:
        text = words.REWRITTEN.format(name=name, commit=commit[:SHORT])
        yield Finding("records", 1, 1, "audit.rewritten", text, clause=CLAUSE)


def altered(path: str, ledger: str, copy: str) -> Finding:
    """An issued copy that is not what its ledger says."""
    return Finding(path, 1, 1, "audit.copy", words.ALTERED.format(copy=copy, ledger=ledger), clause=CLAUSE)


def disguises(replaced: Iterable[str], *, is_grafted: bool) -> Iterator[Finding]:
    """What git can be told to show instead of what is there."""
    for each in replaced:
        text = words.REPLACED.format(commit=each[:SHORT])
        yield Finding("records", 1, 1, "audit.replaced", text, clause=CLAUSE)
    if is_grafted:
        yield Finding("records", 1, 1, "audit.grafted", words.GRAFTED, clause=CLAUSE)


def _is_kept(path: str) -> bool:
    return PurePosixPath(path).parts[0] in KEPT


def _finding(node: Node, rule: str, text: Text, path: str = "") -> Finding:
    first = path or next((touch.path for touch in node.touches if _is_kept(touch.path)), KEPT[0])
    said = words.AT.format(commit=node.commit.id[:SHORT], what=text)
    return Finding(first, 1, 1, rule, said, clause=CLAUSE)


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"
