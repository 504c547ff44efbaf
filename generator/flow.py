"""The way of a record through its states: who may go where, and whether history went so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import conditions, formulas, states
from generator.model import Form, Library, Record, Transition
from generator.pieces import QUOTED
from generator.terms import Language, Text
from generator.terms import rules as words
from generator.wording import Printer
from generator.world import FUNCTIONS, World

NAMED_IN = ("departments", "roles", "people")
"""Where a mover's name is found by its key."""
PATH, AUTHOR, ENDED, GUARD = "state.path", "state.author", "state.ended", "state.guard"
"""What history can find: a way that the flow does not allow, a commit by nobody we know, a change after the end; and
a state written by hand, not committed yet, whose guard is not met."""
FOREIGN = FUNCTIONS - formulas.OF_VALUES.keys() | {"today"}
"""What makes a guard hang on more than its record, so that it may have been met and not be any more, or the reverse."""


@dataclass(frozen=True)
class Step:
    """One change of state; `start` is empty at the first, `who` is a person's key, or an e-mail nobody here has."""

    start: str
    end: str
    who: str
    commit: str
    when: str


def title(form: Form, state: str) -> Text:
    """A state in words."""
    return next((each.label for each in form.states if each.key == state), Text(state, state))


def movers(way: Transition, record: Record) -> tuple[str, ...]:
    """Who may take a way: keys of people, departments and roles, a field of the record read as what stands in it."""
    named = (record.values.get(each, each) for each in way.by)
    return tuple(str(each) for each in named)


def named(way: Transition, record: Record, world: World) -> Text:
    """The same with their names beside the keys."""
    said = [_named(key, world) for key in movers(way, record)]
    return Text("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def _named(key: str, world: World) -> Text:
    for kept in NAMED_IN:
        found = world.library.records.get(kept, {}).get(key)
        if found is not None:
            form = world.library.forms[kept]
            zh, en = (Printer(world.library, each).name(form, found) for each in (Language.ZH, Language.EN))
            return Text(f"{zh} ({key})", f"{en} ({key})")
    return Text(key, key)


def may(way: Transition, record: Record, person: str, world: World) -> bool:
    """Whether a person may take a way."""
    return world.is_one_of(person, movers(way, record))


def is_open(way: Transition, record: Record, world: World) -> bool:
    """Whether the guard of a way is met; an undecided one is not."""
    return not way.when or world.holds(way.when, record) is True


def is_own(guard: str) -> bool:
    """Whether a guard looks at nothing but the record that it guards."""
    return not FOREIGN & set(conditions.WORD.findall(QUOTED.sub("", guard)))


def faults(record: Record, path: Iterable[Step], world: World) -> Iterator[tuple[str, Text]]:
    """What is wrong with the way of a record, by rule. It may begin in any state: older records are taken over so."""
    form, people = world.form(record), world.library.records.get("people", {})
    for step in path:
        if not step.start or step.start == step.end:
            continue
        way = states.between(form, step.start, step.end)
        said = {"start": title(form, step.start), "end": title(form, step.end), "commit": step.commit or "…"}
        if way is None:
            yield PATH, words.HISTORY_JUMP.format(**said)
        elif step.who and not may(way, record, step.who, world):
            rule = PATH if step.who in people else AUTHOR
            yield rule, words.HISTORY_MOVER.format(**said, who=step.who, by=named(way, record, world))
        elif not step.commit and is_own(way.when):
            wanted = [each.what for each in conditions.wants(way.when, record, world)]
            if wanted:
                what = conditions.joined(wanted[: conditions.SHOWN], words.ALSO)
                yield GUARD, words.NOT_YET.format(**said, what=what)


def people_by_email(library: Library) -> Mapping[str, str]:
    """The keys of people by their e-mail."""
    people = library.records.get("people", {})
    return {str(each.values.get("email", "")).lower(): number for number, each in people.items()}


def ways(form: Form, state: str) -> Text:
    """The states that a record can go to, as one line of titles and keys."""
    ends = [(title(form, each.end), each.end) for each in states.leaving(form, state)]
    zh, en = (
        "、".join(f"{each.zh} ({key})" for each, key in ends),
        ", ".join(f"{each.en} ({key})" for each, key in ends),
    )
    return Text(zh or "-", en or "-")
