"""`wenkong report`: the figures of a report, shown, written out, or frozen into its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import drift, files, hints, load, periods, report, reportpress, reports, rulebook, yamlfile
from generator.drift import Difference
from generator.errors import GeneratorError
from generator.ledgers import Report
from generator.model import Form, Library, Record, Values
from generator.periods import Period
from generator.production import OUT
from generator.reportpress import Issue
from generator.terms import Language, printing
from generator.terms import registers as words

FORMATS = ("text", "json", "html", "xlsx")
SAID = frozenset({"text", "json"})
"""Formats that go to the terminal unless they have a file."""


@dataclass(frozen=True)
class Wanted:
    """A form that computes, and its record where one is named."""

    form: Form
    report: Report
    record: Record | None


def run(
    root: Path,
    name: str,
    *,
    period: str,
    form: str,
    output: Path | None,
    is_freezing: bool,
    now: datetime,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Show the figures of a report for a period, or those of a record; freezing writes them into the record.

    Raises:
        GeneratorError: there is no such report, the period is none, or the record is signed.
    """
    library = load.library(root)
    unread = [each for each in library.findings if Path(each.path).stem == name]
    is_unread = bool(unread) and library.record(name) is None
    wanted = _again(root, library, unread[0].path) if is_unread and is_freezing else None
    if is_unread and wanted is None:
        for line in report.lines(unread, language):
            say(line)
        return 1
    wanted = wanted or named(library, name)
    faults = [each for each in rulebook.defined(library) if each.path == wanted.form.path]
    if faults:
        for line in report.lines(faults, language):
            say(line)
        return 1
    written = str(wanted.record.values.get(wanted.report.field, "")) if wanted.record else period
    span = span_of(wanted, written)
    if is_freezing:
        return _freeze(root, library, wanted, span, now=now, language=language, say=say)
    issue = _issue(library, wanted, span, written, now)
    content = _written(issue, form, language)
    if form in SAID and output is None:
        say(content.decode("utf-8"))
        if form == "text":
            for line in _note(root, library, wanted, language):
                say(line)
        return 0
    path = output or root / OUT / wanted.form.key / f"{issue.name}.{form}"
    files.write(path, content)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    say(printing.WRITTEN.format(path=shown).within(language))
    return 0


def named(library: Library, name: str) -> Wanted:
    """The report of that name, with its record where the name is a record's.

    Raises:
        GeneratorError: there is none.
    """
    record = library.record(name)
    form = library.forms.get(record.form if record else name)
    form = form or next((each for each in library.forms.values() if each.number == name), None)
    if form is None or form.report is None:
        known = [key for key, each in library.forms.items() if each.report]
        raise GeneratorError(words.NO_REPORT.format(key=name, hint=hints.similar(name, known)))
    return Wanted(form, form.report, record)


def _again(root: Path, library: Library, path: str) -> Wanted | None:
    """A record whose frozen figures do not fit any more, read without them; None where that does not help."""
    form = library.forms.get(Path(path).parts[1])
    source, faults = yamlfile.load(reportpress.head((root / path).read_text("utf-8")).encode(), path)
    if form is None or form.report is None or source is None or faults or not isinstance(source.values, dict):
        return None
    values = load.typed_values(form, source)
    return Wanted(form, form.report, Record(path, form.key, str(values.get("number")), values, source))


def span_of(wanted: Wanted, written: str) -> Period:
    """The period that was written.

    Raises:
        GeneratorError: it is none, or not of the kind that the report is about.
    """
    example = periods.EXAMPLES[wanted.report.period]
    if not written:
        raise GeneratorError(words.NEEDS_PERIOD.format(example=example))
    span = periods.read(wanted.report.period, written)
    if span is None:
        raise GeneratorError(words.PERIOD_WRONG.format(key=wanted.form.key, example=example, value=written))
    return span


def _issue(library: Library, wanted: Wanted, span: Period, written: str, now: datetime) -> Issue:
    """What is frozen in the record; computed now where nothing is frozen yet, and where there is no record."""
    values = dict(wanted.record.values) if wanted.record else {wanted.report.field: written}
    if not reportpress.computed_keys(wanted.report) & values.keys():
        values |= computed(library, wanted, span, now)
    name = wanted.record.number if wanted.record else f"{wanted.form.key}-{written}"
    return Issue(wanted.form, wanted.report, library, name, values)


def computed(library: Library, wanted: Wanted, span: Period, now: datetime) -> dict[str, object]:
    """The figures by their fields, with the evidence."""
    seen = rulebook.world(library, now)
    own = wanted.record.values if wanted.record else {}
    result = reports.computed(wanted.form, wanted.report, seen, span, own)
    values = dict(result.values)
    if wanted.report.evidence:
        values[wanted.report.evidence] = reportpress.evidence_rows(result.evidence)
    return values


def again(root: Path, library: Library, wanted: Wanted, otherwise: datetime | None) -> Values | None:
    """The figures of a record as its tree gives them for the moment that it was frozen, or `otherwise`.

    They are read as if they were frozen. None where the record cannot be read so, or no moment is known.
    """
    record = wanted.record
    if record is None:
        return None
    text = (root / record.path).read_text("utf-8")
    now = reportpress.moment(text) or otherwise
    if now is None:
        return None
    values = computed(library, wanted, span_of(wanted, str(record.values.get(wanted.report.field, ""))), now)
    source, _ = yamlfile.load(reportpress.frozen(text, values, yamlfile.quoted, now).encode(), record.path)
    return load.typed_values(wanted.form, source) if source else None


def drifted(wanted: Wanted, now: Values) -> Iterator[Difference]:
    """Where the frozen figures say something else than those of today; the evidence apart."""
    keys = reportpress.computed_keys(wanted.report) - {wanted.report.evidence}
    return drift.differences(wanted.form, keys, wanted.record.values if wanted.record else {}, now)


def _note(root: Path, library: Library, wanted: Wanted, language: Language) -> Iterator[str]:
    """That the figures shown are frozen, and whether those of today would differ."""
    is_frozen = wanted.record and reportpress.computed_keys(wanted.report) & wanted.record.values.keys()
    now = again(root, library, wanted, None) if is_frozen else None
    count = sum(1 for _ in drifted(wanted, now)) if now else 0
    if count and wanted.record:
        yield ""
        yield words.FROZEN_DIFFERS.format(count=count, number=wanted.record.number).within(language)


def _freeze(
    root: Path,
    library: Library,
    wanted: Wanted,
    span: Period,
    *,
    now: datetime,
    language: Language,
    say: Callable[[str], None],
) -> int:
    record = wanted.record
    if record is None:
        raise GeneratorError(words.NEEDS_RECORD.format(key=wanted.form.key))
    if library.signed.get(record.number):
        raise GeneratorError(words.IS_SIGNED.format(number=record.number))
    values = computed(library, wanted, span, now)
    path = root / record.path
    content = reportpress.frozen(path.read_text("utf-8"), values, yamlfile.quoted, now)
    source, faults = yamlfile.load(content.encode(), record.path)
    found = (*faults, *(load.record(wanted.form, source)[1] if source else ()))
    if found:
        for line in report.lines(found, language):
            say(line)
        return 1
    files.write(path, content.encode())
    say(words.FROZE.format(count=len(values), path=record.path).within(language))
    return 0


def _written(issue: Issue, form: str, language: Language) -> bytes:
    if form == "xlsx":
        return reportpress.workbook(issue, language)
    if form == "html":
        return reportpress.as_html(issue, language).encode()
    return (reportpress.as_json(issue) if form == "json" else reportpress.as_text(issue, language)).encode()
