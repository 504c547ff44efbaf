"""Ten thousand files that change at once cost a watcher a few looks and no more; work is counted, not seconds."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from generator import control, judgement, live, rulebook
from generator.changes import Change
from generator.git import Repository
from generator.live import Live
from generator.model import Library, Record
from generator.rulebook import Duty
from generator.shelf import Look, look
from generator.watching import Inbox, T
from generator.world import World
from tests import build
from tests.conftest import commit, git
from tests.ear import NOW, Ear, watched

MANY, FEW = 10_000, 40
LOOKS = 8
"""So often all files may be looked at while events come for seconds, measured 4."""


class Deaf(Ear):
    """One who has nothing read, so that only events and looks count."""

    def trying(self, _: object) -> T | None:
        return None


def names() -> Iterator[str]:
    """Where the records lie, in a folder for each year."""
    return (f"records/loan/{2000 + number % 20}/TL-{2000 + number % 20}-{number:05d}.yaml" for number in range(MANY))


def grown(root: Path) -> None:
    """A repository with as many records on two branches, made of one blob each."""
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    for branch in ("other", "main"):
        blob = put(root, "hash-object", "-w", "--stdin", text=f"state: {branch}\n")
        put(root, "update-index", "--index-info", text="".join(f"100644 {blob}\t{name}\n" for name in names()))
        tree = git(root, "write-tree").strip()
        git(root, "update-ref", f"refs/heads/{branch}", git(root, "commit-tree", "-m", branch, tree).strip())
    git(root, "reset", "-q", "--hard", "main")


def put(root: Path, *arguments: str, text: str) -> str:
    """Run git with something to read."""
    done = subprocess.run(("git", *arguments), cwd=root, input=text, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def test_another_branch_of_ten_thousand_files_is_one_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(tmp_path / "many")
    seen, told, found = [0], [0], list[Change]()
    changed, tell = Live.changed, Inbox.tell

    def looked(path: Path) -> Look:
        seen[0] += 1
        return look(path)

    def change(self: Live) -> Change:
        found.append(changed(self))
        return found[-1]

    def telling(self: Inbox, path: str) -> None:
        told[0] += 1
        tell(self, path)

    monkeypatch.setattr(live, "look", looked)
    monkeypatch.setattr(Live, "changed", change)
    monkeypatch.setattr(Inbox, "tell", telling)
    monkeypatch.setattr("tests.ear.Ear", Deaf)
    with watched(tmp_path / "many") as ear:
        assert len(found.pop().new) == seen[0] == MANY
        git(tmp_path / "many", "checkout", "-q", "other")
        ear.until_waiting()
        assert [each for each in found if each] == [Change(other=tuple(sorted(names())))]
        assert told[0] > LOOKS  # some systems tell of half of the files only: their queue is full
        assert seen[0] <= LOOKS * MANY
        found.clear()
        one = next(names())
        (tmp_path / "many" / one).write_text("state: new\n", "utf-8")
        ear.until_waiting()
        assert [each for each in found if each] == [Change(other=(one,))]


def test_after_one_save_one_file_is_read_and_nobody_else_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"TL_2026_{n:04d}": build.RECORD.replace("0001", f"{n:04d}") for n in range(1, FEW + 1)}
    root = build.repository(tmp_path / "few", **texts)
    commit(root, "first")
    asked = []
    ruled = judgement.ruled

    def counted(
        root: Path, repository: Repository | None, library: Library, now: datetime
    ) -> tuple[Library, control.Standings]:
        asked.append(library)
        return ruled(root, repository, library, now)

    monkeypatch.setattr("generator.shelf.RACY", 0)  # no file is too young to be known by its look
    watched = Live(root)
    watched.changed()
    watched.say_all(Change(), NOW)
    duties, reckoned = rulebook.duties, []

    def reckoning(seen: World, records: Iterable[Record] | None = None) -> Iterator[Duty]:
        reckoned.append(records)
        return duties(seen, records)

    monkeypatch.setattr(judgement, "ruled", counted)
    monkeypatch.setattr(rulebook, "duties", reckoning)
    (root / "records/loan/2026/TL-2026-0007.yaml").write_text(texts["TL_2026_0007"] + "state: lost\n", "utf-8")
    before, change = watched.shelf.made, watched.changed()
    watched.say(change, NOW)
    said = watched.say_all(change, NOW)
    assert (watched.shelf.made - before, asked, reckoned) == (1, [], [(), None])
    anew = Live(root).say_all(Change(), NOW)
    assert (said.library.findings, said.duties) == (anew.library.findings, anew.duties)
    watched.changed()
    watched.say_all(Change(), NOW)  # a commit changes no file, and yet who has signed may be another matter
    assert len(asked) == 2
