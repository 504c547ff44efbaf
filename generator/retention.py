"""Which records are due for disposal, which must not be touched, and what allows one to go (ISO 9001 7.5.3.2 d)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator import references, states
from generator.formulas import values_of
from generator.model import Form, Kind, Library, Record

HOLDS, TOMBSTONES = "holds", "tombstones"
LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class Kept:
    """A record with the day until which it is kept; `hold` is the number of the legal hold that it lies under."""

    record: Record
    form: Form
    until: date
    hold: str


def later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th."""
    is_leap_day = (day.month, day.day) == LEAP_DAY
    return day.replace(year=day.year + years, day=day.day - is_leap_day)


def until(record: Record, form: Form) -> date:
    """The last day of its retention, counted from when it was begun."""
    return later(date.fromisoformat(record.values["created_on"]), form.retention_years)


def every(library: Library, today: date) -> Iterator[Kept]:
    """Each record that is kept for a time."""
    held = _held(library, today)
    for form in library.forms.values():
        for record in library.records.get(form.key, {}).values() if form.retention_years else ():
            yield Kept(record, form, until(record, form), _hold(record, form, held))


def due(library: Library, today: date) -> Iterator[Kept]:
    """Those whose time is over and that have ended, the longest overdue first; those under a hold among them."""
    over = (each for each in every(library, today) if each.until < today and _has_ended(each))
    yield from sorted(over, key=lambda each: (each.until, each.record.number))


def _has_ended(kept: Kept) -> bool:
    state = kept.record.values.get("state", "")
    return not kept.form.transitions or states.is_final(kept.form, state)


def _held(library: Library, today: date) -> dict[str, str]:
    """The numbers under a legal hold on a day, each with the number of the hold."""
    found: dict[str, str] = {}
    for hold in library.records.get(HOLDS, {}).values():
        values = hold.values
        is_over = bool(values.get("released_on")) and date.fromisoformat(values["released_on"]) <= today
        if date.fromisoformat(values["from"]) <= today and not is_over:
            found |= {row["number"]: hold.number for row in values["scope"]}
    return found


def _hold(record: Record, form: Form, held: dict[str, str]) -> str:
    if record.number in held:
        return held[record.number]
    referred = (value for _, field, value in references.walk(record.values, form.by_key) if _refers(field))
    return next((held[each] for each in referred if each in held), "")


def _refers(field: Any) -> bool:
    return bool(field.kind is Kind.REFERENCE)


def permission(library: Library, number: str) -> tuple[Record, bool] | None:
    """The record of a disposal that names this one, and whether it is approved; None where there is none.

    Which forms are records of disposals, their rows and approved states stands in their definition (`x-form.disposal`).
    """
    found = None
    for form in library.forms.values():
        block = form.schema.get("x-form", {}).get("disposal")
        for record in library.records.get(form.key, {}).values() if block else ():
            if number in values_of(record.values, f"{block['rows']}.{block['number']}"):
                is_approved = record.values.get("state", "") in block["approved"]
                found = (record, is_approved) if found is None or is_approved else found
    return found
