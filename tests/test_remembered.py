"""What the rules are asked again, and what not: the work is counted, not the seconds."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import __version__, load, remembered, rulebook, store
from generator.model import Finding, Library
from generator.remembered import Memory
from tests import rules_build
from tests.build import RECORD
from tests.rules_build import NOW, rule

ORGANIZATION = "records/organization.yaml"
COMPLAINT = "records/complaint/2026/CC-2026-0007.yaml"


def judged(root: Path, now: datetime = NOW) -> tuple[tuple[Finding, ...], int]:
    """What is found with the memory of the run before, and how many records were judged anew."""
    library = load.library(root)
    epoch = remembered.epoch(library, __version__, {})
    before = store.read(root, remembered.RULES, epoch)
    memory = Memory(epoch, before)
    found = rulebook.judged(library, now, memory=memory).findings
    store.write(root, remembered.RULES, epoch, memory.fresh, before)
    return found, memory.judged


def fresh(root: Path, now: datetime = NOW) -> tuple[Finding, ...]:
    return rulebook.judged(load.library(root), now).findings


def count(library: Library) -> int:
    return sum(map(len, library.records.values()))


def edited(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after, 1), "utf-8")


def test_nothing_new_asks_nothing_and_one_record_asks_what_hangs_on_it(tree: Path) -> None:
    found, first = judged(tree)
    assert (found, first) == (fresh(tree), count(load.library(tree)))
    assert judged(tree) == (found, 0)
    edited(tree, COMPLAINT, "severity: ", "severity: minor # ")
    again, work = judged(tree)
    assert again == fresh(tree)
    assert 1 <= work <= 12
    assert judged(tree)[1] == 0


def test_a_record_that_goes_or_comes_asks_those_that_refer_to_it(tree: Path) -> None:
    judged(tree)
    text = (tree / COMPLAINT).read_text("utf-8")
    (tree / COMPLAINT).unlink()
    found, work = judged(tree)
    assert (found, 1 <= work <= 12) == (fresh(tree), True)
    (tree / COMPLAINT).write_text(text, "utf-8")
    found, work = judged(tree)
    assert (found, 1 <= work <= 12) == (fresh(tree), True)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            ORGANIZATION,
            "service: sales",
            "service: quality",
        ),
        ("schemas/complaint.yaml", "default: 4h", "default: 5h"),
        ("records/people/zhang-wei.yaml", "department: sales", "department: quality"),
    ],
)
def test_a_duty_a_definition_or_a_person_asks_everything(tree: Path, path: str, before: str, after: str) -> None:
    judged(tree)
    edited(tree, path, before, after)
    found, work = judged(tree)
    assert (found, work) == (fresh(tree), count(load.library(tree)))


def test_a_setting_asks_the_records_whose_rules_read_it(tree: Path) -> None:
    judged(tree)
    edited(tree, ORGANIZATION, "settings:\n", "settings:\n  - setting: complaint.confirm_within\n    value: 1h\n")
    found, work = judged(tree)
    assert found == fresh(tree)
    assert len(load.library(tree).records["complaint"]) <= work < count(load.library(tree)) / 5
    assert judged(tree)[1] == 0
    edited(tree, ORGANIZATION, "value: 1h", "value: 2h")
    assert judged(tree) == (fresh(tree), work)


DEADLINE = rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within")


@pytest.mark.parametrize(
    ("now", "work"),
    [
        (datetime(2026, 3, 3, 9), 0),  # noqa: DTZ001  local time, as records have it
        (datetime(2026, 3, 4, 23, 59), 0),  # noqa: DTZ001  the same
        (datetime(2026, 3, 5), 1),  # noqa: DTZ001  the same
        (datetime(2026, 3, 1), 1),  # noqa: DTZ001  the same
    ],
)
def test_a_limit_that_passes_is_seen_and_time_that_goes_by_costs_nothing(
    tmp_path: Path, now: datetime, work: int
) -> None:
    root = rules_build.repository(tmp_path, DEADLINE)
    judged(root, datetime(2026, 3, 2, 8))  # noqa: DTZ001  local time
    found, done = judged(root, now)
    assert found == fresh(root, now)
    assert done - work in {0, 1}
    assert (done >= 1) == (work >= 1)


def test_a_rule_that_reads_the_clock_is_asked_each_time(tmp_path: Path) -> None:
    root = rules_build.repository(tmp_path, rule("require", "then: \"today < '2026-06-01'\""))
    assert not [each for each in judged(root, datetime(2026, 5, 1))[0] if each.rule == "R-1"]  # noqa: DTZ001  local
    found, work = judged(root, datetime(2026, 7, 1))  # noqa: DTZ001  local time
    assert [each.rule for each in found if each.rule == "R-1"] == ["R-1"]
    assert work == 0


def test_a_broken_cache_is_made_anew_and_one_that_cannot_be_written_changes_nothing(tree: Path) -> None:
    found, everything = judged(tree)
    (tree / store.FILE).write_bytes(b"this is no database" * 100)
    assert judged(tree) == (found, everything)
    assert judged(tree)[1] == 0
    with sqlite3.connect(tree / store.FILE) as connection:
        connection.execute("update epochs set epoch = 'another program'")
    assert judged(tree) == (found, everything)


def test_two_processes_share_one_cache(tree: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(judged, [tree] * 4))
    assert {found for found, _ in results} == {fresh(tree)}
    assert judged(tree)[1] == 0


UNIQUE = rule("unique", "fields: [tool]") + rule("require", "then: \"records('loan', 'follows').size() < 2\"", "R-2")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("AB"), st.integers(0, 4)), min_size=1, max_size=6))
def test_whatever_is_edited_memory_and_no_memory_find_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str, int]]
) -> None:
    names = {f"TL_2026_000{each}": RECORD.replace("TL-2026-0001", f"TL-2026-000{each}") for each in range(1, 5)}
    root = rules_build.repository(tmp_path_factory.mktemp("memory"), UNIQUE, **names)
    judged(root)
    for number, tool, follows in edits:
        after = f"follows: TL-2026-000{follows}\n" if follows else ""
        text = names[f"TL_2026_000{number}"].replace("扳手 wrench & co <w:p> {{ 7*7 }}", tool)
        (root / f"records/loan/2026/TL-2026-000{number}.yaml").write_text(text + after, "utf-8")
        assert judged(root)[0] == fresh(root)
