"""Where the time went: seconds by what was being done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from generator import columns
from generator.terms import Language, Text, usage

HUNDRED = 100
LEAST = 0.0005
"""Seconds below which a phase is not named."""


class Stopwatch:
    """Adds up seconds by phase; what is timed inside another phase counts for the inner one only."""

    def __init__(self) -> None:
        self._spent: dict[Text, float] = {}
        self._open: list[Text] = []
        self._since = time.perf_counter()

    @contextmanager
    def phase(self, name: Text) -> Iterator[None]:
        """Count the time until the end of the block for this phase."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        name = self._open[-1] if self._open else usage.REST
        self._spent[name] = self._spent.get(name, 0.0) + now - self._since
        self._since = now

    def lines(self, language: Language) -> Iterator[str]:
        """Each phase with its seconds and its share, the longest first."""
        self._turn()
        whole = sum(self._spent.values()) or 1.0
        phases = sorted(self._spent.items(), key=lambda each: -each[1])
        rows = [
            (name.within(language), f"{spent:.2f} s", f"{spent / whole * HUNDRED:.0f} %")
            for name, spent in phases
            if spent >= LEAST
        ]
        yield from columns.padded([*rows, (usage.WHOLE.within(language), f"{whole:.2f} s", "")])
