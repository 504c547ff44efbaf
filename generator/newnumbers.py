"""The numbers of records that a workbook adds: as written there, or the next ones of their series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator import numbering
from generator.errors import GeneratorError
from generator.merging import Addition
from generator.model import Form, Library
from generator.returned import Remark
from generator.terms import printing, reading
from generator.terms import workbooks as words

CREATED = "created_on"
Used = Callable[[str], frozenset[str]]
"""The numbers that were ever used for a form."""


@dataclass(frozen=True)
class Numbered:
    """Additions with the numbers of the records that they make or belong to, and those that can get none."""

    records: Mapping[str, Addition]
    rows: tuple[tuple[str, Addition], ...]
    faults: tuple[Remark, ...]


@dataclass
class Numbering:
    """Gives new numbers, each series counted once."""

    form: Form
    used: frozenset[str]
    given: Mapping[str, str]
    today: str
    _next: dict[str, int] = field(default_factory=dict)
    _fresh: set[str] = field(default_factory=set)

    def number(self, addition: Addition) -> str:
        """The number of a new record: the one that was written, or the next.

        Raises:
            GeneratorError: the number is used or cannot be one, or something is missing of which it is made.
        """
        pattern = numbering.pattern(self.form.pattern)
        read = pattern.read(addition.handle) if addition.handle else None
        if addition.handle and not isinstance(read, numbering.Mismatch):
            number = addition.handle
        elif not pattern.counter:
            reason = (
                read.message if isinstance(read, numbering.Mismatch) else printing.KEY_NEEDED.format(form=self.form.key)
            )
            raise GeneratorError(reason)
        else:
            number = self._counted(pattern, addition)
        if not numbering.is_safe_stem(number):
            raise GeneratorError(reading.UNSAFE_NUMBER.format(number=number))
        if number in self.used or number in self._fresh:
            raise GeneratorError(printing.NUMBER_USED.format(number=number))
        self._fresh.add(number)
        return number

    def _counted(self, pattern: numbering.Pattern, addition: Addition) -> str:
        said = {key: str(value) for key, (value, _) in addition.values.items() if isinstance(value, str)}
        day = date.fromisoformat(said.get(CREATED, self.today))
        values: dict[str, numbering.Value] = {**said, **numbering.dated(day), **self.given}
        series = pattern.series(values)
        if series not in self._next:
            self._next[series] = numbering.next_serial(pattern, self.used, values)
        number = pattern.format({**values, pattern.counter: self._next[series]})
        while number in self._fresh:
            self._next[series] += 1
            number = pattern.format({**values, pattern.counter: self._next[series]})
        self._next[series] += 1
        return number


def numbered(
    additions: Iterable[Addition], library: Library, used: Used, given: Mapping[str, str], today: str
) -> Numbered:
    """Additions with the numbers of their records; rows find theirs by what stands in the number cell."""
    every = tuple(additions)
    records: dict[str, Addition] = {}
    handles: dict[tuple[str, str], str] = {}
    faults: list[Remark] = []
    series: dict[str, Numbering] = {}
    written_first = sorted((each for each in every if not each.rows), key=lambda each: not each.handle)
    for each in written_first:
        form = library.forms[each.form]
        if form.key not in series:
            series[form.key] = Numbering(form, used(form.key), given, today)
        try:
            number = series[form.key].number(each)
        except GeneratorError as error:
            faults.append(Remark(each.place, error.text))
            continue
        records[number] = each
        handles[form.key, each.link or each.handle or number] = number
    rows = []
    for each in (one for one in every if one.rows):
        known = library.records.get(each.form, {})
        owner = handles.get((each.form, each.handle), each.handle if each.handle in known else "")
        if owner:
            rows.append((owner, each))
        else:
            faults.append(Remark(each.place, words.NO_RECORD.format(number=each.handle, hint="")))
    return Numbered(records, tuple(rows), tuple(faults))
