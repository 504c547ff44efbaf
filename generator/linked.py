"""Which records refer to a number and which say the same, found by looking at all of a form or only at a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from generator.formulas import values_of
from generator.model import Library, Record

Naming = Callable[[str, str], Iterable[Record]]
"""Gives those records of a form in which a text stands, and perhaps others."""
UNWRITTEN = ("True", "False", "[", "{")
"""What is no text begins so and stands otherwise in a file: there all records are looked at."""
Told = tuple[str, ...]
"""What a record says in some fields, as text."""


class Links(Protocol):
    """Finds records by what they say."""

    def referring(self, form: str, key: str, number: str) -> tuple[Record, ...]:
        """The records of a form whose field, or column of a table, holds this number."""

    def alike(self, form: str, fields: tuple[str, ...], values: Told) -> list[str]:
        """The numbers of the records of a form with these values in these fields, the first of which is filled."""


@dataclass(frozen=True)
class Indexed:
    """Looks at all records of a form, once for each field that is asked for."""

    library: Library
    _referring: dict[tuple[str, str], Mapping[str, list[Record]]] = field(default_factory=dict)
    _alike: dict[tuple[str, tuple[str, ...]], Mapping[Told, list[str]]] = field(default_factory=dict)

    def referring(self, form: str, key: str, number: str) -> tuple[Record, ...]:
        """See Links."""
        if (form, key) not in self._referring:
            found: dict[str, list[Record]] = {}
            for record in self.library.records.get(form, {}).values():
                for value in values_of(record.values, key):
                    if isinstance(value, str):
                        found.setdefault(value, []).append(record)
            self._referring[form, key] = found
        return tuple(self._referring[form, key].get(number, ()))

    def alike(self, form: str, fields: tuple[str, ...], values: Told) -> list[str]:
        """See Links."""
        if (form, fields) not in self._alike:
            found: dict[Told, list[str]] = {}
            for number, record in sorted(self.library.records.get(form, {}).items()):
                if fields[0] in record.values:
                    found.setdefault(told(record, fields), []).append(number)
            self._alike[form, fields] = found
        return self._alike[form, fields].get(values, [])


@dataclass(frozen=True)
class Named:
    """Looks only at records in which the value stands."""

    naming: Naming
    _referring: dict[tuple[str, str, str], tuple[Record, ...]] = field(default_factory=dict)

    def referring(self, form: str, key: str, number: str) -> tuple[Record, ...]:
        """See Links."""
        wanted = (form, key, number)
        if wanted not in self._referring:
            several = ((each, tuple(values_of(each.values, key)).count(number)) for each in self.naming(form, number))
            self._referring[wanted] = tuple(each for each, count in several for _ in range(count))
        return self._referring[wanted]

    def alike(self, form: str, fields: tuple[str, ...], values: Told) -> list[str]:
        """See Links."""
        text = "" if values[0].startswith(UNWRITTEN) else values[0]
        return sorted(
            each.number for each in self.naming(form, text) if fields[0] in each.values and told(each, fields) == values
        )


def told(record: Record, fields: tuple[str, ...]) -> Told:
    """What a record says in these fields."""
    return tuple(str(record.values.get(each, "")) for each in fields)
