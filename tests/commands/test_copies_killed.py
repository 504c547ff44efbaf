"""The verbs on copies die at every write and process start they make; the next run settles, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator import canonical, issuing
from generator.commands import issue
from generator.git import Repository
from generator.issuing import Slot
from generator.production import Refusal
from generator.terms import Language
from tests.conftest import PINNED, git
from tests.copies_build import (
    DOCUMENT,
    ISSUED,
    LIST,
    acting,
    at,
    copied,
    entered,
    issued,
    lines,
    recalled,
    revised,
    unheld,
)
from tests.killing import Act, every_moment

pytestmark = pytest.mark.usefixtures("definitions_once")
LEDGERS = "records/distribution-record"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, plant: Path) -> Path:
    return unheld(plant, tmp_path_factory.mktemp("signed") / "厂")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, fresh: Path) -> Path:
    """A plant in which A/0 is out and received, and A/1 in force."""
    root = copied(fresh, tmp_path_factory.mktemp("issued") / "厂")
    issued(root)
    for copy in ("1", "2"):
        entered(root, "received", copy, "2026-02-26", by="lin-xiaoyun")
    revised(root)
    return root


def tree(root: Path) -> Mapping[str, bytes]:
    """What the ledgers hold."""
    return {path.name: path.read_bytes() for path in sorted((root / LEDGERS).rglob("*.yaml"))}


ACTS: Mapping[str, Act] = {
    "receive": lambda root: entered(root, "received", "3", "2026-02-26", by="huang-dayong"),
    "acknowledge": lambda root: entered(root, "acknowledged", "5", "2026-02-26", by="K. Bäumler"),
    "return": lambda root: entered(root, "returned", "1", "2026-04-20"),
    "destroy": lambda root: entered(root, "destroyed", "1", "2026-04-20", witness="huang-dayong"),
    "lost": lambda root: entered(root, "lost", "3", "2026-04-20"),
    "keep": lambda root: entered(root, "kept", "2", "2026-04-20", reason="留作旧单据依据"),
}


@pytest.mark.parametrize("verb", ACTS)
def test_an_act_on_a_copy_survives_a_kill_at_any_moment(
    out: Path, tmp_path: Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "made", made_once(issuing.made))
    root = copied(out, tmp_path / "厂")
    done = copied(out, tmp_path / "done")
    ACTS[verb](done)
    after = tree(done)

    def check(root: Path, is_before: bool) -> None:  # noqa: FBT001  what the caller found
        if is_before:
            ACTS[verb](root)
        assert tree(root) == after

    assert every_moment(root, ACTS[verb], check, tree) >= 15, verb


def test_a_recall_survives_a_kill_at_any_moment(out: Path, tmp_path: Path) -> None:
    root = copied(out, tmp_path / "厂")
    for copy in ("1", "2", "4", "5"):
        entered(root, "lost", copy, "2026-04-19")

    def act(root: Path) -> object:
        return recalled(root, "2026-04-20")

    def check(root: Path, _: bool) -> None:  # noqa: FBT001  what the caller found
        rows = tree(root)
        assert all(b"invalid_since" in each for each in rows.values()) or b"invalid_since" not in b"".join(
            rows.values()
        )

    assert every_moment(root, act, check, tree) >= 40
    assert recalled(root, "2026-04-20")[1][0].startswith("CP-06: 1 copies to bring back")


def test_an_issue_survives_a_kill_at_any_moment(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(fresh, tmp_path / "厂")
    monkeypatch.setattr(issuing, "made", made_once(issuing.made))
    done = copied(root, tmp_path / "done")
    entered_only(done)
    again: list[bool] = []
    after, names = tree(done), {path.name for path in (done / "out/issued").rglob("*.pdf")}

    def check(root: Path, is_before: bool) -> None:  # noqa: FBT001  what the caller found
        assert is_before or tree(root) == after
        loose = {path.name for path in (root / "out/issued").rglob("*.pdf")}
        assert not (is_before and loose), "no copy lies about that the ledger does not know"
        if is_before and again:
            return  # nothing was written: the next run is like the first, which was looked at once
        again.append(is_before)
        entered_only(root)
        assert tree(root) == after
        hashes = {row["sha256"] for row in lines(root)}
        there = sorted((root / "out/issued").rglob("*.pdf"))
        assert {path.name for path in there} == names
        assert {canonical.digest(path.read_bytes()) for path in there} == hashes
        for path in there:
            path.unlink()

    assert every_moment(root, entered_only, check, tree) >= 30


def entered_only(root: Path) -> None:
    """Issue without the sheet to sign on, which is printed from the commit afterwards and can be printed again."""
    status, _ = issue.issued(root, DOCUMENT, to=(), now=at(ISSUED), language=Language.EN, say=lambda _: None)
    assert status == 0


def made_once(
    make: Callable[[Repository, str, str, tuple[Slot, ...], str], Mapping[str, bytes] | Refusal],
) -> Callable[..., Mapping[str, bytes] | Refusal]:
    """The same copies are made only once in a test, because the engine takes seconds."""
    kept: dict[tuple[object, ...], Mapping[str, bytes] | Refusal] = {}

    def found(
        repository: Repository, commit: str, number: str, wanted: tuple[Slot, ...], kind: str = issuing.CONTROLLED
    ) -> Mapping[str, bytes] | Refusal:
        key = (commit, number, tuple(wanted), kind)
        if key not in kept:
            kept[key] = make(repository, commit, number, tuple(wanted), kind)
        return kept[key]

    return found


def test_eight_writers_at_once_on_one_ledger_all_get_through(fresh: Path, tmp_path: Path) -> None:
    root = copied(fresh, tmp_path / "厂")
    text = (root / LIST).read_text("utf-8")
    (root / LIST).write_text(text.replace("copies: 2", "copies: 8"), "utf-8")
    git(root, "commit", "-qam", "eight copies")
    issued(root, "quality")
    acting(root, "马晓敏", "ma.xiaomin@hengyue.example")
    start = int(git(root, "rev-list", "--count", "HEAD"))
    command = (sys.executable, "-m", "generator", "--root", str(root), "receive", DOCUMENT, "--by", "lin-xiaoyun")
    options = ("--on", "2026-02-26", "--today", "2026-02-26")
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                subprocess.Popen((*command, "--copy", str(copy), *options), env={**os.environ, **PINNED}, stderr=-1)
            )
            for copy in range(1, 9)
        ]
        for each in writers:
            _, said = each.communicate(timeout=120)
            assert each.returncode == 0, said.decode()
    assert git(root, "status", "--porcelain") == ""
    assert int(git(root, "rev-list", "--count", "HEAD")) == start + 8
    assert [row["received_on"] for row in lines(root)] == ["2026-02-26"] * 8
