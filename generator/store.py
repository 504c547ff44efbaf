"""What can always be worked out again, kept in one file of out/ between runs; losing it costs only time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

FILE = "out/wenkong-cache.sqlite"
VERSION = "2"
WAIT = 5.0


def read(root: Path, kind: str, epoch: str) -> Mapping[str, bytes]:
    """The texts of a kind in UTF-8 by their keys, as written under this epoch; nothing where there are none."""
    with suppress(sqlite3.Error), closing(_opened(root)) as connection:
        row = connection.execute("select epoch from epochs where kind = ?", (kind,)).fetchone()
        if row == (f"{VERSION} {epoch}",):
            return dict(connection.execute("select key, text from kept where kind = ?", (kind,)))
    return {}


def write(root: Path, kind: str, epoch: str, texts: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Keep these texts instead of those that were read before; a file that cannot be written is left alone."""
    changed = [(kind, key, text) for key, text in texts.items() if before.get(key) != text]
    gone = [(kind, key) for key in before if key not in texts]
    if not changed and not gone:
        return
    with suppress(sqlite3.Error, OSError):
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        with closing(_opened(root)) as connection, connection:
            connection.execute("begin immediate")
            if not before:
                connection.execute("delete from kept where kind = ?", (kind,))
            connection.executemany("delete from kept where kind = ? and key = ?", gone)
            connection.executemany("insert or replace into kept values (?, ?, ?)", changed)
            connection.execute("insert or replace into epochs values (?, ?)", (kind, f"{VERSION} {epoch}"))


def add(root: Path, kind: str, epoch: str, texts: Mapping[str, bytes]) -> None:
    """Keep these texts beside the others that were written under the same epoch."""
    if not texts:
        return
    with suppress(sqlite3.Error, OSError), closing(_opened(root)) as connection, connection:
        connection.execute("begin immediate")
        row = connection.execute("select epoch from epochs where kind = ?", (kind,)).fetchone()
        if row == (f"{VERSION} {epoch}",):
            rows = [(kind, key, text) for key, text in texts.items()]
            connection.executemany("insert or replace into kept values (?, ?, ?)", rows)


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
        connection.execute("create table if not exists epochs (kind text primary key, epoch text) without rowid")
        connection.execute(
            "create table if not exists kept (kind text, key text, text blob, primary key (kind, key)) without rowid"
        )
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
