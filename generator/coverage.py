"""Which rows of the source documents are answered, and by what: a form, a field, a change of state, a rule, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import expressions
from generator.model import Field, Form, Library, Rule, Transition


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a row: `kind` of thing, the form or procedure it belongs to, its own name, and what it reads."""

    kind: str
    of: str
    name: str
    fields: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What a procedure must answer: its rows, and the rows that a rule answers by the wording of its clause alone.

    `open` are forms and rules that its text names before they are kept here, `people` those who act in it without
    being a department or a role.
    """

    procedure: str
    rows: tuple[str, ...]
    wording: Mapping[str, tuple[str, ...]]
    open: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a procedure answers its sources; `silent` are rules that its text does not name."""

    procedure: str
    rows: tuple[str, ...]
    missing: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return (len(self.rows) - len(self.missing)) * 100 // len(self.rows) if self.rows else 100


def faults(written: Any) -> tuple[str, ...]:
    """Where the file of sources is not as it should be: procedures, each with `rows` and perhaps `wording`."""
    if not isinstance(written, Mapping):
        return ("rows:",)
    wrong = []
    for procedure, about in written.items():
        if not isinstance(about, Mapping) or not _is_list(about.get("rows")):
            wrong.append(f"{procedure}: rows")
            continue
        wrong += [f"{procedure}: {key}" for key in ("open", "people") if not _is_list(about.get(key, []))]
        wording = about.get("wording", {})
        if not isinstance(wording, Mapping) or not all(map(_is_list, wording.values())):
            wrong.append(f"{procedure}: wording")
    return tuple(wrong)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def sources(written: Mapping[str, Any]) -> tuple[Sources, ...]:
    """What the file of sources says, in the order of the procedures."""
    return tuple(
        Sources(
            procedure,
            tuple(about["rows"]),
            {rule: tuple(rows) for rule, rows in about.get("wording", {}).items()},
            tuple(about.get("open", ())),
            tuple(about.get("people", ())),
        )
        for procedure, about in sorted(written.items())
    )


def answers(library: Library, wanted: tuple[Sources, ...]) -> Mapping[str, tuple[Answer, ...]]:
    """By row, everything that answers it."""
    found: dict[str, list[Answer]] = {}
    for row, answer in _all(library, wanted):
        found.setdefault(row, []).append(answer)
    return {row: tuple(dict.fromkeys(found[row])) for row in sorted(found)}


def tally(source: Sources, answered: Mapping[str, tuple[Answer, ...]], library: Library) -> Tally:
    """How much of what one procedure must answer is answered."""
    missing = tuple(row for row in source.rows if row not in answered)
    return Tally(source.procedure, source.rows, missing, tuple(_silent(source, library)))


def _silent(source: Sources, library: Library) -> Iterator[str]:
    return (rule for rule in source.wording if not _says(library, source.procedure, rule))


def _says(library: Library, procedure: str, rule: str) -> bool:
    read = library.procedures.get(procedure)
    return read is not None and f"({rule})" in read.body


def _all(library: Library, wanted: tuple[Sources, ...]) -> Iterator[tuple[str, Answer]]:
    for form in library.forms.values():
        yield from _form(form)
    for register in library.registers.values():
        yield from ((row, Answer("register", register.key, register.number)) for row in register.covers)
    for source in wanted:
        for rule, rows in source.wording.items():
            if _says(library, source.procedure, rule):
                yield from ((row, Answer("wording", source.procedure, rule)) for row in rows)


def _form(form: Form) -> Iterator[tuple[str, Answer]]:
    about = form.schema.get("x-form", {})
    yield from ((row, Answer("form", form.key, form.number)) for row in about.get("covers", ()))
    for field in form.fields:
        yield from _field(field, form, "")
    for way in form.transitions:
        yield from ((row, _way(way, form)) for row in way.covers)
    for rule in form.rules:
        answer = Answer("rule", form.key, rule.id, fields=_read(rule, form), states=rule.at)
        yield from ((row, answer) for row in rule.covers)


def _field(field: Field, form: Form, table: str) -> Iterator[tuple[str, Answer]]:
    name = f"{table}.{field.key}" if table else field.key
    yield from ((row, Answer("field", form.key, name, fields=(name,))) for row in field.covers)
    for column in field.columns:
        yield from _field(column, form, name)


def _way(way: Transition, form: Form) -> Answer:
    start = "|".join(way.start)
    return Answer("state", form.key, f"{start}>{way.end}", states=(*way.start, way.end))


def _read(rule: Rule, form: Form) -> tuple[str, ...]:
    """The fields of its form that a rule reads: in its conditions, and those that its kind names."""
    texts = [rule.when, *(value for value in rule.keys.values() if isinstance(value, str))]
    named = {each.partition(".")[0] for each in _words(list(rule.keys.values()))}
    for text in texts:
        named |= _names(text)
    return tuple(field.key for field in form.fields if field.key in named)


def _names(text: str) -> frozenset[str]:
    try:
        return expressions.compiled(text).names if text else frozenset()
    except expressions.ExpressionError:
        return frozenset()


def _words(values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _words(value)
        elif isinstance(value, Mapping):
            yield from _words(list(value))
