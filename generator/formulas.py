"""What expressions compute from values alone: moments, how far apart they are, and the rows of a table."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from generator.calendar import LAST_MINUTE, Calendar, UnknownYearError
from generator.durations import duration
from generator.labels import Label, LabelError
from generator.model import Field, Kind, Record

DATE = 10
Referring = Callable[[str, str, str], Iterable[Record]]
"""The records of a form whose field holds a value."""
EMPTY: tuple[Any, ...] = (None, "", [])


def fit(value: Any) -> Any:
    """A setting as expressions see it: numbers as float."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def plain(value: Any, known: Field, within: frozenset[str]) -> Any:
    """A value as expressions see it; rows with these columns only."""
    if isinstance(value, str):
        return value
    if known.kind is Kind.ROWS:
        columns = [(key, column) for key, column in known.column_by_key.items() if key in within]
        return [{key: plain(row.get(key), column, within) for key, column in columns} for row in value or ()]
    if value is None:
        return [] if known.kind in {Kind.CHOICES, Kind.FILES, Kind.PHOTOS} else None
    return float(value) if known.kind in {Kind.NUMBER, Kind.INTEGER} else value


def values_of(values: Mapping[str, Any], path: str) -> Iterator[Any]:
    """What stands at `field` or in every row at `table.column`; nothing where it is empty."""
    key, _, column = path.partition(".")
    found = values.get(key)
    if column:
        yield from (row[column] for row in found or () if column in row)
    elif isinstance(found, list):
        yield from found
    elif found is not None:
        yield found


@dataclass(frozen=True)
class Moment:
    """A date or a time as written; a date lasts the whole day."""

    at: datetime
    is_day: bool

    @property
    def end(self) -> datetime:
        """The last minute that still is this moment."""
        return datetime.combine(self.at, LAST_MINUTE) if self.is_day else self.at


def moment(written: Any) -> Moment | None:
    """A date or time of a record; None where there is none."""
    if not isinstance(written, str) or len(written) < DATE:
        return None
    return Moment(datetime.fromisoformat(written), is_day=len(written) == DATE)


def is_in_time(done: Moment, due: datetime, *, by_day: bool) -> bool:
    """Whether something was done by its limit; where either is known by the day only, that day is in time."""
    return done.at.date() <= due.date() if done.is_day or by_day else done.at <= due


def days(start: Any, end: Any) -> float | None:
    """Whole days from one to the other."""
    one, other = moment(start), moment(end)
    return None if one is None or other is None else float((other.at.date() - one.at.date()).days)


def hours(start: Any, end: Any) -> float | None:
    """Hours from one to the other, with their fraction."""
    one, other = moment(start), moment(end)
    return None if one is None or other is None else (other.at - one.at).total_seconds() / 3600


def without(text: str, phrases: Iterable[str]) -> str:
    """The text, in small letters, with these phrases taken out, the longest first."""
    left = text.casefold()
    for each in sorted(phrases, key=len, reverse=True):
        left = left.replace(each.casefold(), " ")
    return left


def newer(one: Any, other: Any) -> bool | None:
    """Whether one revision label comes after another; None where either is none."""
    try:
        return Label.parse(one) > Label.parse(other)
    except (LabelError, TypeError, AttributeError):
        return None


def months(start: Any, end: Any) -> float | None:
    """Whole months from one to the other."""
    one, other = moment(start), moment(end)
    if one is None or other is None:
        return None
    whole = (other.at.year - one.at.year) * 12 + other.at.month - one.at.month
    return float(whole - (other.at.day < one.at.day))


def next_day(after: Any, days_of_year: Iterable[str]) -> str | None:
    """The first date after another that is one of these days of the year, `07-15`; None where there is none."""
    seen = moment(after)
    if seen is None:
        return None
    dates = (f"{year}-{each}" for year in (seen.at.year, seen.at.year + 1) for each in days_of_year)
    return min((each for each in dates if each > f"{seen.at:%Y-%m-%d}"), default=None)


def workdays(start: Any, end: Any, calendar: Calendar) -> float | None:
    """Working days from one to the other; None where nobody knows the year."""
    one, other = moment(start), moment(end)
    if one is None or other is None:
        return None
    try:
        return float(calendar.working_days(one.at.date(), other.at.date()))
    except UnknownYearError:
        return None


def within(start: Any, end: Any, length: Any, calendar: Calendar) -> bool | None:
    """Whether the end lies within that time after the start; None where nobody knows the year."""
    one, other = moment(start), moment(end)
    amount = duration(length)
    if one is None or other is None or amount is None:
        return None
    try:
        return is_in_time(other, calendar.end(one.at, amount), by_day=one.is_day)
    except UnknownYearError:
        return None


def last_minute(start: Any, length: Any, calendar: Calendar) -> datetime | None:
    """Until when something is within that time after the start; None where nobody knows."""
    one, amount = moment(start), duration(length)
    try:
        return Moment(calendar.end(one.at, amount), is_day=one.is_day).end if one and amount else None
    except UnknownYearError:
        return None


def rank(record: Record, referring: Referring, key: str, like: str) -> float | None:
    """The place of the record by a number, the greatest first, among the records of its form alike in a field."""
    own, others = _numbers(record, referring, key, like)
    return None if own is None else float(1 + sum(each > own for each in others))


def share(record: Record, referring: Referring, key: str, like: str) -> float | None:
    """What the record has in per cent of the sum of a number over the records of its form alike in a field."""
    own, others = _numbers(record, referring, key, like)
    whole = math.fsum(others)
    return None if own is None or not whole else own / whole * 100


def _numbers(record: Record, referring: Referring, key: str, like: str) -> tuple[float | None, list[float]]:
    """The number of the record, and those of all that are alike, its own among them."""
    alike = referring(record.form, like, str(record.values.get(like, "")))
    found = [float(each.values[key]) for each in alike if each.values.get(key) is not None]
    own = record.values.get(key)
    return (None if own is None else float(own)), found


def following(record: Record, referring: Referring, form: str, key: str, date: str) -> str | None:
    """The next later date among the records of a form with the record's value of a field."""
    dates = (each.values.get(date, "") for each in referring(form, key, record.values.get(key, "")))
    return min((each for each in dates if each > record.values.get(date, "")), default=None)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """A regular expression that people set; what is none is looked for as it stands."""
    try:
        return re.compile(written)
    except re.error:
        return re.compile(re.escape(written))


OF_VALUES: Mapping[str, Callable[..., Any]] = {
    "filled": lambda value: value not in EMPTY,
    "empty": lambda value: value in EMPTY,
    "day": lambda value: value[:DATE] if value else None,
    "days": days,
    "hours": hours,
    "months": months,
    "newer": newer,
    "next_day": next_day,
    "sum": lambda rows, key: sum((float(row.get(key) or 0) for row in rows), 0.0),
    "earliest": lambda rows, key: min((row[key] for row in rows if row.get(key)), default=None),
    "latest": lambda rows, key: max((row[key] for row in rows if row.get(key)), default=None),
    "last": lambda rows, key: rows[-1].get(key) if rows else None,
    "mentions": lambda text, words: any(each.casefold() in text.casefold() for each in words) if text else False,
    "without": lambda text, words: without(text, words) if text else "",
    "reads_like": lambda text, patterns: any(_pattern(each).search(text) for each in patterns) if text else False,
    "has_all": lambda values, wanted: set(wanted) <= set(values or ()),
}
"""The functions that need no library."""
