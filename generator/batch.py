"""Everything that a workbook would write, made and judged before the first file changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator import flow, intake, intakecheck, newnumbers, states
from generator.intake import Origin
from generator.intakecheck import Judged
from generator.merging import Merge
from generator.model import Form, Library
from generator.newnumbers import Numbered, Used
from generator.returned import Remark
from generator.terms import workbooks as words
from generator.workbooks import STATE

OURS, THEIRS = "ours", "theirs"
ROW = re.compile(r"(.*)![A-Z]+([0-9]+)\Z", re.DOTALL)
Place = Callable[[Form, str, date], str]
"""Where the record of a number that was begun on a day is put, from the root."""


@dataclass(frozen=True)
class Batch:
    """What is to be written, the merge that it comes of, and what is wrong with it.

    `left` are the rows that were left out, each with why.
    """

    merge: Merge
    numbered: Numbered
    ended: tuple[Remark, ...] = ()
    """What would change in records that have ended."""
    files: intakecheck.Files = field(default_factory=dict)
    judged: Judged = field(default_factory=Judged)
    left: Mapping[tuple[str, int], tuple[Remark, ...]] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[Remark, ...]:
        """What keeps it from being written."""
        found = (Remark(place, each.message) for place, each in self.judged.faults)
        return (*self.merge.faults, *self.numbered.faults, *self.ended, *found)


@dataclass(frozen=True)
class Maker:
    """What batches are made with."""

    root: Path
    library: Library
    used: Used
    given: Mapping[str, str]
    now: datetime
    place: Place
    modeline: Callable[[Form, str], str]
    """What the first line of a record's file at a path names."""

    def batch(self, merge: Merge) -> Batch:
        """The files that come of a merge, judged; none where the merge itself is wrong."""
        today = f"{self.now:%Y-%m-%d}"
        numbered = newnumbers.numbered(merge.additions, self.library, self.used, self.given, today)
        ended = tuple(self._ended(merge, numbered))
        if merge.faults or numbered.faults or ended or merge.conflicts:
            return Batch(merge, numbered, ended)
        files: dict[str, tuple[str, bytes]] = {}
        origins: dict[str, Origin] = {}
        for path, key, content, origin in (*self._changed(merge, numbered), *self._new(numbered, today)):
            files[path], origins[path] = (key, content), origin
        judged = intakecheck.judged(self.root, self.library, files, origins, self.now)
        return Batch(merge, numbered, ended, files, judged)

    def _ended(self, merge: Merge, numbered: Numbered) -> Iterator[Remark]:
        """Whatever would change in a record that has ended, in its fields or its tables."""
        changes = ((each.number, each.place) for each in (*merge.changes, *merge.conflicts))
        for number, place in (*changes, *((number, each.place) for number, each in numbered.rows)):
            record = None if number in numbered.records else self.library.record(number)
            state = str(record.values.get(STATE, "")) if record else ""
            if record is not None and states.is_final(self.library.forms[record.form], state):
                said = flow.title(self.library.forms[record.form], state)
                yield Remark(place, words.CLOSED.format(number=number, state=said))

    def without_bad_rows(self, merge: Merge) -> Batch:
        """The same with rows left out until nothing is wrong with what remains."""
        left: dict[tuple[str, int], list[Remark]] = {}
        while True:
            batch = self.batch(merge)
            bad = {row_of(each.place): each for each in batch.faults}
            if None in bad or bad.keys() <= left.keys():
                return replace(batch, left={row: tuple(found) for row, found in left.items()})
            for each in batch.faults:
                left.setdefault(row_of(each.place) or ("", 0), []).append(each)
            merge = _without(merge, set(left))

    def _changed(self, merge: Merge, numbered: Numbered) -> Iterator[tuple[str, str, bytes, Origin]]:
        changed, added = _by_number((each.number, each) for each in merge.changes), _by_number(numbered.rows)
        for number in dict.fromkeys((*changed, *added)):
            record = None if number in numbered.records else self.library.record(number)
            if record is None:
                continue
            changes, rows = changed.get(number, []), added.get(number, [])
            place = merge.places.get(number) or (changes[0].place if changes else rows[0].place)
            origin = Origin(place)
            content = (self.root / record.path).read_bytes()
            form = self.library.forms[record.form]
            yield record.path, record.form, intake.changed(content, form, changes, rows, origin), origin

    def _new(self, numbered: Numbered, today: str) -> Iterator[tuple[str, str, bytes, Origin]]:
        added = _by_number(numbered.rows)
        for number, addition in numbered.records.items():
            form, rows = self.library.forms[addition.form], added.get(number, [])
            day = str(addition.values.get(newnumbers.CREATED, (today, ""))[0] or today)
            path = self.place(form, number, date.fromisoformat(day))
            modeline = self.modeline(form, path)
            content, origin = intake.new(form, number, addition, rows, today=today, modeline=modeline)
            yield path, form.key, content, origin


def _by_number(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for number, each in pairs:
        found.setdefault(number, []).append(each)
    return found


def settled(merge: Merge, side: str) -> Merge:
    """The merge with its conflicts decided for one side."""
    if side not in {OURS, THEIRS}:
        return merge
    return replace(merge, changes=merge.changes + (merge.conflicts if side == THEIRS else []), conflicts=[])


def row_of(place: str) -> tuple[str, int] | None:
    """The sheet and row of an address; None where it names no cell."""
    found = ROW.match(place)
    return (found[1], int(found[2])) if found else None


def _without(merge: Merge, rows: Iterable[tuple[str, int]]) -> Merge:
    """The merge without what comes from these rows, and without rows whose record does."""
    gone = set(rows)
    lost = {each.link or each.handle for each in merge.additions if row_of(each.place) in gone and not each.rows}
    return replace(
        merge,
        changes=[each for each in merge.changes if row_of(each.place) not in gone],
        conflicts=[each for each in merge.conflicts if row_of(each.place) not in gone],
        additions=[
            each
            for each in merge.additions
            if row_of(each.place) not in gone and not (each.rows and each.handle in lost - {""})
        ],
        faults=[each for each in merge.faults if row_of(each.place) not in gone],
    )
