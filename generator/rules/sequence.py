"""sequence: dates stand in order."""

from __future__ import annotations

from collections.abc import Iterator

from generator.formulas import moment
from generator.model import Record, Rule
from generator.rules.base import Breach, Kind, scopes
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """A date before one that it should follow, or one that is filled though an earlier one is not."""
    form = world.form(record)
    for scope in scopes(rule, record):
        before = ""
        for key in rule.keys["fields"]:
            here = moment(scope.value(key, form))
            if here is None:
                if rule.keys.get("complete") and any(scope.value(later, form) for later in _after(rule, key)):
                    yield Breach(scope.steps(key, form), words.LEFT_OUT.format(label=scope.label(key, form)))
                continue
            there = moment(scope.value(before, form)) if before else None
            if there is not None and (
                here.at.date() < there.at.date() if here.is_day or there.is_day else here.at < there.at
            ):
                text = words.OUT_OF_ORDER.format(
                    label=scope.label(key, form),
                    value=scope.value(key, form),
                    other=scope.label(before, form),
                    then=scope.value(before, form),
                )
                yield Breach(scope.steps(key, form), text)
            before = key


def _after(rule: Rule, key: str) -> list[str]:
    fields: list[str] = rule.keys["fields"]
    return fields[fields.index(key) + 1 :]


KIND = Kind(
    keys={"fields": "moments", "complete": "flag", "rows": "table"}, required=frozenset({"fields"}), check=check
)
