"""What belongs together: the records of one customer, of one case or of one stretch of time, and what stays out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator import completeness, references
from generator.model import Form, Kind, Library, Record
from generator.periods import Period
from generator.terms import Text
from generator.terms import dossier as words

CASE = "{year}"
"""A record whose number carries its year is a case; all others are standing data, at which nothing goes on."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a dossier is about: a customer, a record, a period, or a customer within a period."""

    customer: str = ""
    record: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A record that is connected and stays out, and why; `others` are the customers that must not be printed."""

    record: Record
    reason: Text
    others: tuple[str, ...] = ()

    @property
    def said(self) -> Text:
        """The reason with the customers, for those who may know them."""
        listed = f": {', '.join(self.others)}" if self.others else ""
        return Text(self.reason.zh + listed, self.reason.en + listed)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The records of a dossier by form and number, the customers whose data it holds, and what stays out."""

    records: tuple[Record, ...]
    customers: frozenset[str]
    left: tuple[Left, ...]
    doubts: tuple[Left, ...] = ()
    """What is in because it was asked for, though its text names another customer."""


@dataclass(frozen=True)
class Web:
    """Which records refer to which, and whose they are."""

    library: Library

    @cached_property
    def masters(self) -> frozenset[str]:
        """The forms that customers are kept in."""
        return frozenset(completeness.masters(self.library))

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Everything that has a sheet of its own, by form and number."""
        kept = ((form.key, form) for form in self.library.forms.values() if form.is_printed)
        return {
            number: record for key, _ in sorted(kept) for number, record in sorted(self.library.records[key].items())
        }

    @cached_property
    def targets(self) -> Mapping[str, frozenset[str]]:
        """The records that each record refers to."""
        return {number: frozenset(self._targets(record)) for number, record in self.records.items()}

    @cached_property
    def sources(self) -> Mapping[str, frozenset[str]]:
        """The records that refer to each record."""
        found: dict[str, set[str]] = {number: set() for number in self.records}
        for number, targets in self.targets.items():
            for target in targets:
                found[target].add(number)
        return {number: frozenset(each) for number, each in found.items()}

    def _targets(self, record: Record) -> Iterator[str]:
        for _, field, value in references.walk(record.values, self.form(record).by_key):
            if field.kind is Kind.REFERENCE and value != record.number:
                known = self.records.get(str(value))
                if known is not None and known.form in field.refers_to + field.refers_if_kept:
                    yield known.number

    def form(self, record: Record) -> Form:
        """The form of a record."""
        return self.library.forms[record.form]

    def is_case(self, record: Record) -> bool:
        """Whether a record tells of something that happened, so that what it is connected with belongs to it."""
        form = self.form(record)
        return CASE in form.pattern and not form.report and not form.document and record.form not in self.masters

    def neighbours(self, number: str) -> frozenset[str]:
        """What a record refers to, and what refers to it."""
        return self.targets[number] | self.sources[number]

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """The customers that each record names itself, the one that it is kept for among them."""
        return {
            number: frozenset(
                each for each in {*self.targets[number], number} if self.records[each].form in self.masters
            )
            for number in self.records
        }

    @cached_property
    def owners(self) -> Mapping[str, frozenset[str]]:
        """Whose each record is: the customers that it names, else those of all the cases that it is connected with."""
        found = dict(self.named)
        for number, record in self.records.items():
            if self.form(record).report:
                found[number] |= frozenset[str]().union(*(self.named[each] for each in self.targets[number]))
        nameless = [number for number, each in found.items() if not each and self.is_case(self.records[number])]
        seen: set[str] = set()
        for number in nameless:
            if number not in seen:
                group, owners = self._group(number, found)
                seen |= group
                found |= dict.fromkeys(group, owners)
        return found

    def _group(self, start: str, known: Mapping[str, frozenset[str]]) -> tuple[set[str], frozenset[str]]:
        """The cases that hang together and name nobody, and the customers of those round them."""
        group, waiting, owners = {start}, deque([start]), frozenset[str]()
        while waiting:
            for each in self.neighbours(waiting.popleft()) - group:
                if self.is_case(self.records[each]) and not known[each]:
                    group.add(each)
                    waiting.append(each)
                elif self.is_case(self.records[each]):
                    owners |= known[each]
        return group, owners

    def stranger(self, record: Record, own: frozenset[str]) -> Left | None:
        """The first place in which a record writes the name of another customer."""
        fields = self.form(record).by_key
        names = strangers(self.library, own)
        for _, field, value in references.walk(record.values, fields):
            if isinstance(value, str):
                found = next((number for number, name in names if name in value), None)
                if found is not None:
                    return Left(record, words.MENTIONS.format(label=field.label), (found,))
        return None


def strangers(library: Library, own: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The numbers of all other customers, each with every way in which the customer is written."""
    return tuple(
        (number, str(name))
        for key in sorted(completeness.masters(library))
        for number, other in sorted(library.records[key].items())
        if number not in own
        for name in (number, *(other.values.get(each, "") for each in completeness.NAMES))
        if name
    )


def gathered(library: Library, scope: Scope) -> Gathered:
    """The records of a dossier; with a customer, nothing of any other."""
    web = Web(library)
    reached = _reached(web, scope)
    own = frozenset({scope.customer}) if scope.customer else web.owners.get(scope.record, frozenset())
    if scope.period is not None and not scope.customer:
        every = frozenset[str]().union(*(web.owners[each] for each in reached))
        return Gathered(tuple(web.records[each] for each in reached), every, ())
    found = [(web.records[each], _reason(web, web.records[each], own, seed=scope.record)) for each in reached]
    doubts = tuple(
        why for each, why in found if why and each.number == scope.record and len(web.owners[each.number]) <= 1
    )
    inside = tuple(each for each, why in found if why is None or why in doubts)
    return Gathered(inside, own, tuple(why for _, why in found if why and why not in doubts), doubts)


def _reason(web: Web, record: Record, own: frozenset[str], *, seed: str) -> Left | None:
    """Why a record stays out; None if it may come in."""
    owners = web.owners[record.number]
    others = tuple(sorted(owners - own))
    if len(owners) > 1:
        return Left(record, words.SEVERAL, tuple(sorted(owners)))
    if others:
        return Left(record, words.OTHER, others)
    if record.number != seed and not owners and own:
        return Left(record, words.GENERAL)
    return web.stranger(record, own)


def _reached(web: Web, scope: Scope) -> tuple[str, ...]:
    """The numbers of what a dossier may hold, in the order of forms and numbers."""
    if scope.record:
        found: Iterable[str] = _connected(web, scope.record)
    elif scope.customer:
        found = (number for number in web.records if scope.customer in web.owners[number])
    else:
        found = (number for number, each in web.records.items() if web.is_case(each) or web.form(each).report)
    wanted = frozenset(found)
    return tuple(number for number, each in web.records.items() if number in wanted and _is_within(each, scope.period))


def _is_within(record: Record, period: Period | None) -> bool:
    return period is None or period.holds(str(record.values.get("created_on", ""))[:10])


def _connected(web: Web, start: str) -> set[str]:
    """What a record leads to in both directions; at standing data and at another customer the way ends."""
    own, found, waiting = web.owners[start], {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        for each in sorted(web.neighbours(here) - found):
            record = web.records[each]
            if record.form in web.masters or (not web.is_case(record) and each not in web.targets[here]):
                continue
            found.add(each)
            if web.is_case(record) and web.owners[each] == own:
                waiting.append(each)
    return found
