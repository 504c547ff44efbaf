"""`wenkong audit` on real repositories that somebody tampered with, and on honest ones."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from generator.commands import audit
from generator.errors import GeneratorError
from generator.terms import Language
from tests import build
from tests.conftest import commit, git
from tests.signed_build import edited

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=8)))
LOAN = "records/loan/2026/TL-2026-0001.yaml"
HONEST: set[str] = set()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = build.repository(tmp_path / "库 audit")
    commit(place, "first")
    for name, value in (("user.name", "陈静"), ("user.email", "chen.jing@example.com")):
        git(place, "config", name, value)
    return place


def rules(root: Path, *, head: str = "", anchor: bool = False) -> set[str]:
    said: list[str] = []
    wanted = audit.Wanted(is_anchoring=anchor, head=head, as_json=True)
    code = audit.run(root, wanted, now=NOW, language=Language.EN, say=said.append)
    found = {each["rule"] for each in json.loads(said[-1])}
    assert code == (1 if found else 0)
    return found


def changed(root: Path, before: str, after: str, message: str = "", *, day: str = "2026-11-20") -> None:
    edited(root, LOAN, (before, after), message=message, day=day)


def added(root: Path, number: str, message: str) -> Path:
    path = root / f"records/loan/2026/{number}.yaml"
    path.write_text((root / LOAN).read_text("utf-8").replace("TL-2026-0001", number), "utf-8")
    commit(root, message)
    return path


def test_an_honest_history_of_branches_and_merges_is_clean(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "side")
    changed(root, "pieces: 2", "pieces: 3", "three")
    git(root, "checkout", "-q", "main")
    added(root, "TL-2026-0002", "another")
    git(root, "merge", "-q", "--no-ff", "-m", "in", "side")
    git(root, "checkout", "-q", "-b", "squashed")
    changed(root, "pieces: 3", "pieces: 4", "four")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--squash", "squashed")
    commit(root, "squash")
    git(root, "revert", "--no-edit", "HEAD")
    assert rules(root, anchor=True) == HONEST
    assert rules(root, head=git(root, "rev-parse", "HEAD~1").strip()[:10]) == HONEST


@pytest.mark.tampering
def test_a_commit_set_back_in_time_is_found(root: Path) -> None:
    changed(root, "pieces: 2", "pieces: 3", "now", day="2026-11-21")
    changed(root, "pieces: 3", "pieces: 4", "before", day="2026-03-01")
    assert rules(root) == {"audit.set-back"}


@pytest.mark.tampering
def test_a_commit_written_after_it_was_committed_is_found(root: Path) -> None:
    changed(root, "pieces: 2", "pieces: 3")
    git(root, "commit", "-qa", "-m", "later", "--date", "2026-11-29T09:00:00+08:00")
    assert rules(root) == {"audit.future"}


@pytest.mark.tampering
def test_a_merge_that_drops_what_its_branch_did_is_found_unless_it_says_so(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "side")
    changed(root, "pieces: 2", "pieces: 3", "three")
    git(root, "checkout", "-q", "main")
    added(root, "TL-2026-0002", "another")
    git(root, "merge", "-q", "-s", "ours", "-m", "in", "side")
    assert rules(root) == {"audit.dropped"}
    git(root, "commit", "-q", "--amend", "-m", "TL-2026-0001 stays at two pieces")
    assert rules(root) == HONEST


@pytest.mark.tampering
def test_a_number_that_comes_back_for_something_else_is_found(root: Path) -> None:
    path = added(root, "TL-2026-0002", "second")
    text = path.read_text("utf-8")
    path.unlink()
    commit(root, "gone")
    path.write_text(text, "utf-8")
    commit(root, "brought back as it was")
    assert "audit.reused" not in rules(root)
    path.unlink()
    commit(root, "gone again")
    path.write_text(text.replace("pieces: 2", "pieces: 9"), "utf-8")
    commit(root, "another one")
    assert "audit.reused" in rules(root)


@pytest.mark.parametrize("way", ["amend", "rebase", "squash", "reset"])
@pytest.mark.tampering
def test_a_rewritten_history_is_found_by_its_anchor(root: Path, way: str) -> None:
    changed(root, "pieces: 2", "pieces: 3", "three")
    changed(root, "pieces: 3", "pieces: 4", "four")
    assert rules(root, anchor=True) == HONEST
    printed = git(root, "rev-parse", "HEAD").strip()[:10]
    if way == "amend":
        git(root, "commit", "-q", "--amend", "-m", "other words")
    elif way == "rebase":
        script = "git commit -q --amend --allow-empty -m x"
        git(root, "rebase", "-q", "--exec", script, "HEAD~1")
    elif way == "squash":
        git(root, "reset", "-q", "--soft", "HEAD~2")
        commit(root, "all in one")
    else:
        git(root, "reset", "-q", "--hard", "HEAD~1")
    assert rules(root, head=printed) == {"audit.rewritten"}


@pytest.mark.tampering
def test_a_forced_push_is_found_where_the_anchor_was_fetched(root: Path, tmp_path: Path) -> None:
    changed(root, "pieces: 2", "pieces: 3", "three")
    rules(root, anchor=True)
    clone = tmp_path / "clone"
    subprocess.run(("git", "clone", "-q", str(root), str(clone)), check=True)
    git(root, "commit", "-q", "--amend", "-m", "rewritten")
    git(clone, "fetch", "-q", "--force")
    git(clone, "reset", "-q", "--hard", "origin/main")
    assert rules(clone) == {"audit.rewritten"}


@pytest.mark.tampering
def test_replaced_objects_and_grafts_are_found(root: Path) -> None:
    changed(root, "pieces: 2", "pieces: 3", "three")
    head = git(root, "rev-parse", "HEAD").strip()
    first = git(root, "rev-parse", "HEAD~1").strip()
    git(root, "replace", head, first)
    assert rules(root) == {"audit.replaced"}
    git(root, "replace", "-d", head)
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "grafts").write_text(f"{head}\n")
    assert rules(root) == {"audit.grafted"}


@pytest.mark.tampering
def test_a_shallow_clone_and_a_folder_without_git_are_refused(root: Path, tmp_path: Path) -> None:
    changed(root, "pieces: 2", "pieces: 3", "three")
    shallow = tmp_path / "shallow"
    subprocess.run(("git", "clone", "-q", "--depth", "1", f"file://{root}", str(shallow)), check=True)
    with pytest.raises(GeneratorError, match="unshallow"):
        rules(shallow)
    with pytest.raises(GeneratorError, match="git init"):
        rules(build.repository(tmp_path / "bare"))


def test_the_summary_says_how_much_was_looked_at(root: Path) -> None:
    said: list[str] = []
    audit.run(
        root, audit.Wanted(is_anchoring=True, head="", as_json=False), now=NOW, language=Language.EN, say=said.append
    )
    assert said[0].startswith("anchor wenkong-anchor-20261124T120000-")
    assert said[-1] == "1 commits and 1 anchors looked at: nothing found"
