"""Open duties written out: as text, JSON, a calendar and a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator import calendarfile, columns, table
from generator.rulebook import Duty
from generator.terms import Language, Text
from generator.terms import rules as words
from generator.world import World


def actor(duty: Duty, seen: World) -> str:
    """The key of who must act: what stands in that field of the record, or a department or role; empty for none."""
    is_field = duty.due.who in seen.form(duty.record).by_key
    return str(duty.record.values.get(duty.due.who, "")) if is_field else duty.due.who


def is_for(duty: Duty, person: str, seen: World) -> bool:
    """Whether a duty is a person's own, or that of a role or department of theirs."""
    key = actor(duty, seen)
    return bool(key) and seen.is_one_of(person, (key,))


def is_of(duty: Duty, department: str, seen: World) -> bool:
    """Whether a duty is a department's, or that of somebody in it."""
    key = actor(duty, seen)
    role = seen.library.records.get("roles", {}).get(key)
    home = str(role.values.get("department", "")) if role else ""
    return department in {key, seen.department(key), seen.doing(key), home} - {""}


def left(duty: Duty, seen: World) -> Text:
    """How long there is."""
    if duty.due.due < seen.now:
        return words.LEFT_OVERDUE
    days = (duty.due.due.date() - seen.now.date()).days
    return words.LEFT_DAYS.format(days=days) if days else words.LEFT_TODAY


def sentence(duty: Duty, seen: World) -> Text:
    """A duty on one line."""
    return words.DUE_LINE.format(
        due=f"{duty.due.due:%Y-%m-%d %H:%M}",
        left=left(duty, seen),
        record=duty.record.number,
        what=duty.due.what,
        rule=duty.rule.id,
        clause=duty.rule.clause,
        who=actor(duty, seen) or "-",
        why=duty.due.why,
    )


def row(duty: Duty, seen: World) -> dict[str, Any]:
    """A duty as plain values."""
    return {
        "due": f"{duty.due.due:%Y-%m-%d %H:%M}",
        "overdue": duty.due.due < seen.now,
        "record": duty.record.number,
        "path": duty.record.path,
        "form": duty.record.form,
        "what": {"zh": duty.due.what.zh, "en": duty.due.what.en},
        "why": {"zh": duty.due.why.zh, "en": duty.due.why.en},
        "who": actor(duty, seen),
        "rule": duty.rule.id,
        "clause": duty.rule.clause,
    }


def written(duties: Sequence[Duty], seen: World, form: str, language: Language) -> bytes:
    """The duties in one of the forms text, json, ics, xlsx."""
    if form == "json":
        return json.dumps([row(each, seen) for each in duties], ensure_ascii=False, indent=2).encode()
    if form == "ics":
        return calendarfile.written([_event(each, language) for each in duties], seen.calendar.zone, seen.now)
    lines = [_line(each, seen, language) for each in duties]
    if form == "xlsx":
        return table.workbook([each.within(language) for each in words.DUE_COLUMNS], lines)
    return _text(lines, duties, seen, language).encode()


def _line(duty: Duty, seen: World, language: Language) -> list[str]:
    return [
        f"{duty.due.due:%Y-%m-%d %H:%M}",
        left(duty, seen).within(language),
        duty.record.number,
        duty.due.what.within(language),
        actor(duty, seen) or "-",
        duty.rule.id,
        duty.rule.clause,
        duty.due.why.within(language),
    ]


def _text(lines: list[list[str]], duties: Sequence[Duty], seen: World, language: Language) -> str:
    if not lines:
        return words.DUE_NOTHING.within(language)
    overdue = sum(each.due.due < seen.now for each in duties)
    today = sum(each.due.due.date() == seen.now.date() and each.due.due >= seen.now for each in duties)
    summary = words.DUE_SUMMARY.format(overdue=overdue, today=today, later=len(lines) - overdue - today)
    return "\n".join([*columns.padded(lines), summary.within(language)])


def _event(duty: Duty, language: Language) -> calendarfile.Event:
    title = f"{duty.record.number} {duty.due.what.within(language)}"
    about = f"[{duty.rule.id}] {duty.rule.clause} {duty.due.why.within(language)}"
    return calendarfile.Event(
        f"{duty.record.number}-{duty.rule.id}-{duty.due.steps[-1]}-{len(duty.due.steps)}", duty.due.due, title, about
    )
