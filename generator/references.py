"""Whether what a record points to exists: other records, people, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import hints
from generator.model import Field, Finding, Form, Kind, Library, Record
from generator.terms import Text, reading

DOCUMENT = "document"
SHORTEST_PART = 2
Steps = tuple[str | int, ...]
Place = Callable[..., tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What can be referred to: numbers by form, and numbers by the names that people write instead."""

    numbers: Mapping[str, frozenset[str]]
    unread: Mapping[str, frozenset[str]]
    names: Mapping[str, str]

    def hint(self, value: str, forms: tuple[str, ...]) -> Text:
        """The number that was perhaps meant: of that name, or written nearly so."""
        candidates = frozenset[str]().union(*(self.numbers.get(form, frozenset()) for form in forms))
        if self.names.get(value) in candidates:
            return reading.SIMILAR.format(key=self.names[value])
        hint = hints.similar(value, candidates)
        if hint is not reading.NOTHING or len(value) < SHORTEST_PART:
            return hint
        parts = {number for name, number in self.names.items() if number in candidates and value in name}
        return reading.SIMILAR.format(key=parts.pop()) if len(parts) == 1 else hint


def check(library: Library, place: Place) -> list[Finding]:
    """Findings on every reference to nothing."""
    known = _Known(_numbers(library), library.unread, _names(library))
    return [
        Finding(record.path, *place(record.source.marks, steps), "reference.unknown", text)
        for key, records in library.records.items()
        for wanted in (library.forms[key].referring,)
        for record in records.values()
        for steps, field, value in walk(record.values, wanted)
        for text in (_unknown(field, value, known),)
        if text is not None
    ]


def _numbers(library: Library) -> Mapping[str, frozenset[str]]:
    """Where records stand for documents, procedures and blank forms may be named as well."""
    documents = frozenset({form.number for form in library.forms.values() if form.number} | set(library.procedures))
    numbers = {
        key: documents.union(records) if library.forms[key].document else frozenset(records)
        for key, records in library.records.items()
    }
    return {**numbers, DOCUMENT: documents}


def _names(library: Library) -> Mapping[str, str]:
    return {
        str(record.values[key]): record.number
        for form in library.forms.values()
        for record in library.records.get(form.key, {}).values()
        for key in {form.shows, "name_zh", "name_en", "short_name"}
        if key in record.values
    }


def walk(values: Mapping[str, Any], fields: Mapping[str, Field], at: Steps = ()) -> Iterator[tuple[Steps, Field, Any]]:
    """Every filled field with the steps to it, those of rows included."""
    for key, field in fields.items():
        if key not in values:
            continue
        if field.kind is Kind.ROWS:
            for position, row in enumerate(values[key]):
                yield from walk(row, field.column_by_key, (*at, key, position))
        else:
            yield (*at, key), field, values[key]


def _unknown(field: Field, value: str, known: _Known) -> Text | None:
    kept = tuple(key for key in field.refers_if_kept if key in known.numbers)
    forms = field.refers_to + kept
    if not forms or len(kept) < len(field.refers_if_kept):
        return None
    if any(value in known.numbers.get(form, frozenset()) for form in forms):
        return None
    if any(value in known.unread.get(form, frozenset()) for form in forms):
        return reading.UNREAD_REFERENCE.format(label=field.label, value=value)
    hint = known.hint(value, forms)
    return reading.UNKNOWN_REFERENCE.format(label=field.label, value=value, forms=", ".join(forms), hint=hint)


def folder(record: Record) -> str:
    """Where the attachments of a record lie: a folder of its number beside it."""
    return record.path.removesuffix(".yaml")


def attachments(record: Record, form: Form) -> Iterator[tuple[Steps, str]]:
    """The file names that a record names as its attachments, with the steps to each."""
    for steps, _, value in walk(record.values, form.attached):
        yield from (((*steps, position), name) for position, name in enumerate(value))
