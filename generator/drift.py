"""What frozen figures of a report are held against: the same computed again, and the records that make a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model import Form, Values
from generator.terms import Language, Text
from generator.terms import registers as words

SHOWN = 5
"""So many places and numbers are named; of the rest it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in a record where something else is frozen than what was computed again."""

    steps: tuple[str | int, ...]
    label: Text
    kept: Any
    made: Any

    def said(self, about: Text) -> Text:
        """The difference in the words of `about`, which takes a label and both values."""
        shown = ["-" if each is None else each for each in (self.kept, self.made)]
        return about.format(label=self.label, kept=shown[0], made=shown[1])


def differences(form: Form, keys: frozenset[str], frozen: Values, again: Values) -> Iterator[Difference]:
    """Each figure of these fields that is another than what was computed again; of tables cell by cell."""
    for field in (each for each in form.fields if each.key in keys & (frozen.keys() | again.keys())):
        key, label, kept, made = field.key, field.label, frozen.get(field.key), again.get(field.key)
        if isinstance(kept, list) and isinstance(made, list):
            if len(kept) == len(made):
                yield from _cells(form, key, kept, made)
            else:
                yield Difference((key,), label, *(words.ROWS.format(count=len(each)) for each in (kept, made)))
        elif kept != made:
            yield Difference((key,), label, kept, made)


def _cells(form: Form, key: str, kept: list[Any], made: list[Any]) -> Iterator[Difference]:
    label, columns = form.by_key[key].label, form.by_key[key].column_by_key
    for place, (row, other) in enumerate(zip(kept, made, strict=True)):
        named = str(next(iter(other.values()), ""))
        for name in sorted(row.keys() | other.keys()):
            if row.get(name) != other.get(name):
                said = words.CELL.format(label=label, row=place + 1, name=named, column=columns[name].label)
                yield Difference((key, place, name), said, row.get(name), other.get(name))


def reasons(
    form: Form, places: list[Difference], before: list[Values], now: list[Values], changed: frozenset[str]
) -> Iterator[Text]:
    """Which records make the figures of these places other ones: those that came later, are gone, or were changed.

    `before` and `now` are the rows of the evidence, `changed` the numbers of all records that were.
    """
    fields = {form.by_key[str(each.steps[0])].label.within(Language.BOTH) for each in places}
    then, today = (_counted(each for each in rows if each["figure"] in fields) for rows in (before, now))
    for about, numbers in (
        (words.CAME_LATER, today - then),
        (words.NOT_COUNTED, then - today),
        (words.CHANGED_SINCE, changed & today & then),
    ):
        if numbers:
            named, rest = ", ".join(sorted(numbers)[:SHOWN]), len(numbers) - SHOWN
            more = words.AND_MORE.format(count=rest) if rest > 0 else Text("", "")
            yield about.format(count=len(numbers), numbers=Text(named + more.zh, named + more.en))


def _counted(rows: Iterable[Values]) -> frozenset[str]:
    """The numbers of the records that rows of an evidence name after their count."""
    return frozenset(number for row in rows for number in str(row["records"]).split()[1:])


def lines(places: list[Difference]) -> Iterator[Text]:
    """The first places that differ, a line each."""
    yield from (each.said(words.TODAY_GIVES) for each in places[:SHOWN])
    if len(places) > SHOWN:
        yield words.MORE_PLACES.format(count=len(places) - SHOWN)
