"""Every rule asked of every record: what is wrong, and what is due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from generator import calendars, definitions, expressions, ledgercheck, states, yamlfile
from generator.expressions import Expression, Reading
from generator.linked import Indexed, Links
from generator.model import Finding, Form, Kind, Library, Record, Rule
from generator.remembered import Memory
from generator.rules.base import Breach, Due
from generator.rules.kinds import KINDS
from generator.settings import FIELD, Overlay
from generator.stopwatch import Stopwatch
from generator.terms import Text, usage
from generator.terms import rules as words
from generator.world import ELSEWHERE, FUNCTIONS, Ask, Given, World

CLOCK = "today"
BY_DAY = re.compile(r"day\(today\)|, ?today ?[,)]")
"""Where a function is given the present moment, it says until when its answer holds."""
Key = tuple[str, int]
"""A rule by its form and its place there."""
CANNOT = (TypeError, KeyError, RuntimeError)
"""What an expression raises on values that it was not made for."""
LATER = timedelta(microseconds=1)
"""A limit passes when its last minute is over."""


@dataclass(frozen=True)
class Duty:
    """Something to be done on a record by a time, with the rule that says so."""

    rule: Rule
    record: Record
    due: Due


def world(
    library: Library, now: datetime, in_force: Mapping[str, str] | None = None, links: Links | None = None
) -> World:
    """What the rules look at. A time with a zone is taken to the organisation's."""
    if now.tzinfo is not None:
        now = now.astimezone(calendars.zone(library)).replace(tzinfo=None)
    readings = cache(lambda key: _reading(library.forms[key]))

    def read_once(form: Form, name: Given, function: Given) -> Ask:
        return readings(form.key).answers(name, function)

    return World(
        library, now, calendars.of(library), _evaluate, read_once, links or Indexed(library), _line, in_force or {}
    )


def _line(overlay: Overlay) -> int:
    return yamlfile.place(overlay.record.source.marks, overlay.steps)[0]


def _evaluate(text: str, name: Given, function: Given) -> object:
    return expressions.value(expressions.compiled(text), name, function)


def _reading(form: Form) -> Reading:
    """The conditions under which a form's rules ask, as far as they read nothing but fields: all records need them.

    Tables and other records are read for the few that do.
    """
    tables = {each.key for each in form.fields if each.kind is Kind.ROWS}
    return Reading(
        each for each in _conditions(form) if each.functions <= FUNCTIONS - ELSEWHERE and not each.names & tables
    )


def _conditions(form: Form) -> Iterator[Expression]:
    for text in {rule.when for rule in form.rules} - {""}:
        with suppress(expressions.ExpressionError):
            yield expressions.compiled(text)


def findings(
    seen: World,
    records: Iterable[Record] | None = None,
    memory: Memory | None = None,
    watch: Stopwatch | None = None,
) -> Iterator[Finding]:
    """What the rules find on these records, or on all. Rules that are not well made ask nothing.

    With a memory only those records are judged for which something has changed that their findings hang on; a watch
    is told which rules and records took how long.
    """
    asked = tuple(seen.library.every() if records is None else records)
    broken = memory.broken if memory else None
    if broken is None:
        broken = _broken(seen, None if records is None else frozenset(record.form for record in asked))
    if memory:
        memory.broken = broken
    restless = hasty(seen.library) if memory else frozenset[Key]()
    for record in asked:
        form = seen.library.forms[record.form]
        accepted = frozenset(row["rule"] for row in record.values.get("accepted", ()))
        rules = [
            rule
            for rule in seen.asking(form, record.values.get("state"))
            if rule.id not in accepted and (form.key, rule.position) not in broken
        ]
        if memory is None:
            yield from _asked(rules, record, seen, watch)
            yield from _demanded(form, record, seen)
            yield from _unsigned(form, record, seen)
        else:
            lasting = [rule for rule in rules if (form.key, rule.position) not in restless]
            yield from _remembered(lasting, record, seen, memory, watch)
            yield from _asked([rule for rule in rules if (form.key, rule.position) in restless], record, seen, watch)


def _asked(rules: Sequence[Rule], record: Record, seen: World, watch: Stopwatch | None) -> Iterator[Finding]:
    if rules:
        seen.look_at(record)
    for rule in rules:
        yield from _judged(rule, record, seen) if watch is None else _timed(rule, record, seen, watch)


def _timed(rule: Rule, record: Record, seen: World, watch: Stopwatch) -> tuple[Finding, ...]:
    by_record = watch.beside(usage.SLOWEST_RECORDS, record.number, usage.WHOLE)
    with by_record, watch.beside(usage.SLOWEST_RULES, rule.id, usage.WHOLE):
        return tuple(_judged(rule, record, seen))


def _remembered(
    rules: Sequence[Rule], record: Record, seen: World, memory: Memory, watch: Stopwatch | None
) -> tuple[Finding, ...]:
    found, form = memory.recalled(record, seen), seen.form(record)
    if found is None:
        with seen.listening() as notes:
            asked = _asked(rules, record, seen, watch)
            found = (*asked, *_demanded(form, record, seen), *_unsigned(form, record, seen))
            limits = [notes.until, _until(rules, record, seen)]
        until = min((each for each in limits if each is not None), default=None)
        memory.remember(record, seen, notes.given, until, found)
    return found


