"""`wenkong issue`: numbered, stamped copies for everybody on the distribution list, and the ledger that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator import (
    anchors,
    canonical,
    copies,
    files,
    issuing,
    journal,
    judgement,
    release,
    report,
    rulebook,
    signatures,
    states,
    yamlfile,
)
from generator.commands import new, render
from generator.commands.ledger import mover
from generator.copies import Copy, Holder
from generator.errors import GeneratorError
from generator.git import Repository
from generator.issuing import Slot
from generator.model import DISTRIBUTION, Finding, Form, Library, Severity
from generator.production import Refusal
from generator.status import Edition
from generator.terms import Language, Text
from generator.terms import audit as audit_words
from generator.terms import copies as words

ANCHOR = "documents.anchor"


@dataclass(frozen=True)
class _Issue:
    """What one run issues: the revision, the ledger it is entered in, and the new copies with who gets them."""

    edition: Edition
    form: Form
    ledger: str
    slots: tuple[Slot, ...]
    holders: tuple[Holder, ...]


def run(
    root: Path,
    number: str,
    *,
    to: tuple[str, ...],
    now: datetime,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Issue what holders on the list (or those named in `to`) lack; copies that are gone from out/ are made again.

    Raises:
        GeneratorError: the tree is dirty, the document unsigned, nobody is to hold it, or an engine does not work.
    """
    status, ledger = issued(root, number, to=to, now=now, language=language, say=say)
    if not ledger:
        return status
    both = frozenset({"docx", "pdf"})
    receipt = render.Wanted((ledger,), both, is_blank=False, view="", is_draft=False, language=None)
    return render.run(root, receipt, today=now.date(), speech=language, say=say)


def issued(
    root: Path,
    number: str,
    *,
    to: tuple[str, ...],
    now: datetime,
    language: Language,
    say: Callable[[str], None],
) -> tuple[int, str]:
    """The exit code, and the number of the ledger in which new copies were entered; empty where none were.

    Raises:
        GeneratorError: as for `run`.
    """

    def tell(text: Text) -> None:
        say(text.within(language))

    with journal.opened(root, tell) as clone:
        library = _checked(root, clone, now)
        edition = release.newest(root, clone, library, number, now.date())
        faults = _faults(root, library, edition)
        if faults:
            for line in report.lines(faults, language):
                say(line)
            raise GeneratorError(words.HAS_FINDINGS.format(number=number, count=len(faults)))
        issue = _planned(root, clone, library, edition, to=to, today=now.date())
        said = {"number": number, "label": edition.label, "ledger": issue.ledger}
        if not issue.slots:
            tell(words.NOTHING_TO_ISSUE.format(**said))
            return _again(root, clone, library, issue, tell), ""
        made = issuing.made(clone, edition.commit, number, issue.slots)
        if isinstance(made, Refusal):
            return _refused(made, number, language, say), ""
        person = mover(clone, library)
        journal.write(root, clone, _entry(issue, made, person, now), _message(issue))
        _put(root, issue, made, tell)
        _anchor(clone, library, now, tell)
    tell(words.ISSUED.format(**said, count=len(issue.slots)))
    return 0, issue.ledger


def _checked(root: Path, clone: Repository, now: datetime) -> Library:
    if clone.is_dirty() or clone.head() is None:
        raise GeneratorError(words.DIRTY)
    return judgement.of(root, clone, now)


def _faults(root: Path, library: Library, edition: Edition) -> tuple[Finding, ...]:
    """The errors on the distribution list, and on the document where the tree holds what is issued and no draft."""
    number = edition.document.number
    document = release.found(library, number)
    is_issued = signatures.digest(root, document, library) == edition.digest
    paths = {f"records/{DISTRIBUTION}/{number}.yaml", *(document.paths if is_issued else ())}
    return tuple(each for each in library.findings if each.path in paths and each.severity is Severity.ERROR)


def _planned(
    root: Path, clone: Repository, library: Library, edition: Edition, *, to: tuple[str, ...], today: date
) -> _Issue:
    number = edition.document.number
    form = copies.form(library)
    if form is None:
        raise GeneratorError(words.NO_LEDGER)
    label = edition.document.label
    held = [each for each in copies.of(library) if (each.document, each.edition) == (number, label)]
    holders = tuple(copies.lacking(_wanted(library, number, to), held))
    first = max((each.serial for each in held), default=0) + 1
    stem = f"{number}-{label.replace('/', '')}"
    total = first + len(holders) - 1
    slots = tuple(
        Slot(f"{stem}-{serial:02d}", serial, total, copies.named(holder, library))
        for serial, holder in enumerate(holders, first)
    )
    return _Issue(edition, form, new.following(root, form, clone, today), slots, holders)


def _wanted(library: Library, number: str, to: tuple[str, ...]) -> Any:
    every = copies.wanted(library, number)
    if not every:
        raise GeneratorError(words.NO_HOLDERS.format(number=number))
    known = {part for holder in every for part in holder[:3] if part}
    for each in to:
        if each not in known:
            said = {"number": number, "holder": each, "known": ", ".join(sorted(known))}
            raise GeneratorError(words.NO_SUCH_HOLDER.format(**said))
    return type(every)({each: count for each, count in every.items() if not to or set(to) & set(each[:3])})


