"""What a register or a report consists of, as its definition says: where rows come from, columns, tables, charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.terms import Text


@dataclass(frozen=True, slots=True)
class Source:
    """The records, or the rows of a table of theirs, that lines come from.

    `values` are this source's own expressions for columns; one that is `if_kept` gives nothing where its form is not
    kept.
    """

    form: str
    rows: str = ""
    where: str = ""
    period: str = ""
    customer: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    if_kept: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: a field's path or an expression, or what the next `deadline` is.

    `like` names the field, `form.path`, by whose words the value is printed; without a label it has its field's.
    """

    key: str
    value: str
    label: Text | None = None
    kind: str = ""
    like: str = ""
    width: int = 0
    total: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A filter that has a name."""

    key: str
    title: Text
    where: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What lines of a table are told apart by: a field or expression, cut by `step` of the calendar or by `bands`."""

    key: str
    value: str
    label: Text | None = None
    step: str = ""
    like: str = ""
    bands: tuple[int, ...] = ()
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its kind, and what it is taken of; `given` are the divisors that a person wrote into the report.

    One that is relative is taken of the figure `of` of its table: of its sum over the lines, or `against` another one.
    """

    key: str
    kind: str
    label: Text | None = None
    value: str = ""
    where: str = ""
    of: str = ""
    against: str = ""
    window: str = ""
    rank: int = 0
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_relative(self) -> bool:
        """Whether it is taken of other figures of its table, and not of records."""
        return self.kind in {"share", "cumulative", "change"}


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side for each value of the dimensions; at most so many lines, the rest as one."""

    key: str
    title: Text | None
    sources: tuple[Source, ...]
    by: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    window: str = "period"
    order: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table of figures: what it is called, and from what it is taken."""

    label: Text
    sources: tuple[Source, ...]
    measure: Measure


@dataclass(frozen=True, slots=True)
class Figures:
    """A table with a line for each figure and a column for each window; `name` is the column of their names."""

    key: str
    name: str
    lines: tuple[Figure, ...]
    windows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """Records of the period one by one, as a register would show them."""

    key: str
    sources: tuple[Source, ...]
    columns: tuple[Column, ...]
    window: str = "period"
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """Whether the last value of a column is out of the ordinary, by the tests that a setting chooses."""

    key: str
    table: str
    column: str
    setting: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: what stands along the axis, which columns are drawn, and the lines beside them."""

    key: str
    kind: str
    table: str
    label: str
    values: tuple[str, ...]
    target: str = ""
    last_year: str = ""
    of: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Report:
    """What the program computes of a report; all else in the report a person writes."""

    period: str
    field: str
    tables: tuple[Table, ...]
    figures: tuple[Figures, ...]
    lists: tuple[Listed, ...]
    trends: tuple[Trend, ...]
    charts: Mapping[str, Chart]
    evidence: str


@dataclass(frozen=True)
class Register:
    """A register as its definition says. `marks` say where its parts stand, `written` is all of the file."""

    key: str
    path: str
    number: str
    revision: str
    title: Text
    procedure: str
    filled_by: str
    retention_years: int
    sources: tuple[Source, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()
    group: str = ""
    views: tuple[View, ...] = ()
    tables: tuple[Table, ...] = ()
    covers: tuple[str, ...] = ()
    marks: Any = field(default=None, repr=False, compare=False)
    written: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers along the axis of a picture, None where there is none; `role` says how they are drawn."""

    label: Text
    values: tuple[float | None, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn: its kind, what stands along the axis, and its series; `limit` is a place on the axis."""

    kind: str
    title: Text
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    limit: int = -1
