"""Whether a rule is well made: its kind, its keys, and the fields, settings, forms and states that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator import hints
from generator.model import Field, Form, Kind, Library, Rule
from generator.rules.base import Steps, as_list
from generator.rules.kinds import KINDS
from generator.settings import Settings
from generator.terms import Text
from generator.terms import rules as words
from generator.world import NAMES

TIMES = frozenset({Kind.DATE, Kind.DATETIME})
Fault = tuple[Steps, Text]
Conditions = Callable[[str, Form, str], Iterator[Text]]
"""Finds what is wrong with an expression over the fields of a form and the columns of one of its tables."""


@dataclass(frozen=True)
class Shape:
    """A rule of a form, among the other definitions."""

    rule: Rule
    form: Form
    library: Library
    settings: Settings
    conditions: Conditions

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the rule; steps start at the rule."""
        kind = KINDS.get(self.rule.kind)
        if kind is None:
            hint = hints.similar(self.rule.kind, KINDS)
            yield ("kind",), words.UNKNOWN_KIND.format(kind=self.rule.kind, hint=hint)
            return
        keys = self.rule.keys
        for key in keys:
            if key not in kind.keys:
                hint = hints.similar(key, kind.keys)
                yield (key,), words.UNKNOWN_KEY.format(kind=self.rule.kind, key=key, hint=hint)
        lacking = kind.required - set(keys)
        if not lacking and kind.alternatives and not any(each <= set(keys) for each in kind.alternatives):
            said = " / ".join(", ".join(sorted(each)) for each in kind.alternatives)
            yield (), words.MISSING_KEY.format(kind=self.rule.kind, keys=said)
        elif lacking:
            yield (), words.MISSING_KEY.format(kind=self.rule.kind, keys=", ".join(sorted(lacking)))
        yield from self._common()
        if self.is_asleep():
            return
        for key, what in kind.keys.items():
            if key in keys:
                yield from (((key, *steps), text) for steps, text in self._key(what, keys[key]))

    def is_asleep(self) -> bool:
        """Whether the rule speaks of forms that are not kept here."""
        return not all(each in self.library.forms for each in self.rule.needs_forms)

    def _common(self) -> Iterator[Fault]:
        yield from (((*("at",), position), text) for position, text in self._states(self.form, self.rule.at))
        if self.rule.when and not self.is_asleep():
            yield from ((("when",), text) for text in self.conditions(self.rule.when, self.form, ""))

    def _states(self, form: Form | None, keys: Any) -> Iterator[tuple[int, Text]]:
        known = {each.key for each in form.states} if form else set()
        for position, key in enumerate(as_list(list(keys) if isinstance(keys, tuple) else keys)):
            if form is not None and key not in known:
                yield position, words.UNKNOWN_STATE.format(key=key, hint=hints.similar(str(key), known))

    def _key(self, what: str, value: Any) -> Iterator[Fault]:
        check: Callable[[Any], Iterator[Fault]] = {
            "moment": lambda each: self._one(each, TIMES, ()),
            "moments": lambda each: self._paths(each, TIMES),
            "paths": lambda each: self._paths(each, frozenset(Kind)),
            "reference": lambda each: self._path(each, frozenset({Kind.REFERENCE}), ()),
            "groups": self._groups,
            "pauses": self._pauses,
            "table": self._table,
            "column": self._column,
            "setting": self._setting,
            "list-or-setting": lambda each: self._setting(each) if isinstance(each, str) else iter(()),
            "form": self._form,
            "link": lambda each: self._other_path(each, self.rule.keys.get("of", "")),
            "other-moment": self._other_moment,
            "other-path": self._any_target_path,
            "other-states": self._target_states,
            "other-condition": self._other_condition,
            "condition": self._condition,
            "number": self._number,
            "limit": self._number,
            "states": lambda each: (((position,), text) for position, text in self._states(self.form, each)),
        }.get(what, lambda _: iter(()))
        yield from check(value)

    @property
    def _rows(self) -> str:
        table = self.rule.keys.get("rows", "")
        return table if isinstance(table, str) and table in self.form.by_key else ""

    def _field(self, path: str) -> Field | None:
        if self._rows and path in self.form.by_key[self._rows].column_by_key:
            return self.form.by_key[self._rows].column_by_key[path]
        return field_at(self.form, path)

    def _path(self, path: Any, kinds: frozenset[Kind], steps: Steps) -> Iterator[Fault]:
        if path in NAMES and (path == "created_on" or kinds == frozenset(Kind)):
            return
        field = self._field(path) if isinstance(path, str) else None
        if field is None:
            yield steps, words.UNKNOWN_FIELD.format(path=path, hint=hints.similar(str(path), self.form.by_key))
        elif field.kind not in kinds:
            yield steps, words.WRONG_FIELD.format(path=path)

    def _paths(self, paths: Any, kinds: frozenset[Kind]) -> Iterator[Fault]:
        for position, path in enumerate(as_list(paths)):
            yield from self._one(path, kinds, (position,) if isinstance(paths, list) else ())

    def _one(self, path: Any, kinds: frozenset[Kind], steps: Steps) -> Iterator[Fault]:
        """A path to one value: of a table there are many, so its columns need `rows`."""
        if "." in str(path):
            yield steps, words.NEEDS_ROWS.format(path=path)
        else:
            yield from self._path(path, kinds, steps)

    def _groups(self, groups: Any) -> Iterator[Fault]:
        for number, group in enumerate(as_list(groups)):
            for position, path in enumerate(as_list(group)):
                yield from self._path(path, frozenset({Kind.REFERENCE}), (number, position))

    def _pauses(self, pauses: Any) -> Iterator[Fault]:
        for position, pause in enumerate(as_list(pauses)):
            table = pause.get("rows", "")
            for key in ("from", "to"):
                path = f"{table}.{pause.get(key)}" if table else pause.get(key)
                yield from self._path(path, TIMES, (position, key))

    def _table(self, key: Any) -> Iterator[Fault]:
        field = self.form.by_key.get(key)
        if field is None or field.kind is not Kind.ROWS:
            yield (), words.UNKNOWN_FIELD.format(path=key, hint=hints.similar(str(key), self.form.by_key))

    def _column(self, key: Any) -> Iterator[Fault]:
        yield from self._path(f"{self.rule.keys.get('table')}.{key}", frozenset(Kind), ())

    def _setting(self, key: Any) -> Iterator[Fault]:
        if key not in self.settings.declared:
            hint = hints.similar(str(key), self.settings.declared)
            yield (), words.UNKNOWN_SETTING.format(key=key, hint=hint)

    def _form(self, key: Any) -> Iterator[Fault]:
        if key not in self.library.forms:
            yield (), words.UNKNOWN_FORM.format(key=key, hint=hints.similar(str(key), self.library.forms))

    def _other_path(self, path: Any, key: str) -> Iterator[Fault]:
        other = self.library.forms.get(key)
        if other is not None and field_at(other, str(path)) is None:
            yield (), words.UNKNOWN_FIELD.format(path=f"{key}: {path}", hint=hints.similar(str(path), other.by_key))

    def _other_moment(self, path: Any) -> Iterator[Fault]:
        if "of" in self.rule.keys:
            yield from self._other_path(path, self.rule.keys["of"])
        else:
            yield from self._path(path, TIMES, ())

    def _targets(self) -> list[Form]:
        field = field_at(self.form, str(self.rule.keys.get("field", "")))
        keys = field.refers_to + field.refers_if_kept if field else ()
        return [self.library.forms[each] for each in keys if each in self.library.forms]

    def _any_target_path(self, path: Any) -> Iterator[Fault]:
        targets = self._targets()
        if targets and not any(field_at(each, str(path)) for each in targets):
            yield (), words.UNKNOWN_FIELD.format(path=path, hint=hints.similar(str(path), targets[0].by_key))

    def _target_states(self, keys: Any) -> Iterator[Fault]:
        targets = self._targets()
        if targets:
            yield from (((position,), text) for position, text in self._states(targets[0], keys))

    def _other_condition(self, text: Any) -> Iterator[Fault]:
        others = [self.library.forms[self.rule.keys["of"]]] if self.rule.keys.get("of") in self.library.forms else []
        table = self._rows if "of" not in self.rule.keys and "field" not in self.rule.keys else ""
        form = next(iter(others or self._targets()), self.form)
        yield from (((), each) for each in self.conditions(str(text), form, table))

    def _condition(self, text: Any) -> Iterator[Fault]:
        yield from (((), each) for each in self.conditions(str(text), self.form, self._rows))

    def _number(self, value: Any) -> Iterator[Fault]:
        if isinstance(value, str) and value not in self.settings.declared and self._field(value) is None:
            yield from self._condition(value)


def field_at(form: Form, path: str) -> Field | None:
    """The field, or the column of a table, that a path names."""
    key, _, column = path.partition(".")
    field = form.by_key.get(key)
    return field.column_by_key.get(column) if field and column else field
