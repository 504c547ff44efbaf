"""`wenkong move`: take a record from its state to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator import blanks, conditions, files, flow, git, hints, load, report, rulebook, states, yamlfile
from generator.conditions import Want
from generator.errors import GeneratorError
from generator.model import Finding, Form, Library, Record, Severity
from generator.terms import Language, Text
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
    said = {"number": number, "start": flow.title(form, here), "end": flow.title(form, state)}
    if here == state:
        raise GeneratorError(words.ALREADY.format(**said))
    way = states.between(form, here, state)
    if way is None:
        raise GeneratorError(words.NO_WAY.format(**said, ways=flow.ways(form, here)))
    mover = person or _mover(root, library)
    if not flow.may(way, record, mover, seen):
        raise GeneratorError(words.NO_MOVER.format(who=mover, by=flow.named(way, record, seen)))
    wanted = conditions.wants(way.when, record, seen)
    if wanted:
        say(words.GUARD.format(**said, needs=way.needs or words.NOTHING).within(language))
        for each in missing(root, record, form, wanted):
            say(f"  {each.within(language)}")
        return 1
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


def missing(root: Path, record: Record, form: Form, wanted: Iterable[Want]) -> Iterator[Text]:
    """What a guard wants of a record, each with the line of the file where it is to be written."""
    text = (root / record.path).read_text("utf-8")
    return (blanks.sentence(each, record, form, text) for each in wanted)


def _key(form: Form, state: str) -> str:
    """The key of a state, which may be named by its title in either language.

    Raises:
        GeneratorError: there is no such state.
    """
    titles = {word: each.key for each in form.states for word in (each.label.zh, each.label.en)}
    known = [each.key for each in form.states]
    if titles.get(state, state) not in known:
        raise GeneratorError(words.UNKNOWN_STATE.format(key=state, hint=hints.similar(state, known)))
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
