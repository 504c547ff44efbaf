"""Records as they were read before: a file that has not changed is neither parsed nor validated again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator import canonical, findings
from generator.model import Field, Finding, Form, Kind
from generator.shelf import is_settled

Written = bytes
"""An entry as it is stored: JSON of a list."""
Look = tuple[int, ...]
FILES = "files"
"""The kind under which entries are stored."""
FOUND = "found:"


@dataclass(frozen=True, slots=True)
class Read:
    """What a file said: the digest of its content, and the values of its record."""

    digest: str
    values: dict[str, Any]


@dataclass
class Kept:
    """Entries by the path of their file. An entry holds under the same program, definition and content.

    `program` names the program and is empty where nothing is to be kept; `stored` is what was kept before, and `fresh`
    what is to be kept.
    """

    program: str
    stored: Mapping[str, Written] = field(default_factory=dict)
    fresh: dict[str, Written] = field(default_factory=dict)
    parsed: int = 0
    """How many files had to be parsed."""
    _epochs: dict[str, str] = field(default_factory=dict)

    def recalled(self, path: str, form: Form, seen: Look, content: Callable[[], bytes]) -> Read | None:
        """What a record's file said, if it looks as it did then, or its content is the same still."""
        known = self._recalled(path, self._epoch(form), seen, content) if path in self.stored else None
        return Read(known.digest, _typed(known.values, form.fields)) if known else None

    def remember(self, path: str, form: Form, seen: Look, read: Read) -> None:
        """Keep what a file said; one that is too young to be known by its look is known by its content."""
        self.parsed += 1
        if self.program:
            self._keep(path, self._epoch(form), seen, read)

    def definition(self, path: str, seen: Look, content: Callable[[], bytes]) -> dict[str, Any] | None:
        """The same for a definition: the schema that the file said."""
        known = self._recalled(path, self.program, seen, content)
        if known is not None:
            self._epochs[path] = f"{self.program} {known.digest}"
        return known.values if known else None

    def remember_definition(self, path: str, seen: Look, read: Read) -> None:
        """Keep the schema of a definition that has no faults."""
        self.parsed += 1
        self._epochs[path] = f"{self.program} {read.digest}"
        if self.program:
            self._keep(path, self.program, seen, read)

    def _recalled(self, path: str, epoch: str, seen: Look, content: Callable[[], bytes]) -> Read | None:
        written = self.stored.get(path)
        if written is None or not seen:
            return None
        kept, look, digest, values = json.loads(written)
        if kept != epoch:
            return None
        if tuple(look) == seen:
            self.fresh[path] = written
        elif digest == canonical.digest(content()):
            self._keep(path, epoch, seen, Read(digest, values))
        else:
            return None
        return Read(digest, values)

    def found(self, key: str, state: str, make: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        """What is found on something that is not a record; made again where its state is another than the last time."""
        name, state = f"{FOUND}{key}", f"{self.program} {state}"
        written = self.stored.get(name)
        known = json.loads(written) if written is not None else None
        if known is None or known[0] != state:
            self.parsed += 1
            known = [state, list(map(findings.row, make()))]
            written = json.dumps(known, ensure_ascii=False).encode()
        self.fresh[name] = written or b""
        return tuple(map(findings.finding, known[1]))

    def _keep(self, path: str, epoch: str, seen: Look, read: Read) -> None:
        entry = [epoch, seen if is_settled(seen) else (), read.digest, read.values]
        self.fresh[path] = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), default=str).encode()

    def _epoch(self, form: Form) -> str:
        if form.path not in self._epochs:
            self._epochs[form.path] = f"{self.program} {form.digest}"
        return self._epochs[form.path]


def _typed(values: dict[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The numbers of a record, which JSON keeps as text so that they stay as they were written."""
    for each in fields:
        if each.kind is Kind.NUMBER and each.key in values:
            values[each.key] = Decimal(values[each.key])
        elif each.kind is Kind.ROWS and any(column.kind is Kind.NUMBER for column in each.columns):
            for row in values.get(each.key, ()):
                _typed(row, each.columns)
    return values
