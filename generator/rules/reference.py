"""reference: what a record points to is fit for it: in a state, of the same customer, pointing back."""

from __future__ import annotations

from collections.abc import Iterator

from generator import conditions
from generator.formulas import values_of
from generator.model import Record, Rule
from generator.rules.base import Breach, Kind, Steps, as_list, label
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """Each record that the field names, judged."""
    for steps, number in _named(rule.keys["field"], record):
        target = world.record(number)
        if target is None:
            continue
        for text in _faults(rule, record, target, world):
            yield Breach(steps, text)


def _named(path: str, record: Record) -> Iterator[tuple[Steps, str]]:
    key, _, column = path.partition(".")
    if not column:
        if key in record.values:
            yield (key,), record.values[key]
        return
    for position, row in enumerate(record.values.get(key, ())):
        if column in row:
            yield (key, position, column), row[column]


def _faults(rule: Rule, record: Record, target: Record, world: World) -> Iterator[Text]:
    keys = rule.keys
    state = target.values.get("state", "")
    if "states" in keys and state not in as_list(keys["states"]):
        known = {each.key: each.label for each in world.form(target).states}
        wanted = [known.get(each, Text(each, each)) for each in as_list(keys["states"])]
        expected = Text(" / ".join(each.zh for each in wanted), " / ".join(each.en for each in wanted))
        yield words.WRONG_STATE.format(number=target.number, state=known.get(state, Text("-", "-")), expected=expected)
    if "where" in keys and world.holds(keys["where"], target) is False:
        yield words.NOT_FIT.format(number=target.number, what=_unfit(keys["where"], target, world))
    for own, other in keys.get("same", {}).items():
        here, there = record.values.get(own), target.values.get(other)
        if here is not None and there is not None and here != there:
            yield words.NOT_THE_SAME.format(
                label=label(world.form(record), own), here=here, number=target.number, there=there
            )
    if "back" in keys and record.number not in set(map(str, values_of(target.values, keys["back"]))):
        yield words.NO_WAY_BACK.format(number=target.number, label=label(world.form(target), keys["back"]))


def _unfit(condition: str, target: Record, world: World) -> Text:
    """What of a condition does not hold on the record that is referred to."""
    return conditions.joined([each.what for each in conditions.wants(condition, target, world)], words.ALSO)


KIND = Kind(
    keys={
        "field": "reference",
        "states": "other-states",
        "where": "other-condition",
        "same": "pairs",
        "back": "other-path",
    },
    required=frozenset({"field"}),
    check=check,
)
