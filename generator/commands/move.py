"""`wenkong move`: take a record from its state to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator import files, flow, git, hints, load, report, rulebook, states, yamlfile
from generator.errors import GeneratorError
from generator.model import Finding, Form, Library, Record, Severity
from generator.terms import Language
from generator.terms import rules as words
from generator.world import World


def run(
    root: Path,
    number: str,
    state: str,
    *,
    person: str,
    now: datetime,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Write the new state into the record, if the flow, its guard, the mover and the rules allow it.

    Raises:
        GeneratorError: there is no such record, state or way, or it is not known who moves.
    """
    library = load.library(root)
    record = found(library, number)
    form = library.forms[record.form]
    seen = rulebook.world(library, now)
    here = record.values.get("state", "")
    if not form.transitions:
        raise GeneratorError(words.NO_FLOW.format(form=form.title))
    state = _key(form, state)
    if state not in {each.key for each in form.states}:
        known = [each.key for each in form.states]
        raise GeneratorError(words.UNKNOWN_STATE.format(key=state, hint=hints.similar(state, known)))
    said = {"number": number, "start": flow.title(form, here), "end": flow.title(form, state)}
    if here == state:
        raise GeneratorError(words.ALREADY.format(**said))
    way = states.between(form, here, state)
    if way is None:
        raise GeneratorError(words.NO_WAY.format(**said, ways=flow.ways(form, here)))
    mover = person or _mover(root, library)
    if not flow.may(way, record, mover, seen):
        raise GeneratorError(words.NO_MOVER.format(who=mover, by=", ".join(flow.movers(way, record))))
    if not flow.is_open(way, record, seen):
        raise GeneratorError(words.GUARD.format(**said, needs=way.needs or words.NOTHING))
    wrong = broken(record, state, seen)
    if wrong:
        say(words.BLOCKED_BY_RULES.format(**said).within(language))
        for line in report.lines(wrong, language):
            say(f"  {line}")
        return 1
    path = root / record.path
    files.write(path, yamlfile.set_value(path.read_bytes(), ("state",), state))
    say(words.MOVED.format(**said).within(language))
    return 0


def _key(form: Form, state: str) -> str:
    """The key of a state, which may be named by its title in either language."""
    titles = {word: each.key for each in form.states for word in (each.label.zh, each.label.en)}
    return titles.get(state, state)


def found(library: Library, number: str) -> Record:
    """The record of that number.

    Raises:
        GeneratorError: there is none.
    """
    record = library.record(number)
    if any(number in unread for unread in library.unread.values()):
        raise GeneratorError(words.UNREAD_RECORD.format(number=number))
    if record is None:
        known = [each for records in library.records.values() for each in records]
        raise GeneratorError(words.NO_SUCH_RECORD.format(number=number, hint=hints.similar(number, known)))
    return record


def _mover(root: Path, library: Library) -> str:
    repository = git.repository(root)
    email = repository.email() if repository else ""
    person = flow.people_by_email(library).get(email.lower(), "")
    if not person:
        raise GeneratorError(words.UNKNOWN_MOVER.format(email=email or "-"))
    return person


def broken(record: Record, state: str, seen: World) -> list[Finding]:
    """The errors that the new state brings; all errors where the flow ends there."""
    moved = replace(record, values={**record.values, "state": state})
    is_end = states.is_final(seen.form(record), state)
    before = {(each.rule, each.message.en) for each in rulebook.findings(seen, [record])}
    return [
        each
        for each in rulebook.findings(seen, [moved])
        if each.severity is Severity.ERROR and (is_end or (each.rule, each.message.en) not in before)
    ]
