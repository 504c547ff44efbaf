"""The loop of a program that stays: hears of changes, waits until they are whole, looks, tells, and waits again."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock
from typing import Protocol, TypeVar

from generator import changes
from generator.changes import Burst, Change
from generator.filewatch import Watching
from generator.live import Live, Page, Said, own_folder
from generator.shelf import Look, look

T = TypeVar("T")
TICK, RESCAN, STEP = 1.0, 5.0, 0.02
"""Seconds between two looks at HEAD, at every file whatever the system said, and while git is busy."""
LOCKS, REBASES, MOVES = ("index.lock", "HEAD.lock"), ("rebase-merge", "rebase-apply"), ("logs/HEAD", "index")


class Hearer(Protocol):
    """Who is told what the watcher sees."""

    def said(self, said: Said) -> None:
        """What is said after a change."""

    def page(self, page: Page) -> None:
        """A sheet was printed again."""

    def waits(self, said: Said | None, *, is_polling: bool) -> None:
        """Everything is told; the watcher waits."""

    def trying(self, work: Callable[[], T]) -> T | None:
        """Do this; what goes wrong is shown, and None given back."""


class Inbox:
    """Events as the operating system tells them, from any thread."""

    def __init__(self) -> None:
        self._woken, self._lock, self._burst = Event(), Lock(), Burst()
        self.asked: SimpleQueue[str] = SimpleQueue()
        """The names of what somebody wants to see printed."""

    def tell(self, path: str) -> None:
        """Something happened at a path."""
        if changes.is_meant(path):
            with self._lock:
                self._burst.happens(time.monotonic())
            self._woken.set()

    def wake(self) -> None:
        """End the waiting."""
        self._woken.set()

    def wait(self) -> bool:
        """Wait for the next event, or until the burst that has begun is over; says whether one is over."""
        left = self._left()
        self._woken.wait(TICK if left is None else left)
        self._woken.clear()
        return self._left() == 0

    def is_empty(self) -> bool:
        """Whether nothing has happened."""
        return self._left() is None

    def take(self) -> None:
        """What has happened until now is being looked at."""
        with self._lock:
            self._burst.end()

    def _left(self) -> float | None:
        with self._lock:
            return self._burst.wait(time.monotonic())


@dataclass
class Owed:
    """What has changed since the history was asked about it."""

    change: Change = field(default_factory=Change)
    is_moved: bool = False
    """Whether HEAD was."""

    def __bool__(self) -> bool:
        return bool(self.change) or self.is_moved

    def add(self, change: Change, *, is_moved: bool) -> None:
        """Something more; of several changes the last is the one to tell about."""
        self.change = change or self.change
        self.is_moved = self.is_moved or is_moved


@dataclass
class Watcher:
    """Watches one repository until it is told to end."""

    root: Path
    hearer: Hearer
    now: Callable[[], datetime]
    poll: bool = False
    stop: Event = field(default_factory=Event)
    inbox: Inbox = field(default_factory=Inbox)
    _folder: Path | None = None
    _head: Look = ()
    _rescanned: float = 0.0
    _owed: Owed = field(default_factory=Owed)
    _said: Said | None = None

    def run(self) -> None:
        """Look once at everything, and then after every change."""
        self._folder = own_folder(self.root)
        with closing(Live(self.root)) as live:
            folders, watching = self._folders(), self._watching()
            try:
                self._begin(live, watching)
                while not self.stop.is_set():
                    self._step(live, watching)
                    if folders != self._folders() or not watching.is_alive():
                        watching.close()
                        folders, watching = self._folders(), self._watching()
            finally:
                watching.close()

    def _begin(self, live: Live, watching: Watching) -> None:
        self._head, self._rescanned = self._moves(), time.monotonic()
        live.changed()
        self._look(live, Change())
        self._by_history(live, Change())
        self.hearer.waits(self._said, is_polling=watching.is_polling)

    def _step(self, live: Live, watching: Watching) -> None:
        is_over = self.inbox.wait()
        while self._said is not None and not self.inbox.asked.empty():
            self._print(live, self._said, (self.inbox.asked.get(),))
        if is_over or self._moves() != self._head or time.monotonic() - self._rescanned > RESCAN:
            if self._once(live):
                self.hearer.waits(self._said, is_polling=watching.is_polling)
            self._rescanned = time.monotonic()

    def end(self) -> None:
        """Stop soon."""
        self.stop.set()
        self.inbox.wake()

    def ask(self, name: str) -> None:
        """Have a record, form or procedure printed soon, in the thread that prints."""
        self.inbox.asked.put(name)
        self.inbox.wake()

    def _watching(self) -> Watching:
        return Watching(self.root, self._folders(), self.inbox.tell, poll=self.poll)

    def _folders(self) -> tuple[Path, ...]:
        return tuple(self.root / each for each in changes.FOLDERS if (self.root / each).is_dir())

    def _once(self, live: Live) -> bool:
        """Look at what changed once git is done; says whether there was anything."""
        self._settle()
        self.inbox.take()
        before, self._head = self._head, self._moves()
        change = live.changed()
        self._owed.add(change, is_moved=before != self._head)
        if change:
            self._look(live, change)
        if not self._owed or not self.inbox.is_empty():
            return False
        owed, self._owed = self._owed, Owed()
        self._by_history(live, owed.change)
        self._print_outdated(live, is_moved=owed.is_moved)
        return not self._owed

    def _look(self, live: Live, change: Change) -> None:
        said = self._trying(live, lambda: live.say(change, self.now()))
        if said is None:
            return
        self._said = said
        self.hearer.said(said)
        self._print(live, said, live.touched(said))

    def _print(self, live: Live, said: Said, names: tuple[str, ...]) -> None:
        def work() -> None:
            for page in live.print(said, names):
                self.hearer.page(page)

        self._trying(live, work)

    def _print_outdated(self, live: Live, *, is_moved: bool) -> None:
        """Print again what a commit, another branch or a rebase has changed on the sheets that were printed here."""
        said = self._said
        if said is None:
            return

        def work() -> None:
            for page in live.print(said, live.outdated(said, is_moved=is_moved)):
                self.hearer.page(page)
                if self.stop.is_set() or not self.inbox.is_empty():  # somebody saves: the rest can wait
                    self._owed.add(Change(), is_moved=True)
                    return

        self._trying(live, work)

    def _trying(self, live: Live, work: Callable[[], T]) -> T | None:
        """Do this; if files went away while they were read, it is done again after the next look."""

        def steady() -> T | None:
            try:
                return work()
            except (FileNotFoundError, NotADirectoryError):
                if not live.has_moved():
                    raise
            return None

        return self.hearer.trying(steady)

    def _by_history(self, live: Live, change: Change) -> None:
        """Ask the history too, and tell where that makes a difference."""
        before = self._said
        said = self._trying(live, lambda: live.say_all(change, self.now()))
        if said is not None and (said.new or said.solved or (before and said.duties != before.duties)):
            self.hearer.said(said)
        self._said = said or self._said

    def _settle(self) -> None:
        """Wait until git has let go of the tree."""
        while self._folder is not None and not self.stop.is_set():
            seen = [look(self._folder / each) for each in (*MOVES, *LOCKS)]
            quiet = min((abs(time.time() - each[0] / 1e9) for each in seen if each), default=changes.STALE)
            is_locked = any((self._folder / each).exists() for each in LOCKS)
            is_rebasing = any((self._folder / each).exists() for each in REBASES)
            if changes.is_settled(is_locked=is_locked, is_rebasing=is_rebasing, quiet_for=quiet):
                return
            self.stop.wait(STEP)

    def _moves(self) -> Look:
        """How the log of HEAD looks, which every commit and every other branch changes."""
        return look(self._folder / MOVES[0]) if self._folder else ()
