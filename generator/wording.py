"""How the value of a field reads on paper: options by their words, references by their names, numbers as written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.model import Field, Form, Kind, Library, Option, Record
from generator.terms import Language, house

TICKED, EMPTY, GLUE = "☑", "☐", "\u00a0"


@dataclass(frozen=True, slots=True)
class Photos:
    """File names of the pictures that stand in one place of the sheet."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printer:
    """How values become text: in which language, and what stands for a record that is referred to."""

    library: Library
    language: Language

    def value(self, field: Field, value: Any, *, blank_rows: int = 0) -> Any:
        """What the tag of a field stands for."""
        if field.kind is Kind.ROWS:
            rows = value or [{}] * blank_rows
            return tuple(
                {each.key: self.cell(each, row.get(each.key)) if row else "" for each in field.columns} for row in rows
            )
        if field.kind is Kind.PHOTOS:
            return Photos(tuple(value or ()))
        if field.kind is Kind.CHOICE:
            return self.boxes(field.options, () if value is None else (value,))
        if field.kind is Kind.CHOICES:
            return self.boxes(field.options, tuple(value or ()))
        if field.kind is Kind.BOOLEAN:
            answers = (Option("true", house.YES), Option("false", house.NO))
            return self.boxes(answers, () if value is None else ("true" if value else "false",))
        return self.text(field, value)

    def cell(self, field: Field, value: Any) -> str:
        """The same inside a table, where only the answer is printed, not every option."""
        if value is None:
            return field.if_empty.within(self.language) if field.if_empty else ""
        if field.kind is Kind.CHOICE:
            return self.chosen(field, (value,))
        if field.kind is Kind.CHOICES:
            return self.chosen(field, tuple(value))
        if field.kind is Kind.BOOLEAN:
            return (house.YES if value else house.NO).within(self.language)
        return self.text(field, value)

    def text(self, field: Field, value: Any) -> str:
        """One value as text; what is missing is empty."""
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            return "\n".join(map(str, value))
        if field.kind is Kind.REFERENCE:
            return self.reference(field, value)
        if isinstance(value, Decimal | int):
            return measured(value, field.unit)
        return str(value)

    def reference(self, field: Field, number: str) -> str:
        """The name of what is referred to, with its number where the number is for people."""
        for key in field.refers_to + field.refers_if_kept:
            record = self.library.records.get(key, {}).get(number)
            if record is not None:
                form = self.library.forms[key]
                name = self.name(form, record)
                return f"{name}（{number}）" if form.is_printed and name != number else name
        return number

    def name(self, form: Form, record: Record) -> str:
        """What stands for a record on other sheets."""
        values = record.values
        if self.language is Language.EN and values.get("name_en") and form.shows.endswith("name_zh"):
            return str(values["name_en"])
        return str(values.get(form.shows, record.number))

    def boxes(self, options: tuple[Option, ...], chosen: tuple[str, ...]) -> str:
        """All options as on paper, the chosen ones ticked."""
        return "  ".join(
            f"{TICKED if each.key in chosen else EMPTY}{GLUE}{each.label.within(self.language).replace(' ', GLUE)}"
            for each in options
        )

    def chosen(self, field: Field, keys: tuple[str, ...]) -> str:
        """The words of the chosen options."""
        labels = {each.key: each.label.within(self.language) for each in field.options}
        return "、".join(labels.get(key, key) for key in keys)


def measured(value: Decimal | int, unit: str) -> str:
    """A number as it was written, with its unit; money in groups of three digits."""
    if unit == "%":
        return f"{value}%"
    if unit:
        return f"{value:,} {unit}"
    return str(value)
