"""The values that the layers hand to each other: findings, forms, records, the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from generator import canonical
from generator.findings import Basis, Finding, Severity
from generator.ledgers import Register, Report
from generator.overlays import Overlays
from generator.signed import SIGNATURES, Signed, by_subject
from generator.terms import Text

__all__ = ["DISTRIBUTION", "Basis", "Field", "Finding", "Form", "Group", "Kind", "Library", "Option"]
__all__ += ["Procedure", "Record", "Rule", "Setting", "Severity", "Signature", "Source", "Transition", "Values"]

DISTRIBUTION = "distribution"
"""The folder of records that say who is to hold a document, each under the number of the document."""
Values: TypeAlias = Mapping[str, Any]
"""A mapping as JSON has it: text, Decimal, int, bool, lists and mappings of the same."""


class Kind(StrEnum):
    """How a field is filled, checked and laid out."""

    TEXT = "text"
    LONGTEXT = "longtext"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    FILES = "files"
    PHOTOS = "photos"
    INK = "ink"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    key: str
    label: Text


@dataclass(frozen=True)
class Field:
    """One field of a form; `columns` only where kind is ROWS, `options` only where it is a choice."""

    key: str
    label: Text
    kind: Kind
    group: str = ""
    required: bool = False
    unit: str = ""
    options: tuple[Option, ...] = ()
    refers_to: tuple[str, ...] = ()
    refers_if_kept: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    is_computed: bool = False
    has_preset: bool = False
    covers: tuple[str, ...] = ()
    """The source rows that it answers."""
    width: int = 0
    """How many units of the grid it wants in a compact layout; 0 leaves it to its kind."""
    if_empty: Text | None = None
    """What is printed in its column where a row says nothing."""
    is_enclosed: bool = False
    """Whether its files go to the customer with the sheet."""

    @cached_property
    def column_by_key(self) -> Mapping[str, Field]:
        """The columns by their key."""
        return {each.key: each for each in self.columns}


@dataclass(frozen=True, slots=True)
class Group:
    """A block of the printed form; `at` are the states in which people fill it in, none for those that always stand."""

    key: str
    title: Text
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A box of the signature block.

    `by` are the people, roles, departments and fields of the record that may sign it (empty: anybody), `at_least` how
    many people must, `when` the condition under which it must be signed at all, `after` the boxes that must be signed
    before (None: all that stand before it).
    """

    role: str
    label: Text
    meaning: Text
    by: tuple[str, ...] = ()
    at_least: int = 1
    when: str = ""
    after: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A figure that a company may change; `default` is text, int, a list of text or a mapping of text."""

    key: str
    label: Text
    default: Any
    unit: Text | None = None
    least: Any = None
    most: Any = None
    options: tuple[str, ...] = ()
    also_stated: tuple[Values, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand on the records of a form. `keys` are those of its kind, `position` its place among the form's rules."""

    id: str
    kind: str
    clause: str
    says: Text
    severity: Severity
    when: str
    at: tuple[str, ...]
    needs_forms: tuple[str, ...]
    who: str
    covers: tuple[str, ...]
    keys: Values
    position: int


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from some states to another: who may take it, and what must be so before."""

    start: tuple[str, ...]
    end: str
    by: tuple[str, ...]
    when: str
    needs: Text | None
    clause: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form as its schema defines it. `key` is the stem of its template, schema and folder of records."""

    key: str
    path: str
    number: str
    revision: str
    title: Text
    procedure: str
    pattern: str
    groups: tuple[Group, ...]
    fields: tuple[Field, ...]
    signatures: tuple[Signature, ...] = ()
    retention_years: int = 0
    states: tuple[Option, ...] = ()
    shows: str = ""
    is_single: bool = False
    is_compact: bool = False
    settings: tuple[Setting, ...] = ()
    rules: tuple[Rule, ...] = ()
    transitions: tuple[Transition, ...] = ()
    overlays: Overlays | None = None
    views: Mapping[str, Form] = field(default_factory=dict)
    """Other faces of the same records, each a form that shows some of the fields."""
    optional: frozenset[str] = frozenset()
    """In a view, the fields that need not be filled."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """Where its records stand for documents: the fields with their label, title and dates."""
    report: Report | None = None
    ledger: Mapping[str, Any] = field(default_factory=dict)
    """Where its records say who holds which copy: the fields and columns that say so."""
    schema: Values = field(default_factory=dict, repr=False, compare=False)
    marks: Any = field(default=None, repr=False, compare=False)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by their key."""
        return {each.key: each for each in self.fields}

    @cached_property
    def referring(self) -> Mapping[str, Field]:
        """The fields that refer to something, and the tables that have such columns, with those columns only."""
        return _of_kinds(self.by_key, Kind.REFERENCE)

    @cached_property
    def attached(self) -> Mapping[str, Field]:
        """The same for the fields that name files."""
        return _of_kinds(self.by_key, Kind.FILES, Kind.PHOTOS)

    @cached_property
    def digest(self) -> str:
        """The hash of its definition."""
        return canonical.digest(canonical.content(self.schema))

    @property
    def is_printed(self) -> bool:
        """Master data is read by other forms and has no sheet of its own unless it has a number."""
        return bool(self.number)


