from __future__ import annotations

from pathlib import Path

import pytest

from generator import changes, load
from generator.changes import LONGEST, QUIET, REBASING, STALE, Burst, Change
from tests import build


@pytest.mark.parametrize(
    "path",
    [
        "records/complaint/2026/CC-2026-0007.yaml",
        "records/complaint/2026/CC-2026-0007/裂纹.jpg",
        "forms/complaint.docx",
        "schemas/complaint.yaml",
        "procedures/CP-06-complaints.md",
    ],
)
def test_what_is_checked_is_meant(path: str) -> None:
    assert changes.is_meant(path)


@pytest.mark.parametrize(
    "path",
    [
        ".git/index.lock",
        "out/complaint/CC-2026-0007.pdf",
        "README.md",
        "records",
        "records/loan/.TL-1.yaml.swp",
        "records/loan/4913",
        "records/loan/TL-1.yaml~",
        "records/loan/#TL-1.yaml#",
        "records/loan/.#TL-1.yaml",
        "records/loan/TL-1.yaml.kate-swp",
        "records/loan/.goutputstream-ABC",
        "forms/~$complaint.docx",
        "records/loan/TL-1.yaml___jb_tmp___",
        "records/.hidden/TL-1.yaml",
    ],
)
def test_what_editors_and_git_leave_is_not_meant(path: str) -> None:
    assert not changes.is_meant(path)


def test_the_events_of_one_save_are_one_burst_and_endless_ones_end() -> None:
    burst = Burst()
    assert burst.wait(0.0) is None
    burst.happens(1.0)
    burst.happens(1.02)
    assert burst.wait(1.02) == pytest.approx(QUIET)
    assert burst.wait(1.02 + QUIET) == 0
    for step in range(200):
        burst.happens(1.0 + step * QUIET / 2)
    assert burst.wait(1.0 + LONGEST) == 0
    burst.end()
    assert burst.wait(5.0) is None


def test_git_is_waited_for_until_its_lock_is_gone_but_not_for_a_dead_one() -> None:
    assert not changes.is_settled(is_locked=True, is_rebasing=False, quiet_for=1)
    assert changes.is_settled(is_locked=True, is_rebasing=False, quiet_for=STALE + 1)
    assert not changes.is_settled(is_locked=False, is_rebasing=True, quiet_for=REBASING / 2)
    assert changes.is_settled(is_locked=False, is_rebasing=True, quiet_for=REBASING * 2)
    assert changes.is_settled(is_locked=False, is_rebasing=False, quiet_for=QUIET * 2)


def test_a_change_is_what_is_new_other_and_gone() -> None:
    found = changes.between({"a": (1,), "b": (1,), "c": (1,)}, {"a": (1,), "b": (2,), "d": (1,)})
    assert found == Change(("d",), ("b",), ("c",))
    assert found.paths == {"b", "c", "d"}
    assert not changes.between({"a": (1,)}, {"a": (1,)})


def test_what_was_touched_is_printed_again_and_a_template_on_the_record_saved_last(tmp_path: Path) -> None:
    library = load.library(build.repository(tmp_path))
    record = "records/loan/2026/TL-2026-0001.yaml"

    def names(change: Change, last: str = "") -> tuple[str, ...]:
        return changes.to_print(change, library, last, 5)

    assert names(Change(other=(record,))) == ("TL-2026-0001",)
    assert names(Change(new=("records/loan/2026/TL-2026-0001/photo.jpg",))) == ("TL-2026-0001",)
    assert names(Change(other=("forms/loan.docx",)), "TL-2026-0001") == ("loan", "TL-2026-0001")
    assert names(Change(other=("schemas/loan.yaml",))) == ("loan",)
    assert names(Change(gone=(record,))) == ()
    assert names(Change(other=("records/organization.yaml",))) == ()
