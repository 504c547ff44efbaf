"""Lengths of time as people write them: 4h, 2wd, 1mo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.terms import Text
from generator.terms import rules as words

WRITTEN = re.compile(r"([0-9]{1,6})(min|h|wh|d|wd|w|mo|y)\Z")


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


@cache
def _read(written: str) -> Duration | None:
    match = WRITTEN.match(written)
    return Duration(int(match[1]), match[2]) if match else None
