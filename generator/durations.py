"""Lengths of time as people write them: 4h, 2wd, 1mo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.terms import Text
from generator.terms import rules as words

WRITTEN = re.compile(r"([0-9]{1,6})(min|h|wh|d|wd|w|mo|y)\Z")
DAY_OF_YEAR = re.compile(
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))\Z"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit: min and h elapse; wh and wd count working time; d, w, mo, y count on the calendar."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def words(self) -> Text:
        """The length in words."""
        return words.UNITS[self.unit].format(amount=self.amount)


def duration(written: object) -> Duration | None:
    """The length that is written, or None where it is not one."""
    return _read(written) if isinstance(written, str) else None


def is_day_of_year(written: object) -> bool:
    """Whether it is a month and a day, `07-15`, that each year has."""
    return isinstance(written, str) and DAY_OF_YEAR.match(written) is not None


@cache
def _read(written: str) -> Duration | None:
    match = WRITTEN.match(written)
    return Duration(int(match[1]), match[2]) if match else None
