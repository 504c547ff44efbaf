"""Git moves the tree while somebody watches: in the end all is as if it were read and printed anew."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import pytest

from generator import changes, facecheck, judgement, signaturecheck, signatures
from generator import git as gits
from generator.commands import build as builds
from generator.commands import form
from generator.live import Said
from generator.model import Finding, Library
from generator.shards import Shard
from generator.shelf import Shelf
from generator.terms import Language
from tests import build
from tests.conftest import commit, git
from tests.ear import NOW, Ear, watched

FOLDER = "records/loan/2026"


def record(number: int, tool: str, state: str = "open") -> str:
    """A loan with a number and a tool."""
    text = build.RECORD.replace("TL-2026-0001", f"TL-2026-{number:04d}").replace("state: open", f"state: {state}")
    return text.replace("tool: 扳手", f"tool: {tool}")


def saved(root: Path, number: int, tool: str, state: str = "open") -> None:
    (root / FOLDER / f"TL-2026-{number:04d}.yaml").write_text(record(number, tool, state), "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two lines of work from one commit: `main` and `other`, which is checked out last."""
    root = build.repository(tmp_path / "仓库 repo", **{f"TL_2026_000{n}": record(n, "a") for n in (1, 2, 3)})
    form.draw(root, (), force=False, language=Language.EN, say=lambda _: None)
    (root / ".gitignore").write_text("out/\n", "utf-8")
    commit(root, "first")
    git(root, "checkout", "-q", "-b", "other")
    for number, tool, state in ((4, "new", "open"), (2, "theirs", "open"), (5, "wrong", "closed"), (1, "last", "open")):
        saved(root, number, tool, state)
        commit(root, f"{tool} {number}")
    git(root, "checkout", "-q", "main")
    (root / FOLDER / "TL-2026-0003.yaml").unlink()
    saved(root, 2, "ours")
    commit(root, "ours")
    return root


@pytest.fixture(scope="module")
def beside() -> Iterator[Executor]:
    """A process of its own, since PDFs are read in one thread only and the watcher has that one."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor


def anew(root: Path, place: Path) -> tuple[tuple[Finding, ...], dict[str, bytes]]:
    """What a clone of this state says and prints that has never seen another."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(root, place, ignore=shutil.ignore_patterns("out"))
    repository = gits.repository(place)
    found = judgement.of(place, repository, NOW).findings
    if repository:
        repository.close()
    shutil.rmtree(place / "out", ignore_errors=True)
    builds.run(
        place,
        language=None,
        speech=Language.EN,
        workers=1,
        shard=Shard(),
        today=NOW.date(),
        say=lambda _: None,
        track=lambda jobs, _, __: jobs,
    )
    return found, sheets(place)


def sheets(root: Path) -> dict[str, bytes]:
    """What is printed, by path."""
    folder = root / "out"
    paths = (*folder.rglob("*.docx"), *folder.rglob("*.pdf"))
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in paths}


def paths(said: Said) -> set[str]:
    """The files that have findings."""
    return {each.path for each in said.library.findings}


def is_as_anew(ear: Ear, root: Path, beside: Executor) -> None:
    """In the end the findings are all and the sheets some of those that are made anew."""
    found, printed = beside.submit(anew, root, root.with_name("anew")).result()
    if ear.until(lambda said: said.library.findings == found and sheets(root).items() <= printed.items()):
        return
    assert ear.last
    assert ear.last.library.findings == found
    assert {name for name, content in sheets(root).items() if content != printed.get(name)} == set()


def test_after_another_branch_all_is_as_if_read_anew(root: Path, beside: Executor) -> None:
    with watched(root) as ear:
        saved(root, 2, "draft")
        ear.until_waiting()
        assert sheets(root)
        commit(root, "saved")
        is_as_anew(ear, root, beside)
        git(root, "checkout", "-q", "other")
        is_as_anew(ear, root, beside)
        git(root, "checkout", "-q", "main")
        is_as_anew(ear, root, beside)


def test_after_a_rebase_that_asks_nothing_of_its_middle_remains(
    root: Path, beside: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "REBASING", 0.05)  # so that every commit between is looked at
    git(root, "checkout", "-q", "other")
    with watched(root) as ear:
        saved(root, 1, "saved")
        ear.until_waiting()
        git(root, "checkout", "-q", "records")
        stopped = subprocess.run(("git", "rebase", "-q", "--exec", "sleep 0.4", "main"), cwd=root, check=False)
        assert stopped.returncode == 1
        assert ear.until(lambda said: f"{FOLDER}/TL-2026-0002.yaml" in paths(said))
        assert "loan/TL-2026-0004.pdf" in sheets(root)
        saved(root, 2, "both")
        assert ear.until(lambda said: f"{FOLDER}/TL-2026-0002.yaml" not in paths(said))
        git(root, "add", "-A")
        git(root, "-c", "core.editor=true", "rebase", "--continue")
        assert len(git(root, "log", "--format=%s", "main..").splitlines()) == 4
        is_as_anew(ear, root, beside)
        assert ear.until(lambda said: "schema.enum" in {each.rule for each in said.library.findings})


def test_a_file_that_goes_away_while_it_is_read_is_no_fault_of_ours(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, gone = facecheck.read, root / FOLDER / "TL-2026-0002.yaml"

    def reading(place: Path, shelf: Shelf) -> Library:
        if gone.exists():
            gone.unlink()
            raise FileNotFoundError(gone)
        return read(place, shelf)

    with watched(root) as ear:
        monkeypatch.setattr("generator.live.facecheck.read", reading)
        saved(root, 1, "saved")
        assert ear.until(lambda said: said.change.paths >= {f"{FOLDER}/TL-2026-000{each}.yaml" for each in (1, 2)})
    assert "loan/TL-2026-0001.pdf" in sheets(root)


def test_the_history_is_asked_also_where_an_event_came_meanwhile_that_changed_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = root / signatures.FOLDER / "TL-2026-0001" / "anna.yaml"
    entry.parent.mkdir(parents=True)
    entry.write_text("person: anna\n", "utf-8")
    commit(root, "signed")
    with watched(root) as ear:
        hear = ear.said

        def noisy(said: Said) -> None:
            hear(said)
            monkeypatch.setattr(ear, "said", hear)
            assert ear.inbox
            ear.inbox.tell(f"{FOLDER}/TL-2026-0001.yaml")

        monkeypatch.setattr(ear, "said", noisy)
        entry.unlink()
        assert ear.until(lambda said: signaturecheck.REMOVED in {each.rule for each in said.library.findings})
