"""Working time: which days and hours count at a site, and when a length of time is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from generator.durations import Duration

DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)
MONTHS = 12
FURTHEST = 20_000
"""Days; no deadline lies further away."""

Interval = tuple[time, time]


class UnknownYearError(Exception):
    """Nobody has said which days of this year are worked."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The working calendar of a site.

    `hours` are the working hours by weekday, Monday = 1; `days` are the days that differ from their weekday, True where
    they are worked; `half` are worked in the first hours only; only days within `years` are known.
    """

    zone: ZoneInfo
    hours: Mapping[int, tuple[Interval, ...]]
    days: Mapping[date, bool]
    years: frozenset[int]
    half: frozenset[date] = frozenset()
    _ends: dict[tuple[datetime, Duration], datetime] = field(default_factory=dict, repr=False, compare=False)

    def is_worked(self, day: date) -> bool:
        """Whether a day is a working day. Raises UnknownYearError."""
        if day.year not in self.years:
            raise UnknownYearError(day.year)
        special = self.days.get(day)
        return special if special is not None else day.isoweekday() in self.hours

    def end(self, start: datetime, length: Duration) -> datetime:
        """When `length` after `start` (local time) is over. Raises UnknownYearError.

        Working days end with the last minute of the last of them; the starting day does not count.
        """
        key = (start, length)
        if key not in self._ends:
            self._ends[key] = self._end(start, length)
        return self._ends[key]

    def _end(self, start: datetime, length: Duration) -> datetime:
        amount = length.amount
        match length.unit:
            case "min":
                return self.later(start, timedelta(minutes=amount))
            case "h":
                return self.later(start, timedelta(hours=amount))
            case "wh":
                return self._working_hours(start, timedelta(hours=amount))
            case "wd":
                return datetime.combine(self._working_day(start.date(), amount), LAST_MINUTE)
            case "mo":
                return _months_later(start, amount)
            case "y":
                return _months_later(start, amount * MONTHS)
            case _:
                return start + (amount * 7 if length.unit == "w" else amount) * DAY

    def later(self, start: datetime, elapsed: timedelta) -> datetime:
        """The local time when so much real time has passed, whatever the clocks did meanwhile."""
        passed = start.replace(tzinfo=self.zone).astimezone(UTC) + elapsed
        return passed.astimezone(self.zone).replace(tzinfo=None)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The real time between two local times."""
        return end.replace(tzinfo=self.zone).astimezone(UTC) - start.replace(tzinfo=self.zone).astimezone(UTC)

    def working_days(self, start: date, end: date) -> int:
        """The working days after `start` up to and with `end`; negative where the end comes first."""
        if end < start:
            return -self.working_days(end, start)
        days = (start + count * DAY for count in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_worked(day))

    def _working_day(self, day: date, amount: int) -> date:
        for _ in range(FURTHEST):
            if amount <= 0:
                break
            day += DAY
            amount -= self.is_worked(day)
        return day

    def _working_hours(self, start: datetime, left: timedelta) -> datetime:
        for begin, end in self._shifts(start):
            there = self.elapsed(begin, end)
            if left <= there:
                return self.later(begin, left)
            left -= there
        raise UnknownYearError(start.year)

    def _shifts(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        usual = next(iter(self.hours.values()), ())
        for count in range(FURTHEST):
            day = start.date() + count * DAY
            if not self.is_worked(day):
                continue
            hours = self.hours.get(day.isoweekday(), usual)
            for begin, end in hours[:1] if day in self.half else hours:
                opens = max(start, datetime.combine(day, begin))
                closes = datetime.combine(day, end)
                if opens < closes:
                    yield opens, closes


def _months_later(start: datetime, months: int) -> datetime:
    count = start.month - 1 + months
    year, month = start.year + count // MONTHS, count % MONTHS + 1
    following = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return start.replace(year=year, month=month, day=min(start.day, (following - DAY).day))
