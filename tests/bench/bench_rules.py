"""How long asking every rule takes beside loading the records, and whether it grows with their number only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from statistics import median
from typing import Any

import pytest

from generator import load, rulebook
from generator.model import Library
from tests.conftest import ROOT

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time
ROUNDS, FEW, MANY = 5, 1_000, 10_000
SHARE = 0.6
"""Rules may take so much of the time that loading takes; measured 0.25."""
GROWTH = 11


def cost(work: Callable[[], object]) -> float:
    """The median CPU time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def grown(library: Library, count: int) -> Library:
    """The library with so many more records, mixed as in the plant, each copy referring to copies.

    Those whose numbers have room for thousands a year: there is no plant with ten thousand yearly plans.
    """
    kept = [key for key, form in library.forms.items() if form.rules and "seq:04d" in form.pattern]
    usual = [record for key in kept for record in library.records[key].values()]
    numbers = frozenset(record.number for record in usual)
    records = {key: dict(each) for key, each in library.records.items()}
    for copy in range(count // len(usual) + 1):
        for record in usual:
            number = f"{record.number}-{copy}"
            values = renamed(record.values, numbers, copy)
            records[record.form][number] = replace(record, number=number, values=values)
    return replace(library, records=records)


def renamed(value: Any, numbers: frozenset[str], copy: int) -> Any:
    if isinstance(value, dict):
        return {key: renamed(each, numbers, copy) for key, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, numbers, copy) for each in value]
    return f"{value}-{copy}" if value in numbers else value


def asked(library: Library) -> int:
    """Every rule of every record, from a world that knows nothing yet."""
    return len(list(rulebook.findings(rulebook.world(library, NOW))))


@pytest.mark.bench
def test_rules_cost_less_than_loading() -> None:
    library = load.library(ROOT)
    asked(library)
    ratio = cost(lambda: asked(library)) / cost(lambda: load.library(ROOT))
    sys.stdout.write(f"\nrules / loading of the plant: {ratio:.2f}\n")
    assert ratio <= SHARE


@pytest.mark.bench
def test_rules_grow_with_the_number_of_records_only() -> None:
    library = load.library(ROOT)
    few, many = grown(library, FEW), grown(library, MANY)
    one = cost(lambda: asked(few))
    start = time.process_time()
    asked(many)
    ten = time.process_time() - start
    sys.stdout.write(f"\n1,000 records {one:.2f} s, 10,000 records {ten:.2f} s of CPU: {ten / one:.1f} times\n")
    assert ten / one <= GROWTH
