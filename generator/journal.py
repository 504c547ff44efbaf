"""Writes that belong together and their commit: all of them, or after a crash the rest of them at the next run."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator import files, lock
from generator.errors import GeneratorError
from generator.git import Repository, repository
from generator.terms import Text
from generator.terms import control as words

FILE = "wenkong-journal.json"
Contents = Mapping[str, bytes | None]
"""What is to stand at each path from the root; None where nothing may stand any more."""


@contextmanager
def opened(root: Path, tell: Callable[[Text], None]) -> Iterator[Repository]:
    """The clone, for one writer at a time; what an earlier run left half done is finished first, and told.

    Raises:
        GeneratorError: `root` lies in no clone, or git is busy.
    """
    clone = repository(root)
    if clone is None:
        raise GeneratorError(words.NOT_A_CLONE)
    try:
        with lock.held(clone.lock_folder):
            _settle(root, clone, tell)
            yield clone
    finally:
        clone.close()


def write(root: Path, clone: Repository, contents: Contents, message: str) -> None:
    """Put these contents at these paths and commit just them; `clone` is opened above.

    What is to be done is safely on disk before the first file changes, so that a kill at any moment loses nothing:
    the next run does the rest.

    Raises:
        GeneratorError: git does not know the author, or is busy; then nothing was written.
    """
    clone.must_be_writable()
    written = {path: None if each is None else base64.b64encode(each).decode() for path, each in contents.items()}
    plan = {"message": message, "who": clone.email(), "contents": written}
    files.write(clone.own_folder / FILE, json.dumps(plan).encode())
    _carry_out(root, clone, contents, message)


def _settle(root: Path, clone: Repository, tell: Callable[[Text], None]) -> None:
    place = clone.own_folder / FILE
    files.clear(place)
    if not place.is_file():
        return
    plan = json.loads(place.read_bytes())
    contents = {path: None if each is None else base64.b64decode(each) for path, each in plan["contents"].items()}
    clone.must_be_writable()
    if plan["who"] != clone.email():  # nobody commits what another has begun: the commit says who did it
        raise GeneratorError(words.BEGUN_BY_ANOTHER.format(who=plan["who"], path=place))
    for path in contents:
        files.clear(root / path)
    _carry_out(root, clone, contents, plan["message"])
    tell(words.UNFINISHED.format(message=plan["message"].splitlines()[0]))


def _carry_out(root: Path, clone: Repository, contents: Contents, message: str) -> None:
    """Each step may be done twice: files are put whole, and a commit that is there already is not made again."""
    for path, content in contents.items():
        place = root / path
        if content is None:
            place.unlink(missing_ok=True)
        elif not place.is_file() or place.read_bytes() != content:
            files.write(place, content)
    clone.commit(tuple(contents), message)
    (clone.own_folder / FILE).unlink()
