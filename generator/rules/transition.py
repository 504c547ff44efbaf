"""transition: how a record got into its state: what the rules of the flow ask before a state is entered still is so."""

from __future__ import annotations

from collections.abc import Iterator

from generator import conditions, states
from generator.model import Record, Rule, Transition
from generator.rules.base import Breach, Kind
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """No way into the state could have been taken with what the record says."""
    form = world.form(record)
    state = record.values.get("state", "")
    if state == states.initial(form) or state not in {*as_states(rule), *((state,) if not as_states(rule) else ())}:
        return
    ways = [each for each in form.transitions if each.end == state]
    if ways and not any(may(each, record, world) for each in ways):
        way = min(ways, key=lambda each: len(conditions.wants(each.when, record, world)))
        title = next((each.label for each in form.states if each.key == state), Text(state, state))
        yield Breach(("state",), words.NOT_ENTERED.format(state=title, needs=_needs(way, record, world)))


def _needs(way: Transition, record: Record, world: World) -> Text:
    """What a way asks for, and the first fields that it misses."""
    wanted = [each.what for each in conditions.wants(way.when, record, world)[: conditions.SHOWN]]
    needs = [way.needs or words.NOTHING, *wanted]
    return Text("；".join(each.zh for each in needs), "; ".join(each.en for each in needs))


def as_states(rule: Rule) -> tuple[str, ...]:
    """The states that the rule looks at; none for all."""
    return tuple(rule.keys.get("into", ()))


def may(way: Transition, record: Record, world: World) -> bool:
    """Whether the guard of a way is met; an undecided guard is not."""
    return not way.when or world.holds(way.when, record) is True


KIND = Kind(keys={"into": "states"}, required=frozenset(), check=check)