def _refused(refusal: Refusal, number: str, language: Language, say: Callable[[str], None]) -> int:
    for line in report.lines(refusal.findings, language):
        say(line)
    say(words.NOT_MADE.format(number=number, path=refusal.path).within(language))
    return 1


def _entry(issue: _Issue, made: Mapping[str, bytes], person: str, now: datetime) -> Mapping[str, bytes]:
    ledger, today = issue.form.ledger, now.date().isoformat()
    path = new.place(issue.form, issue.ledger, now.date())
    up = "../" * (len(Path(path).parts) - 1)
    rows = (
        _row(issue.form, slot, holder, {"sha256": canonical.digest(made[slot.number]), "on": today, "by": person})
        for slot, holder in zip(issue.slots, issue.holders, strict=True)
    )
    document = issue.edition.document
    head = [
        f"# yaml-language-server: $schema={up}schemas/{issue.form.key}.yaml",
        f"number: {issue.ledger}",
        f"created_on: {today}",
        f"state: {states.initial(issue.form)}",
        f"{ledger['document']}: {yamlfile.quoted(document.number)}",
        f"{ledger['edition']}: {yamlfile.quoted(document.label)}",
        f"{ledger['commit']}: {yamlfile.quoted(issue.edition.commit)}",
        f"{ledger['lines']}:",
    ]
    return {path: ("\n".join([*head, *(line for row in rows for line in row)]) + "\n").encode()}


def _row(form: Form, slot: Slot, holder: Holder, facts: Mapping[str, str]) -> Iterator[str]:
    columns = form.ledger["columns"]
    said = {
        "copy": slot.number,
        "holder": holder.department,
        "outside": holder.outside,
        "person": holder.person,
        "site": holder.site,
        "medium": holder.medium,
        "issued_on": facts["on"],
        "issued_by": facts["by"],
        "sha256": facts["sha256"],
    }
    lines = [f"{columns[key]}: {yamlfile.quoted(value)}" for key, value in said.items() if value]
    lines.append(f"{columns['copies']}: 1")
    return (f"  {'- ' if place == 0 else '  '}{line}" for place, line in enumerate(lines))


def _message(issue: _Issue) -> str:
    document, first, last = issue.edition.document, issue.slots[0].number, issue.slots[-1].number
    return f"issue {document.number} {document.label}\n\n{first} to {last}, entered in {issue.ledger}\n"


def _anchor(clone: Repository, library: Library, now: datetime, tell: Callable[[Text], None]) -> None:
    """Hold the history fast at each issue, where the organisation has not said otherwise."""
    if rulebook.world(library, now).held(ANCHOR, None).value == "on":
        anchor = anchors.put(clone, now, f"wenkong issue {clone.found('HEAD').id}")
        tell(audit_words.ANCHORED.format(name=anchor.name, commit=clone.found(anchor.commit).short))


def _put(root: Path, issue: _Issue, made: Mapping[str, bytes], tell: Callable[[Text], None]) -> None:
    document = issue.edition.document
    for slot in issue.slots:
        path = issuing.path(document.number, document.label, slot.serial)
        files.write(root / path, made[slot.number])
        tell(words.MADE.format(copy=slot.number, holder=slot.holder, path=path))


def _again(root: Path, clone: Repository, library: Library, issue: _Issue, tell: Callable[[Text], None]) -> int:
    """Make again what was issued and is not in out/, as after a run that was cut off."""
    document = issue.edition.document
    different = 0
    for record in library.records[issue.form.key].values():
        every = tuple(copies.lines(record, issue.form))
        is_ours = every and (every[0].document, every[0].edition) == (document.number, document.label)
        for copy, content in remade(root, clone, every if is_ours else ()):
            path = issuing.path(copy.document, copy.edition, copy.serial)
            if canonical.digest(content) != copy.digest:
                different += 1
                tell(words.DIFFERENT.format(copy=copy.number))
                continue
            files.write(root / path, content)
            holder = copies.named(copy.holder, library)
            tell(words.MADE.format(copy=copy.number, holder=holder, path=path))
    return 1 if different else 0


def remade(root: Path, clone: Repository, every: Sequence[Copy]) -> Iterator[tuple[Copy, bytes]]:
    """The open copies of one ledger that are not in out/, made again."""
    absent = [
        each
        for each in every
        if each.is_open and each.commit and not (root / issuing.path(each.document, each.edition, each.serial)).exists()
    ]
    if not absent:
        return
    slots = {slot.number: slot for slot in issuing.slots(clone, every)}
    wanted = [slots[each.number] for each in absent]
    made = issuing.made(clone, absent[0].commit, absent[0].document, wanted)
    if not isinstance(made, Refusal):
        yield from ((each, made[each.number]) for each in absent)
