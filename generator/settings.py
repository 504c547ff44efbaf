"""Figures that a company may change: what holds for a record, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from generator.durations import duration
from generator.model import Form, Kind, Library, Record, Setting
from generator.overlays import Overlays
from generator.settingvalues import SettingError, parsed
from generator.terms import Text
from generator.terms import rules as words

TABLE, KEY, VALUE = "settings", "setting", "value"
NUMBER = "number"
SETTING, FIELD, SIGNATURE, LANGUAGE, REPORT = "setting", "field", "signature", "language", "report"
SINGLE = frozenset({SETTING, LANGUAGE, REPORT})
"""Demands of which only one can hold."""
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Held:
    """What holds: the value and where it comes from, as a person says it. `record` is the customer's demand, if one."""

    value: Any
    why: Text
    record: str = ""


@dataclass(frozen=True)
class Overlay:
    """One row of a customer's demand in force."""

    record: Record
    form: Overlays
    position: int
    kind: str
    name: str
    value: str

    @property
    def customer(self) -> str:
        """The number of the customer that it holds for."""
        return str(self.record.values[self.form.customer])

    @property
    def product(self) -> str:
        """The number of the only product that it holds for; empty for all."""
        return str(self.record.values.get(self.form.product, ""))

    @property
    def since(self) -> str:
        """The first day on which it holds; empty if there is none."""
        return str(self.record.values.get(self.form.since, ""))

    @property
    def until(self) -> str:
        """The last day on which it holds; empty if there is none."""
        return str(self.record.values.get(self.form.until, ""))

    def holds_on(self, day: str) -> bool:
        """Whether it holds on a day; a day that nobody knows counts as one of them."""
        return not day or (self.since <= day and (not self.until or day <= self.until))

    @property
    def steps(self) -> Steps:
        """The steps to the row."""
        return (self.form.table, self.position)


