"""Watchdog: what the operating system says about files that change, and looking again and again where it cannot say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

TELLING = frozenset({"created", "modified", "moved", "deleted", "closed"})
POLL = 0.5
"""Seconds between two looks where the system tells nothing."""
Tell = Callable[[str], None]


class _Ear(FileSystemEventHandler):
    def __init__(self, root: Path, tell: Tell) -> None:
        self._root, self._tell = root, tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell both ends of a move."""
        if event.event_type not in TELLING:
            return
        for name in (event.src_path, event.dest_path):
            place = Path(str(name or ""))
            if name and place.is_relative_to(self._root):
                self._tell(place.relative_to(self._root).as_posix())


class Watching:
    """Tells about paths below some folders until it is closed; `is_polling` where the system could not be asked."""

    def __init__(self, root: Path, folders: tuple[Path, ...], tell: Tell, *, poll: bool) -> None:
        ear = _Ear(root, tell)
        told = None if poll else _told(folders, ear)
        self.is_polling = told is None
        self._observer = told or _started(PollingObserver(timeout=POLL), folders, ear)

    def is_alive(self) -> bool:
        """Whether it still tells."""
        return bool(self._observer.is_alive())

    def close(self) -> None:
        """Stop."""
        self._observer.stop()
        self._observer.join()


def _told(folders: tuple[Path, ...], ear: _Ear) -> BaseObserver | None:
    """Told by the system; None where it cannot, or where its limit of watched folders is reached."""
    observer = Observer()
    try:
        return _started(observer, folders, ear)
    except OSError:
        if observer.is_alive():
            observer.stop()
        return None


def _started(observer: BaseObserver, folders: tuple[Path, ...], ear: _Ear) -> BaseObserver:
    observer.start()
    for each in folders:
        observer.schedule(ear, str(each), recursive=True)
    return observer
