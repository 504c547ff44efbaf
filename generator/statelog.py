"""Every change of a record's state as the commits tell it; what was read is kept, so that only new commits are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator import historyindex, pack, store, yamlfile
from generator.git import Repository
from generator.gitlog import Change
from generator.shelf import place

STATE = "state"
LAST = "last commit"
"""The key under which the commit stands up to which the history was read; the others are names of forms."""


@dataclass(frozen=True)
class Log:
    """The changes by form, as they are kept."""

    texts: Mapping[str, bytes]

    def of(self, paths: Iterable[str]) -> Iterator[Change]:
        """Those of these files, oldest first for each."""
        wanted = frozenset(paths)
        for form in sorted({place(each)[0] for each in wanted} & self.texts.keys() - {LAST}):
            rows = map(Change._make, json.loads(self.texts[form]))
            yield from (each for each in rows if each.path in wanted and each.before != each.after)


def read(root: Path, repository: Repository) -> Log:
    """The changes up to the last commit, kept for the next time.

    Raises:
        GeneratorError: the clone is shallow.
    """
    kept = store.read(root, STATE, pack.program())
    last, head = kept.get(LAST, b"").decode(), repository.head_id
    if not head or last == head:
        return Log(kept if head else {})
    with historyindex.opened(repository) as index:
        since = last if last and index.place_on_main(last) is not None else ""
    changes = sorted(map(_read, repository.changes_of(STATE, "records", since)), key=_form)
    texts = dict(kept) if since else {}
    for form, rows in groupby(changes, _form):
        before = json.loads(texts.get(form, b"[]"))
        texts[form] = json.dumps([*before, *rows], ensure_ascii=False).encode()
    texts[LAST] = head.encode()
    store.write(root, STATE, pack.program(), texts, kept)
    return Log(texts)


def _read(change: Change) -> Change:
    """The values of the texts; where before and after are the same, it was a comment beside the state."""
    return change._replace(before=yamlfile.scalar(change.before), after=yamlfile.scalar(change.after))


def _form(change: Change) -> str:
    return place(change.path)[0]
