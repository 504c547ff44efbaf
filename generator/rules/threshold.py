"""threshold: a number stays within a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import ge, gt, le, lt
from typing import Any

from generator.formulas import plain
from generator.model import Record, Rule
from generator.rules.base import Breach, Kind, Scope, scopes
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World

LIMITS: Mapping[str, tuple[Callable[[float, float], bool], Text]] = {
    "at_least": (ge, words.AT_LEAST),
    "at_most": (le, words.AT_MOST),
    "more_than": (gt, words.MORE_THAN),
    "less_than": (lt, words.LESS_THAN),
}


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """A number beyond its limit; an empty one is not judged."""
    key = rule.keys["value"]
    form = world.form(record)
    for scope in scopes(rule, record):
        value = _number(key, scope, world)
        for name, (holds, said) in LIMITS.items():
            limit = _number(rule.keys.get(name), scope, world)
            if value is not None and limit is not None and not holds(value, limit):
                is_field = _is_field(key, scope, world)
                steps = scope.steps(key, form) if is_field else _start(scope)
                text = words.BEYOND.format(
                    label=scope.label(key, form) if is_field else words.NUMBER,
                    value=f"{value:g}",
                    expected=said.format(limit=f"{limit:g}"),
                )
                yield Breach(steps, text)


def _start(scope: Scope) -> tuple[str | int, ...]:
    return (scope.table, scope.position) if scope.table else ("number",)


def _is_field(key: str, scope: Scope, world: World) -> bool:
    form = world.form(scope.record)
    return key in scope.columns(form) or key in form.by_key


def _number(written: Any, scope: Scope, world: World) -> float | None:
    if not isinstance(written, str):
        return None if written is None else float(written)
    form = world.form(scope.record)
    if written in world.settings.declared:
        value = world.held(written, scope.record).value
    elif _is_field(written, scope, world):
        known = scope.columns(form).get(written) or form.by_key[written]
        value = plain(scope.value(written, form), known, frozenset())
    else:
        value = world.holds(written, scope.record, scope.row, scope.table)
    return float(value) if isinstance(value, int | float) else None


KIND = Kind(
    keys={"value": "number", "rows": "table", **dict.fromkeys(LIMITS, "limit")},
    required=frozenset({"value"}),
    alternatives=tuple(frozenset({each}) for each in LIMITS),
    check=check,
)
