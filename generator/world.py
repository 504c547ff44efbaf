"""What a rule may look at: the records and what refers to what, the people, the settings, the working time, and now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache, cached_property, partial
from typing import Any

from generator import documents, formulas, states
from generator.calendar import Calendar
from generator.documents import Document
from generator.formulas import plain
from generator.linked import Links
from generator.model import DISTRIBUTION, Form, Library, Record, Rule
from generator.notes import DEAF, SETTING, Notes
from generator.settings import Held, Overlay, Settings
from generator.signed import Signed

Given = Callable[[str, frozenset[str]], Any]
"""Gives the value or function of a name, with only these columns and fields in it."""
Evaluate = Callable[[str, Given, Given], Any]
"""Gives what an expression gives, or None for undecided; its names and functions come from two callables."""
Ask = Callable[[str, Any], Any]
"""Gives the same for a record that was read before; the second value where the expression needs more than was read."""
Read = Callable[[Form, Given, Given], Ask]
"""Reads once what the rules of a form read of a record."""
UNREAD, MINUTE = object(), timedelta(minutes=1)
DOING_DUTY, LOOKED_AT, NOTES, SITES = "department.does_duty_of", "looked at", "notes", "sites"


@dataclass(frozen=True)
class World:
    """The library at a moment. `now` is local time; `calendars` are by site, with the usual one under the empty key."""

    library: Library
    now: datetime
    calendars: Mapping[str, Calendar]
    evaluate: Evaluate
    read_once: Read
    links: Links
    line: Callable[[Overlay], int] = field(default=lambda _: 1, compare=False)
    in_force: Mapping[str, str] = field(default_factory=dict)
    """The label in force of each document, where the history was asked."""
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def settings(self) -> Settings:
        """The figures that hold."""
        return Settings(self.library, self.line, f"{self.now:%Y-%m-%d}")

    @cached_property
    def calendar(self) -> Calendar:
        """The organisation's usual working time."""
        return self.calendars[""]

    def calendar_of(self, record: Record, who: str = "") -> Calendar:
        """The working time of the site that a record names, or else of who must act, or else the usual."""
        named = (str(record.values[each]) for each in self._sites[record.form] if each in record.values)
        return self.calendars.get(next(named, "") or self._site(str(record.values.get(who, who))), self.calendar)

    @cached_property
    def _sites(self) -> Mapping[str, tuple[str, ...]]:
        """By form, the fields that name a site."""
        return {
            key: tuple(each.key for each in form.fields if SITES in each.refers_to + each.refers_if_kept)
            for key, form in self.library.forms.items()
        }

    def _site(self, who: str) -> str:
        """Where a person, a department or a role works; empty where nobody says."""
        role = self.library.records.get("roles", {}).get(who)
        home = self.department(str(role.values.get("department", "")) if role else who) or self.doing(who)
        department = self.library.records.get("departments", {}).get(home)
        return str(department.values.get("site", "")) if department else ""

    def form(self, record: Record) -> Form:
        """The form of a record."""
        return self.library.forms[record.form]

    def held(self, key: str, record: Record | None) -> Held:
        """What a setting is for a record, and why."""
        self._kept.get(NOTES, DEAF).give(SETTING, key)
        return self.settings.held(key, record)

    def asking(self, form: Form, state: Any) -> tuple[Rule, ...]:
        """The rules of a form that ask something of a record in this state, each under its condition."""
        key = ("asking", form.key, state)
        if key not in self._kept:
            self._kept[key] = tuple(
                each
                for each in form.rules
                if self.library.forms.keys() >= set(each.needs_forms)
                and (not each.at or state in states.passed(form, each.at))
            )
        found: tuple[Rule, ...] = self._kept[key]
        return found

    def applies(self, rule: Rule, record: Record) -> bool:
        """Whether the condition holds under which a rule asks."""
        return not rule.when or self.holds(rule.when, record) is True

    def holds(self, condition: str, record: Record, row: Mapping[str, Any] | None = None, table: str = "") -> Any:
        """What a condition gives on a record, or on one row of a table of it; None for undecided."""
        looked_at, ask = self._kept.get(LOOKED_AT, (None, None))
        found = ask(condition, UNREAD) if looked_at is record and not table else UNREAD
        return self._evaluated(condition, record, row, table) if found is UNREAD else found

    def look_at(self, record: Record) -> None:
        """Read once what the rules read of this record: they are about to be asked."""
        ask = self.read_once(self.form(record), partial(self.read, record), partial(self._function, record))
        self._kept[LOOKED_AT] = (record, ask)

    def _evaluated(self, condition: str, record: Record, row: Mapping[str, Any] | None, table: str) -> Any:
        from_row = row or {}
        columns = self.form(record).by_key[table].column_by_key if table else {}

        def name(key: str, within: frozenset[str]) -> Any:
            if key in columns:
                return plain(from_row.get(key), columns[key], within)
            return self.read(record, key, within)

        return self.evaluate(condition, name, partial(self._function, record))

    def read(self, record: Record, key: str, within: frozenset[str]) -> Any:
        """The value of a field as expressions see it: numbers as float, nothing as None, no rows as an empty list."""
        value = record.values.get(key)
        if isinstance(value, str):
            return value
        if key == "today":
            return self._today
        known = self.form(record).by_key.get(key)
        return plain(value, known, within) if known else value

    def whole(self, number: Any, within: frozenset[str]) -> dict[str, Any] | None:
        """Those fields of the record of that number, as expressions see them."""
        record = self.record(number)
        return self._whole(record, within) if record else None

    def _wholes(self, records: Iterable[Record], within: frozenset[str]) -> list[dict[str, Any]]:
        return [self._whole(each, within) for each in records]

    def _whole(self, record: Record, within: frozenset[str]) -> dict[str, Any]:
        keys = within & (self.form(record).by_key.keys() | {"created_on"})
        return {"number": record.number, **{each: self.read(record, each, within) for each in keys}}

    def record(self, number: Any) -> Record | None:
        """The record of that number."""
        if not isinstance(number, str):
            return None
        self._kept.get(NOTES, DEAF).give("record", number)
        return self._by_number(number)

    @contextmanager
    def listening(self) -> Iterator[Notes]:
        """Gathers what the answers to rules hang on while they are asked."""
        notes = Notes()
        self._kept[NOTES] = notes
        try:
            yield notes
        finally:
            del self._kept[NOTES]

    @cached_property
    def _today(self) -> str:
        return f"{self.now:%Y-%m-%d %H:%M}"

    def _by_day(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function that sees no more of the present moment than its day."""

        def seen(*given: Any) -> Any:
            if self._today in given:
                self._kept.get(NOTES, DEAF).end(datetime.combine(self.now.date() + timedelta(days=1), time()))
            return function(*given)

        return seen

    @cached_property
    def _by_number(self) -> Callable[[str], Record | None]:
        """Finds a record by its number; of two the one of the later form counts."""
        kept = [each for key, each in self.library.records.items() if key != DISTRIBUTION][::-1]
        return cache(lambda number: next((each[number] for each in kept if number in each), None))

    def referring(self, form: str, key: str, number: str) -> tuple[Record, ...]:
        """The records of a form whose field holds this number."""
        self._kept.get(NOTES, DEAF).give("referring", form, key, number)
        return self.links.referring(form, key, number)

    def alike(self, form: str, fields: tuple[str, ...], values: tuple[str, ...]) -> list[str]:
        """The numbers of the records of a form with these values in these fields, the first of which is filled."""
        self._kept.get(NOTES, DEAF).give("alike", form, fields, values)
        return self.links.alike(form, fields, values)

    def department(self, key: Any) -> str:
        """The department of a person, or the department itself; empty for neither."""
        person = self.library.records.get("people", {}).get(key)
        if person is not None:
            return str(person.values.get("department", ""))
        return str(key) if key in self.library.records.get("departments", {}) else ""

    def doing(self, duty: str) -> str:
        """The department that does the duty of another, which may be the one itself."""
        if duty in self.library.records.get("departments", {}) or DOING_DUTY not in self.settings.declared:
            return duty
        return str(self.held(DOING_DUTY, None).value.get(duty, duty))

    def has_role(self, person: Any, role: str) -> bool:
        """Whether a person holds a role."""
        record = self.library.records.get("people", {}).get(person)
        return record is not None and any(row.get("role") == role for row in record.values.get("roles", ()))

    def is_one_of(self, person: str, keys: tuple[str, ...]) -> bool:
        """Whether a person is one of these, holds one of these roles, or belongs to one of these departments."""
        department = self.department(person)
        return any(
            each == person or self.has_role(person, each) or (department and self.doing(each) == department)
            for each in keys
        )

    def signers(self, record: Record, role: str) -> list[str]:
        """Who signed a record last in a role, with whom it was signed for; empty where nobody did."""
        return [each for entry in self._signed(record, role) for each in (entry.person, entry.on_behalf_of) if each]

    def _signed(self, record: Record, role: str) -> list[Signed]:
        return [each for each in self.library.holding.get(record.number, ()) if each.role == role][-1:]

    def _function(self, record: Record, key: str, within: frozenset[str]) -> Callable[..., Any]:
        return self._functions.get(key) or self._functions_on(record, within)[key]

    def _functions_on(self, record: Record, within: frozenset[str]) -> Mapping[str, Callable[..., Any]]:
        return {
            "of": lambda number: self.whole(number, within),
            "setting": lambda key: formulas.fit(self.held(key, record).value),
            "records": lambda form, key: self._wholes(self.referring(form, key, record.number), within),
            "records_like": lambda form, key: self._wholes(
                (each for each in self.referring(form, key, record.values.get(key, "")) if each is not record), within
            ),
            "workdays": self._by_day(partial(formulas.workdays, calendar=self.calendar_of(record))),
            "within": partial(self._within, record),
            "following": partial(formulas.following, record, self.referring),
            "rank": partial(formulas.rank, record, self.referring),
            "share": partial(formulas.share, record, self.referring),
            "signers": lambda role: self.signers(record, role),
            "signed_on": lambda role: next((each.signed_at for each in self._signed(record, role)), None),
            "wanted_report": lambda: self.settings.report(record),
            "retention_years": lambda: float(self.form(record).retention_years),
        }

    @cached_property
    def _functions(self) -> Mapping[str, Callable[..., Any]]:
        return {
            **formulas.OF_VALUES,
            **{name: self._by_day(formulas.OF_VALUES[name]) for name in ("day", "days", "months")},
            "has_role": self.has_role,
            "department": lambda key: self.department(key) or None,
            "belongs": self._belongs,
            "doing": self.doing,
            "edition": self.edition,
        }

    def edition(self, number: Any) -> str | None:
        """The label in force of a document that is kept here; where the history was not asked, the one it bears."""
        document = self._documents.get(str(number))
        return self.in_force.get(str(number), document.label) if document else None

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return documents.of(self.library)

    def _belongs(self, key: Any, duties: str) -> bool | None:
        return self.department(key) in {self.doing(each) for each in duties.split()} if key else None

    def _within(self, record: Record, start: Any, end: Any, length: Any) -> bool | None:
        calendar = self.calendar_of(record)
        last = formulas.last_minute(start, length, calendar) if end == self._today else None
        if last is not None and last >= self.now:
            self._kept.get(NOTES, DEAF).end(last + MINUTE)
        return formulas.within(start, end, length, calendar)


FUNCTIONS = frozenset(
    {"setting", "records", "records_like", "retention_years", "workdays", "within", "of", "signers", "signed_on"}
    | {"wanted_report", "has_role", "department", "belongs", "doing", "edition", "following", "rank", "share"}
    | formulas.OF_VALUES.keys()
)
"""What an expression may call; rules/README.md says what each gives."""
ELSEWHERE = frozenset({"of", "records", "records_like"})
"""Those that read other records, and of them only what the expression names."""
NAMES = frozenset({"today", "number", "created_on", "state"})
