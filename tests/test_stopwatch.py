"""Where the time goes, for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.stopwatch import Stopwatch
from generator.terms import Language, usage
from tests.commands.test_printing import small, wenkong

__all__ = ["small"]  # the fixture


def test_an_inner_phase_takes_its_time_from_the_outer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 3.0, 7.0, 8.0, 10.0])
    monkeypatch.setattr("generator.stopwatch.time.perf_counter", lambda: next(clock))
    watch = Stopwatch()
    with watch.phase(usage.READING), watch.phase(usage.HISTORY):
        pass
    assert [" ".join(line.split()) for line in watch.lines(Language.EN)] == [
        "The history of commits 4.00 s 40 %",
        "Starting up, and all else 3.00 s 30 %",
        "Reading and validating files and templates 3.00 s 30 %",
        "Together 10.00 s",
    ]


@pytest.mark.parametrize(
    ("verb", "phase"),
    [("check", "Reading and validating files and templates"), ("build", "Marking, checking and writing PDFs")],
)
def test_a_person_is_told_where_the_time_went(small: Path, verb: str, phase: str) -> None:
    done = wenkong(small, verb, "--profile")
    assert re.search(rf"{phase} +\d+\.\d\d s +\d+ %", done.stderr)
    assert "Together" in done.stderr
    assert "Together" not in done.stdout
    assert "Together" not in wenkong(small, verb).stderr
