"""The repository as one of its commits holds it, laid out in a folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.git import Repository

FOLDERS = ("forms", "schemas", "records", "procedures")


@contextmanager
def at(repository: Repository, commit: str) -> Iterator[Path]:
    """A folder with the tree of a commit, gone afterwards.

    Raises:
        GeneratorError: there is no such commit.
    """
    with tempfile.TemporaryDirectory(prefix="wenkong-") as folder:
        place = Path(folder)
        repository.exported(commit, FOLDERS, place)
        yield place / repository.prefix