def hasty(library: Library) -> frozenset[Key]:
    """The rules that read the clock themselves, so that nobody knows until when an answer of theirs holds."""
    return frozenset(
        (form.key, rule.position)
        for form in library.forms.values()
        for rule in form.rules
        if CLOCK in BY_DAY.sub("", f"{rule.when} {rule.keys}")
    )


def _until(rules: Iterable[Rule], record: Record, seen: World) -> datetime | None:
    """The next moment at which a time limit passes that is still open; None where there is none."""
    open_ones = (each for rule in rules for each in _limits(rule, record, seen) if each.done is None)
    return min((each.due + LATER for each in open_ones if each.due >= seen.now), default=None)


def _limits(rule: Rule, record: Record, seen: World) -> tuple[Due, ...]:
    """The time limits that a rule sets; none where it cannot be evaluated, which is a finding already."""
    dues = KINDS[rule.kind].dues
    try:
        return tuple(dues(rule, record, seen)) if dues is not None and seen.applies(rule, record) else ()
    except CANNOT:
        return ()


def _broken(seen: World, forms: frozenset[str] | None = None) -> frozenset[Key]:
    return frozenset(
        (key, int(steps[2]))
        for key, steps, rule, _ in definitions.faults(seen.library, forms)
        if rule == "rule.definition" and steps[:2] == ("x-form", "rules")
    )


def defined(library: Library) -> Iterator[Finding]:
    """What is wrong with rules, settings, flows and calendars themselves, and with what people set."""
    for key, steps, rule, text in definitions.faults(library):
        form = library.forms[key]
        yield Finding(form.path, *yamlfile.place(form.marks, steps), rule, text)
    yield from ledgercheck.findings(library)
    yield from definitions.set_by_people(library)
    yield from definitions.accepted(library, library.every())
    yield from calendars.faults(library)


def _judged(rule: Rule, record: Record, seen: World) -> Iterator[Finding]:
    try:
        if seen.applies(rule, record):
            for breach in KINDS[rule.kind].check(rule, record, seen):
                yield _finding(rule, record, breach)
    except CANNOT as error:
        form = seen.library.forms[record.form]
        if _points_nowhere(form, record, seen):
            return
        reason = str(error).splitlines()[0]
        text = words.CANNOT_EVALUATE.format(id=rule.id, reason=f"{record.number}: {reason}")
        yield Finding(form.path, 1, 1, "rule.expression", text)


def _points_nowhere(form: Form, record: Record, seen: World) -> bool:
    """Whether a reference leads to no record that could be read: then that is what is wrong, and not the rule."""
    named = (record.values.get(each.key) for each in form.fields if each.kind is Kind.REFERENCE)
    return any(seen.record(each) is None for each in named if each is not None)


def _finding(rule: Rule, record: Record, breach: Breach) -> Finding:
    line, column = yamlfile.place(record.source.marks, breach.steps)
    text = words.SAYS.format(says=rule.says, what=breach.what)
    return Finding(record.path, line, column, rule.id, text, rule.severity, rule.clause, breach.who or rule.who)


def _demanded(form: Form, record: Record, seen: World) -> Iterator[Finding]:
    """Fields that the customer demands on its records."""
    for overlay in seen.settings.overlays_on(record):
        key = overlay.name.partition(".")[2]
        is_ours = overlay.kind == FIELD and overlay.name == f"{form.key}.{key}" and key in form.by_key
        if is_ours and record.values.get(key) in (None, [], ""):
            text = words.CUSTOMER_FIELD.format(label=form.by_key[key].label, record=_cited(overlay))
            yield Finding(record.path, 1, 1, "customer.field", text, clause=overlay.record.number)


def _unsigned(form: Form, record: Record, seen: World) -> Iterator[Finding]:
    """Signatures that the customer demands, once the record has come to its end."""
    if not states.is_final(form, record.values.get("state", "")):
        return
    for overlay in seen.settings.signatures(record):
        role = overlay.name.partition(".")[2]
        if not seen.signers(record, role):
            label = next((each.label for each in form.signatures if each.role == role), Text(role, role))
            text = words.CUSTOMER_SIGNATURE.format(label=label, record=_cited(overlay))
            yield Finding(record.path, 1, 1, "customer.signature", text, clause=overlay.record.number, who=role)


def _cited(overlay: Overlay) -> Text:
    clause = str(overlay.record.values.get(overlay.form.clause, ""))
    said = f"{overlay.record.number} {clause}".strip()
    return Text(said, said)


def duties(seen: World, records: Iterable[Record] | None = None) -> Iterator[Duty]:
    """Every clock that runs on these records, or on all; what is done is left out."""
    broken = _broken(seen)
    for record in seen.library.every() if records is None else records:
        form = seen.library.forms[record.form]
        for rule in seen.asking(form, record.values.get("state")):
            dues = KINDS[rule.kind].dues if (form.key, rule.position) not in broken else None
            if dues is not None and seen.applies(rule, record):
                yield from (Duty(rule, record, due) for due in dues(rule, record, seen) if due.done is None)


def judged(
    library: Library,
    now: datetime,
    in_force: Mapping[str, str] | None = None,
    memory: Memory | None = None,
    watch: Stopwatch | None = None,
) -> Library:
    """The library with what its rules find at this moment, and what is wrong with the rules."""
    seen = world(library, now, in_force)
    found = {*library.findings, *defined(library), *findings(seen, memory=memory, watch=watch)}
    ordered = sorted(found, key=lambda each: (each.path, each.line, each.column, each.rule, each.message.en))
    return replace(library, findings=tuple(ordered))
