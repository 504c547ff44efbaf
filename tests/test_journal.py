from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator import archive, journal
from generator.errors import GeneratorError
from generator.terms import Text
from tests.conftest import PINNED, commit, git

CONTENTS = {"records/a/1.yaml": b"number: '1'\n", "records/厂/2.yaml": "编号: 二\n".encode(), "gone.txt": None}
WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from generator import journal
    root, name = Path(sys.argv[1]), sys.argv[2]
    with journal.opened(root, print) as clone:
        journal.write(root, clone, {f"{name}-{each}.txt": name.encode() * 2000 for each in range(3)}, f"write {name}")
""")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "库 clone"
    place.mkdir()
    (place / "gone.txt").write_text("once")
    (place / "staged.txt").write_text("by hand")
    git(place, "init", "-q", "-b", "main")
    git(place, "add", "gone.txt")
    git(place, "config", "user.name", "陈静")
    git(place, "config", "user.email", "chen.jing@example.com")
    commit(place, "first")
    return place


def written(root: Path, message: str = "all of it") -> list[Text]:
    told: list[Text] = []
    with journal.opened(root, told.append) as clone:
        journal.write(root, clone, CONTENTS, message)
    return told


def writer(root: Path, name: str) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-c", WRITER, str(root), name)
    return subprocess.Popen(command, env={**os.environ, **PINNED}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_what_belongs_together_is_one_commit_and_nothing_else_is_in_it(root: Path) -> None:
    (root / "staged.txt").write_text("changed by hand")
    git(root, "add", "staged.txt")
    assert written(root) == []
    assert set(git(root, "show", "--name-only", "--format=", "-z", "HEAD").strip("\0").split("\0")) == set(CONTENTS)
    assert git(root, "diff", "--cached", "--name-only").strip() == "staged.txt"
    assert not (root / "gone.txt").exists()


def test_writing_again_what_is_there_makes_no_commit(root: Path) -> None:
    written(root)
    before = git(root, "rev-parse", "HEAD")
    written(root)
    assert git(root, "rev-parse", "HEAD") == before


def test_a_folder_without_git_and_an_author_without_a_name_are_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match="git init"), journal.opened(tmp_path, print):
        pass
    git(root, "config", "--unset", "user.email")
    with pytest.raises(GeneratorError, match=r"user\.email"):
        written(root)
    assert git(root, "status", "--porcelain") == ""


def test_a_held_index_is_refused_before_anything_is_written(root: Path) -> None:
    (root / ".git" / "index.lock").touch()
    with pytest.raises(GeneratorError, match=r"index\.lock"):
        written(root)
    assert not (root / "records").exists()


def test_a_kill_at_any_moment_loses_nothing(root: Path) -> None:
    for round_ in range(40):
        process = writer(root, f"w{round_}")
        try:
            process.communicate(timeout=0.12 + round_ * 0.006)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        (root / ".git" / "index.lock").unlink(missing_ok=True)  # a killed git leaves it; the message says so
        with journal.opened(root, print):
            pass
        assert not (root / ".git" / journal.FILE).exists()
        assert git(root, "status", "--porcelain") == ""
        there = sorted(path.name for path in root.glob(f"w{round_}-*.txt"))
        assert len(there) in {0, 3}
        assert all((root / each).read_bytes() == f"w{round_}".encode() * 2000 for each in there)


def test_eight_writers_at_once_all_get_through(root: Path) -> None:
    with ExitStack() as stack:
        writers = [stack.enter_context(writer(root, f"p{each}")) for each in range(8)]
        for each in writers:
            _, said = each.communicate(timeout=120)
            assert each.returncode == 0, said.decode()
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "rev-list", "--count", "HEAD").strip() == "9"


def test_a_commit_is_laid_out_as_it_was(root: Path) -> None:
    written(root)
    git(root, "rm", "-rq", "records")
    git(root, "commit", "-qm", "gone")
    with journal.opened(root, print) as clone:
        with archive.at(clone, "HEAD~1") as place:
            assert (place / "records/厂/2.yaml").read_bytes() == CONTENTS["records/厂/2.yaml"]
        with pytest.raises(GeneratorError, match="git"), archive.at(clone, "0" * 40):
            pass


def test_nobody_finishes_what_another_has_begun(root: Path) -> None:
    plan = {"message": "x", "who": "bo@example.com", "contents": {"a.txt": "YQ=="}}
    (root / ".git" / journal.FILE).write_text(json.dumps(plan), "utf-8")
    with pytest.raises(GeneratorError, match=r"bo@example\.com"):
        written(root)
    assert not (root / "a.txt").exists()
    git(root, "config", "user.email", "bo@example.com")
    assert "finished" in written(root)[0].en
    assert (root / "a.txt").read_text() == "a"
