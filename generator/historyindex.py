"""The whole history in one file that can always be made again: every commit, and what each did to which path."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from generator.git import Repository
from generator.gitlog import Event, Logged

VERSION = "1"
FILE = "wenkong-history.sqlite"
WAIT = 60.0
AT_ONCE = 500
TABLES = """
create table if not exists facts (name text primary key, value text) without rowid;
create table if not exists commits (
    number integer primary key, id text, parents text, author text, email text, authored text,
    committer text, committed text, message text);
create table if not exists events (number integer, path text, act text, mode text, blob text);
create table if not exists line (number integer primary key, place integer, is_main integer);
"""
INDEXES = (  # cheaper made after the first pass than kept up during it
    "create unique index if not exists commits_by_id on commits (id)",
    "create index if not exists events_by_path on events (path)",
    "create index if not exists line_by_place on line (place)",
)
COMMITS = "insert into commits values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
EVENTS = "insert into events values (?, ?, ?, ?, ?)"
REVISION = """
select c.id, c.parents, c.author, c.email, c.authored, c.committer, c.committed, c.message,
       e.path, e.act, e.mode, e.blob, l.place, l.is_main
from events e join commits c using (number) join line l using (number)
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """What one commit did to one path.

    `act` is git's letter (A M D T), `blob` the id of the content after it, `place` its place in the history
    (0 = oldest), `is_main` whether it lies on the main line.
    """

    commit: Logged
    path: str
    act: str
    mode: str
    blob: str
    place: int
    is_main: bool


class Index:
    """The history that the last commit has, as it was when the index was opened; paths are those below the folder."""

    def __init__(self, connection: sqlite3.Connection, prefix: str) -> None:
        self._connection = connection
        self._prefix = prefix

    def of(self, path: str) -> tuple[Revision, ...]:
        """Every commit that touched a path, oldest first; merges only where they differ from their first parent."""
        rows = self._connection.execute(f"{REVISION} where e.path = ? order by l.place", (self._prefix + path,))
        return tuple(map(self._revision, rows))

    def named(self, folder: str, name: str) -> tuple[Revision, ...]:
        """Every revision of a file of that name wherever it stood below a folder, oldest first.

        The name is who it is: a file that moved to another folder keeps its history, one renamed does not.
        """
        start = f"{self._prefix}{folder}/"
        rows = self._connection.execute(
            f"{REVISION} where e.path >= ? and e.path < ? and substr(e.path, -?) = ? order by l.place, e.path",
            (start, start + "\U0010ffff", len(name) + 1, f"/{name}"),
        )
        return tuple(map(self._revision, rows))

    def below(self, folder: str) -> Iterator[Revision]:
        """Every revision of every path below a folder (empty: of all), oldest first."""
        start = f"{self._prefix}{folder}/" if folder else self._prefix
        rows = self._connection.execute(
            f"{REVISION} where e.path >= ? and e.path < ? order by l.place, e.path", (start, start + "\U0010ffff")
        )
        return map(self._revision, rows)

    def last_changes(self) -> Mapping[str, Revision]:
        """For each path the newest commit of the main line that changed it."""
        rows = self._connection.execute(
            f"{REVISION} where l.is_main and e.path >= ? and e.path < ? group by e.path having l.place = max(l.place)",
            (self._prefix, self._prefix + "\U0010ffff"),
        )
        return {each.path: each for each in map(self._revision, rows)}

    def last_change(self, path: str) -> Revision | None:
        """The newest commit of the main line that changed a path."""
        row = self._connection.execute(
            f"{REVISION} where l.is_main and e.path = ? order by l.place desc limit 1", (self._prefix + path,)
        ).fetchone()
        return self._revision(row) if row else None

    def names_ever_used(self, folder: str) -> frozenset[str]:
        """The stems of all files that ever stood below a folder, on any branch, local or fetched."""
        start = f"{self._prefix}{folder}/"
        rows = self._connection.execute(
            "select distinct path from events where path >= ? and path < ?", (start, start + "\U0010ffff")
        )
        return frozenset(Path(path).stem for (path,) in rows)

    def at(self, place: int) -> Logged:
        """The commit at a place of the history."""
        row = self._connection.execute(
            "select id, parents, author, email, authored, committer, committed, message"
            " from commits join line using (number) where place = ?",
            (place,),
        ).fetchone()
        return Logged(*row)

    def place_on_main(self, commit: str) -> int | None:
        """The place of a commit of the main line; None for any other."""
        row = self._connection.execute(
            "select place from line join commits using (number) where id = ? and is_main", (commit,)
        ).fetchone()
        return int(row[0]) if row else None

    def onward(self, commit: str) -> tuple[Revision, ...] | None:
        """What was done after a commit, oldest first; None unless each commit from there on has one parent."""
        start = self.place_on_main(commit)
        if start is None:
            return None
        line = "from commits join line using (number) where place > ? order by place"
        for each, parents in self._connection.execute(f"select id, parents {line}", (start,)):
            if parents != commit:
                return None
            commit = each
        rows = self._connection.execute(
            f"{REVISION} where l.place > ? and e.path >= ? and e.path < ? order by l.place, e.path",
            (start, self._prefix, self._prefix + "\U0010ffff"),
        )
        return tuple(map(self._revision, rows))

    def nodes(self) -> Iterator[tuple[Logged, bool]]:
        """Every commit of the history, parents first, and whether it lies on the main line."""
        rows = self._connection.execute(
            "select id, parents, author, email, authored, committer, committed, message, is_main"
            " from commits join line using (number) order by place"
        )
        return ((Logged(*row[:-1]), bool(row[-1])) for row in rows)

    def commits(self) -> Iterator[Logged]:
        """Every commit of the history, oldest first."""
        rows = self._connection.execute(
            "select id, parents, author, email, authored, committer, committed, message"
            " from commits join line using (number) order by place"
        )
        return (Logged(*row) for row in rows)

    def _revision(self, row: tuple[str, ...]) -> Revision:
        *commit, path, act, mode, blob, place, is_main = row
        return Revision(
            Logged(*commit), path.removeprefix(self._prefix), act, mode, blob, int(place), is_main=bool(is_main)
        )


