"""Files that appear whole or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USUAL = 0o644


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, over what was there; folders are made."""
    with _ready(path, content) as file:
        file.chmod(path.stat().st_mode & 0o777 if path.exists() else USUAL)
        file.replace(path)


def create(path: Path, content: bytes) -> bool:
    """Put `content` at `path` unless something is there already; says whether it did."""
    with _ready(path, content) as file:
        file.chmod(USUAL)
        try:
            os.link(file, path)
        except FileExistsError:
            return False
    return True


def clear(path: Path) -> None:
    """Remove what a killed write of `path` left beside it; only where nobody else can be writing."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        left.unlink()


@contextmanager
def _ready(path: Path, content: bytes) -> Iterator[Path]:
    """A hidden file beside `path` with the content safely on disk; gone afterwards unless it was moved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
