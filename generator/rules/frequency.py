"""frequency: something is done again within a set time, in another record or in a row of this one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.calendar import UnknownYearError
from generator.durations import duration
from generator.formulas import Moment, moment
from generator.model import Record, Rule
from generator.rules.base import Breach, Due, Kind
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """Not done for too long."""
    try:
        found = tuple(_dues(rule, record, world))
    except UnknownYearError as error:
        yield Breach(("number",), words.UNKNOWN_YEAR.format(year=error.year))
        return
    for due in found:
        if world.now > due.due:
            text = words.NOT_AGAIN.format(
                what=due.what, last=f"{due.start.at:%Y-%m-%d}", due=f"{due.due:%Y-%m-%d}", why=due.why
            )
            yield Breach(due.steps, text, due.who)


def dues(rule: Rule, record: Record, world: World) -> Iterator[Due]:
    """When it is to be done next."""
    try:
        yield from _dues(rule, record, world)
    except UnknownYearError:
        return


def _dues(rule: Rule, record: Record, world: World) -> Iterator[Due]:
    held = world.held(rule.keys["every"], record)
    length = duration(held.value)
    times = [each for each in map(moment, _done(rule, record, world)) if each is not None]
    last = max(times, key=lambda each: each.at, default=None) or moment(record.values.get(rule.keys.get("since", "")))
    if last is None or length is None:
        return
    start = Moment(last.at, is_day=True)
    due = Moment(world.calendar_of(record, rule.who).end(start.at, length), is_day=True).end
    yield Due(("number",), ("number",), rule.says, start, due, None, held.why, rule.who)


def _done(rule: Rule, record: Record, world: World) -> Iterator[str]:
    key, condition = rule.keys["date"], rule.keys.get("where", "")
    if "of" not in rule.keys:
        table = rule.keys["rows"]
        for row in record.values.get(table, ()):
            if key in row and (not condition or world.holds(condition, record, row, table) is True):
                yield row[key]
        return
    for other in world.referring(rule.keys["of"], rule.keys["link"], record.number):
        if key in other.values and (not condition or world.holds(condition, other) is True):
            yield other.values[key]


KIND = Kind(
    keys={
        "every": "setting",
        "of": "form",
        "link": "link",
        "date": "other-moment",
        "since": "moment",
        "where": "other-condition",
        "rows": "table",
    },
    required=frozenset({"every", "date"}),
    alternatives=(frozenset({"of", "link"}), frozenset({"rows"})),
    check=check,
    dues=dues,
)
