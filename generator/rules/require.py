"""require: a condition holds, written in CEL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import conditions
from generator.model import Record, Rule
from generator.pieces import is_one_call
from generator.rules.base import Breach, Kind, Steps
from generator.world import World

EVERY = re.compile(r"(?P<table>[a-z_]\w*)\.all(?=\()")
"""What a condition on all rows of a table begins with."""


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """The condition is false; an undecided one finds nothing."""
    condition = rule.keys["then"]
    if world.holds(condition, record) is not False:
        return
    read = conditions.fields_of(condition, world.form(record))
    row = _row(condition, record, world)
    steps: Steps = (next((each.key for each in read if each.key in record.values), "number"),)
    if row is not None:
        steps = (read[0].key, row)
    yield Breach(steps, conditions.sentence(condition, record, world, steps))


def _row(condition: str, record: Record, world: World) -> int | None:
    """The first row that is at fault, where a condition speaks of all rows of a table and of nothing else."""
    every = EVERY.match(condition)
    if every is None or not is_one_call(condition[every.end() :]):
        return None
    table, call = every["table"], condition[every.end("table") :]
    rows = range(len(record.values.get(table, ())))
    return next((each for each in rows if world.holds(f"[{table}[{each}]]{call}", record) is False), None)


KIND = Kind(keys={"then": "condition"}, required=frozenset({"then"}), check=check)
