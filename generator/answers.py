"""How values are written into cells so that they can be read back: options by their words, references by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from generator.model import Field, Form, Kind, Library, Record
from generator.terms import Language, Text, house
from generator.wording import Printer

JOINT = "\n"
"""Between several answers in one cell."""


class Answers:
    """The words of one library's answers; what a reference is called is looked up once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._printer = Printer(library, Language.BOTH)
        self._named_once = cache(self._named)
        self._numbers_once = cache(self._numbers)

    def of(self, field: Field) -> tuple[str, ...]:
        """The answers that a drop-down offers; nothing where anything may be written."""
        if field.kind is Kind.CHOICE:
            return tuple(option_words(field).values())
        if field.kind is Kind.BOOLEAN:
            return tuple(yes_or_no().values())
        if field.kind is Kind.REFERENCE:
            return tuple(self.references(field).values())
        return ()

    def references(self, field: Field) -> Mapping[str, str]:
        """What a field may point to, by number, as it is written into a cell."""
        return self._named_once(field.refers_to + field.refers_if_kept)

    def _named(self, keys: tuple[str, ...]) -> Mapping[str, str]:
        forms = [self._library.forms[key] for key in keys if key in self._library.forms]
        return {
            number: self._name(form, record)
            for form in forms
            for number, record in self._library.records[form.key].items()
        }

    def meant(self, field: Field, written: str) -> str:
        """The number that a person means: written alone or with its name behind it, or a name that only it has.

        Empty where nothing is known of it.
        """
        return self._numbers_once(field.refers_to + field.refers_if_kept).get(plainly(written), "")

    def _numbers(self, keys: tuple[str, ...]) -> Mapping[str, str]:
        names: dict[str, set[str]] = {}
        for number, said in self._named_once(keys).items():
            for each in (number, said, said.removeprefix(number)):
                names.setdefault(plainly(each), set()).add(number)
        return {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}

    def _name(self, form: Form, record: Record) -> str:
        name = self._printer.name(form, record)
        return f"{record.number} {name}" if name != record.number else name

    def cell(self, field: Field, value: Any) -> Any:
        """A value as it stands in a cell."""
        if value is None:
            return None
        if isinstance(value, list):
            return JOINT.join(str(self.cell(one(field), each)) for each in value)
        if field.kind is Kind.CHOICE:
            return option_words(field).get(value, value)
        if field.kind is Kind.BOOLEAN:
            return yes_or_no().get(value, value)
        if field.kind is Kind.REFERENCE:
            return self.references(field).get(value, value)
        if field.kind in {Kind.DATE, Kind.DATETIME} and isinstance(value, str):
            return date.fromisoformat(value) if field.kind is Kind.DATE else datetime.fromisoformat(value)
        return value.within(Language.BOTH) if isinstance(value, Text) else value


def plainly(text: str) -> str:
    """A word as it is compared: full-width signs narrow, without blanks and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def one(field: Field) -> Field:
    """The field of one answer of several: of a choice, or the name of a file."""
    return replace(field, kind=Kind.CHOICE if field.kind is Kind.CHOICES else Kind.TEXT)


def option_words(field: Field) -> Mapping[str, str]:
    """Options by key as they are written into cells: by their words, or by key where two have the same words."""
    said = [option.label.within(Language.BOTH) for option in field.options]
    return {
        option.key: text if said.count(text) == 1 else option.key
        for option, text in zip(field.options, said, strict=True)
    }


def yes_or_no() -> Mapping[bool, str]:
    """The two answers of a boolean as they are written into cells."""
    return {True: house.YES.within(Language.BOTH), False: house.NO.within(Language.BOTH)}
