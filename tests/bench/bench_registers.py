"""How long a register of 10,000 records takes beside loading the plant, and whether it grows with their number only."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import datetime

import pytest

from generator import ledgerpress, listingtext, load, rulebook
from generator.model import Library
from generator.registers import Selection
from generator.terms import Language
from tests.bench.bench_rules import renamed
from tests.conftest import ROOT

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time
MANY = 10_000
SHARE = 0.2
"""So much of the time that loading as many records takes; measured 0.05."""


def grown(library: Library, key: str, count: int) -> Library:
    """The library with so many records of a form, each copy referring to what its original does."""
    usual = list(library.records[key].values())
    numbers = frozenset(record.number for record in usual)
    made = {}
    for copy in range(count // len(usual) + 1):
        for record in usual:
            number = f"{record.number}-{copy}"
            made[number] = replace(record, number=number, values=renamed(record.values, numbers, copy))
    return replace(library, records={**library.records, key: made})


@pytest.mark.bench
@pytest.mark.parametrize("key", ["complaint-register", "return-register", "property-register"])
def test_a_register_of_ten_thousand_records_costs_less_than_loading_them(key: str) -> None:
    start = time.process_time()
    library = load.library(ROOT)
    each = (time.process_time() - start) / sum(map(len, library.records.values()))
    register = library.registers[key]
    many = grown(library, register.sources[0].form, MANY)
    start = time.process_time()
    listing = ledgerpress.made(register, rulebook.world(many, NOW), Selection(), Language.BOTH)
    made = time.process_time() - start
    listingtext.as_csv(listing)
    ratio = made / (each * len(listing.rows))
    sys.stdout.write(f"\n{key}: {len(listing.rows)} lines in {made:.2f} s of CPU, {ratio:.2f} of loading them\n")
    assert len(listing.rows) >= MANY
    assert ratio <= SHARE
