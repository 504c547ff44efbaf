"""How much sooner two engines of each kind have made PDFs of the sample plant than one call of LibreOffice has."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from generator import office, pdf, production
from generator.production import Refusal

MANY = int(os.environ.get("WENKONG_BENCH_PDF", "16"))
"""200 give the figures of the README."""
WORKERS = 2
LEAST = 1.8 if MANY >= 200 else 1.2
"""So many times sooner; on few files the second of starting up counts."""
ENGINES = ("rdocx", "libreoffice")
MEMORY = 400
"""Megabytes of all processes of a pool together."""
KILO = 1024


def sheets(root: Path) -> list[bytes]:
    """Word files of the plant's records, those of all forms in turn."""
    press = production.press(root, None)
    kept = [sorted(each.values(), key=lambda one: one.number) for each in press.library.records.values()]
    shown = [each for each in kept if each and press.library.forms[each[0].form].is_printed]
    made = (press.record(each[turn]) for turn in range(MANY) for each in shown if turn < len(each))
    docx = (each.docx for each in made if not isinstance(each, Refusal))
    return [each for _, each in zip(range(MANY), docx, strict=False)]


def used() -> int:
    """Megabytes that the children of this process hold together, those of children too; what they share counts once."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text("utf-8").rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    ours = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    total = 0
    for each in ours - {os.getpid()}:
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text("utf-8").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total // KILO


def pooled(engine: str, documents: list[bytes]) -> tuple[float, int]:
    """Seconds that a pool takes, its start included, and the most memory of its processes."""
    most, is_over = 0, Event()

    def watch() -> None:
        nonlocal most
        while not is_over.wait(0.2):
            most = max(most, used())

    watcher = Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    with closing(pdf.Pool(engine, workers=WORKERS)) as pool:
        found = [each for _, each in pool.map(enumerate(documents))]
        seconds = time.perf_counter() - start
    is_over.set()
    watcher.join()
    assert all(isinstance(each, bytes) for each in found)
    return seconds, most


def called(documents: list[bytes], folder: Path) -> float:
    """Seconds that one call of LibreOffice takes for all of them."""
    program = office.find()
    assert program is not None
    paths = [folder / f"{place}.docx" for place in range(len(documents))]
    for path, docx in zip(paths, documents, strict=True):
        path.write_bytes(docx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = (str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths))
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - start
    assert len(list(folder.glob("*.pdf"))) == len(documents)
    return seconds


@pytest.mark.bench
@pytest.mark.office
def test_two_engines_are_sooner_than_one_call_of_the_office_suite(plant: Path, tmp_path: Path) -> None:
    documents = sheets(plant)
    theirs = called(documents, tmp_path)
    for engine in ENGINES:
        seconds, memory = pooled(engine, documents)
        said = f"{engine}: {len(documents)} files in {seconds:.1f} s, {theirs / seconds:.1f} times sooner"
        sys.stdout.write(f"\n{said} than one call ({theirs:.1f} s); {memory} MB\n")
        assert theirs / seconds >= LEAST, said
        assert memory <= MEMORY, said
