"""From single events to what is to be done: which files count, when it is quiet, what changed, what to print again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.model import Library
from generator.printing import template_path
from generator.shelf import Look

FOLDERS = ("records", "schemas", "forms", "procedures")
QUIET, LONGEST = 0.03, 0.6
"""Seconds after the last event until it counts as one save, and after the first however many follow."""
REBASING = 0.5
"""Seconds without a change of HEAD after which a rebase has stopped to ask somebody."""
STALE = 10.0
"""Seconds after which the lock of a git that was killed is waited for no longer."""
PASSING = re.compile(
    r"^\.|^~\$|^#|[~#]$"  # hidden, Word's, Emacs's, backups
    r"|\.(sw[a-z]|swpx|tmp|temp|bak|orig|part|crdownload|lock|kate-swp)$|___jb_(tmp|old)___$|^4913$"
)
"""Names of what editors and git leave beside a file while they save it; 4913 is vim trying the folder."""
Snapshot = Mapping[str, Look]


@dataclass(frozen=True, slots=True)
class Change:
    """What is new, other and gone between two looks, as paths from the root."""

    new: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.other or self.gone)

    @property
    def paths(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.new, *self.other, *self.gone))


@dataclass(slots=True)
class Burst:
    """The events that belong to one save."""

    first: float | None = None
    last: float = 0.0

    def happens(self, at: float) -> None:
        """Another event."""
        self.first = at if self.first is None else self.first
        self.last = at

    def wait(self, now: float) -> float | None:
        """Seconds until the burst is over, 0 if it is; None where there was no event."""
        if self.first is None:
            return None
        return max(0.0, min(self.last + QUIET, self.first + LONGEST) - now)

    def end(self) -> None:
        """Begin anew."""
        self.first = None


def is_meant(path: str) -> bool:
    """Whether a path from the root is something that is checked, and not what an editor leaves beside it."""
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and parts[0] in FOLDERS and not any(PASSING.search(part) for part in parts)


def is_settled(*, is_locked: bool, is_rebasing: bool, quiet_for: float) -> bool:
    """Whether git is done: no lock, HEAD at rest; a rebase that asks somebody does not hold us up, nor a dead lock."""
    if is_locked:
        return quiet_for > STALE
    return quiet_for > (REBASING if is_rebasing else QUIET)


def between(before: Snapshot, after: Snapshot) -> Change:
    """What changed from one look to the next."""
    return Change(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(path for path in after.keys() & before.keys() if after[path] != before[path])),
        tuple(sorted(before.keys() - after.keys())),
    )


def to_print(change: Change, library: Library, last: str, most: int) -> tuple[str, ...]:
    """The names of what is printed again, at most so many: records, forms and procedures that were touched.

    Who works on a template or a definition sees it on the record that was saved last.
    """
    touched = change.paths - frozenset(change.gone)
    names = [*_records(touched, library)]
    changed = [key for key, form in library.forms.items() if form.is_printed and _faces(library, key) & touched]
    names += changed
    seen = library.record(last) if last else None
    if seen is not None and seen.form in changed:
        names.append(last)
    names += [number for number, each in library.procedures.items() if each.path in touched]
    return tuple(dict.fromkeys(names))[:most]


def _faces(library: Library, key: str) -> frozenset[str]:
    form = library.forms[key]
    return frozenset((form.path, template_path(form), *map(template_path, form.views.values())))


def _records(touched: Iterable[str], library: Library) -> Iterable[str]:
    """The records whose file or attachment was touched."""
    stems = {PurePosixPath(path).stem for path in touched if path.endswith(".yaml")}
    stems |= {PurePosixPath(path).parent.name for path in touched if not path.endswith(".yaml")}
    for key, records in library.records.items():
        if library.forms[key].is_printed:
            yield from (number for number in sorted(stems & records.keys()))
