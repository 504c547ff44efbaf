"""What has changed since an answer was given: the files by their looks, and what commits did one after the other."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from generator import historyindex, statelog
from generator.git import Repository
from generator.shelf import SUFFIX, place
from generator.verdict import FOLDERS, Ground, State

KEEPING = frozenset("AM")
"""What git's letters say of a file that is there afterwards."""


def since(root: Path, repository: Repository | None, ground: Ground, seen: State) -> frozenset[str] | None:
    """The paths of the records that were changed, added or committed, with what is attached to them.

    None where anything else has changed, or something was taken away. Kept states are brought up to the last commit.
    """
    committed = _committed(root, repository, ground, seen)
    if committed is None:
        return None
    differing = {path for path, _ in ground.looks.items() ^ seen.looks.items()}
    owners = {owner(path, seen.looks) for path in differing | committed}
    return frozenset(owners) if owners <= seen.looks.keys() else None


def _committed(root: Path, repository: Repository | None, ground: Ground, seen: State) -> frozenset[str] | None:
    """The files that are read which commits have changed, each of them after the one before."""
    if ground.history == seen.history:
        return frozenset()
    if repository is None or repository.is_shallow():
        return None
    with historyindex.opened(repository) as index:
        revisions = index.onward(ground.history)
    if revisions is None or any(each.act not in KEEPING for each in revisions):
        return None
    statelog.read(root, repository)
    return frozenset(each.path for each in revisions if each.path.partition("/")[0] in FOLDERS)


def owner(path: str, known: Collection[str]) -> str:
    """The file of the record that a file is or is attached to; empty for any other file."""
    if any(place(path)):
        return path
    beside = f"{path.rpartition('/')[0]}{SUFFIX}"
    return beside if beside in known and any(place(beside)) else ""
