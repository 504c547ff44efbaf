"""What the rules found before, with everything that it hung on: they are asked again where some of that changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from generator import canonical, documents, findings
from generator.formulas import values_of
from generator.linked import told
from generator.model import Finding, Library, Record
from generator.notes import SETTING, Note
from generator.settings import KEY, TABLE, is_read
from generator.signed import SIGNATURES
from generator.world import World

Written = bytes
"""An entry as it is stored: JSON of a list."""
ORGANIZATION = "organization"
RULES = "rules"
"""The kind under which entries are stored."""
NEVER, FOR_EVER = "", "9999"
SHORT = 16
"""Hexadecimal digits that tell a file from what it was before; entries with fewer are read faster."""


@dataclass
class Memory:
    """Entries by the path of their record. `epoch` names all that every finding hangs on; `fresh` is to be stored."""

    epoch: str
    stored: Mapping[str, Written]
    fresh: dict[str, Written] = field(default_factory=dict)
    judged: int = 0
    """How many records were judged anew."""
    until: str = FOR_EVER
    """The first moment at which a clock runs out on any record."""
    broken: frozenset[tuple[str, int]] | None = None
    """The rules that are not well made, by form and place there, once that is known."""
    _values: dict[Note, str] = field(default_factory=dict)

    def recalled(self, record: Record, seen: World) -> tuple[Finding, ...] | None:
        """What was found on a record, if nothing that it hung on has changed since and no clock ran out."""
        written = self.stored.get(record.path)
        if written is None:
            return None
        identity, notes, since, until, found = json.loads(written)
        now = seen.now.isoformat()
        is_its_time = since <= now and (until == NEVER or now < until)
        if identity != _identity(record, seen) or not is_its_time:
            return None
        if any(self._value(_note(note), seen) != value for note, value in notes):
            return None
        self.fresh[record.path] = written
        self.until = min(self.until, until or FOR_EVER)
        return tuple(map(findings.finding, found))

    def remember(
        self, record: Record, seen: World, notes: Iterable[Note], until: datetime | None, found: Iterable[Finding]
    ) -> None:
        """Keep what was found on a record until a clock runs out; None for never."""
        self.judged += 1
        self.until = min(self.until, until.isoformat() if until else FOR_EVER)
        hung_on = [[note, self._value(note, seen)] for note in _gathered(notes)]
        entry = [
            *(_identity(record, seen), hung_on, seen.now.isoformat()),
            *(until.isoformat() if until else NEVER, list(map(findings.row, found))),
        ]
        self.fresh[record.path] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()

    def _value(self, note: Note, seen: World) -> str:
        if note not in self._values:
            self._values[note] = _looked_up(note, seen)
        return self._values[note]


def _gathered(notes: Iterable[Note]) -> Iterator[Note]:
    """Notes in order; those of settings as one, since there are many and few of them ever change."""
    known = sorted(notes)
    yield from (each for each in known if each[0] != SETTING)
    keys = [key for what, key in (each for each in known if each[0] == SETTING)]
    if keys:
        yield (SETTING, *keys)


def notes(written: Written) -> Iterator[Note]:
    """What an entry hung on."""
    return (_note(note) for note, _ in json.loads(written)[1])


def found(written: Written) -> Iterator[Finding]:
    """What was found on the record of an entry."""
    return map(findings.finding, json.loads(written)[4])


def concerns(note: Note, record: Record) -> bool:
    """Whether a record as it is now is one of those that a rule was given."""
    what, *about = note
    if what == "record":
        return bool(about[0] == record.number)
    if what == SETTING:
        return False
    form, key, value = about
    if form != record.form:
        return False
    if what == "referring":
        return value in values_of(record.values, key)
    return key[0] in record.values and value == told(record, key)


def _note(written: list[Any]) -> Note:
    return tuple(tuple(each) if isinstance(each, list) else each for each in written)


def _looked_up(note: Note, seen: World) -> str:
    """What stands there now, in short: the digests of the records that a rule was given."""
    what, *about = note
    if what == "record":
        record = seen.record(about[0])
        return _identity(record, seen) if record else ""
    if what == SETTING:
        return " ".join(f"{key}={seen.settings.company[key]}" for key in about if key in seen.settings.company)
    if what == "referring":
        return " ".join(f"{each.number}={each.source.digest[:SHORT]}" for each in seen.referring(*about))
    return " ".join(seen.alike(*about))


def _identity(record: Record, seen: World) -> str:
    """What a record is: its file, the signatures that hold on it, and the customer's demands that hold for it."""
    signed = (each.path for each in seen.library.holding.get(record.number, ()))
    demands = (f"{each.record.number}:{each.position}" for each in seen.settings.overlays_on(record))
    return " ".join((record.source.digest[:SHORT], *signed, *demands))


def epoch(library: Library, program: str, in_force: Mapping[str, str]) -> str:
    """What all findings hang on: the program, the definitions, master data and customers' demands, what is in force.

    What the organisation sets and a rule reads is left out: each finding knows the settings that it hangs on.
    """
    hung_on = {
        "program": program,
        "forms": {key: form.digest for key, form in library.forms.items()},
        "masters": {each.path: _mastered(each, library) for each in _masters(library)},
        "in force": {number: each.label for number, each in documents.of(library).items()} | dict(in_force),
    }
    return canonical.digest(canonical.content(hung_on))


def _mastered(record: Record, library: Library) -> str:
    rows = record.values.get(TABLE) if record.form == ORGANIZATION else None
    if not rows:
        return record.source.digest
    left = [row for row in rows if not is_read(row[KEY], library.forms.values())]
    return canonical.digest(canonical.content({**record.values, TABLE: left}))


def _masters(library: Library) -> Iterator[Record]:
    for form in library.forms.values():
        if form.key != SIGNATURES and (not form.number or form.overlays):
            yield from library.records.get(form.key, {}).values()
