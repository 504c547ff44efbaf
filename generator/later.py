"""A library whose records are read when somebody asks for one, for verbs that look at a few of many."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import load
from generator.kept import Kept
from generator.model import Finding, Library, Record
from generator.shelf import Shelf, place
from generator.store import Entries

Read = Callable[[str], tuple[Record | None, tuple[Finding, ...]]]
"""Reads the file of a path."""


@dataclass(frozen=True)
class Records(Mapping[str, Record]):
    """The records of a form by number.

    A file without faults has its number for a name, so that none is opened before it is asked for.
    """

    listed: Mapping[str, str]
    """The path of each file by its name."""
    read: Read
    sure: frozenset[str] = frozenset()
    """The paths of files that are known to have no faults."""
    _made: dict[str, tuple[Record | None, tuple[Finding, ...]]] = field(default_factory=dict)

    def _of(self, number: str) -> tuple[Record | None, tuple[Finding, ...]]:
        if number not in self._made:
            self._made[number] = self.read(self.listed[number]) if number in self.listed else (None, ())
        return self._made[number]

    def __getitem__(self, number: str) -> Record:
        record, _ = self._of(number)
        if record is None:
            raise KeyError(number)
        return record

    def __contains__(self, number: object) -> bool:
        if number not in self.listed:
            return False
        return self.listed[str(number)] in self.sure or self._of(str(number))[0] is not None

    def __iter__(self) -> Iterator[str]:
        return (each for each in self.listed if each in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def findings(self, number: str) -> tuple[Finding, ...]:
        """What is wrong with the file of that name."""
        return self._of(number)[1]


@dataclass(frozen=True)
class Unread(Mapping[str, frozenset[str]]):
    """By form, the names of files that are there but wrong; found when somebody asks."""

    records: Mapping[str, Records]

    def __getitem__(self, form: str) -> frozenset[str]:
        known = self.records[form]
        return frozenset(each for each in known.listed if each not in known)

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


@dataclass(frozen=True)
class Naming:
    """Finds the records of a form in whose files a text stands, by what is kept of them; changed ones in any case."""

    records: Mapping[str, Records]
    files: Entries
    changed: frozenset[str]
    _texts: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)

    def __call__(self, form: str, text: str) -> Iterator[Record]:
        """See linked.Naming."""
        if form not in self._texts:
            self._texts[form] = list(self.files.below(f"records/{form}/"))
        wanted = json.dumps(text, ensure_ascii=False)[1:-1].encode()
        stored = {path for path, written in self._texts[form] if wanted in written}
        known = self.records.get(form)
        if known is not None:
            meant = (number for number, path in known.listed.items() if path in stored or path in self.changed)
            yield from (known[number] for number in meant if number in known)


def library(
    root: Path, paths: Iterable[str], kept: Kept, sure: frozenset[str] = frozenset(), shelf: Shelf | None = None
) -> tuple[Library, Mapping[str, Records]]:
    """The library of these files, without its findings; and its records, which know what is wrong with each.

    `paths` lead from the root to files of records, `sure` are those without faults; where two have one name, the first
    counts. What a shelf holds is not read again.
    """
    shelf = shelf or Shelf()
    forms, registers, checks, _ = load.defined(root, shelf, kept)
    listed: dict[str, dict[str, str]] = {key: {} for key in forms}
    for path in paths:
        key, name = place(path)
        if key in listed:
            listed[key].setdefault(name, path)
    reader = load.Reader(root, forms, checks, shelf, kept)
    records = {key: Records(each, _reading(reader, key), sure) for key, each in listed.items()}
    organization = records["organization"].get("organization") if "organization" in records else None
    return Library(
        organization=organization.values if organization else {},
        forms=forms,
        records=records,
        procedures=load.procedures(root)[0],
        findings=(),
        unread=Unread(records),
        registers=registers,
    ), records


def _reading(reader: load.Reader, key: str) -> Read:
    return lambda path: reader.shelved(path, reader.root / path, reader.forms[key])
