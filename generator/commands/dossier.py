"""`wenkong dossier`: everything that belongs to a customer, a record or a period, bound into one PDF."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from generator import belonging, completeness, doubts, hints, pdf, periods, production, report
from generator.belonging import Gathered, Scope
from generator.dossierpress import Binding
from generator.errors import GeneratorError
from generator.model import Finding, Library, Severity
from generator.periods import Period
from generator.production import OUT
from generator.terms import Language, Text
from generator.terms import dossier as words
from generator.terms import registers as register_words

FOLDER = "dossiers"


def run(
    root: Path,
    scope: Scope,
    *,
    output: Path | None,
    language: Language | None,
    today: date,
    workers: int,
    speech: Language,
    say: Callable[[str], None],
) -> int:
    """Write the dossier; 1 if an attachment cannot be read or something on its pages is wrong.

    Raises:
        GeneratorError: nothing or something unknown is asked for, or a record that concerns several customers.
    """
    press = production.dated(production.press(root, language), today)
    about = _about(press.library, scope)
    gathered = belonging.gathered(press.library, scope)
    _refuse(gathered, scope, about)
    name = "-".join(filter(None, (scope.customer, scope.record, _written(scope.period))))
    path = output or root / OUT / FOLDER / f"{name}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(pdf.Pool(press.engine, workers=workers)) as pool,
        tempfile.TemporaryDirectory(prefix=".dossier-", dir=path.parent) as shelf,
    ):
        ready = Path(shelf) / "whole.pdf"
        made = Binding(press, gathered, about, name, Path(shelf), pool).made(ready)
        ready.replace(path)
    for left in made.left:
        say(f"  {left.record.number}  {left.said.within(speech)}")
    faults = [*made.faults, *_doubts(gathered)]
    for line in report.lines(faults, speech):
        say(line)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else os.fspath(path)
    wrote = words.WROTE.format(path=shown, records=made.records, pages=made.pages, left=len(made.left))
    say(wrote.within(speech))
    return 1 if any(each.rule != doubts.UNSEARCHED for each in faults) else 0  # photographs are in nearly every dossier


def _doubts(gathered: Gathered) -> list[Finding]:
    return [
        Finding(
            each.record.path, 1, 1, "dossier.other-customer",
            words.ON_ITS_PAGES.format(number=each.record.number, reason=each.said), Severity.WARNING,
        )
        for each in gathered.doubts
    ]  # fmt: skip


def _about(library: Library, scope: Scope) -> Text:
    """What the dossier is called; what is asked for must be there."""
    if not (scope.customer or scope.record or scope.period):
        raise GeneratorError(words.NO_SCOPE)
    period = words.OF_PERIOD.format(period=scope.period) if scope.period else None
    if scope.record:
        record = library.record(scope.record)
        if record is None or not library.forms[record.form].is_printed:
            known = [number for kept in library.records.values() for number in kept]
            hint = hints.similar(scope.record, known)
            raise GeneratorError(words.UNKNOWN_RECORD.format(number=scope.record, hint=hint))
        return words.OF_RECORD.format(number=record.number, title=library.forms[record.form].title)
    if not scope.customer:
        return period or words.DOSSIER
    kept = {n: each for key in completeness.masters(library) for n, each in library.records[key].items()}
    customer = kept.get(scope.customer)
    if customer is None:
        hint = hints.similar(scope.customer, kept)
        raise GeneratorError(words.UNKNOWN_CUSTOMER.format(number=scope.customer, hint=hint))
    names = Text(*(str(customer.values.get(key, "")) for key in ("name_zh", "name_en")))
    about = words.OF_CUSTOMER.format(number=scope.customer, name=names)
    return words.BOTH.format(first=about, second=period) if period else about


def _refuse(gathered: Gathered, scope: Scope, about: Text) -> None:
    seed = next((each for each in gathered.left if each.record.number == scope.record), None)
    if seed is not None:
        raise GeneratorError(words.MIXED.format(number=scope.record, reason=seed.said))
    if not gathered.records:
        raise GeneratorError(words.EMPTY.format(about=about))


def _written(period: Period | None) -> str:
    return periods.BUCKETS[period.step](period.start) if period else ""


def scoped(customer: str, record: str, period: str) -> Scope:
    """A scope from what a person typed.

    Raises:
        GeneratorError: the period is none.
    """
    if not period:
        return Scope(customer, record)
    written = f"{period[:4]}-{period[4:].lstrip('-')}" if period[4:] else period
    for step in periods.FORMS:
        read = periods.read(step, written)
        if read is not None:
            return Scope(customer, record, read)
    raise GeneratorError(register_words.NO_PERIOD.format(value=period))
