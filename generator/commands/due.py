"""`wenkong due`: what is overdue, due today and due soon, recurring duties included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator import agenda, load, rulebook
from generator.calendar import UnknownYearError
from generator.durations import duration
from generator.errors import GeneratorError
from generator.rulebook import Duty
from generator.terms import Language
from generator.terms import rules as words
from generator.world import World

FORMATS = ("text", "json", "ics", "xlsx")


def run(
    root: Path,
    *,
    person: str,
    department: str,
    within: str,
    now: datetime,
    form: str,
    output: Path | None,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Show the open duties, soonest first; 1 if any is overdue.

    Raises:
        GeneratorError: `within` is no length of time, or a table for Excel has no file to go to.
    """
    seen = rulebook.world(load.library(root), now)
    duties = chosen(seen, person=person, department=department, within=within)
    content = agenda.written(duties, seen, form, language)
    if output is not None:
        output.write_bytes(content)
    elif form == "xlsx":
        raise GeneratorError(words.NEEDS_FILE)
    else:
        say(content.decode("utf-8").rstrip("\n"))
    return 1 if any(each.due.due < seen.now for each in duties) else 0


def chosen(seen: World, *, person: str, department: str, within: str) -> tuple[Duty, ...]:
    """The open duties of a person or department until so long from now, soonest first.

    Raises:
        GeneratorError: `within` is no length of time, or reaches into a year without a calendar.
    """
    last = _until(seen, within) if within else datetime.max  # noqa: DTZ901  times here are local
    found = [
        each
        for each in rulebook.duties(seen)
        if each.due.due <= last
        and (not person or agenda.is_for(each, person, seen))
        and (not department or agenda.is_of(each, department, seen))
    ]
    return tuple(sorted(found, key=lambda each: (each.due.due, each.record.number, each.rule.id)))


def _until(seen: World, within: str) -> datetime:
    length = duration(within)
    if length is None:
        raise GeneratorError(words.NO_DURATION.format(value=within))
    try:
        return seen.calendar.end(seen.now, length)
    except UnknownYearError as error:
        raise GeneratorError(words.UNKNOWN_YEAR.format(year=error.year)) from error
