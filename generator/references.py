"""Whether what a record points to exists: other records, people, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator import hints
from generator.model import Field, Finding, Form, Kind, Library, Record
from generator.settings import Settings
from generator.terms import Text, reading

DOCUMENT = "document"
UNKNOWN = "reference.unknown"
SINCE = "records.kept_since"
"""The setting that says from which day on records of a form are kept here."""
SHORTEST_PART = 2
Steps = tuple[str | int, ...]
Place = Callable[..., tuple[int, int]]


@dataclass(frozen=True)
class _Known:
    """What can be referred to: records by form, documents, and numbers by the names that people write instead."""

    library: Library

    @cached_property
    def documents(self) -> frozenset[str]:
        """Procedures and blank forms; where records stand for documents, these may be named as well."""
        forms = {form.number for form in self.library.forms.values() if form.number}
        return frozenset(forms | set(self.library.procedures))

    @cached_property
    def since(self) -> Mapping[str, str]:
        """By form, the day on which it came into use here, where the organisation says so."""
        settings = Settings(self.library)
        return dict(settings.held(SINCE, None).value) if SINCE in settings.declared else {}

    def is_kept(self, form: str, record: Record) -> bool:
        """Whether there are records of a form at all, and were when this record was begun."""
        if form != DOCUMENT and form not in self.library.records:
            return False
        return str(record.values.get("created_on", "")) >= self.since.get(form, "")

    def has(self, form: str, value: str) -> bool:
        """Whether a form has a record of that number, or there is such a document."""
        return value in self.library.records.get(form, ()) or (self._is_document(form) and value in self.documents)

    def hint(self, value: str, forms: tuple[str, ...]) -> Text:
        """The number that was perhaps meant: of that name, or written nearly so."""
        candidates = frozenset[str]().union(*map(self._numbers, forms))
        names = {name: number for form in forms for name, number in self._names(form).items()}
        if value in names:
            return reading.SIMILAR.format(key=names[value])
        hint = hints.similar(value, candidates)
        if hint is not reading.NOTHING or len(value) < SHORTEST_PART:
            return hint
        parts = {number for name, number in names.items() if value in name}
        return reading.SIMILAR.format(key=parts.pop()) if len(parts) == 1 else hint

    def _is_document(self, form: str) -> bool:
        return form == DOCUMENT or (form in self.library.forms and bool(self.library.forms[form].document))

    def _numbers(self, form: str) -> frozenset[str]:
        kept = frozenset(self.library.records.get(form, ()))
        return kept | self.documents if self._is_document(form) else kept

    def _names(self, form: str) -> Mapping[str, str]:
        kept = self.library.records.get(form, {}).values()
        return {name: record.number for record in kept for name in names(record, self.library.forms[form])}


def check(library: Library, place: Place, records: Iterable[Record]) -> list[Finding]:
    """Findings on every reference of these records to nothing."""
    known = _Known(library)
    return [
        Finding(record.path, *place(record.source.marks, steps), UNKNOWN, text)
        for record in records
        for steps, field, value in walk(record.values, library.forms[record.form].referring)
        for text in (_unknown(record, field, value, known),)
        if text is not None
    ]


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


def names(record: Record, form: Form) -> tuple[str, ...]:
    """The names by which people call a record instead of its number."""
    keys = {form.shows, "name_zh", "name_en", "short_name"}
    return tuple(str(record.values[key]) for key in keys if key in record.values)


def targets(form: Form) -> frozenset[str]:
    """The forms whose records its fields refer to."""
    fields = (each for field in form.referring.values() for each in (field, *field.columns))
    return frozenset(key for each in fields for key in each.refers_to + each.refers_if_kept)


def _unknown(record: Record, field: Field, value: str, known: _Known) -> Text | None:
    kept = tuple(form for form in field.refers_if_kept if known.is_kept(form, record))
    forms = field.refers_to + kept
    if not forms or len(kept) < len(field.refers_if_kept):
        return None
    if any(known.has(form, value) for form in forms):
        return None
    if any(value in known.library.unread.get(form, ()) for form in forms):
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
