"""One who hears what a watcher tells, for tests; everything it is told is kept with its time."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TypeVar

from generator.errors import GeneratorError
from generator.live import Page, Said
from generator.terms import Text
from generator.watching import Inbox, Watcher

T = TypeVar("T")
NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time
LONG = 15.0
"""Seconds after which no more is told: every file was looked at again twice since."""
Told = Said | Page | Text


class Ear:
    """Writes down when it is told what."""

    def __init__(self) -> None:
        self.told: queue.Queue[tuple[float, Told | None]] = queue.Queue()
        self.is_polling = False
        self.last: Said | None = None
        self.inbox: Inbox | None = None

    def said(self, said: Said) -> None:
        self._hear(said)

    def page(self, page: Page) -> None:
        self._hear(page)

    def waits(self, said: Said | None, *, is_polling: bool) -> None:
        self.is_polling, self.last = is_polling, said
        self._hear(None)

    def trying(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except GeneratorError as error:
            self._hear(error.text)
        return None

    def until_waiting(self) -> list[tuple[float, Told]]:
        """All that it is told until everything is told."""
        found = []
        while (each := self.told.get(timeout=60))[1] is not None:
            found.append((each[0], each[1]))
        return found

    def until(self, is_so: Callable[[Said], bool]) -> bool:
        """Wait until it is so when everything is told; False where nothing more is told for long."""
        try:
            while self.last is None or not is_so(self.last):
                while self.told.get(timeout=LONG)[1] is not None:
                    pass
        except queue.Empty:
            return False
        return True

    def rules(self) -> set[str]:
        """The rules of all findings after the next change."""
        last = [each for _, each in self.until_waiting() if isinstance(each, Said)][-1]
        return {each.rule for each in last.library.findings}

    def _hear(self, told: Told | None) -> None:
        self.told.put((time.perf_counter(), told))


@contextmanager
def watched(root: Path, *, poll: bool = False) -> Iterator[Ear]:
    """An ear at a watcher that has looked once at everything."""
    ear = Ear()
    watcher = Watcher(root, ear, lambda: NOW, poll=poll)
    ear.inbox = watcher.inbox
    thread = Thread(target=watcher.run, daemon=True)
    thread.start()
    try:
        ear.until_waiting()
        yield ear
    finally:
        watcher.end()
        thread.join(20)
        assert not thread.is_alive()
