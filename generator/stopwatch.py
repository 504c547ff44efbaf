"""Where the time went: seconds by what was being done, and what it was done for the longest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from generator import columns
from generator.terms import Language, Text, usage

HUNDRED, THOUSAND = 100, 1000
LEAST = 0.0005
"""Seconds below which nothing is named."""
MOST = 10
"""So many of the slowest are named."""


@dataclass
class _Laps:
    """Seconds by name and by what was done for it."""

    spent: dict[str, dict[Text, float]] = field(default_factory=dict)

    def add(self, name: str, what: Text, seconds: float) -> None:
        mine = self.spent.setdefault(name, {})
        mine[what] = mine.get(what, 0.0) + seconds

    def rows(self, head: Text, language: Language) -> Iterator[tuple[str, ...]]:
        """A head and the slowest, each with its milliseconds in the order in which they were spent."""
        slow = sorted(self.spent.items(), key=lambda each: -sum(each[1].values()))
        slow = [(name, by) for name, by in slow[:MOST] if sum(by.values()) >= LEAST]
        every = tuple(dict.fromkeys(what for _, by in slow for what in by))
        wholes = (usage.WHOLE,) if len(every) > 1 else ()
        yield (head.within(language), *(each.within(language) for each in (*every, *wholes)))
        for name, by in slow:
            spent = [*(by.get(each, 0.0) for each in every), *(sum(by.values()) for _ in wholes)]
            yield (name, *(f"{seconds * THOUSAND:.1f} ms" for seconds in spent))


class Stopwatch:
    """Adds up seconds by phase; what is timed inside another phase counts for the inner one only."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock, self._lock = clock, Lock()
        self._spent: dict[Text, float] = {}
        self._laps: dict[Text, _Laps] = {}
        self._open: list[tuple[Text, str]] = []
        self._since = clock()

    @contextmanager
    def phase(self, name: Text, sheet: str = "") -> Iterator[None]:
        """Count the time until the end of the block for this phase, and for the sheet that it is spent on."""
        self._turn()
        self._open.append((name, sheet))
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    @contextmanager
    def beside(self, head: Text, name: str, what: Text) -> Iterator[None]:
        """Count the time until the end of the block for one of a table, and for no phase; from any thread."""
        start = self._clock()
        try:
            yield
        finally:
            self._lap(head, name, what, self._clock() - start)

    def _turn(self) -> None:
        now = self._clock()
        name, sheet = self._open[-1] if self._open else (usage.REST, "")
        self._spent[name] = self._spent.get(name, 0.0) + now - self._since
        if sheet:
            self._lap(usage.SLOWEST_SHEETS, sheet, name, now - self._since)
        self._since = now

    def _lap(self, head: Text, name: str, what: Text, seconds: float) -> None:
        with self._lock:
            self._laps.setdefault(head, _Laps()).add(name, what, seconds)

    def lines(self, language: Language) -> Iterator[str]:
        """Each phase with its seconds and its share, the longest first, and under them what was slowest."""
        self._turn()
        yield from columns.padded([*_phases(self._spent, language)])
        for head, laps in self._laps.items():
            rows = [*laps.rows(head, language)]
            if len(rows) > 1:
                yield ""
                yield from columns.padded(rows)


def _phases(spent: Mapping[Text, float], language: Language) -> Iterator[tuple[str, str, str]]:
    whole = sum(spent.values()) or 1.0
    for name, seconds in sorted(spent.items(), key=lambda each: -each[1]):
        if seconds >= LEAST:
            yield name.within(language), f"{seconds:.2f} s", f"{seconds / whole * HUNDRED:.0f} %"
    yield usage.WHOLE.within(language), f"{whole:.2f} s", ""
