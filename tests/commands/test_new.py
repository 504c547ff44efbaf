from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import load, yamlfile
from generator.commands import new
from generator.errors import GeneratorError
from generator.terms import Language
from tests import build
from tests.conftest import commit, git

TODAY = date(2026, 11, 20)
PROCESSES, EACH = 8, 100


def make(root: Path, form: str = "loan", number: str = "", said: Callable[[str], None] = print) -> int:
    return new.run(root, form, number=number, given={}, today=TODAY, language=Language.EN, say=said)


def test_a_value_that_nobody_asks_for_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    for name, hint in (("follows", ""), ("yaer", "year")):
        with pytest.raises(GeneratorError, match=f"“{name}” is not part of the number .*{hint}"):
            new.run(root, "loan", number="", given={name: "x"}, today=TODAY, language=Language.EN, say=print)
    assert numbers(root) == ["TL-2026-0001"]


def numbers(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "records/loan").rglob("*.yaml"))


def test_the_next_number_follows_the_highest(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    assert make(root) == 0
    assert numbers(root) == ["TL-2026-0001", "TL-2026-0002"]


def test_a_number_that_was_deleted_is_not_given_again(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    commit(root, "one")
    (root / "records/loan/2026/TL-2026-0001.yaml").unlink()
    commit(root, "gone")
    make(root)
    assert numbers(root) == ["TL-2026-0002"]


def test_a_number_used_on_another_branch_is_not_given_again(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    commit(root, "one")
    git(root, "switch", "-q", "-c", "other")
    text = build.RECORD.replace("0001", "0005", 1)
    (root / "records/loan/2026/TL-2026-0005.yaml").write_text(text, "utf-8")
    commit(root, "five")
    git(root, "switch", "-q", "main")
    make(root)
    assert numbers(root) == ["TL-2026-0001", "TL-2026-0006"]


def test_a_number_on_a_fetched_branch_is_not_given_again(tmp_path: Path) -> None:
    theirs = build.repository(tmp_path / "theirs")
    commit(theirs, "one")
    git(tmp_path, "clone", "-q", "theirs", "mine")
    (theirs / "records/loan/2026/TL-2026-0007.yaml").write_text(build.RECORD.replace("0001", "0007", 1), "utf-8")
    commit(theirs, "seven")
    git(tmp_path / "mine", "fetch", "-q")
    make(tmp_path / "mine")
    assert numbers(tmp_path / "mine") == ["TL-2026-0001", "TL-2026-0008"]


def test_the_stub_asks_for_what_is_required_and_nothing_else_is_wrong_with_it(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    make(root)
    path = root / "records/loan/2026/TL-2026-0002.yaml"
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../out/schemas/loan.json\n")
    assert (path.parent / "../../../schemas/loan.yaml").is_file()
    assert "tool:  # 工具 Tool" in text
    assert "# kind:  # 类别 Kind: hand 手动 | power 电动" in text
    found = [(each.rule, each.message.en) for each in load.library(root).findings]
    assert [rule for rule, _ in found] == ["schema.required", "schema.required"]
    assert "'Tool' (tool)" in found[0][1]
    assert "'Lent on' (lent_on)" in found[1][1]


def test_the_stub_becomes_good_when_its_comments_are_opened_and_filled(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    make(root)
    path = root / "records/loan/2026/TL-2026-0002.yaml"
    text = path.read_text("utf-8").replace("tool:", "tool: 钳子").replace("lent_on:", "lent_on: 2026-11-20")
    text = (
        text.replace("# remark:", "remark: 备注").replace("# parts:", "parts:").replace("#   - part:", "  - part: 头")
    )
    path.write_text(text, "utf-8")
    assert load.library(root).findings == ()


def test_people_give_the_numbers_of_master_data(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    path = root / "schemas/loan.yaml"
    path.write_text(build.LOAN.replace("TL-{year}-{seq:04d}", '"{key}"'), "utf-8")
    with pytest.raises(GeneratorError, match="--number"):
        make(root)
    make(root, number="bench-drill")
    assert (root / "records/loan/bench-drill.yaml").is_file()
    with pytest.raises(GeneratorError, match="used before"):
        make(root, number="bench-drill")
    with pytest.raises(GeneratorError):
        make(root, number="../drill")


def test_an_unknown_form_is_answered_with_the_nearest(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    for written, said in (
        ("laon", "did you mean 'loan'"),
        ("借用", "you may mean Tool loan \\(loan\\)"),
        ("tool", "you may mean Tool loan \\(loan\\)"),
        ("zzz", "Write one of these names, or a whole title:\n  CP-99: loan$"),
    ):
        with pytest.raises(GeneratorError, match=said):
            make(root, written)


def test_a_form_may_be_named_by_its_whole_title_or_its_number(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    for written in ("工具借用单", "tool LOAN", "ex-01"):
        make(root, written)
    assert {path.stem for path in (root / "records/loan").rglob("*.yaml")} >= {"TL-2026-0002", "TL-2026-0004"}


def _allocate(root: Path) -> None:
    for _ in range(EACH):
        make(root, said=lambda _: None)


def test_eight_processes_leave_no_gap_and_no_double(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    commit(root, "one")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_allocate, args=(root,)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    assert numbers(root) == [f"TL-2026-{serial:04d}" for serial in range(1, PROCESSES * EACH + 2)]
    assert (root / "records/loan/2026/TL-2026-0001.yaml").read_text("utf-8") == build.RECORD
    for path in (root / "records/loan/2026").glob("*.yaml"):
        source, _ = yamlfile.load(path.read_bytes(), path.name)
        assert source is not None
        assert source.values["number"] == path.stem