@dataclass(frozen=True)
class Settings:
    """All settings of a library, and the demands of customers that change them."""

    library: Library
    line: Callable[[Overlay], int] = field(default=lambda _: 1, compare=False)
    """The line on which an overlay stands, for explanations."""
    today: str = ""
    """The day for which a customer's own file is asked."""

    @cached_property
    def declared(self) -> Mapping[str, tuple[Form, Setting]]:
        """Each setting with the form that declares it; the first declaration counts."""
        found: dict[str, tuple[Form, Setting]] = {}
        for form in self.library.forms.values():
            for setting in form.settings:
                found.setdefault(setting.key, (form, setting))
        return found

    @cached_property
    def company(self) -> Mapping[str, Any]:
        """What the organisation wrote, by setting."""
        return {row[KEY]: row[VALUE] for row in self.library.organization.get(TABLE, ())}

    @cached_property
    def overlays(self) -> tuple[Overlay, ...]:
        """The rows of all customers' demands in force."""
        return tuple(self._overlays())

    def _overlays(self) -> Iterator[Overlay]:
        for form in self.library.forms.values():
            about = form.overlays
            for record in self.library.records.get(form.key, {}).values() if about else ():
                if about is None or record.values.get("state") not in about.in_force:
                    continue
                for position, row in enumerate(record.values.get(about.table, ())):
                    kind, name, value = (row.get(each, "") for each in self._columns(form, about))
                    yield Overlay(record, about, position, kind, name, str(value))

    @staticmethod
    def _columns(form: Form, about: Overlays) -> tuple[str, ...]:
        return tuple(column.key for column in form.by_key[about.table].columns[:3])

    @cached_property
    def _by_customer(self) -> Mapping[str, tuple[Overlay, ...]]:
        found: dict[str, list[Overlay]] = {}
        for overlay in self.overlays:
            found.setdefault(overlay.customer, []).append(overlay)
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def _customer_fields(self) -> Mapping[str, tuple[str, ...]]:
        """By form, the fields that name a customer."""
        masters = {
            target
            for form in self.library.forms.values()
            if form.overlays
            for target in form.by_key[form.overlays.customer].refers_to
        }
        return {
            key: tuple(
                field.key for field in form.fields if field.kind is Kind.REFERENCE and masters & set(field.refers_to)
            )
            + ((NUMBER,) if key in masters else ())
            for key, form in self.library.forms.items()
        }

    def overlays_on(self, record: Record) -> tuple[Overlay, ...]:
        """The customer's demands that hold for a record: those on its customer, for all products or its own.

        They hold by the day on which the record was begun; for the customer's own file, by today.
        """
        fields = self._customer_fields.get(record.form, ())
        key = next((each for each in fields if each in record.values), "")
        number = record.values.get(key)
        if not isinstance(number, str) or number not in self._by_customer:
            return ()
        day = self.today if key == NUMBER else record.values.get("created_on", "")
        return self._holding(number, str(record.values.get("product", "")), day)

    @cached_property
    def _holding(self) -> Callable[[str, str, str], tuple[Overlay, ...]]:
        """The demands of a customer for a product on a day; the same few are asked for again and again."""

        @cache
        def found(number: str, product: str, day: str) -> tuple[Overlay, ...]:
            every = self._by_customer[number]
            return tuple(each for each in every if each.product in {"", product} and each.holds_on(day))

        return found

    def language(self, record: Record) -> str:
        """The language in which the record's customer wants its sheet; empty if no demand says so."""
        return next((each.value for each in self._wanted(LANGUAGE, record)), "")

    def signatures(self, record: Record) -> tuple[Overlay, ...]:
        """The demands for signatures on a record; each names form and role."""
        wanted = (each for each in self.overlays_on(record) if each.kind == SIGNATURE)
        return tuple(each for each in wanted if each.name.partition(".")[0] == record.form)

    def report(self, record: Record) -> str:
        """The view in which the record's customer wants its report; empty if no demand in force says so."""
        return next((each.value for each in self._wanted(REPORT, record)), "")

    def _wanted(self, kind: str, record: Record) -> Iterator[Overlay]:
        return (each for each in self.overlays_on(record) if each.kind == kind and each.name == record.form)

    def held(self, key: str, record: Record | None) -> Held:
        """What holds for a record: the customer's demand, else the organisation's figure, else the default.

        Raises KeyError for a setting that no form declares. A value that cannot be is left to another check.
        """
        setting = self.declared[key][1]
        usual = self._usual(setting)
        if record is not None:
            for overlay in self.overlays_on(record):
                if overlay.kind == SETTING and overlay.name == key:
                    try:
                        value = parsed(setting, overlay.value)
                    except SettingError:
                        continue
                    why = words.BY_CUSTOMER.format(
                        value=said(value),
                        record=overlay.record.number,
                        clause=overlay.record.values.get(overlay.form.clause, ""),
                        line=self.line(overlay),
                        usual=said(usual.value),
                    )
                    return Held(value, why, overlay.record.number)
        return usual

    @cached_property
    def _usually(self) -> dict[str, Held]:
        return {}

    def _usual(self, setting: Setting) -> Held:
        if setting.key not in self._usually:
            self._usually[setting.key] = self._without_customer(setting)
        return self._usually[setting.key]

    def _without_customer(self, setting: Setting) -> Held:
        if setting.key in self.company:
            try:
                value = parsed(setting, self.company[setting.key])
                return Held(value, words.BY_COMPANY.format(value=said(value)))
            except SettingError:
                pass
        return Held(setting.default, words.BY_DEFAULT.format(value=said(setting.default)))


def concerns(overlay: Overlay, form: Form) -> bool:
    """Whether a demand can change anything on records of a form: a rule reads the setting, or the field is its own."""
    if overlay.kind != SETTING:
        return overlay.name.partition(".")[0] == form.key
    return is_read(overlay.name, (form,))


def is_read(key: str, forms: Iterable[Form]) -> bool:
    """Whether a rule of these forms reads a setting."""
    return any(key in f"{rule.when} {rule.keys}" for form in forms for rule in form.rules)


def said(value: Any) -> Text:
    """A value in words."""
    length = duration(value)
    if length is not None:
        return length.words
    if isinstance(value, Mapping):
        value = [f"{key}: {each}" for key, each in value.items()]
    plain = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Text(plain, plain)
