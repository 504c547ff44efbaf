"""A process that dies at every write and process start it makes, and what the next run makes of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from generator import anchors, historyindex, journal
from tests.conftest import git

KILLED = 137
START = "subprocess.Popen"
WRITES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.link", "os.chmod", "tempfile.mkstemp"})
"""Between two writes below the repository nothing there changes: what is written elsewhere in between is no moment."""
Act = Callable[[Path], object]


def killed(root: Path, act: Act, *, at: int) -> bool:
    """Let a child process act and die just before its n-th write or process start; whether it came so far."""
    child = os.fork()
    if child == 0:
        _die(root, at)
        try:
            act(root)
        except BaseException:  # noqa: BLE001  the child must not go on as a second pytest
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, KILLED}, f"the child failed at {at}"
    return code == KILLED


def _die(root: Path, at: int) -> None:
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        is_here = bool(arguments) and str(arguments[0]).startswith(str(root))
        is_write = event in WRITES or (event == "open" and bool(_flags(arguments) & os.O_CREAT))
        if event == START or (is_here and is_write):
            count += 1
            if count == at:
                os._exit(KILLED)

    sys.addaudithook(hook)


def _flags(arguments: tuple[object, ...]) -> int:
    flags = arguments[2]
    return flags if isinstance(flags, int) else 0


def settled(root: Path) -> None:
    """What the next run does first; afterwards nothing is half done."""
    with journal.opened(root, lambda _: None):
        pass
    assert not (root / ".git" / journal.FILE).exists()
    assert git(root, "status", "--porcelain") == ""
    assert not list(root.rglob("*.tmp"))


def every_moment(root: Path, act: Act, check: Callable[[Path, bool], None], tree: Callable[[Path], object]) -> int:
    """Kill the act at each of its moments, each time from the same beginning, and return how often.

    `check` is given whether `tree` found everything as it was before.
    """
    start, before = git(root, "rev-parse", "HEAD").strip(), tree(root)
    at = 1
    while killed(root, act, at=at):
        remove_leftovers(root)
        settled(root)
        check(root, tree(root) == before)
        git(root, "reset", "-q", "--hard", start)
        forget(root)
        at += 1
    git(root, "reset", "-q", "--hard", start)
    return at - 1


def forget(root: Path) -> None:
    """Numbers are never given twice, of dropped commits neither: the next kill begins as if none had been made."""
    for tag in git(root, "tag", "--list", f"{anchors.PREFIX}*").split():
        git(root, "tag", "--delete", tag)
    (root / ".git" / historyindex.FILE).unlink(missing_ok=True)


def remove_leftovers(root: Path) -> None:
    """A killed process leaves hidden temporary files, which nothing reads; they are counted as harmless."""
    for each in root.rglob(".*.tmp"):
        assert each.name.startswith(".")
        each.unlink()