@contextmanager
def opened(repository: Repository) -> Iterator[Index]:
    """The index, brought up to the last commit and to every branch; a broken or older file is made anew.

    Raises:
        GeneratorError: the clone is shallow, or git cannot read the history.
    """
    with closing(_connected(repository)) as connection:
        yield Index(connection, repository.prefix)


def _connected(repository: Repository) -> sqlite3.Connection:
    place = repository.own_folder / FILE
    try:
        return _current(place, repository)
    except sqlite3.OperationalError:  # a folder that may not be written, a disk that is full
        return _current(Path(":memory:"), repository)
    except sqlite3.DatabaseError:
        _remove(place)
        return _current(place, repository)


def _current(place: Path, repository: Repository) -> sqlite3.Connection:
    connection = _ready(place)
    try:
        _update(connection, repository)
    except BaseException:
        connection.close()
        raise
    return connection


def _ready(place: Path) -> sqlite3.Connection:
    connection = _open(place)
    known = connection.execute("select name from sqlite_master where name = 'facts'").fetchone()
    if known and _fact(connection, "version") != VERSION:
        connection.close()
        _remove(place)
        connection = _open(place)
    if not known or not _fact(connection, "version"):
        connection.executescript(TABLES)
        connection.execute("insert or ignore into facts values ('version', ?)", (VERSION,))
    return connection


def _open(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, isolation_level=None, timeout=WAIT)
    try:
        connection.execute("pragma synchronous = off")  # what a power cut spoils is made again
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _remove(place: Path) -> None:
    for end in ("", "-journal"):
        Path(f"{place}{end}").unlink(missing_ok=True)


def _fact(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("select value from facts where name = ?", (name,)).fetchone()
    return row[0] if row else ""


def _update(connection: sqlite3.Connection, repository: Repository) -> None:
    tips = repository.tips()
    if _fact(connection, "tips") == json.dumps(tips):
        return
    connection.execute("begin immediate")
    try:
        before, known = json.loads(_fact(connection, "tips") or '["", []]')
        new = repository.ordered(tips.head, before) if tips.head != before else iter(())
        if tips.every:
            _add(connection, repository.walked(tips.every, known))
        for each in INDEXES:
            connection.execute(each)
        _order(connection, repository, list(new), head=tips.head, before=before)
        connection.execute("insert or replace into facts values ('tips', ?)", (json.dumps(tips),))
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _add(connection: sqlite3.Connection, walked: Iterator[tuple[Logged, list[Event]]]) -> None:
    """Write what is not known yet; a commit that another process wrote meanwhile cannot be among it."""
    (last,) = connection.execute("select coalesce(max(number), 0) from commits").fetchone()
    while some := list(islice(walked, AT_ONCE)):
        numbered = list(enumerate(some, last + 1))
        connection.executemany(COMMITS, ((number, *commit) for number, (commit, _) in numbered))
        connection.executemany(EVENTS, ((number, *event) for number, (_, events) in numbered for event in events))
        last += len(some)


def _order(connection: sqlite3.Connection, repository: Repository, new: list[str], *, head: str, before: str) -> None:
    """Put the commits of the history in their order; only what is new where the last head is still on the main line."""
    parents = _parents(connection, new)
    main = _main_line(head, parents, before)
    if main is None:
        connection.execute("delete from line")
        new = list(repository.ordered(head, "")) if head else []
        parents = _parents(connection, new)
        main = _main_line(head, parents, "") or frozenset()
    (start,) = connection.execute("select count(*) from line").fetchone()
    rows = ((parents[each][0], start + place, each in main) for place, each in enumerate(new))
    connection.executemany("insert into line values (?, ?, ?)", rows)


def _parents(connection: sqlite3.Connection, ids: list[str]) -> dict[str, tuple[int, str]]:
    """The number and the first parent of each commit."""
    one = "select number, parents from commits where id = ?"
    rows = ((each, *connection.execute(one, (each,)).fetchone()) for each in ids)
    return {each: (number, parents.partition(" ")[0]) for each, number, parents in rows}


def _main_line(head: str, parents: Mapping[str, tuple[int, str]], before: str) -> frozenset[str] | None:
    """The commits that follow first parents from the head down to the one before; None where it is never met."""
    found = set()
    while head and head != before:
        if head not in parents:
            return None
        found.add(head)
        head = parents[head][1]
    return frozenset(found) if head == before else None
