"""`wenkong why`: one screen about a record: where it stands, how it came there, what is missing and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from generator import (
    agenda,
    completeness,
    conditions,
    documents,
    flow,
    git,
    load,
    paths,
    report,
    rulebook,
    signatures,
    signing,
    states,
)
from generator.commands.move import found, missing
from generator.model import Record
from generator.rulebook import Duty
from generator.terms import Language, Text
from generator.terms import rules as words
from generator.world import World


def run(root: Path, number: str, *, now: datetime, language: Language, say: Callable[[str], None]) -> int:
    """Say everything about one record; 1 if a rule finds something wrong.

    Raises:
        GeneratorError: there is no such record.
    """
    library = load.library(root)
    record = found(library, number)
    seen = rulebook.world(library, now)
    wrong = tuple(rulebook.findings(seen, [record]))
    state = flow.title(seen.form(record), record.values.get("state", ""))
    say(words.WHY_STATE.format(number=number, title=seen.form(record).title, state=state).within(language))
    for head, lines in (
        (words.WHY_CAME, _came(root, record, seen)),
        (words.WHY_NEXT, _next(root, record, seen)),
        (words.WHY_DUE, (agenda.sentence(each, seen) for each in _soonest(record, seen))),
        (words.WHY_CUSTOMER, _customer(record, seen)),
        *([(words.WHY_VIEWS, _views(record, seen))] if seen.form(record).views else []),
        *([(words.WHY_SIGNED, _signed(root, record, seen))] if seen.form(record).signatures else []),
        (words.WHY_ACCEPTED, _accepted(record)),
    ):
        _block(head, [each.within(language) for each in lines], language, say)
    _block(words.WHY_FOUND, list(report.lines(wrong, language)), language, say)
    return 1 if report.has_errors(wrong) else 0


def _block(head: Text, lines: list[str], language: Language, say: Callable[[str], None]) -> None:
    say("")
    say(head.within(language))
    for each in lines or [words.WHY_NONE.within(language)]:
        say(f"  {each}")


def _came(root: Path, record: Record, seen: World) -> Iterator[Text]:
    repository = git.repository(root)
    form = seen.form(record)
    walked = paths.of(root, repository, seen, (record,)) if repository and form.transitions else {}
    for step in walked.get(record.path, ()):
        said = words.WHY_STEP if step.start else words.WHY_FIRST
        start, end = flow.title(form, step.start), flow.title(form, step.end)
        yield said.format(when=step.when or "…", who=step.who or "…", start=start, end=end)


def _next(root: Path, record: Record, seen: World) -> Iterator[Text]:
    form = seen.form(record)
    state = record.values.get("state", "")
    if form.transitions and states.is_final(form, state):
        yield words.WHY_FINAL
    for way in states.leaving(form, state):
        is_open = words.WHY_OPEN if flow.is_open(way, record, seen) else words.WHY_BLOCKED
        by = words.WHY_BY.format(by=flow.named(way, record, seen))
        needs = way.needs or words.NOTHING
        title = flow.title(form, way.end)
        yield Text(
            f"→ {title.zh} ({way.end})：{is_open.zh}；{needs.zh}；{by.zh}",
            f"→ {title.en} ({way.end}): {is_open.en}; {needs.en}; {by.en}",
        )
        for each in missing(root, record, form, conditions.wants(way.when, record, seen)):
            yield Text(f"    {each.zh}", f"    {each.en}")


def _soonest(record: Record, seen: World) -> list[Duty]:
    return sorted(rulebook.duties(seen, [record]), key=lambda each: each.due.due)


def _customer(record: Record, seen: World) -> Iterator[Text]:
    for overlay in seen.settings.overlays_on(record):
        said = f"{overlay.record.number}: {overlay.kind} {overlay.name} {overlay.value}".rstrip()
        yield Text(said, said)


def _views(record: Record, seen: World) -> Iterator[Text]:
    """How far the record is for each report that a customer may want."""
    wanted = seen.settings.report(record)
    for key, view in seen.form(record).views.items():
        said = completeness.sentence(view, record)
        yield words.WHY_WANTED.format(said=said) if key == wanted else said


def _accepted(record: Record) -> Iterator[Text]:
    for row in record.values.get("accepted", ()):
        said = f"{row['rule']} {row['on']} {row['by']}: {row['reason']}"
        yield Text(said, said)


def _signed(root: Path, record: Record, seen: World) -> Iterator[Text]:
    """Who signed, whose signature does not hold and why, and which boxes are open."""
    repository = git.repository(root)
    document = documents.of_record(record, seen.form(record))
    digest = signatures.digest(root, document, seen.library)
    bench = signatures.bench(repository, seen.library)
    judged = bench.verdicts(document, digest)
    labels = {each.role: each.label for each in document.boxes}
    for each in judged:
        entry = each.entry
        role = labels.get(entry.role, Text(entry.role, entry.role))
        said = words.WHY_HOLDS.format(role=role, who=entry.person, when=entry.signed_at)
        yield words.WHY_VOID.format(said=said, why=each.why) if each.why else said
    for box in signing.missing(bench.subject(document, digest), judged):
        yield words.WHY_UNSIGNED.format(role=box.label)
