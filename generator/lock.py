"""One writer at a time in a clone, freed at once when the holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the clone's lock; waits for whoever holds it. The lock file is never removed."""
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "wenkong.lock", timeout=60):
        yield
