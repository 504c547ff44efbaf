"""The public holidays and shifted working days that the State Council announced, as far as they are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache


@cache
def of(year: int) -> Mapping[date, bool]:
    """The days of a year that differ from their weekday, True where worked; empty for a year not yet announced."""
    from chinese_calendar import constants  # noqa: PLC0415  only a run with rules needs the table

    found = dict.fromkeys((day for day in constants.holidays if day.year == year), False)
    return found | dict.fromkeys((day for day in constants.workdays if day.year == year), True)
