"""What is read, parsed and answered again after a change, and what not: the work is counted, not the seconds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import facecheck, judgement, kept, load, pack, shelf, store, verdict
from generator.commands import check
from generator.kept import Kept
from generator.model import Finding
from generator.shelf import Shelf
from generator.terms import Language
from tests import rules_build
from tests.build import RECORD
from tests.conftest import git
from tests.rules_build import NOW, rule

LOANS = {f"TL_2026_000{each}": RECORD.replace("TL-2026-0001", f"TL-2026-000{each}") for each in range(1, 4)}
DEADLINE = rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within")
RECORDS, DEFINITIONS = len(LOANS) + 1, 2


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small repository with three loans, committed."""
    made = rules_build.repository(tmp_path / "plant", DEADLINE, **LOANS)
    (made / ".gitignore").write_text("out/\n", "utf-8")
    git(made, "init", "-q", "-b", "main")
    git(made, "add", "-A")
    git(made, "commit", "-qm", "begin")
    return made


@pytest.fixture
def _old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as if they had lain there for long."""
    monkeypatch.setattr(shelf, "RACY", -1)


def read(root: Path) -> tuple[tuple[Finding, ...], int]:
    """What the files say, with what was kept of the run before, and how many had to be parsed."""
    before = store.read(root, kept.FILES, "1")
    memory = Kept("1", before)

    library = facecheck.checked(root, Shelf(), memory)
    store.write(root, kept.FILES, "1", memory.fresh, before)
    return library.findings, memory.parsed


def edited(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after, 1), "utf-8")


def test_each_change_parses_what_it_touches_and_no_change_parses_nothing(root: Path) -> None:
    found, everything = read(root)
    assert everything >= RECORDS + DEFINITIONS
    assert read(root) == (found, 0)
    edited(root, "records/loan/2026/TL-2026-0001.yaml", "pieces: 2", "pieces: 3")
    assert read(root)[1] == 1
    os.utime(root / "records/loan/2026/TL-2026-0002.yaml")
    assert read(root)[1] == 0
    edited(root, "schemas/loan.yaml", "Tool loan", "Loan of a tool")
    assert read(root)[1] == len(LOANS) + 2  # the definition, its records, and what is found on its template
    edited(root, "records/organization.yaml", "code: EX", "code: EY")
    assert read(root)[1] == 1
    (root / "forms").mkdir(exist_ok=True)
    (root / "forms/loan.docx").write_bytes(b"no template")
    found, work = read(root)
    assert work == 1
    assert any(each.path == "forms/loan.docx" for each in found)
    assert read(root) == (found, 0)


def test_a_program_that_stays_keeps_what_it_reads_and_forgets_nothing(root: Path) -> None:
    shelf_ = Shelf()
    facecheck.read(root, shelf_)
    edited(root, "records/loan/2026/TL-2026-0001.yaml", "pieces: 2", "pieces: 3")
    facecheck.read(root, shelf_)
    memory = Kept(pack.program(), store.read(root, kept.FILES, pack.program()))
    assert facecheck.checked(root, Shelf(), memory).findings == facecheck.checked(root).findings
    assert memory.parsed == 0


def test_a_file_that_vanishes_while_it_is_looked_at_is_not_believed_to_be_there(root: Path) -> None:
    form = facecheck.checked(root).forms["loan"]
    memory = Kept("1")
    memory.remember("a.yaml", form, (), kept.Read("digest", {"number": "TL-2026-0001"}))
    again = Kept("1", memory.fresh)
    assert again.recalled("a.yaml", form, (), lambda: pytest.fail("it is gone")) is None


def test_nothing_is_written_down_where_nobody_keeps_it(root: Path) -> None:
    memory = Kept("")
    load.library(root, None, memory)
    assert memory.parsed >= RECORDS
    assert memory.fresh == {}


def test_a_fault_is_found_again_and_again_until_it_is_mended(root: Path) -> None:
    edited(root, "records/loan/2026/TL-2026-0001.yaml", "pieces: 2", "pieces: two")
    found, _ = read(root)
    assert [each.rule for each in found if each.path.endswith("0001.yaml")] == ["schema.type"]
    assert read(root)[0] == found
    edited(root, "records/loan/2026/TL-2026-0001.yaml", "pieces: two", "pieces: 2")
    assert "schema.type" not in {each.rule for each in read(root)[0]}


def test_a_link_out_of_the_repository_is_not_taken_for_the_file_that_it_replaced(root: Path) -> None:
    read(root)
    path = root / "records/loan/2026/TL-2026-0001.yaml"
    path.rename(root.parent / "elsewhere.yaml")
    path.symlink_to(root.parent / "elsewhere.yaml")
    assert [each.rule for each in read(root)[0] if each.path.endswith("0001.yaml")] == ["load.link"]


def answer(root: Path, now: datetime = NOW) -> tuple[int, list[str]]:
    said: list[str] = []
    code = check.run(root, (), now=now, language=Language.EN, form="text", say=said.append)
    return code, said


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, _old: None) -> Callable[[], int]:
    """How often the whole judgement was asked for."""
    count = 0
    of = judgement.of

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return of(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(judgement, "of", counted)
    return lambda: count


def touch(root: Path) -> None:
    (root / "records/loan/2026/TL-2026-0001.yaml").touch()


def add(root: Path) -> None:
    (root / "records/loan/2026/TL-2026-0009.yaml").write_text(RECORD.replace("0001", "0009"), "utf-8")


def remove(root: Path) -> None:
    (root / "records/loan/2026/TL-2026-0002.yaml").unlink()


def committed(root: Path) -> None:
    git(root, "commit", "-q", "--allow-empty", "-m", "nothing")


def branched(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "other")
    committed(root)
    git(root, "checkout", "-q", "main")


def attach(root: Path) -> None:
    (root / "records/loan/2026/TL-2026-0001").mkdir()
    (root / "records/loan/2026/TL-2026-0001/a.jpg").write_bytes(b"x")


FOLLOWED = (touch, add, attach, committed, branched)
ASKED = (remove,)


def test_the_same_answer_is_given_without_asking_while_nothing_changes(root: Path, asked: Callable[[], int]) -> None:
    first = answer(root)
    assert first[0] == 1
    assert [answer(root), answer(root)] == [first, first]
    assert asked() == 1


@pytest.mark.parametrize("change", [*FOLLOWED, *ASKED], ids=lambda each: each.__name__)
def test_whatever_changes_is_asked_about(root: Path, asked: Callable[[], int], change: Callable[[Path], None]) -> None:
    answer(root)
    change(root)
    found = answer(root)
    assert asked() == 1 + (change in ASKED)
    (root / store.FILE).unlink()
    assert answer(root) == found


def test_a_clock_that_runs_out_and_a_new_day_are_asked_about(root: Path, asked: Callable[[], int]) -> None:
    before = datetime(2026, 3, 4, 8)  # noqa: DTZ001  local time, as records have it
    assert not is_late(root, before)
    assert not is_late(root, before.replace(hour=22))
    assert asked() == 1
    assert is_late(root, before + timedelta(days=1))
    assert asked() == 2
    assert not is_late(root, before)
    assert asked() == 3


def is_late(root: Path, now: datetime) -> bool:
    return any("[R-1]" in line for line in answer(root, now)[1])


def test_an_answer_on_files_that_may_still_change_unseen_is_not_kept(root: Path) -> None:
    assert not verdict.state(root, None).is_sure


def test_a_rule_that_reads_the_clock_keeps_no_answer(root: Path, asked: Callable[[], int]) -> None:
    schema = root / "schemas/loan.yaml"
    text = schema.read_text("utf-8").replace(
        "  rules:\n", "  rules:\n" + rule("require", "then: \"today < '2'\"", "R-2")
    )
    schema.write_text(text, "utf-8")
    answer(root)
    answer(root)
    assert asked() == 2


def test_another_program_believes_nothing_of_what_this_one_kept(
    root: Path, asked: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answer(root)
    monkeypatch.setattr(pack, "program", lambda: "another")
    assert answer(root) == first
    assert asked() == 2
    with sqlite3.connect(root / store.FILE) as connection:
        epochs = dict(connection.execute("select kind, epoch from epochs"))
    assert epochs[kept.FILES] == f"{store.VERSION} another"


def test_the_cache_may_be_deleted_or_spoilt_at_any_time(root: Path, asked: Callable[[], int]) -> None:
    first = answer(root)
    (root / store.FILE).unlink()
    assert answer(root) == first
    (root / store.FILE).write_bytes(b"this is no database" * 100)
    assert answer(root) == first
    assert answer(root) == first
    assert asked() == 3


def test_two_processes_share_one_cache(root: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(read, [root] * 4))
    assert len({found for found, _ in results}) == 1
    assert read(root)[1] == 0


TOOLS = st.sampled_from(["Säge", "1.10", "=1+1", "a: b", "锯"])
EDITS = st.lists(st.tuples(st.integers(1, 3), TOOLS, st.integers(0, 9), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_whatever_is_edited_the_cache_says_what_is_said_without(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str, int, bool]]
) -> None:
    root = rules_build.repository(tmp_path_factory.mktemp("kept"), DEADLINE, **LOANS)
    read(root)
    for number, tool, pieces, is_wrong in edits:
        text = LOANS[f"TL_2026_000{number}"].replace("pieces: 2", f"pieces: {'x' if is_wrong else pieces}")
        text = text.replace("扳手 wrench & co <w:p> {{ 7*7 }}", f'"{tool}"')
        (root / f"records/loan/2026/TL-2026-000{number}.yaml").write_text(text, "utf-8")
        found, _ = read(root)

        assert found == facecheck.checked(root).findings
