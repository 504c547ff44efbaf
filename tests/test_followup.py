"""A program that stays says after each save what a check of everything says, and prints what that would print."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import facecheck, rulebook
from generator.live import Live
from generator.model import Library
from generator.shelf import Shelf
from tests.conftest import commit
from tests.test_amended import ASKED, FOLLOWED, NOW, Change, _old, advance, replaced, whole  # noqa: F401  a fixture

VISIT = "records/visit/2025/VS-2025-0001.yaml"
EDITS: dict[str, Change] = {
    **{name: change for name, change in FOLLOWED.items() if "re" in name or "gone" in name},
    "master data": ASKED["master data"],
    "a time once more": replaced(VISIT, "created_on: 2025-", "created_on: 2024-"),
}
ASKING = {"master data"}
"""What only a look at everything tells."""


@pytest.mark.usefixtures("_old")
def test_after_each_save_is_said_what_a_fresh_check_says(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / ".gitignore").write_text("out/\n", "utf-8")
    commit(tree, "out of git")
    read: list[Path] = []
    one = facecheck.read

    def reading(root: Path, shelf: Shelf) -> Library:
        read.append(root)
        return one(root, shelf)

    monkeypatch.setattr(facecheck, "read", reading)
    live = Live(tree)
    first = live.changed()
    live.say(first, NOW)
    live.say_all(first, NOW)
    for name, change in EDITS.items():
        change(tree)
        found, read[:] = live.changed(), []
        said = live.say(found, NOW)
        assert bool(read) == (name in ASKING), name
        told = live.say_all(found, NOW)
        wanted = whole(tree)
        assert told.library.findings == wanted.findings, name
        assert name in ASKING or said.library.findings == wanted.findings, name
        assert sum(map(len, told.library.records.values())) == wanted.records, name
        assert live.faced is not None
        assert live.faced.findings == one(tree).findings, name
        duties = sorted(rulebook.duties(told.seen), key=lambda each: (each.due.due, each.record.number))
        assert told.duties == tuple(duties), name
    FOLLOWED["a state that the flow does not lead to"](tree)
    advance(tree, "a jump")
    found = live.changed()
    live.say(found, NOW)
    assert live.say_all(found, NOW).library.findings == whole(tree).findings
