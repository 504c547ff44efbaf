"""What was made of files, kept while they look the same on disk, for programs that stay and look again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Look = tuple[int, ...]
"""When a file was changed, how long it is, which file it is."""
GONE: Look = ()
RECORDS, SUFFIX = "records", ".yaml"
RACY = 2_000_000_000
"""Nanoseconds in which a file system may not tell two changes apart: what is so young is read again, as git does."""


@dataclass
class Shelf:
    """Values by what they are and of what; each holds while its files look as they did when it was made."""

    _kept: dict[Hashable, tuple[Hashable, Any]] = field(default_factory=dict)
    made: int = 0
    """How often something had to be made."""

    def of_files(self, name: Hashable, paths: Iterable[Path], make: Callable[[], T], *, also: Hashable = None) -> T:
        """What is made of these files, and of something else."""
        looks = tuple((str(each), look(each)) for each in paths)
        return self.of(name, (looks, also), make, is_sure=all(is_settled(seen) for _, seen in looks))

    def of(self, name: Hashable, state: Hashable, make: Callable[[], T], *, is_sure: bool = True) -> T:
        """What is made of a state; made again where that is another than the last time."""
        kept = self._kept.get(name)
        if kept is not None and kept[0] == state:
            found: T = kept[1]
            return found
        self.made += 1
        value = make()
        if is_sure:
            self._kept[name] = (state, value)
        else:
            self._kept.pop(name, None)
        return value


def is_settled(seen: Look) -> bool:
    """Whether a file that looks so can change no more without looking otherwise."""
    return not seen or time.time_ns() - seen[0] > RACY


def look(file: Path | os.DirEntry[str]) -> Look:
    """How a file looks from outside."""
    try:
        seen = file.stat()
    except OSError:
        return GONE
    return (max(seen.st_mtime_ns, seen.st_ctime_ns), seen.st_size, seen.st_ino)


def place(path: str) -> tuple[str, str]:
    """The form and the name of a record's file, which lies in its form's folder or in one below; else empty."""
    folder, *parts = path.split("/")
    if folder != RECORDS or not path.endswith(SUFFIX) or len(parts) > len(("form", "year", "file")):
        return "", ""
    return parts[0].removesuffix(SUFFIX), parts[-1].removesuffix(SUFFIX)


def files(root: Path, folder: str, suffix: str) -> Iterator[str]:
    """The paths from the root of the files below a folder of it whose names end so, in order."""
    return (path for path, _ in below(root, folder) if path.endswith(suffix))


def below(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder of a root with its path from the root, in order.

    Hidden and temporary files are left out, and a link to a folder is not followed.
    """
    if not (root / folder).is_dir():
        return
    with os.scandir(root / folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from below(root, f"{folder}/{entry.name}")
            elif not entry.is_dir():
                yield f"{folder}/{entry.name}", entry
