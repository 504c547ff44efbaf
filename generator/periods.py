"""Stretches of the calendar that reports are about: a month, a quarter, the year so far, thirteen months."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
YEAR = r"(?P<year>20[0-9]{2})"
FORMS: Mapping[str, re.Pattern[str]] = {
    "week": re.compile(rf"{YEAR}-W(?P<place>0[1-9]|[1-4][0-9]|5[0-3])"),
    "month": re.compile(rf"{YEAR}-(?P<place>0[1-9]|1[0-2])"),
    "quarter": re.compile(rf"{YEAR}-Q(?P<place>[1-4])"),
    "half_year": re.compile(rf"{YEAR}-H(?P<place>[12])"),
    "year": re.compile(YEAR),
}
EXAMPLES = {"week": "2026-W07", "month": "2026-07", "quarter": "2026-Q3", "half_year": "2026-H2", "year": "2026"}
LENGTH = re.compile(r"([1-9][0-9]*) (months|years)")
YEAR_LENGTH = 12
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day; `step` is the kind that it was written as."""

    start: date
    end: date
    step: str = "month"

    def holds(self, day: str) -> bool:
        """Whether a day as written lies in it."""
        return self.start.isoformat() <= day <= self.end.isoformat()

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"


def read(step: str, text: str) -> Period | None:
    """The period that a person wrote, such as 2026-07 or 2026-Q3; None for anything else."""
    match = FORMS[step].fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if step == "week":
        start = date.fromisocalendar(year, 1, 1) + (int(match["place"]) - 1) * WEEK
        return Period(start, start + WEEK - DAY, step)
    months = MONTHS[step]
    place = 1 if step == "year" else int(match["place"])
    start = date(year, (place - 1) * months + 1, 1)
    return Period(start, _moved(start, months) - DAY, step)


def _moved(first: date, months: int) -> date:
    whole = first.year * YEAR_LENGTH + first.month - 1 + months
    return date(whole // YEAR_LENGTH, whole % YEAR_LENGTH + 1, 1)


def window(name: str, period: Period) -> Period:
    """The stretch that a figure is taken of: the period itself, one before it, or a longer one up to its end."""
    length = LENGTH.fullmatch(name)
    if length:
        months = int(length[1]) * (YEAR_LENGTH if length[2] == "years" else 1)
        if length[2] == "years":
            return Period(date(period.end.year - int(length[1]) + 1, 1, 1), period.end, period.step)
        return Period(_moved((period.end + DAY).replace(day=1), -months), period.end, period.step)
    if name == "all":
        return Period(date.min, period.end, period.step)
    if name == "year_to_date":
        return Period(date(period.end.year, 1, 1), period.end, period.step)
    if name == "year_before":
        return Period(date(period.end.year - 1, 1, 1), date(period.end.year - 1, 12, 31), period.step)
    if name == "before":
        return _before(period)
    if name == "last_year":
        return _last_year(period)
    return period


def _before(period: Period) -> Period:
    if period.step == "week":
        return Period(period.start - WEEK, period.start - DAY, period.step)
    return Period(_moved(period.start, -MONTHS[period.step]), period.start - DAY, period.step)


def _last_year(period: Period) -> Period:
    if period.step == "week":
        return Period(period.start - 52 * WEEK, period.end - 52 * WEEK, period.step)
    start = _moved(period.start, -YEAR_LENGTH)
    return Period(start, _moved(start, MONTHS[period.step]) - DAY, period.step)


BUCKETS: Mapping[str, Callable[[date], str]] = {
    "week": lambda day: "{}-W{:02d}".format(*day.isocalendar()[:2]),
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "half_year": lambda day: f"{day.year}-H{(day.month + 5) // 6}",
    "year": lambda day: f"{day.year}",
    "calendar_month": lambda day: f"{day:%m}",
}


def bucket(step: str, day: str) -> str:
    """The week, month, quarter or year in which a day lies; `calendar_month` is the month of any year."""
    return BUCKETS[step](date.fromisoformat(day))


def begun(period: Period, first: str) -> Period:
    """The part of a period from a first day on; all of it where that day is not known, or comes later."""
    start = date.fromisoformat(first) if first else period.start
    return Period(start, period.end, period.step) if period.start < start <= period.end else period


def buckets(step: str, period: Period) -> tuple[str, ...]:
    """All of them in a period, in order."""
    if step == "calendar_month":
        return tuple(f"{month:02d}" for month in range(1, YEAR_LENGTH + 1))
    found: dict[str, None] = {}
    day = period.start
    while day <= period.end:
        found[BUCKETS[step](day)] = None
        day += WEEK if step == "week" else DAY * 15
    found[BUCKETS[step](period.end)] = None
    return tuple(found)


def current(step: str, day: date) -> str:
    """The period in which a day lies, as people write it."""
    return BUCKETS[step](day)


def finished(step: str, day: date) -> str:
    """The last period that was over on a day, as people write it."""
    now = read(step, current(step, day))
    return current(step, (now.start if now else day) - DAY)
