from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import publicdays
from generator.calendar import Calendar, UnknownYearError
from generator.durations import Duration, duration

WEEK = {day: ((time(8), time(12)), (time(13), time(17))) for day in range(1, 6)}


def calendar(zone: str = "Asia/Shanghai", **more: object) -> Calendar:
    days = {**publicdays.of(2025), **publicdays.of(2026)}
    return Calendar(ZoneInfo(zone), WEEK, days, frozenset({2025, 2026}), **more)  # type: ignore[arg-type]


def end(start: str, length: str, zone: str = "Asia/Shanghai") -> str:
    amount = duration(length)
    assert amount is not None
    return f"{calendar(zone).end(datetime.fromisoformat(start), amount):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "length", "wanted"),
    [
        ("2026-03-02 10:15", "4h", "2026-03-02 14:15"),
        ("2026-03-02 23:30", "90min", "2026-03-03 01:00"),
        ("2026-03-02 10:15", "1d", "2026-03-03 10:15"),
        ("2026-03-02 10:15", "1w", "2026-03-09 10:15"),
        ("2026-01-31 10:15", "1mo", "2026-02-28 10:15"),
        ("2026-12-31 10:15", "2mo", "2027-02-28 10:15"),
        ("2024-02-29 10:15", "1y", "2025-02-28 10:15"),
        ("2026-03-02 10:15", "2wd", "2026-03-04 23:59"),
        ("2026-03-06 10:15", "1wd", "2026-03-09 23:59"),  # Friday
        ("2026-09-30 10:15", "1wd", "2026-10-08 23:59"),  # before the National Day
        ("2026-02-13 10:15", "1wd", "2026-02-14 23:59"),  # a Saturday that is worked
        ("2026-03-02 16:00", "2wh", "2026-03-03 09:00"),
        ("2026-03-02 11:30", "1wh", "2026-03-02 13:30"),
        ("2026-03-07 11:30", "8wh", "2026-03-09 17:00"),
        ("2026-02-14 16:00", "2wh", "2026-02-24 09:00"),
    ],
)
def test_a_length_of_time_ends_when_people_expect(start: str, length: str, wanted: str) -> None:
    assert end(start, length) == wanted


def test_hours_are_real_hours_where_the_clocks_change() -> None:
    assert end("2026-03-29 00:30", "4h", "Europe/Berlin") == "2026-03-29 05:30"
    assert end("2026-10-25 00:30", "4h", "Europe/Berlin") == "2026-10-25 03:30"


def test_a_year_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(UnknownYearError, match="2027"):
        end("2026-12-31 10:00", "1wd")
    with pytest.raises(UnknownYearError, match="2027"):
        end("2026-12-31 16:30", "2wh")


def test_half_days_end_at_noon() -> None:
    half = calendar(half=frozenset({date(2026, 3, 3)}))
    assert half.end(datetime(2026, 3, 3, 11), Duration(2, "wh")) == datetime(2026, 3, 4, 9)  # noqa: DTZ001


def test_what_is_no_length_is_none() -> None:
    wrong: tuple[object, ...] = ("4", "h", "4 h", "-4h", "4H", "", None, 4, [], "4h2d")
    assert [duration(each) for each in wrong] == [None] * len(wrong)


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(0, 30))
def test_working_days_are_counted_as_they_are_added(day: date, amount: int) -> None:
    ours = calendar()
    last = ours.end(datetime.combine(day, time(9)), Duration(amount, "wd")).date()
    assert ours.working_days(day, last) == amount
    assert ours.working_days(last, day) == -amount
    assert amount == 0 or ours.is_worked(last)


def test_the_public_days_are_those_announced() -> None:
    assert publicdays.of(2026)[date(2026, 10, 1)] is False
    assert publicdays.of(2026)[date(2026, 10, 10)] is True
    assert publicdays.of(2099) == {}
