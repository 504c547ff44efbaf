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
from generator.model import Library, Record
from generator.remembered import Memory
from tests.conftest import ROOT

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time
ROUNDS, FEW, MANY = 5, 1_000, 10_000
SHARE = 0.6
"""Rules may take so much of the time that loading takes; measured 0.25."""
GROWTH = 11
PATTERN = "seq:04d"
"""Numbers with room for thousands a year."""
CHANGED = 0.15
"""After one change the rules may take so much of the time that they take on all records."""


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
    kept = [key for key, form in library.forms.items() if form.rules and PATTERN in form.pattern]
    usual = [record for key in kept for record in library.records[key].values()]
    numbers = frozenset(record.number for record in usual)
    records = {key: dict(each) for key, each in library.records.items()}
    for copy in range(count // len(usual) + 1):
        for record in usual:
            number = f"{record.number}-{copy}"
            values = renamed(record.values, numbers, copy)
            path, source = f"{record.path}-{copy}", replace(record.source, digest=number)
            records[record.form][number] = replace(record, number=number, path=path, values=values, source=source)
    return replace(library, records=records)


def renamed(value: Any, numbers: frozenset[str], copy: int) -> Any:
    if isinstance(value, dict):
        return {key: renamed(each, numbers, copy) for key, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, numbers, copy) for each in value]
    return f"{value}-{copy}" if value in numbers else value


def asked(library: Library) -> int:
    """Every rule of every record that there are more of, from a world that knows nothing yet.

    A yearly plan or summary, of which there is one, would look at ten thousand surveys where a plant has a hundred.
    """
    records = [
        each for kept in library.records.values() for each in kept.values() if PATTERN in _pattern(library, each)
    ]
    return len(list(rulebook.findings(rulebook.world(library, NOW), records)))


def _pattern(library: Library, record: Record) -> str:
    return library.forms[record.form].pattern


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


@pytest.mark.bench
def test_one_changed_record_costs_a_small_part_of_all() -> None:
    many = grown(load.library(ROOT), MANY)
    first = Memory("", {})
    start = time.process_time()
    everything = len(list(rulebook.findings(rulebook.world(many, NOW), memory=first)))
    whole = time.process_time() - start
    key, number = next((key, number) for key, each in many.records.items() for number in each if number.endswith("-7"))
    record = many.records[key][number]
    changed = replace(record, source=replace(record.source, digest="another"))
    again = replace(many, records={**many.records, key: {**many.records[key], number: changed}})

    def once() -> None:
        memory = Memory("", first.fresh)
        assert len(list(rulebook.findings(rulebook.world(again, NOW), memory=memory))) == everything
        assert 1 <= memory.judged <= FEW / 10

    one = cost(once)
    sys.stdout.write(f"\nrules of {MANY} records {whole:.2f} s, after one change {one:.2f} s of CPU\n")
    assert one <= CHANGED * whole
