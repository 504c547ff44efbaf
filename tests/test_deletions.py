"""A record must not be deleted before the time for which it is kept is over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import deletions, git, load
from generator.model import Finding
from tests.conftest import commit
from tests.conftest import git as run

DELETED_ON = date(2026, 12, 1)


def found(root: Path, today: date = DELETED_ON) -> list[Finding]:
    repository = git.repository(root)
    assert repository is not None
    try:
        return list(deletions.findings(repository, load.library(root), today))
    finally:
        repository.close()


@pytest.fixture
def victim(tree: Path) -> Path:
    """A record that nothing else needs."""
    path = max((tree / "records" / "contract-review").rglob("*.yaml"))
    path.unlink()
    return path


def test_a_deleted_record_is_found_with_the_way_back(tree: Path, victim: Path) -> None:
    commit(tree, "tidied up")
    (finding,) = found(tree)
    assert (finding.rule, finding.path) == ("record.deleted", victim.relative_to(tree).as_posix())
    assert victim.stem in finding.message.zh
    run(tree, *finding.message.en.partition("git ")[2].split())
    commit(tree, "brought back")
    assert found(tree) == []


def test_a_record_may_go_when_its_time_is_over(tree: Path, victim: Path) -> None:
    commit(tree, f"{victim.stem} disposed of")
    years = load.library(tree).forms["contract-review"].retention_years
    began = date.fromisoformat(run(tree, "log", "--format=%cs").split()[-1])
    assert found(tree, began.replace(year=began.year + years)) == []
    assert len(found(tree, began.replace(year=began.year + years - 1))) == 1


def test_a_record_with_a_new_number_was_not_deleted(tree: Path, victim: Path) -> None:
    text = run(tree, "show", f"HEAD:{victim.relative_to(tree).as_posix()}")
    new = victim.with_name(f"{victim.stem[:-4]}9999.yaml")
    new.write_text(text.replace(f"number: {victim.stem}\n", f"number: {new.stem}\nformer_number: {victim.stem}\n", 1))
    commit(tree, "renumbered")
    assert found(tree) == []


def test_a_record_that_moved_or_is_only_broken_was_not_deleted(tree: Path, victim: Path) -> None:
    text = run(tree, "show", f"HEAD:{victim.relative_to(tree).as_posix()}")
    target = victim.parent.parent / "2031" / victim.name
    target.parent.mkdir()
    target.write_text(text, "utf-8")
    commit(tree, "moved")
    assert found(tree) == []
    target.write_text(f"{text}nonsense: [\n", "utf-8")
    commit(tree, "broken")
    assert found(tree) == []


def test_a_branch_that_was_never_merged_deletes_nothing(tree: Path, victim: Path) -> None:
    assert not victim.exists()
    run(tree, "switch", "-q", "-c", "side")
    commit(tree, "tidied up")
    run(tree, "switch", "-q", "main")
    assert found(tree) == []
