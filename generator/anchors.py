"""Tags that hold a commit of the history fast: whoever rewrites it afterwards cannot hide that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.errors import GeneratorError
from generator.git import Repository
from generator.terms import audit as words

PREFIX = "wenkong-anchor-"
REPLACED = "refs/replace/"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A tag and the full id of its commit; `is_held` while the history of the last commit has it."""

    name: str
    commit: str
    is_held: bool


def found(repository: Repository) -> tuple[Anchor, ...]:
    """Every anchor of this clone, oldest name first."""
    pattern = f"refs/tags/{PREFIX}*"
    line = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
    lost = set(repository.ask("for-each-ref", "--no-merged=HEAD", "--format=%(refname:strip=2)", pattern).split())
    rows = (each.split("\0") for each in repository.ask("for-each-ref", line, pattern).splitlines())
    return tuple(Anchor(name, peeled or tag, name not in lost) for name, tag, peeled in rows)


def put(repository: Repository, now: datetime, about: str) -> Anchor:
    """Tag the last commit; signed where git is set to sign tags.

    Raises:
        GeneratorError: there is no commit yet, or git refuses.
    """
    head = repository.head()
    if head is None:
        raise GeneratorError(words.NO_COMMITS)
    name = f"{PREFIX}{now:%Y%m%dT%H%M%S}-{head.short}"
    known = {each.name for each in found(repository)}
    if name not in known:
        repository.ask("tag", "--annotate", f"--message={about}", name, head.id)
    return Anchor(name, head.id, is_held=True)


def is_held(repository: Repository, commit: str) -> bool:
    """Whether the history of the last commit has a commit, given by its full id or the start of it."""
    try:
        full = repository.ask("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").strip()
        return not repository.ask("rev-list", "--max-count=1", full, "^HEAD").strip()
    except GeneratorError:
        return False


def replacements(repository: Repository) -> tuple[str, ...]:
    """The ids of objects that git was told to show something else for."""
    names = repository.ask("for-each-ref", "--format=%(refname)", REPLACED).split()
    return tuple(each.removeprefix(REPLACED) for each in names)


def is_grafted(repository: Repository) -> bool:
    """Whether git was told of other parents than the commits name."""
    grafts = Path(repository.lock_folder) / "info" / "grafts"
    return grafts.is_file() and bool(grafts.read_text("utf-8", "replace").strip())
