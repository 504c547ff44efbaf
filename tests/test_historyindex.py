"""The index of the history says what happened, whatever was done to the clone, and can always be made again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import git, historyindex
from generator.errors import GeneratorError
from generator.historyindex import Index
from tests.conftest import commit
from tests.conftest import git as run
from tests.history_build import grown

Answer = TypeVar("Answer")
ONE = "records/complaint/2026/CC-2026-0001.yaml"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "克隆 clone"
    root.mkdir()
    write(root, "number: CC-2026-0001\n")
    commit(root, "first")
    return root


def write(root: Path, text: str, path: str = ONE) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def asked(root: Path, question: Callable[[Index], Answer]) -> Answer:
    repository = git.repository(root)
    assert repository is not None
    try:
        with historyindex.opened(repository) as index:
            return question(index)
    finally:
        repository.close()


def story(root: Path, path: str = ONE) -> list[tuple[str, str]]:
    return asked(root, lambda index: [(each.act, each.commit.message.strip()) for each in index.of(path)])


def test_a_path_has_its_commits_oldest_first(clone: Path) -> None:
    write(clone, "number: CC-2026-0001\nstate: open\n")
    commit(clone, "第二次\n\n原因: 顾客更正")
    (clone / ONE).unlink()
    commit(clone, "gone")
    write(clone, "number: CC-2026-0001\n")
    commit(clone, "back")
    assert story(clone) == [("A", "first"), ("M", "第二次\n\n原因: 顾客更正"), ("D", "gone"), ("A", "back")]


def test_who_and_when_are_as_the_commit_says(clone: Path) -> None:
    run(clone, "commit", "--allow-empty", "-q", "-m", "other", "--author=李四 <li.si@example.com>")
    (_, other) = asked(clone, lambda index: list(index.commits()))
    assert (other.author, other.email) == ("李四", "li.si@example.com")
    assert git.Commit.of(other).when.tzinfo is not None


def test_nothing_is_known_before_the_first_commit(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q", "-b", "main")
    assert asked(tmp_path, lambda index: (list(index.commits()), index.last_changes())) == ([], {})


def test_a_branch_thrown_away_by_a_merge_still_shows(clone: Path) -> None:
    run(clone, "switch", "-q", "-c", "side")
    write(clone, "number: CC-2026-0001\nnote: approved\n")
    commit(clone, "on the side")
    run(clone, "switch", "-q", "main")
    run(clone, "commit", "-q", "--allow-empty", "-m", "meanwhile")
    run(clone, "merge", "-q", "-s", "ours", "-m", "dropped", "side")
    assert ("M", "on the side") in story(clone)
    assert asked(clone, lambda index: [each.is_main for each in index.of(ONE)]) == [True, False]
    assert asked(clone, lambda index: index.last_changes()[ONE].commit.message.strip()) == "first"


def test_what_a_merge_itself_changed_shows(clone: Path) -> None:
    run(clone, "switch", "-q", "-c", "side")
    write(clone, "number: x\n", "records/a.yaml")
    commit(clone, "on the side")
    run(clone, "switch", "-q", "main")
    run(clone, "merge", "-q", "--no-ff", "--no-commit", "side")
    write(clone, "number: CC-2026-0001\nsmuggled: in\n")
    commit(clone, "merged")
    assert story(clone)[-1] == ("M", "merged")
    assert asked(clone, lambda index: index.last_changes()["records/a.yaml"].commit.message.strip()) == "merged"


@pytest.mark.parametrize(
    "subject",
    [
        ":100644 100644 aaaa bbbb M\trecords/x.yaml",
        "0123456789012345678901234567890123456789",
        "\x01\x1f two\n\n:100644 100644 " + "a" * 40 + " " + "b" * 40 + " M",
        "CC%x00%H\n\n\n\nrecords/forged.yaml",
    ],
)
def test_no_message_can_forge_a_row(clone: Path, subject: str) -> None:
    write(clone, "number: CC-2026-0001\nn: 1\n")
    run(clone, "add", "-A")
    run(clone, "commit", "-q", "--cleanup=verbatim", "-m", subject)
    assert [act for act, _ in story(clone)] == ["A", "M"]
    assert asked(clone, lambda index: {each.path for each in index.below("")}) == {ONE}


def test_a_replaced_object_and_a_graft_change_nothing(clone: Path) -> None:
    for number in range(3):
        write(clone, f"number: CC-2026-0001\nn: {number}\n")
        commit(clone, f"honest {number}")
    honest = story(clone)
    old = run(clone, "rev-parse", "HEAD").strip()
    forged = run(clone, "commit-tree", "HEAD^{tree}", "-m", "forged").strip()
    run(clone, "replace", old, forged)
    (clone / ".git" / "info").mkdir(exist_ok=True)
    (clone / ".git" / "info" / "grafts").write_text(f"{old}\n", "ascii")
    assert story(clone) == honest
    remade(clone)
    assert story(clone) == honest


def remade(root: Path) -> None:
    (root / ".git" / historyindex.FILE).unlink()


@pytest.mark.parametrize(
    "act",
    [
        ("commit", "--amend", "-q", "-m", "amended"),
        ("reset", "-q", "--hard", "HEAD~2"),
        ("switch", "-q", "-C", "other", "HEAD~1"),
        ("switch", "-q", "--detach", "HEAD~1"),
        ("revert", "--no-edit", "HEAD"),
        ("merge", "-q", "--no-ff", "-m", "merged", "side"),
        ("merge", "-q", "--squash", "side"),
        ("rebase", "-q", "side"),
        ("gc", "-q", "--prune=now"),
        ("branch", "-q", "-D", "side"),
    ],
    ids=lambda act: act[0] + "".join(each for each in act[1:] if each.startswith("--s")),
)
def test_the_index_kept_up_is_the_index_made_anew(clone: Path, act: tuple[str, ...]) -> None:
    for number in range(3):
        write(clone, f"number: CC-2026-0001\nn: {number}\n")
        commit(clone, f"main {number}")
    run(clone, "switch", "-q", "-c", "side", "HEAD~1")
    write(clone, "number: b\n", "records/b.yaml")
    commit(clone, "side")
    run(clone, "switch", "-q", "main")
    asked(clone, lambda index: index.last_changes())
    run(clone, *act)
    kept = asked(clone, everything)
    remade(clone)
    assert kept == asked(clone, everything)


def everything(index: Index) -> list[tuple[object, ...]]:
    """What the index says, but for the order of commits that git does not order."""
    return sorted((each.commit, each.path, each.act, each.blob, each.is_main) for each in index.below(""))


def test_commits_that_are_gone_from_the_clone_do_not_stop_the_next_pass(clone: Path) -> None:
    write(clone, "number: CC-2026-0001\nn: 1\n")
    commit(clone, "lost")
    asked(clone, everything)
    run(clone, "reset", "-q", "--hard", "HEAD~1")
    run(clone, "reflog", "expire", "--expire=now", "--all")
    run(clone, "gc", "-q", "--prune=now")
    write(clone, "number: CC-2026-0001\nn: 2\n")
    commit(clone, "next")
    assert story(clone) == [("A", "first"), ("M", "next")]


def test_every_number_of_every_branch_was_used(clone: Path) -> None:
    run(clone, "switch", "-q", "-c", "side")
    write(clone, "number: CC-2026-0007\n", "records/complaint/2026/CC-2026-0007.yaml")
    commit(clone, "seven")
    run(clone, "switch", "-q", "main")
    used = asked(clone, lambda index: index.names_ever_used("records/complaint"))
    assert used == {"CC-2026-0001", "CC-2026-0007"}
    assert asked(clone, lambda index: index.names_ever_used("records/comp")) == frozenset()


def test_a_folder_below_the_top_sees_only_its_own(tmp_path: Path) -> None:
    for folder in ("plant", "plant-two"):
        write(tmp_path / folder, "number: x\n")
    commit(tmp_path, "both")
    assert asked(tmp_path / "plant", lambda index: set(index.last_changes())) == {ONE}


def test_a_shallow_clone_is_refused_with_the_command_that_mends_it(clone: Path, tmp_path: Path) -> None:
    commit_more(clone)
    shallow = tmp_path / "shallow"
    run(tmp_path, "clone", "-q", "--depth", "1", clone.as_uri(), str(shallow))
    with pytest.raises(GeneratorError, match="git fetch --unshallow"):
        asked(shallow, everything)


def commit_more(root: Path) -> None:
    write(root, "number: CC-2026-0001\nmore: 1\n")
    commit(root, "more")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100], ids=["empty", "broken"])
def test_a_broken_index_is_made_anew(clone: Path, content: bytes) -> None:
    (clone / ".git" / historyindex.FILE).write_bytes(content)
    assert story(clone) == [("A", "first")]


def test_an_older_index_is_made_anew(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(historyindex, "VERSION", "0")
        story(clone)
    assert story(clone) == [("A", "first")]


def test_a_worktree_has_its_own_history(clone: Path, tmp_path: Path) -> None:
    run(clone, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    commit_more(tmp_path / "side")
    assert len(story(tmp_path / "side")) == len(["first", "more"])
    assert len(story(clone)) == len(["first"])


CHILD = """
import sys
from pathlib import Path
from generator import git, historyindex
repository = git.repository(Path(sys.argv[1]))
with historyindex.opened(repository) as index:
    print(sum(1 for _ in index.commits()))
