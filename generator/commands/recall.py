"""`wenkong recall`: who holds copies that must come back, a slip for each department, and what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from generator import (
    control,
    copies,
    files,
    journal,
    load,
    pdf,
    production,
    release,
    report,
    rulebook,
    wording,
)
from generator.commands.holders import table
from generator.commands.ledger import advanced, committed, mover, put
from generator.copies import Copy
from generator.errors import GeneratorError
from generator.git import Repository
from generator.model import Library, Record, Source
from generator.production import Refusal
from generator.status import Standing
from generator.terms import Language
from generator.terms import copies as words

SLIPS = "out/recall"


def run(root: Path, number: str, *, now: datetime, language: Language, say: Callable[[str], None]) -> int:
    """Enter since when the editions do not hold, print the slips, and list what is out; 1 if any of it is overdue.

    Raises:
        GeneratorError: a ledger has changes by hand, nobody knows who commits, or an engine does not work.
    """
    with journal.opened(root, lambda text: say(text.within(language))) as clone:
        library = load.library(root)
        standing = control.standings(root, clone, library, now.date()).get(number)
        out = wanted(library, standing, number, now.date())
        if not out:
            say(words.NOTHING_TO_RECALL.format(number=number).within(language))
            return 0
        changed = _entered(root, clone, library, out, standing=standing, now=now)
        if changed:
            journal.write(root, clone, changed, f"recall {number}: {len(out)} copies to bring back\n")
    library = load.library(root)
    out = wanted(library, None, number, now.date())
    today = now.date().isoformat()
    late = sum(copies.overdue(each, today) for each in out)
    say(words.RECALLED.format(number=number, count=len(out), overdue=late).within(language))
    for line in table(words.AGEING, [_row(each, library, now.date(), language) for each in out], language):
        say(line)
    return max(_slips(root, library, out, language, say), 1 if late else 0)


def wanted(library: Library, standing: Standing | None, number: str, today: date) -> list[Copy]:
    """The copies of a document that are out and of an edition that does not hold any more."""
    ours = [each for each in copies.of(library) if each.document == number and each.is_open]
    return [each for each in ours if each.since or release.ended(standing, each.edition, today)]


def _entered(
    root: Path, clone: Repository, library: Library, out: Sequence[Copy], *, standing: Standing | None, now: datetime
) -> Mapping[str, bytes]:
    """The ledgers with the day since when their edition does not hold and the day by which copies are to be back."""
    person = mover(clone, library)
    changed: dict[str, bytes] = {}
    for each in out:
        record = each.record
        if record.path in changed or (each.since and each.due):
            continue
        form = library.forms[record.form]
        since = each.since or release.ended(standing, each.edition, now.date())
        content = committed(root, clone, record)
        for key, value in (("since", since), ("due", _due(library, record, since, now))):
            content = put(content, (), record.values, form.ledger[key], value)
        changed[record.path], _ = advanced(content, record, library, person, now)
    return changed


def _due(library: Library, record: Record, since: str, now: datetime) -> str:
    due = release.due(rulebook.world(library, now), record, since)
    if due is None:
        raise GeneratorError(words.NO_CALENDAR.format(day=since))
    return due.isoformat()


def _row(copy: Copy, library: Library, today: date, language: Language) -> list[str]:
    late = words.OVERDUE.within(language) if copies.overdue(copy, today.isoformat()) else ""
    holder = copies.named(copy.holder, library).within(language)
    return [copy.number, holder, copy.since, str(copies.age(copy, today)), copy.due, late]


def _slips(root: Path, library: Library, out: Iterable[Copy], language: Language, say: Callable[[str], None]) -> int:
    press = production.press(root, None)
    status = 0
    with closing(pdf.engine(press.engine)) as converter:
        for (document, edition, department), held in groupby(
            sorted(out, key=_place), key=lambda each: _place(each)[:3]
        ):
            slip = _slip(library, list(held))
            piece = press.record(slip) if slip else None
            if piece is None or isinstance(piece, Refusal):
                for line in report.lines(piece.findings if piece else (), language):
                    say(line)
                status = 1
                continue
            printed, content, faults = production.converted(piece, converter)
            stem = f"{SLIPS}/{document}/{edition.replace('/', '-')}-{department}"
            files.write(root / f"{stem}.docx", printed.docx)
            files.write(root / f"{stem}.pdf", content)
            name = wording.Printer(library, language).name(
                library.forms["departments"], library.records["departments"][department]
            )
            say(words.SLIP.format(department=name, path=f"{stem}.pdf").within(language))
            for line in report.lines(faults, language):
                say(line)
    return status


def _place(copy: Copy) -> tuple[str, str, str, str]:
    return copy.document, copy.edition, copy.holder.department, copy.number


def _slip(library: Library, held: Sequence[Copy]) -> Record | None:
    """The slip of one department, a record that nobody keeps: it can be made again from the ledger."""
    first = held[0]
    ledger = library.forms[first.record.form].ledger
    form = library.forms.get(ledger["slip"])
    if form is None:
        return None
    rows, holder = form.by_key[ledger["lines"]], ledger["columns"]["holder"]
    values: dict[str, Any] = {
        "number": f"{first.document}-{first.edition.replace('/', '')}-{first.holder.department}",
        "created_on": first.since,
        holder: first.holder.department,
        **{ledger[key]: first.record.values[ledger[key]] for key in ("document", "edition", "since", "due")},
        rows.key: [
            {
                key: value
                for key, value in each.record.values[ledger["lines"]][each.position].items()
                if key in rows.column_by_key
            }
            for each in held
        ],
    }
    source = Source(first.record.path, values, first.record.source.marks)
    return Record(first.record.path, form.key, values["number"], values, source)
