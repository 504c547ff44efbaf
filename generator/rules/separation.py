"""separation: who did one thing does not do the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Record, Rule
from generator.rules.base import Breach, Kind, Scope, Steps, label, scopes
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """The same person, or two of one department, in two groups."""
    for scope in scopes(rule, record):
        seen: dict[str, Text] = {}
        for group in rule.keys["groups"]:
            here: dict[str, tuple[Steps, Text]] = {}
            for path in group:
                for steps, who in _people(path, scope, world):
                    key = world.department(who) if rule.keys.get("departments") else who
                    if key:
                        here.setdefault(key, (steps, label_of(path, scope, world)))
            yield from _doubled(here, seen, world)
            for key, (_, said) in here.items():
                seen.setdefault(key, said)


def _doubled(here: Mapping[str, tuple[Steps, Text]], seen: Mapping[str, Text], world: World) -> Iterator[Breach]:
    for key, (steps, said) in here.items():
        if key in seen:
            yield Breach(steps, words.SAME_PERSON.format(who=name(key, world), label=said, other=seen[key]), key)


def name(key: str, world: World) -> Text:
    """The name of a person or department."""
    record = world.record(key)
    if record is None:
        return Text(key, key)
    chinese = str(record.values.get("name_zh", key))
    return Text(chinese, str(record.values.get("name_en", chinese)))


def label_of(path: str, scope: Scope, world: World) -> Text:
    """The label of a path within a scope."""
    form = world.form(scope.record)
    return scope.label(path, form) if scope.table else label(form, path)


def _people(path: str, scope: Scope, world: World) -> Iterator[tuple[Steps, str]]:
    form = world.form(scope.record)
    if scope.table or "." not in path:
        value = scope.value(path, form)
        if value:
            yield scope.steps(path, form), value
        return
    table, _, column = path.partition(".")
    for position, row in enumerate(scope.record.values.get(table, ())):
        if column in row:
            yield (table, position, column), row[column]


KIND = Kind(
    keys={"groups": "groups", "departments": "flag", "rows": "table"}, required=frozenset({"groups"}), check=check
)
