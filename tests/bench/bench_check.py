"""How long a check of many records takes beside check-jsonschema on the same files, and what a second one costs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import store
from tests.bench import plant
from tests.conftest import ROOT

MANY = int(os.environ.get("WENKONG_BENCH", "1000"))
"""10,000 give the figures of the README; the peer alone takes seven minutes for them."""
FORMS, FILES = (65, 100_000) if MANY >= 10_000 else (12, 10)
"""How many forms the peer is given, those with the most records first, and how many records of each."""
COLD, FOLLOWED, SECOND = (15.0 if MANY >= 10_000 else 5.0), 0.3, 0.5
"""So many times faster than the peer, a file (with few the second of starting up counts); a check after one change and
after none may take so much of the first. Measured 24, 0.05 and 0.02 with 10,000."""
TIMES, GROWTH = 4, 4.4
"""So many times more records may take so many times longer."""
MEMORY = 300
"""Megabytes."""
NOW = "2026-11-24 12:00"
SMALL = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A parent of its own: the memory of one as big as this would count as the child's."""


def checked(root: Path) -> tuple[float, float]:
    """Seconds of the real command, and the most memory that it took, in megabytes."""
    command = (sys.executable, "-m", "generator", "check", "--today", NOW)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        (sys.executable, "-c", SMALL, *command), cwd=root, env=environment, capture_output=True, check=True
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def peer(root: Path) -> float:
    """Seconds a file of check-jsonschema, called once for each form; what a start of it costs is taken off."""
    files = {path: sorted((root / "records" / path.stem).rglob("*.yaml")) for path in (root / "schemas").glob("*.yaml")}
    chosen = sorted((each for each in files.items() if each[1]), key=lambda each: -len(each[1]))[:FORMS]
    seconds = count = 0.0
    for schema, records in chosen:
        base = ("--base-uri", f"{(root / 'schemas').as_uri()}/", "--schemafile", str(schema))
        for some, sign in ((records[:FILES], 1), (records[:1], -1)):
            start = time.perf_counter()
            command = [sys.executable, "-m", "check_jsonschema", *base, *map(str, some)]
            done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
            assert done.stdout.startswith(("ok", "Schema validation errors")), done.stdout + done.stderr
            seconds += sign * (time.perf_counter() - start)
            count += sign * len(some)
    return seconds / count


def grown(root: Path, count: int) -> Path:
    made = plant.grown(root / f"plant {count}", count)
    time.sleep(2.5)  # files younger than two seconds are never known by their look
    return made


@pytest.mark.bench
def test_a_check_costs_a_fraction_of_the_peers_and_a_second_one_nearly_nothing(tmp_path: Path) -> None:
    root = grown(tmp_path, MANY)
    cold, memory = checked(root)
    again, _ = checked(root)
    record = next((root / "records" / "complaint" / "2026").glob("*.yaml"))
    record.write_text(record.read_text("utf-8") + "# seen\n", "utf-8")
    one, _ = checked(root)
    shutil.rmtree((root / store.FILE).parent)
    theirs = peer(root)
    ratio = theirs / (cold / MANY)
    said = f"\n{MANY} records: {cold:.2f} s and {memory:.0f} MB, {ratio:.0f} times faster a file than check-jsonschema"
    sys.stdout.write(f"{said} ({theirs * 1000:.0f} ms); unchanged {again:.2f} s, one changed {one:.2f} s\n")
    assert ratio >= COLD
    assert memory <= MEMORY
    assert again / cold <= SECOND
    assert one / cold <= FOLLOWED


@pytest.mark.bench
def test_the_time_grows_with_the_number_of_records_only(tmp_path: Path) -> None:
    few, _ = checked(grown(tmp_path, MANY))
    many, _ = checked(grown(tmp_path, MANY * TIMES))
    sys.stdout.write(f"\n{MANY} records in {few:.2f} s, {MANY * TIMES} in {many:.2f} s: {many / few:.1f} times\n")
    assert many / few <= GROWTH
