"""The history of the repository as git tells it, asked in few and streamed passes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import git

from generator.errors import GeneratorError
from generator.terms import Text
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


@dataclass(frozen=True, slots=True)
class Change:
    """A line that a commit replaced; `before` is empty where it is new, `who` is the author's e-mail."""

    path: str
    before: str
    after: str
    commit: Commit
    who: str


class Repository:
    """The part of a clone below one folder; every method asks git anew, paths are those below the folder."""

    def __init__(self, repo: git.Repo, prefix: str) -> None:
        self._repo = repo
        self._prefix = prefix

    def close(self) -> None:
        """End the processes that GitPython keeps open."""
        self._repo.close()

    @property
    def lock_folder(self) -> Path:
        """Where all worktrees of the clone can lock together."""
        return Path(self._repo.common_dir)

    def is_shallow(self) -> bool:
        """Whether the history was cut off when cloning."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == "true"

    def is_dirty(self) -> bool:
        """Whether any file differs from the last commit, new files included; what the program itself wrote is not."""
        ours = (f":(top,exclude){self._prefix}{each}" for each in WRITTEN)
        return bool(self._run("status", "--porcelain", "-z", "--untracked-files=all", "--", ":(top)", *ours))

    def identity(self) -> str:
        """The name that commits are made under, or nothing where name or e-mail are not set."""
        with self._repo.config_reader() as settings:
            name = str(settings.get_value("user", "name", ""))
            return name if settings.get_value("user", "email", "") else ""

    def head(self) -> Commit | None:
        """The last commit, or None before the first."""
        if not self._repo.head.is_valid():
            return None
        return next(self._commits("-1"))[0]

    def last_changes(self) -> Mapping[str, tuple[int, Commit]]:
        """For each path the newest commit on the main line that changed it, with its place (0 = newest)."""
        found: dict[str, tuple[int, Commit]] = {}
        if self._repo.head.is_valid():
            for place, (commit, paths) in enumerate(
                self._commits("--first-parent", "-m", "--name-only", "--no-renames")
            ):
                for path in paths:
                    if path.startswith(self._prefix):
                        found.setdefault(path.removeprefix(self._prefix), (place, commit))
        return found

    def changes_of(self, key: str, folder: str) -> tuple[Change, ...]:
        """Every change on the main line of the top-level `key` of the YAML files below `folder`, oldest first."""
        if not self._repo.head.is_valid():
            return ()
        text = self._run(
            *("log", "--first-parent", "-m", "--reverse", "--no-renames", "-p", "-U0", f"-G^{key}:"),
            *("--format=%x01%H%x00%cI%x00%ae%x00", "--", f":(top){self._prefix}{folder}"),
        )
        return tuple(change for block in text.split("\x01")[1:] for change in self._changes(block, f"{key}: "))

    def _changes(self, block: str, start: str) -> Iterator[Change]:
        head, when, who, patch = block.split("\0", 3)
        commit = Commit(head, datetime.fromisoformat(when))
        path = before = ""
        for line in patch.splitlines():
            if line.startswith("diff --git "):
                path, before = line.rpartition(" b/")[2].removeprefix(self._prefix), ""
            elif line.startswith(f"-{start}"):
                before = line[1 + len(start) :].strip()
            elif line.startswith(f"+{start}"):
                yield Change(path, before, line[1 + len(start) :].strip(), commit, who)

    def content(self, commit: str, path: str) -> bytes:
        """A file as a commit holds it.

        Raises:
            GeneratorError: the commit does not hold it.
        """
        return self._run("cat-file", "blob", f"{commit}:{self._prefix}{path}").encode("utf-8", "surrogateescape")

    def email(self) -> str:
        """The e-mail that commits are made under, or nothing."""
        with self._repo.config_reader() as settings:
            return str(settings.get_value("user", "email", ""))

    def names_ever_used(self, folder: str) -> frozenset[str]:
        """The stems of all files that were ever added below `folder`, on any branch, local or fetched."""
        if not any(True for _ in self._repo.references) and not self._repo.head.is_valid():
            return frozenset()
        arguments = (
            "log",
            "--all",
            "-z",
            "--diff-filter=A",
            "--no-renames",
            "--name-only",
            "--format=",
            "-m",
            "--",
            f":(top){self._prefix}{folder}",
        )
        text = self._run(*arguments)
        return frozenset(Path(path).stem for path in text.split("\0") if path.strip())

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
            raise GeneratorError(_reason(str(error.stderr), self._repo.working_dir)) from error
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


def _reason(stderr: str, folder: object) -> Text:
    if "dubious ownership" in stderr:
        return words.NOT_TRUSTED.format(folder=folder)
    return words.GIT_FAILED.format(reason=stderr.strip().splitlines()[-1] if stderr.strip() else "?")
