"""What every kind of rule gives: breaches and dues; and how it says what keys it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator.formulas import Moment
from generator.model import Field, Form, Record, Rule
from generator.terms import Text, reading
from generator.world import World

Steps = tuple[str | int, ...]
BUILT_IN: Mapping[str, Text] = {"number": reading.LABEL_NUMBER, "created_on": reading.LABEL_CREATED}


@dataclass(frozen=True)
class Breach:
    """Where a record does not do what a rule demands: what it says there and what was expected."""

    steps: Steps
    what: Text
    who: str = ""


@dataclass(frozen=True)
class Due:
    """Something that must be done by a time; `done` once it is. `why` says where the limit comes from.

    `steps` lead to what is to be filled, `origin` to what the clock runs from.
    """

    steps: Steps
    origin: Steps
    what: Text
    start: Moment
    due: datetime
    done: Moment | None
    why: Text
    who: str


Check = Callable[[Rule, Record, World], Iterator[Breach]]
Dues = Callable[[Rule, Record, World], Iterator[Due]]


@dataclass(frozen=True)
class Kind:
    """A kind of rule: the keys that it takes, each with what may stand there (see `shape`), and what it does."""

    keys: Mapping[str, str]
    required: frozenset[str]
    check: Check
    dues: Dues | None = None
    alternatives: tuple[frozenset[str], ...] = ()
    """Sets of keys of which one must be complete."""


@dataclass(frozen=True)
class Scope:
    """A record, or one row of a table of it: where a path is looked up, and the steps to what stands there."""

    record: Record
    table: str = ""
    position: int = 0

    @property
    def row(self) -> Mapping[str, Any]:
        """The row; empty for the record itself."""
        found: Mapping[str, Any] = self.record.values[self.table][self.position] if self.table else {}
        return found

    def columns(self, form: Form) -> Mapping[str, Field]:
        """The columns of the table."""
        return form.by_key[self.table].column_by_key if self.table else {}

    def value(self, key: str, form: Form) -> Any:
        """What stands in a column of the row, or else in a field of the record."""
        return self.row.get(key) if key in self.columns(form) else self.record.values.get(key)

    def steps(self, key: str, form: Form) -> Steps:
        """The steps to what stands there."""
        return (self.table, self.position, key) if key in self.columns(form) else (key,)

    def label(self, key: str, form: Form) -> Text:
        """The label of a column or field."""
        field = self.columns(form).get(key) or form.by_key.get(key)
        return field.label if field else BUILT_IN.get(key, Text(key, key))


def scopes(rule: Rule, record: Record) -> Iterator[Scope]:
    """The record, or every row of the table that the rule names."""
    table = rule.keys.get("rows", "")
    if not table:
        yield Scope(record)
        return
    for position in range(len(record.values.get(table, ()))):
        yield Scope(record, table, position)


def label(form: Form, path: str) -> Text:
    """The label of a field or of a table's column."""
    key, _, column = path.partition(".")
    field = form.by_key.get(key)
    if field is None:
        return BUILT_IN.get(path, Text(path, path))
    return field.column_by_key[column].label if column else field.label


def as_list(value: Any) -> list[Any]:
    """One or many, as many."""
    return list(value) if isinstance(value, list) else [value]
