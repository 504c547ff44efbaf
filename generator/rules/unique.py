"""unique: some fields together occur once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    fields: list[str] = rule.keys["fields"]
    key = _key(record, fields)
    if key is None:
        return
    others = [each for each in world.referring(record.form, fields[0], key[0]) if each.number != record.number]
    same = sorted(each.number for each in others if _key(each, fields) == key)
    if same:
        said = ", ".join(map(str, key))
        yield Breach((fields[0],), words.TWICE.format(value=said, other=same[0]))


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


def _key(record: Record, fields: list[str]) -> tuple[str, ...] | None:
    values = [record.values.get(each) for each in fields]
    return None if any(each is None for each in values) else tuple(map(str, values))


KIND = Kind(keys={"fields": "paths", "rows": "table"}, required=frozenset({"fields"}), check=check)
