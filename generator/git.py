"""The history of the repository as git tells it, asked in few and streamed passes."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

import git

from generator import gitlog
from generator.errors import GeneratorError
from generator.terms import control
from generator.terms import repository as words

# A user's settings, grafts or replaced objects must not change what the history says.
SETTINGS = {
    "LC_ALL": "C.UTF-8",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
OPTIONS = ("-c", "core.quotepath=off", "-c", "log.showSignature=false", "-c", "color.ui=false")
WRITTEN = ("out", "wenkong-error.log")
FORMAT = "--format=%x01%H%x00%cI"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit's full id and when it was committed, with its zone."""

    id: str
    when: datetime

    @property
    def short(self) -> str:
        """The first ten digits, as printed on sheets."""
        return self.id[:10]

    @classmethod
    def of(cls, logged: gitlog.Logged) -> Commit:
        """The id and the time of a commit of the index."""
        return cls(logged.id, datetime.fromisoformat(logged.committed))


class Tips(NamedTuple):
    """The last commit (empty before the first) and every branch, tag and fetched branch, in order."""

    head: str
    every: list[str]


class Repository:
    """The part of a clone below one folder; every method asks git anew, paths are those below the folder."""

    def __init__(self, repo: git.Repo, prefix: str) -> None:
        self._repo = repo
        self._prefix = prefix

    @property
    def prefix(self) -> str:
        """The folder below the top of the clone, with a slash at its end, or nothing."""
        return self._prefix

    @property
    def own_folder(self) -> Path:
        """Where this worktree keeps what is not part of the tree."""
        return Path(self._repo.git_dir)

    def close(self) -> None:
        """End the processes that GitPython keeps open."""
        self._repo.close()

    @property
    def lock_folder(self) -> Path:
        """Where all worktrees of the clone can lock together."""
        return Path(self._repo.common_dir)

    def ask(self, *arguments: str) -> str:
        """What the git program answers; GeneratorError where it refuses."""
        return self._run(*arguments)

    def is_shallow(self) -> bool:
        """Whether the history was cut off when cloning."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == "true"

    def is_dirty(self) -> bool:
        """Whether any file differs from the last commit, new files included; what the program itself wrote is not."""
        ours = (f":(top,exclude){self._prefix}{each}" for each in WRITTEN)
        return bool(self._run("status", "--porcelain", "-z", "--untracked-files=all", "--", ":(top)", *ours))

    def changed(self, paths: Iterable[str]) -> frozenset[str]:
        """Which files at or below these paths differ from the last commit, new ones included."""
        ours = [f":(top,literal){self._prefix}{each}" for each in paths]
        said = self._run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *ours)
        return frozenset(each[len("XY ") :].removeprefix(self._prefix) for each in said.split("\0") if each)

    def user(self, name: str) -> str:
        """What git knows of its user by that name: name, email, signingkey; or nothing."""
        with self._repo.config_reader() as settings:
            return str(settings.get_value("user", name, ""))

    @property
    def head_id(self) -> str:
        """The id of the last commit; empty before the first."""
        return self._repo.head.commit.hexsha if self._repo.head.is_valid() else ""

    def head(self) -> Commit | None:
        """The last commit, or None before the first."""
        return self.found("HEAD") if self.head_id else None

    def found(self, commit: str) -> Commit:
        """The commit of that id or name. Raises GeneratorError where there is none."""
        return next(self._commits("-1", commit))[0]

    def changes_of(self, key: str, folder: str, since: str) -> Iterator[gitlog.Change]:
        """Every change of the top-level `key` of files on the main line after `since` (empty: all), oldest first."""
        start, where = f"{key}: ", f":(top){self._prefix}{folder}"
        lines = self._lines(
            *("log", "--first-parent", "-m", "--reverse", "--no-renames", "-p", "-U0", f"-G^{key}:"),
            *(f"--format={gitlog.CHANGED}", f"{since}..HEAD" if since else "HEAD", "--", where),
            wanted=(b"\x01", b"diff --git ", f"-{start}".encode(), f"+{start}".encode()),
        )
        return (each._replace(path=each.path.removeprefix(self._prefix)) for each in gitlog.replaced(lines, start))

    def content(self, commit: str, path: str) -> bytes:
        """A file as a commit holds it.

        Raises:
            GeneratorError: the commit does not hold it.
        """
        return self._run("cat-file", "blob", f"{commit}:{self._prefix}{path}").encode("utf-8", "surrogateescape")

    def email(self) -> str:
        """The e-mail that commits are made under, or nothing."""
        return self.user("email")

    def must_know_author(self) -> None:
        """Refuse where a commit would have no author.

        Raises:
            GeneratorError: git does not know who commits.
        """
        if not (self.user("name") and self.email()):
            raise GeneratorError(control.NO_IDENTITY)

    def must_be_writable(self) -> None:
        """Refuse before anything is written.

        Raises:
            GeneratorError: git does not know who commits, or another git program holds the index.
        """
        self.must_know_author()
        busy = self.own_folder / "index.lock"
        if busy.exists():
            raise GeneratorError(control.LOCKED.format(path=busy))

    def commit(self, paths: tuple[str, ...], message: str) -> None:
        """Commit these paths and nothing else that may be staged; nothing happens where they are committed already."""
        ours = [f"{self._prefix}{each}" for each in paths]
        self._run("update-index", "--add", "--remove", "--", *ours)
        literal = (f":(top,literal){each}" for each in ours)
        said = self._run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", *literal)
        changed = [f":(top,literal){each[len('XY ') :]}" for each in said.split("\0") if each]
        if changed:
            options = ("-c", "core.fsync=committed", "commit", "--quiet", "--only")
            self._run(*options, f"--message={message}", "--", *changed)

    def exported(self, commit: str, folders: Iterable[str], place: Path) -> None:
        """Write these folders as a commit holds them below `place`, which must be empty.

        Raises:
            GeneratorError: there is no such commit.
        """
        wanted = [f"{self._prefix}{each}" for each in folders]
        there = self._run("ls-tree", "-z", "--name-only", commit, "--", *wanted).split("\0")
        output = b"".join(self._streamed("archive", "--format=tar", commit, "--", *filter(None, there), given=None))
        with tarfile.open(fileobj=io.BytesIO(output)) as archive:
            archive.extractall(place, filter="data")

    def tips(self) -> Tips:
        """Where the history ends now.

        Raises:
            GeneratorError: the clone is shallow.
        """
        shallow, *every = self._run("rev-parse", "--is-shallow-repository", "--all").split()
        if shallow == "true":
            raise GeneratorError(words.SHALLOW)
        head = self.head_id
        return Tips(head, sorted({*every, head} - {""}))

    def walked(self, tips: Iterable[str], known: Iterable[str]) -> Iterator[tuple[gitlog.Logged, list[gitlog.Event]]]:
        """Every commit below these tips but not below the known ones, with what it did against its first parent.

        Messages and paths hold no NUL, so each field ends in one; renames are never guessed.
        """
        options = ("-z", "--raw", "--no-renames", "--no-abbrev", "--diff-merges=first-parent")
        command = ("log", "--ignore-missing", "--stdin", *options, f"--format={gitlog.FORMAT}")
        wanted = "\n".join((*tips, *(f"^{each}" for each in known), ""))
        with tempfile.TemporaryFile() as file:
            file.write(wanted.encode())
            file.seek(0)
            yield from gitlog.commits(self._streamed(*command, given=file))

    def ordered(self, head: str, before: str) -> Iterator[str]:
        """The commits below `head` but not below `before` (empty: all), parents first; git starts at once."""
        limit = (f"^{before}",) if before else ()
        command = ("rev-list", "--topo-order", "--reverse", "--ignore-missing", head, *limit)
        chunks = self._read(self._started(*command))
        return (token.decode() for token in gitlog.lines(chunks))

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The contents of these ids, in their order, in one pass; empty for one that is not there."""
        with tempfile.TemporaryFile() as file:
            file.write("\n".join((*blobs, "")).encode())
            file.seek(0)
            yield from gitlog.contents(b"".join(self._streamed("cat-file", "--batch", given=file)))

    def _streamed(self, *arguments: str, given: IO[bytes] | None) -> Iterator[bytes]:
        return self._read(self._started(*arguments, given=given))

    def _lines(self, *arguments: str, wanted: tuple[bytes, ...]) -> Iterator[str]:
        rest = b""
        for chunk in self._streamed(*arguments, given=None):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (each.decode("utf-8", "surrogateescape") for each in lines if each.startswith(wanted))

    def _started(self, *arguments: str, given: IO[bytes] | None = None) -> Any:
        command = ["git", *OPTIONS, *arguments]
        return self._repo.git.execute(command, env=SETTINGS, istream=given, as_process=True)

    def _read(self, process: Any) -> Iterator[bytes]:
        with process.stdout as stream:
            while chunk := stream.read1(1 << 18):
                yield chunk
        try:
            process.wait()
        except git.GitCommandError as error:
            raise GeneratorError(gitlog.reason(str(error.stderr), self._repo.working_dir)) from error
        finally:
            process.stderr.close()

    def _commits(self, *options: str) -> Iterator[tuple[Commit, list[str]]]:
        for block in self._run("log", "-z", *options, FORMAT).split("\x01")[1:]:
            head, _, rest = block.partition("\0")
            when, *paths = rest.split("\0")
            commit = Commit(head, datetime.fromisoformat(when.strip()))
            yield commit, [path.lstrip("\n") for path in paths if path.strip()]

    def _run(self, *arguments: str) -> str:
        try:
            output = self._repo.git.execute(
                ["git", *OPTIONS, *arguments], env=SETTINGS, strip_newline_in_stdout=False, stdout_as_string=False
            )
        except git.GitCommandError as error:
            raise GeneratorError(gitlog.reason(str(error.stderr), self._repo.working_dir)) from error
        return bytes(output).decode("utf-8", "surrogateescape")


def repository(root: Path) -> Repository | None:
    """The clone that `root` lies in, or None outside git.

    Raises:
        GeneratorError: git is missing, or refuses the folder.
    """
    try:
        repo = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    except git.GitCommandNotFound as error:
        raise GeneratorError(words.NO_GIT) from error
    top = Path(repo.working_dir).resolve()
    inside = root.resolve().relative_to(top).as_posix() if root.resolve().is_relative_to(top) else "."
    return Repository(repo, "" if inside == "." else f"{inside}/")


def version() -> str:
    """The version of the git program.

    Raises:
        GeneratorError: git is missing.
    """
    try:
        return ".".join(map(str, git.Git().version_info))
    except git.GitCommandNotFound as error:
        raise GeneratorError(words.NO_GIT) from error