def _of_kinds(fields: Mapping[str, Field], *kinds: Kind) -> Mapping[str, Field]:
    tables = {each.key: tuple(_of_kinds(each.column_by_key, *kinds).values()) for each in fields.values()}
    kept = (each for each in fields.values() if each.kind in kinds or tables[each.key])
    return {each.key: replace(each, columns=tables[each.key]) for each in kept}


@dataclass(frozen=True)
class Record:
    """A filled form that passed its schema; `place` finds the line and column of a value."""

    path: str
    form: str
    number: str
    values: Values
    source: Source

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True)
class Source:
    """A YAML file as it was read: its values as written, where each stands (see yamlfile.Marks), and its SHA-256."""

    path: str
    values: Any
    marks: Any = field(compare=False, repr=False)
    digest: str = ""


@dataclass(frozen=True)
class Procedure:
    """A controlled procedure: front matter and bilingual Markdown."""

    path: str
    number: str
    revision: str
    title: Text
    front: Values
    body: str
    marks: Any = field(default=None, repr=False, compare=False)
    first_line: int = 1
    """The line of the file on which the body begins."""


@dataclass(frozen=True)
class Library:
    """Everything that was read from one tree, and what is wrong with it."""

    organization: Values
    forms: Mapping[str, Form]
    records: Mapping[str, Mapping[str, Record]]
    procedures: Mapping[str, Procedure]
    findings: tuple[Finding, ...]
    unread: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By form, the numbers of files that are there but wrong."""
    registers: Mapping[str, Register] = field(default_factory=dict)
    unproven: frozenset[str] = frozenset()
    """The paths of signatures that do not hold, once they were judged."""
    basis: Basis | None = None
    """What the rules' findings stand on, where that is known."""

    @cached_property
    def signed(self) -> Mapping[str, tuple[Signed, ...]]:
        """The entries of signatures by the number of what they sign, oldest first."""
        records = self.records.get(SIGNATURES, {}).values()
        return by_subject(Signed.of(each.number, each.path, each.values) for each in records)

    @cached_property
    def holding(self) -> Mapping[str, tuple[Signed, ...]]:
        """The same without those that do not hold."""
        every = {key: [one for one in found if one.path not in self.unproven] for key, found in self.signed.items()}
        return {key: tuple(found) for key, found in every.items() if found}

    def every(self) -> Iterator[Record]:
        """All records, form by form."""
        return (record for records in self.records.values() for record in records.values())

    def record(self, number: str) -> Record | None:
        """The record of that number in whichever form it is kept; a distribution list has its document's."""
        kept = (each for key, each in self.records.items() if key != DISTRIBUTION)
        return next((each[number] for each in kept if number in each), None)
