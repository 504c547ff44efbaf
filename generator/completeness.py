"""How much of what a sheet shows is there, and whether it says what only others should read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Field, Form, Kind, Library, Record
from generator.presence import printed
from generator.terms import Text
from generator.terms import views as words

NAMES = ("name_zh", "name_en", "short_name")
BAR = 10


@dataclass(frozen=True, slots=True)
class Meter:
    """How many of the fields that a sheet shows are filled, and which are not; optional ones do not count."""

    filled: int
    wanted: int
    missing: tuple[Field, ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return self.filled * 100 // self.wanted if self.wanted else 100

    @property
    def said(self) -> Text:
        """As it is printed and shown."""
        return words.METER.format(percent=self.percent, filled=self.filled, wanted=self.wanted)


def meter(view: Form, record: Record) -> Meter:
    """How complete a record is for one of its form's views."""
    counted = [each for each in printed(view) if each.key not in view.optional and each.kind is not Kind.INK]
    missing = tuple(each for each in counted if record.values.get(each.key) in (None, "", [], ()))
    return Meter(len(counted) - len(missing), len(counted), missing)


def sentence(view: Form, record: Record) -> Text:
    """How complete a record is for a view, and what is missing."""
    found = meter(view, record)
    labels = [each.label for each in found.missing]
    missing = Text("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))
    return (words.MISSING if found.missing else words.WHOLE).format(title=view.title, meter=found.said, missing=missing)


def strangers(texts: Mapping[str, object], record: Record, library: Library) -> Iterator[tuple[str, str]]:
    """Other customers that a sheet for one customer names: the field's key and the name."""
    own = customers(record, library)
    names = [
        str(name)
        for key in sorted(masters(library))
        for number, other in library.records.get(key, {}).items()
        if number not in own
        for name in (number, *(other.values.get(each, "") for each in NAMES))
        if name
    ]
    for key, value in texts.items():
        for text in _texts(value):
            yield from ((key, name) for name in names if name in text)


def customers(record: Record, library: Library) -> frozenset[str]:
    """The numbers of the customers that a record says it is for."""
    kept = masters(library)
    fields = (each.key for each in library.forms[record.form].fields if kept & set(each.refers_to))
    return frozenset(str(record.values[key]) for key in fields if key in record.values)


def masters(library: Library) -> set[str]:
    """The forms that customers are kept in: those that customers' demands point to."""
    return {
        target
        for form in library.forms.values()
        if form.overlays
        for target in form.by_key[form.overlays.customer].refers_to
    }


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (cell for row in value if isinstance(row, Mapping) for cell in row.values() if isinstance(cell, str))
