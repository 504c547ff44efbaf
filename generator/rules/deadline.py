"""deadline: something is done within a set time after something else or by a date on the form, or still is valid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from generator.calendar import UnknownYearError
from generator.durations import Duration, duration
from generator.formulas import Moment, is_in_time, moment
from generator.model import Record, Rule
from generator.rules.base import Breach, Due, Kind, Scope, as_list, scopes
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World

WORKING = frozenset({"wd", "wh"})


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """Late, or open after its limit."""
    for scope in scopes(rule, record):
        try:
            due = _due(rule, scope, world)
        except UnknownYearError as error:
            steps = scope.steps(rule.keys.get("to", rule.keys["from"]), world.form(record))
            yield Breach(steps, words.UNKNOWN_YEAR.format(year=error.year))
            continue
        if due is not None:
            yield from _judged(due, world) if "to" in rule.keys else _run_out(due, world)


def dues(rule: Rule, record: Record, world: World) -> Iterator[Due]:
    """Every limit that runs or ran."""
    for scope in scopes(rule, record):
        try:
            due = _due(rule, scope, world)
        except UnknownYearError:
            continue
        if due is not None:
            yield due


def _run_out(due: Due, world: World) -> Iterator[Breach]:
    if world.now > due.due:
        yield Breach(due.origin, words.RUN_OUT.format(what=due.what, due=_time(due.due)), due.who)


def _judged(due: Due, world: World) -> Iterator[Breach]:
    by_day = due.start.is_day
    if due.done is None:
        if world.now > due.due:
            text = words.OVERDUE.format(what=due.what, due=_time(due.due), why=due.why)
            yield Breach(due.origin, text, due.who)
    elif _is_before(due.done, due.start):
        yield Breach(due.steps, words.BACKWARDS.format(what=due.what, done=_said(due.done), start=_said(due.start)))
    elif not is_in_time(due.done, due.due, by_day=by_day):
        text = words.LATE.format(what=due.what, done=_said(due.done), due=_time(due.due), why=due.why)
        yield Breach(due.steps, text, due.who)


def _due(rule: Rule, scope: Scope, world: World) -> Due | None:
    form = world.form(scope.record)
    start = moment(scope.value(rule.keys["from"], form)) if "from" in rule.keys else None
    limit = _limit(rule, scope, world, start)
    if limit is None:
        return None
    due, why = limit
    if _is_excused(rule, scope, world):
        return None
    target = rule.keys.get("to") or _first(rule, scope, world)
    label = scope.label(target, form)
    return Due(
        steps=scope.steps(target, form),
        origin=scope.steps(rule.keys.get("from", target), form),
        what=words.IN_ROW.format(label=label, row=scope.position + 1) if scope.table else label,
        start=start or Moment(datetime.min, is_day=False),  # noqa: DTZ901  times here are local
        due=due,
        done=moment(scope.value(target, form)) if "to" in rule.keys else None,
        why=why,
        who=rule.who,
    )


def _first(rule: Rule, scope: Scope, world: World) -> str:
    """The first date on the form that is filled, or the first."""
    named = [str(each) for each in as_list(rule.keys["due"])]
    return next((each for each in named if scope.value(each, world.form(scope.record)) is not None), named[0])


def _limit(rule: Rule, scope: Scope, world: World, start: Moment | None) -> tuple[datetime, Text] | None:
    form = world.form(scope.record)
    for key in as_list(rule.keys.get("due", [])):
        named = moment(scope.value(key, form))
        if named is not None:
            return named.end, words.BY_FIELD.format(label=scope.label(key, form))
    if start is None or "within" not in rule.keys:
        return None
    held = world.held(rule.keys["within"], scope.record)
    length = duration(held.value)
    if length is None:
        return None
    due = _paused(rule, scope, world, start=start, length=length)
    if due is None:
        return None
    return (
        datetime.combine(due, datetime.max.time().replace(second=0, microsecond=0)) if start.is_day else due
    ), held.why


def _paused(rule: Rule, scope: Scope, world: World, *, start: Moment, length: Duration) -> datetime | None:
    """The limit, moved by the time that the clock stood; None while it stands."""
    calendar = world.calendar_of(scope.record, rule.who)
    due = calendar.end(start.at, length)
    for begin, end in _pauses(rule, scope, world):
        if begin is None or begin.at >= due or begin.at < start.at:
            continue
        if end is None:
            return None
        if length.unit in WORKING:
            due = calendar.end(due, Duration(calendar.working_days(begin.at.date(), end.at.date()), "wd"))
        else:
            due += max(calendar.elapsed(begin.at, end.at), timedelta(0))
    return due


def _pauses(rule: Rule, scope: Scope, world: World) -> Iterator[tuple[Moment | None, Moment | None]]:
    form = world.form(scope.record)
    for each in rule.keys.get("pauses", ()):
        if "rows" in each:
            for row in scope.record.values.get(each["rows"], ()):
                yield moment(row.get(each["from"])), moment(row.get(each["to"]))
        else:
            yield moment(scope.value(each["from"], form)), moment(scope.value(each["to"], form))


def _is_excused(rule: Rule, scope: Scope, world: World) -> bool:
    excuse: Any = rule.keys.get("unless", "")
    return bool(excuse) and world.holds(excuse, scope.record, scope.row, scope.table) is True


def _is_before(one: Moment, other: Moment) -> bool:
    return one.at.date() < other.at.date() if one.is_day or other.is_day else one.at < other.at


def _said(when: Moment) -> str:
    return f"{when.at:%Y-%m-%d}" if when.is_day else _time(when.at)


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


KIND = Kind(
    keys={
        "from": "moment",
        "to": "moment",
        "within": "setting",
        "due": "moments",
        "rows": "table",
        "unless": "condition",
        "pauses": "pauses",
    },
    required=frozenset(),
    alternatives=(frozenset({"from", "within", "to"}), frozenset({"due"})),
    check=check,
    dues=dues,
)
