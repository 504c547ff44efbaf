"""A Dask cluster of two processes makes the same bytes as this machine, and a worker that is killed loses nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from generator import cluster, pdf
from generator.cluster import Cluster
from generator.commands import build, form
from generator.errors import GeneratorError
from generator.shards import Shard
from generator.terms import Language
from tests.build import RECORD
from tests.conftest import commit
from tests.registers_build import REGISTER, small

LOANS = {f"TL_2026_{each:04d}": RECORD.replace("TL-2026-0001", f"TL-2026-{each:04d}") for each in range(1, 9)}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Two workers with nannies, as `dask worker` starts them."""
    with LocalCluster(n_workers=2, processes=True, threads_per_worker=1, dashboard_address=":0") as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plant, built by this machine alone."""
    root = small(tmp_path_factory.mktemp("local") / "plant", REGISTER, **LOANS)
    form.draw(root, (), force=False, language=Language.EN, say=lambda _: None)
    (root / ".gitignore").write_text("out/\n", "utf-8")
    commit(root, "first")
    assert made(root) == 0
    return root


def made(root: Path, address: str = "", after: Callable[[int], None] = lambda _: None) -> int:
    """Build; `after` is told how many jobs were taken."""

    def track(jobs: Iterable[build.Job], _count: int, _about: str) -> Iterator[build.Job]:
        for place, job in enumerate(jobs):
            after(place)
            yield job

    return build.run(
        root,
        language=None,
        speech=Language.EN,
        workers=1,
        shard=Shard(),
        cluster=address,
        today=date(2026, 11, 24),
        say=lambda _: None,
        track=track,
    )


def sheets(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "out").rglob("*") if path.suffix in {".docx", ".pdf"})
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def emptied(local: Path, root: Path) -> Path:
    shutil.copytree(local, root)
    shutil.rmtree(root / "out")
    return root


def kill(address: str) -> None:
    with Client(address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        os.kill(next(iter(pids.values())), signal.SIGKILL)


def test_a_cluster_makes_the_same_bytes_and_nothing_twice(
    local: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = emptied(local, tmp_path / "plant")
    assert made(root, address) == 0
    assert sheets(root) == sheets(local)
    assert len(sheets(root)) == 2 * (len(LOANS) + 2)
    monkeypatch.setattr(cluster, "_converted", lambda *_: pytest.fail("it was made before"))
    assert made(root, address) == 0


def test_a_worker_that_is_killed_loses_nothing(local: Path, address: str, tmp_path: Path) -> None:
    root = emptied(local, tmp_path / "plant")
    assert made(root, address, lambda place: kill(address) if place == len(LOANS) // 2 else None) == 0
    assert sheets(root) == sheets(local)


def test_what_cannot_be_converted_is_the_fault_of_one_document(address: str) -> None:
    pool = Cluster(address, "rdocx")
    try:
        answers = dict(pool.map([("wrong", b"no Word file")]))
    finally:
        pool.close()
    assert isinstance(answers["wrong"], GeneratorError)
    assert pool.label == pdf.label(pdf.engine("rdocx"))


def test_what_goes_wrong_at_home_is_not_the_fault_of_the_cluster(address: str) -> None:
    def documents() -> Iterator[tuple[str, bytes]]:
        yield "wrong", b"no Word file"
        raise OSError("no space left")

    pool = Cluster(address, "rdocx")
    try:
        with pytest.raises(OSError, match="no space left"):
            list(pool.map(documents()))
    finally:
        pool.close()


def refused(address: str) -> str:
    with pytest.raises(GeneratorError) as error:
        Cluster(address, "rdocx")
    return error.value.text.en


def test_a_worker_with_another_program_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_program", lambda: "another")
    assert "install the same version" in refused(address)


@pytest.mark.parametrize("place", ["tcp://127.0.0.1:9", "nowhere at all", "tcp://127.0.0.1"])
def test_where_no_cluster_is_a_person_is_told(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    assert "no Dask cluster is at work" in refused(place)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "wenkong[cluster]" in refused("tcp://127.0.0.1:9")


def test_a_cluster_that_ends_meanwhile_is_said_and_what_was_made_is_kept(local: Path, tmp_path: Path) -> None:
    root = emptied(local, tmp_path / "plant")
    with LocalCluster(n_workers=1, processes=True, threads_per_worker=1, dashboard_address=":0") as own:

        def stop(place: int) -> None:
            if place == len(LOANS) - 1:
                with suppress(TimeoutError):
                    own.close(timeout=5)

        with pytest.raises(GeneratorError, match="was lost"):
            made(root, own.scheduler_address, stop)
    assert made(root) == 0
    assert sheets(root) == sheets(local)