"""


def child(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen((sys.executable, "-c", CHILD, str(root)), stdout=subprocess.PIPE)


def test_four_processes_at_once_agree(tmp_path: Path) -> None:
    root = grown(tmp_path / "grown", 2_000)
    for running in [child(root) for _ in range(4)]:
        assert running.communicate()[0].strip() == b"2000"


def test_a_killed_pass_is_finished_by_the_next(tmp_path: Path) -> None:
    root = grown(tmp_path / "grown", 3_000)
    for delay in range(12):
        with child(root) as running:
            time.sleep(0.05 + delay * 0.03)
            os.kill(running.pid, signal.SIGKILL)
    assert asked(root, lambda index: sum(1 for _ in index.commits())) == 3_000


PATHS = ("records/a/1.yaml", "records/a/2.yaml", "records/b/1.yaml")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.integers(0, 2), st.booleans()), min_size=1, max_size=8))
def test_each_path_has_the_commits_that_changed_it(acts: list[tuple[str, int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        run(root, "init", "-q", "-b", "main")
        expected: dict[str, list[str]] = {}
        holding: dict[str, int] = {}
        for place, (path, content, is_asked) in enumerate(acts):
            for act in changed(holding, path, content):
                expected.setdefault(path, []).append(act)
            apply(root, path, holding)
            run(root, "add", "-A")
            run(root, "commit", "-q", "--allow-empty", "-m", str(place))
            if is_asked:
                asked(root, everything)
        for path in PATHS:
            assert [act for act, _ in story(root, path)] == expected.get(path, [])


def changed(holding: dict[str, int], path: str, content: int) -> Iterator[str]:
    """What git will say, with 0 for a file that is not there."""
    before = holding.get(path, 0)
    holding[path] = content
    if before != content:
        yield "A" if not before else "D" if not content else "M"


def apply(root: Path, path: str, holding: dict[str, int]) -> None:
    if holding[path]:
        write(root, f"content: {holding[path]}\n", path)
    else:
        (root / path).unlink(missing_ok=True)


def test_the_last_change_is_the_newest_of_the_main_line(clone: Path) -> None:
    for number in range(4):
        write(clone, f"number: CC-2026-0001\nn: {number}\n")
        write(clone, f"number: {number % 2}\n", "records/b.yaml")
        commit(clone, f"main {number}")
        run(clone, "switch", "-q", "-C", "side")
        write(clone, f"number: CC-2026-0001\nside: {number}\n")
        commit(clone, f"side {number}")
        run(clone, "switch", "-q", "main")
    newest = asked(clone, lambda index: {each.path: each for each in index.below("") if each.is_main})
    assert asked(clone, lambda index: index.last_changes()) == newest


def test_a_commit_that_comes_back_from_the_reflog_is_known_once(clone: Path) -> None:
    commit_more(clone)
    lost = run(clone, "rev-parse", "HEAD").strip()
    asked(clone, everything)
    run(clone, "reset", "-q", "--hard", "HEAD~1")
    asked(clone, everything)
    run(clone, "merge", "-q", "--ff-only", lost)
    assert story(clone) == [("A", "first"), ("M", "more")]
