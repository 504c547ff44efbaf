"""What the answer to a rule hangs on: other records that it was given, and the moment until which it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Note = tuple[Any, ...]
"""Something given: another record by its number, those that refer to a number, those alike; settings by their keys."""
SETTING = "setting"


@dataclass
class Notes:
    """What was given while rules were asked, and the moment until which their answers hold (None: for good)."""

    given: set[Note] = field(default_factory=set)
    until: datetime | None = None

    def give(self, *what: Any) -> None:
        """Something of other records, or a setting, was given."""
        self.given.add(what)

    def end(self, when: datetime) -> None:
        """From that moment on the answer may be another."""
        self.until = when if self.until is None else min(self.until, when)


class _Deaf(Notes):
    """Nobody listens."""

    def give(self, *what: Any) -> None:
        """Forget it."""

    def end(self, when: datetime) -> None:
        """Forget it."""


DEAF = _Deaf()
