"""What can always be worked out again, kept in one file of out/ between runs; losing it costs only time."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

FILE = "out/wenkong-cache.sqlite"
VERSION = "3"
WAIT = 5.0
NOBODY = ""
"""The stamp of a kind that was never written."""
ERROR = sqlite3.Error
LAST = "\U0010ffff"
"""Stands after every other letter."""
ROW = "insert or replace into kept values (?, ?, ?)"


class Texts(dict[str, bytes]):
    """The texts of a kind in UTF-8 by their keys; the stamp is another after each writing."""

    stamp = NOBODY


@dataclass(frozen=True)
class Entries(Mapping[str, bytes]):
    """The same, each read from the file when somebody asks for it."""

    connection: sqlite3.Connection
    kind: str
    stamp: str

    def __getitem__(self, key: str) -> bytes:
        row = self.connection.execute("select text from kept where kind = ? and key = ?", (self.kind, key)).fetchone()
        if row is None:
            raise KeyError(key)
        text: bytes = row[0]
        return text

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self.connection.execute("select key from kept where kind = ?", (self.kind,)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def below(self, start: str = "") -> Iterator[tuple[str, bytes]]:
        """Those whose keys start so."""
        return self.connection.execute(
            "select key, text from kept where kind = ? and key >= ? and key < ?", (self.kind, start, start + LAST)
        )

    def naming(self, *parts: str, start: str = "") -> dict[str, bytes]:
        """Those in which one of these parts stands, of those whose keys start so."""
        wanted = [each.encode() for each in parts]
        return {key: text for key, text in self.below(start) if any(each in text for each in wanted)}


def read(root: Path, kind: str, epoch: str) -> Texts:
    """The texts of a kind as written under this epoch; nothing where there are none."""
    texts = Texts()
    with suppress(sqlite3.Error), closing(_opened(root)) as connection, connection:
        connection.execute("begin")
        stamp = _stamp(connection, kind, epoch)
        if stamp:
            texts.update(connection.execute("select key, text from kept where kind = ?", (kind,)))
            texts.stamp = stamp
    return texts


@contextmanager
def seen(root: Path, epochs: Mapping[str, str]) -> Iterator[dict[str, Entries]]:
    """The entries of kinds by their name, all as they stand at one moment; those of another epoch are left out.

    Raises:
        ERROR: the file breaks while it is read.
    """
    try:
        opened = _opened(root)
    except (sqlite3.Error, OSError):
        yield {}
        return
    with closing(opened) as connection, connection:
        connection.execute("begin")
        stamps = {kind: _stamp(connection, kind, epoch) for kind, epoch in epochs.items()}
        yield {kind: Entries(connection, kind, stamp) for kind, stamp in stamps.items() if stamp}


def write(root: Path, kind: str, epoch: str, texts: Mapping[str, bytes], before: Texts) -> str:
    """Keep these texts instead of those that were read before, and the stamp that they have now.

    A file that cannot be written is left alone. What another process wrote since is no longer kept.
    """
    changed = [(kind, key, text) for key, text in texts.items() if before.get(key) != text]
    gone = [(kind, key) for key in before if key not in texts]
    if before.stamp and not changed and not gone:
        return before.stamp
    with suppress(sqlite3.Error, OSError):
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        with closing(_opened(root)) as connection, connection:
            connection.execute("begin immediate")
            if not before.stamp or _stamp(connection, kind, epoch) != before.stamp:
                connection.execute("delete from kept where kind = ?", (kind,))
                changed, gone = [(kind, key, text) for key, text in texts.items()], []
            connection.executemany("delete from kept where kind = ? and key = ?", gone)
            connection.executemany(ROW, changed)
            return _stamped(connection, kind, epoch)
    return NOBODY


def amend(root: Path, kind: str, epoch: str, texts: Mapping[str, bytes | None], *, stamp: str = NOBODY) -> str:
    """Keep these texts beside the others that were written under the same epoch, or no more those that are None.

    The stamp that they have now; with the stamp of before, only if nobody has written since.
    """
    with suppress(sqlite3.Error, OSError), closing(_opened(root)) as connection, connection:
        connection.execute("begin immediate")
        before = _stamp(connection, kind, epoch)
        if not before or (stamp and stamp != before):
            return NOBODY
        if not texts:
            return before
        connection.executemany(ROW, [(kind, key, text) for key, text in texts.items() if text is not None])
        gone = [(kind, key) for key, text in texts.items() if text is None]
        connection.executemany("delete from kept where kind = ? and key = ?", gone)
        return _stamped(connection, kind, epoch)
    return NOBODY


def _stamp(connection: sqlite3.Connection, kind: str, epoch: str) -> str:
    row = connection.execute("select stamp from epochs where kind = ? and epoch = ?", (kind, _versioned(epoch)))
    found = row.fetchone()
    return str(found[0]) if found else NOBODY


def _stamped(connection: sqlite3.Connection, kind: str, epoch: str) -> str:
    stamp = secrets.token_hex(8)
    connection.execute("insert or replace into epochs values (?, ?, ?)", (kind, _versioned(epoch), stamp))
    return stamp


def _versioned(epoch: str) -> str:
    return f"{VERSION} {epoch}"


def _opened(root: Path) -> sqlite3.Connection:
    place = root / FILE
    try:
        return _ready(place)
    except sqlite3.DatabaseError:
        place.unlink(missing_ok=True)
        return _ready(place)


def _ready(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=WAIT)
    try:
        connection.execute("pragma synchronous = off")
        connection.execute(
            "create table if not exists epochs (kind text primary key, epoch text, stamp text) without rowid"
        )
        connection.execute(
            "create table if not exists kept (kind text, key text, text blob, primary key (kind, key)) without rowid"
        )
        connection.execute("select stamp from epochs limit 0")  # a file of an earlier version has none
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
