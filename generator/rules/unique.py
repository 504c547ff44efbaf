"""unique: some fields together occur once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.linked import told
from generator.model import Record, Rule
from generator.rules.base import Breach, Kind, scopes
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """The same values in another record, or in an earlier row."""
    if "rows" in rule.keys:
        yield from _rows(rule, record, world)
        return
    fields = tuple(rule.keys["fields"])
    if fields[0] not in record.values:
        return
    key = told(record, fields)
    others = (each for each in world.alike(record.form, fields, key) if each != record.number)
    same = next((each for each in others if _counts(rule, each, world)), None)
    if same:
        yield Breach((fields[0],), words.TWICE.format(value=", ".join(key), other=same))


def _counts(rule: Rule, number: str, world: World) -> bool:
    condition, other = rule.keys.get("where", ""), world.record(number)
    return not condition or (other is not None and world.holds(condition, other) is True)


def _rows(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    seen: dict[tuple[Any, ...], int] = {}
    form = world.form(record)
    for scope in scopes(rule, record):
        key = tuple(scope.value(each, form) for each in rule.keys["fields"])
        if any(each is None for each in key):
            continue
        if key in seen:
            row = words.ROW.format(number=seen[key] + 1)
            said = ", ".join(map(str, key))
            steps = scope.steps(rule.keys["fields"][0], form)
            yield Breach(steps, words.TWICE.format(value=Text(said, said), other=row))
        seen.setdefault(key, scope.position)


KIND = Kind(
    keys={"fields": "paths", "rows": "table", "where": "condition"}, required=frozenset({"fields"}), check=check
)
