"""What is said of an import: every difference by its cell, as lines for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator import table
from generator.batch import Batch
from generator.merging import Change
from generator.model import Field, Finding, Library
from generator.returned import Remark
from generator.spreadsheet import Page
from generator.terms import Language, Text
from generator.terms import workbooks as words
from generator.wording import Printer

MOST = 200
"""So many of each kind are named one by one."""


class Teller:
    """Puts the differences of one batch in words."""

    def __init__(self, batch: Batch, library: Library) -> None:
        self._batch, self._library, self._printer = batch, library, Printer(library, Language.BOTH)

    def lines(self, language: Language) -> Iterator[str]:
        """First what changes, then what stands against it: neither hides the other, however much there is."""
        for every in (list(self._changes()), list(self._others())):
            yield from (each.within(language) for each in every[:MOST])
            if len(every) > MOST:
                yield words.MORE.format(count=len(every) - MOST).within(language)

    def _changes(self) -> Iterator[Text]:
        merge, numbered = self._batch.merge, self._batch.numbered
        for each in merge.changes:
            said = {"old": self._said(each.field, each.ours), "new": self._said(each.field, each.theirs)}
            yield words.CHANGE.format(place=each.place, number=each.number, label=each.field.label, **said)
        for number, addition in numbered.records.items():
            filled = sum(value is not None for value, _ in addition.values.values())
            yield words.NEW_RECORD.format(place=addition.place, number=number, count=filled)
        for number, row in numbered.rows:
            label = self._library.forms[row.form].by_key[row.rows].label
            yield words.NEW_ROW.format(place=row.place, number=number, label=label)

    def _others(self) -> Iterator[Text]:
        for each in self._batch.merge.conflicts:
            said = {"ours": self._said(each.field, each.ours), "theirs": self._said(each.field, each.theirs)}
            yield words.CONFLICT.format(place=each.place, number=each.number, label=each.field.label, **said)
        judged = self._batch.judged
        for remark in (*self._batch.faults, *self._batch.merge.notes):
            yield words.FAULT.format(place=remark.place, text=remark.text)
        for place, found in (*judged.broken, *judged.warnings):
            yield words.BROKEN.format(place=place, text=found.message, rule=found.rule)

    def _said(self, field: Field, value: Any) -> Text | str:
        return " ".join(self._printer.cell(field, value).split("\n")) or words.NOTHING

    def as_json(self) -> str:
        """The same for programs; messages in both languages."""
        merge, numbered, judged = self._batch.merge, self._batch.numbered, self._batch.judged
        return json.dumps(
            {
                "changes": [_change(each) for each in merge.changes],
                "conflicts": [_change(each) for each in merge.conflicts],
                "records": [{"place": each.place, "number": number} for number, each in numbered.records.items()],
                "rows": [{"place": each.place, "number": number, "table": each.rows} for number, each in numbered.rows],
                "faults": [_remark(each) for each in self._batch.faults],
                "broken": [_finding(*each) for each in judged.broken],
                "warnings": [_finding(*each) for each in judged.warnings],
                "notes": [_remark(each) for each in merge.notes],
            },
            ensure_ascii=False,
            indent=2,
        )

    def summary(self) -> Text:
        """How much changes."""
        merge, numbered = self._batch.merge, self._batch.numbered
        if not (merge.changes or numbered.records or numbered.rows):
            return words.UNCHANGED
        changed = len({each.number for each in merge.changes})
        counts = {"changed": changed, "fields": len(merge.changes), "new": len(numbered.records)}
        return words.SUMMARY.format(**counts, rows=len(numbered.rows))


def _change(each: Change) -> dict[str, Any]:
    steps = ".".join(map(str, each.steps))
    said = {"ours": _plain(each.ours), "theirs": _plain(each.theirs)}
    return {"place": each.place, "number": each.number, "field": steps, **said}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)


def _remark(each: Remark) -> dict[str, Any]:
    return {"place": each.place, "message": {"zh": each.text.zh, "en": each.text.en}}


def _finding(place: str, found: Finding) -> dict[str, Any]:
    return {**_remark(Remark(place, found.message)), "rule": found.rule}


def leftover(pages: Iterable[Page], batch: Batch, language: Language) -> bytes:
    """A workbook of the rows that were left out, as they were, each with why."""
    sheets = []
    for page in pages:
        rows = [number for sheet, number in batch.left if sheet == page.name]
        if not rows:
            continue
        last = max(column for line in page.cells.values() for column in line)
        above = [line for number, line in page.cells.items() if number < min(rows)]
        titles = max(above, key=len, default={})  # the header: the fullest row above, the first of several
        heads = tuple(table.Head("", _text(titles.get(column))) for column in range(1, last + 1))
        reason = table.Head("", words.REASON.within(language), 60)
        lines = tuple(
            (
                *(_text(page.at(row, column)) for column in range(1, last + 1)),
                "\n".join(f"{each.place} {each.text.within(language)}" for each in batch.left[page.name, row]),
            )
            for row in sorted(rows)
        )
        sheets.append(table.Sheet(page.name, (*heads, reason), lines))
    return table.listed(*sheets)


def _text(raw: Any) -> str:
    return "" if raw is None else str(raw)
