"""Where the time goes, for people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from pathlib import Path

import pytest

from generator import load, rulebook
from generator.stopwatch import MOST, Stopwatch
from generator.terms import Language, usage
from tests import rules_build
from tests.commands.test_printing import small, wenkong
from tests.rules_build import NOW, rule

__all__ = ["small"]  # the fixture
PHASES = {
    "check": ["Reading and validating files and templates"],
    "build": ["Stamping PDFs", "Looking at the pages", "Writing files"],
}


def ticking(*moments: float) -> Stopwatch:
    """A watch whose clock gives these times, one each time it is looked at."""
    clock = iter(moments)
    return Stopwatch(lambda: next(clock))


def said(watch: Stopwatch, language: Language = Language.EN) -> list[str]:
    """The lines with single spaces."""
    return [" ".join(line.split()) for line in watch.lines(language)]


def names(lines: Iterable[str]) -> list[str]:
    """The first word of each line."""
    return [line.partition(" ")[0] for line in lines]


def test_an_inner_phase_takes_its_time_from_the_outer_one() -> None:
    watch = ticking(0.0, 1.0, 3.0, 7.0, 8.0, 10.0)
    with watch.phase(usage.READING), watch.phase(usage.HISTORY):
        pass
    assert said(watch) == [
        "The history of commits 4.00 s 40 %",
        "Starting up, and all else 3.00 s 30 %",
        "Reading and validating files and templates 3.00 s 30 %",
        "Together 10.00 s",
    ]


def test_what_a_sheet_costs_is_told_by_what_is_done_for_it() -> None:
    watch = ticking(0, 1, 3, 3, 3.25, 3.5, 3.75, 4, 9, 10)
    with watch.phase(usage.SHEETS, "a"):
        pass
    with watch.phase(usage.PAGES, "b"):
        pass
    with watch.beside(usage.SLOWEST_SHEETS, "b", usage.CONVERTED):  # in a thread of its own: for no phase
        pass
    with watch.phase(usage.SHEETS):  # for no sheet
        pass
    lines = said(watch, Language.ZH)
    assert "合计 10.00 s" in lines
    assert lines[lines.index("") + 1 :] == [
        "最慢的文件 生成 Word 检查 PDF 页面 转换 PDF 合计",
        "a 2000.0 ms 0.0 ms 0.0 ms 2000.0 ms",
        "b 0.0 ms 250.0 ms 250.0 ms 500.0 ms",
    ]


def test_only_the_slowest_are_named() -> None:
    moments = count(0.0, 0.001)
    watch = Stopwatch(lambda: next(moments))
    for number in range(MOST + 2):
        for _ in range(number + 1):
            with watch.beside(usage.SLOWEST_RULES, f"R-{number}", usage.WHOLE):
                pass
    lines = said(watch)
    slowest = lines[lines.index("Slowest rules Together") + 1 :]
    assert slowest[0] == f"R-{MOST + 1} {MOST + 2}.0 ms"
    assert names(slowest) == [f"R-{number}" for number in reversed(range(2, MOST + 2))]


def test_rules_and_records_are_told_by_their_time(tmp_path: Path) -> None:
    rules = rule("require", 'then: "price > 0.0"') + rule("require", 'then: "price > 1.0"', "R-2")
    root = rules_build.repository(tmp_path, rules)
    seconds = count()
    watch = Stopwatch(lambda: float(next(seconds)))
    library = load.library(root)
    assert rulebook.judged(library, NOW, watch=watch).findings == rulebook.judged(library, NOW).findings
    lines = said(watch)
    assert [each for each in lines if each.startswith(("R-1", "R-2", "TL-"))] == [
        "R-1 1000.0 ms",  # the clock is read for the rule while it runs for the record
        "R-2 1000.0 ms",
        "TL-2026-0001 6000.0 ms",
    ]


@pytest.mark.parametrize("verb", PHASES)
def test_a_person_is_told_where_the_time_went(small: Path, verb: str) -> None:
    done = wenkong(small, verb, "--profile")
    for phase in PHASES[verb]:
        assert re.search(rf"{phase} +\d+\.\d\d s +\d+ %", done.stderr)
    if verb == "build":
        assert re.search(r"Slowest documents +Making Word files +Converting to PDF +Stamping PDFs", done.stderr)
        assert re.search(r"^records/loan/2026/TL-2026-0001\.yaml( +\d+\.\d ms){6}$", done.stderr, re.MULTILINE)
    assert "Together" in done.stderr
    assert "Together" not in done.stdout
    assert "Together" not in wenkong(small, verb).stderr
