"""What the git program prints in one streamed pass, cut into commits and contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from generator.terms import Text
from generator.terms import repository as words

FORMAT = "%H%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%cI%x00%B%x00"
CHANGED = "%x01%H%x00%cI%x00%ae"
COMMIT_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z").match


class Logged(NamedTuple):
    """A commit as git tells it: ids in full, parents parted by spaces, times as written with their zone."""

    id: str
    parents: str
    author: str
    email: str
    authored: str
    committer: str
    committed: str
    message: str


Event = tuple[str, str, str, str]
"""What a commit did to a path: the path from the top of the clone, git's letter, the mode and the id of the content."""


def commits(chunks: Iterable[bytes]) -> Iterator[tuple[Logged, list[Event]]]:
    """The commits of `git log -z --raw --no-abbrev` in this format."""
    tokens = lines(chunks, end=b"\0")
    fields: list[bytes] = []
    events: list[Event] = []
    for piece in tokens:
        token = piece.lstrip(b"\n")
        if token[:1] == b":":
            _, mode, _, blob, act = token.split(b" ")
            events.append((_text(next(tokens)), act.decode(), mode.decode(), blob.decode()))
        elif COMMIT_ID(token):
            if fields:
                yield Logged._make(map(_text, fields)), events
            fields, events = [token, *islice(tokens, len(Logged._fields) - 1)], []
    if fields:
        yield Logged._make(map(_text, fields)), events


def lines(chunks: Iterable[bytes], end: bytes = b"\n") -> Iterator[bytes]:
    """The pieces that end in this byte."""
    rest = b""
    for chunk in chunks:
        *pieces, rest = (rest + chunk).split(end)
        yield from pieces


def _text(token: bytes) -> str:
    return token.decode("utf-8", "replace")


def contents(output: bytes) -> Iterator[bytes]:
    """The contents of `git cat-file --batch`; empty for one that is not there."""
    place = 0
    while place < len(output):
        end = output.index(b"\n", place)
        head = output[place:end].split(b" ")
        size = int(head[2]) if len(head) == len(("id", "type", "size")) else -1
        yield output[end + 1 : end + 1 + size] if size >= 0 else b""
        place = end + 1 + (size + 1 if size >= 0 else 0)


def reason(stderr: str, folder: object) -> Text:
    """Why git refused."""
    if "dubious ownership" in stderr:
        return words.NOT_TRUSTED.format(folder=folder)
    return words.GIT_FAILED.format(reason=stderr.strip().splitlines()[-1] if stderr.strip() else "?")


class Change(NamedTuple):
    """A line that a commit replaced; `before` is empty where it is new, `email` is the author's, `when` an ISO time."""

    commit: str
    when: str
    email: str
    path: str
    before: str
    after: str


def replaced(lines: Iterable[str], start: str) -> Iterator[Change]:
    """The lines that begin with `start` and came in, without it.

    `lines` are of a patch without context; what is said of a commit is as in CHANGED.
    """
    commit, when, email, path, before = "", "", "", "", ""
    for line in lines:
        if line.startswith("\x01"):
            commit, when, email = line[1:].split("\0")
        elif line.startswith("diff --git "):
            path, before = line.rpartition(" b/")[2], ""
        elif line.startswith(f"-{start}"):
            before = line[1 + len(start) :].strip()
        elif line.startswith(f"+{start}"):
            yield Change(commit, when, email, path, before, line[1 + len(start) :].strip())
