"""`wenkong receive`, `acknowledge`, `return`, `lost`, `destroy`, `keep`: what became of a copy, each act a commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator import control, copies, files, flow, issuing, journal, load, release, rulebook, states, yamlfile
from generator.commands.move import broken
from generator.copies import Copy
from generator.errors import GeneratorError
from generator.git import Repository
from generator.model import Finding, Form, Library, Record
from generator.production import Refusal
from generator.terms import Language, Text
from generator.terms import copies as words
from generator.terms import rules as rule_words

RECEIVED, ACKNOWLEDGED = "received", "acknowledged"
RETURNED, LOST, DESTROYED, KEPT = "returned", "lost", "destroyed", "kept"
Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be entered: `by` is who received, confirmed, took back or destroyed; the rest where the act asks."""

    kind: str
    by: str = ""
    on: str = ""
    witness: str = ""
    reason: str = ""


def run(
    root: Path,
    number: str,
    copy: str,
    act: Act,
    *,
    now: datetime,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Enter the act on the copy and commit the ledger.

    Raises:
        GeneratorError: there is no such copy, the act is out of order, or the ledger has changes by hand.
    """
    with journal.opened(root, lambda text: say(text.within(language))) as clone:
        library = load.library(root)
        person = mover(clone, library)
        found = chosen(library, number, copy, act)
        act = replace(act, by=act.by or person, on=act.on or now.date().isoformat())
        refuse(found, act, library, now.date())
        if act.kind == KEPT and not _is_over(root, clone, library, found, now.date()):
            raise GeneratorError(words.NOT_OBSOLETE.format(copy=found.number))
        content = entered(root, clone, found, library.forms[found.record.form], values(act, library))
        content, step = advanced(content, found.record, library, person, now)
        kind = words.ACTS[act.kind]
        said = {"copy": found.number, "act": kind, "by": _name(library, act.by), "on": act.on}
        message = f"{found.number}: {kind.en}\n\n{said['by']}, {act.on}, {found.record.number}\n"
        journal.write(root, clone, {found.record.path: content}, message)
        say(words.ENTERED.format(**said).within(language))
        if step:
            say(step.within(language))
        return (
            _retained(root, clone, library, found, lambda text: say(text.within(language))) if act.kind == KEPT else 0
        )


def _is_over(root: Path, clone: Repository, library: Library, copy: Copy, today: date) -> bool:
    standing = control.standings(root, clone, library, today).get(copy.document)
    return bool(copy.since or release.ended(standing, copy.edition, today))


def mover(clone: Repository, library: Library) -> str:
    """The key of the person who commits here.

    Raises:
        GeneratorError: nobody of the people has this e-mail.
    """
    email = clone.email()
    person = flow.people_by_email(library).get(email.lower(), "")
    if not person:
        raise GeneratorError(rule_words.UNKNOWN_MOVER.format(email=email or "-"))
    return person


def chosen(library: Library, number: str, copy: str, act: Act) -> Copy:
    """The copy of that whole number, or the one of that serial that the act can be about.

    Raises:
        GeneratorError: there is none, or more than one.
    """
    ours = [each for each in copies.of(library) if each.document == number]
    found = [each for each in ours if each.number == copy]
    if not found and copy.isdigit():
        same = [each for each in ours if each.serial == int(copy)]
        fit = [each for each in same if _is_open_to(each, act)]
        found = fit or same[-1:]
    if len(found) == 1:
        return found[0]
    text = words.WHICH_COPY if found else words.NO_COPY
    known = ", ".join(each.number for each in found or ours) or "-"
    raise GeneratorError(text.format(number=number, copy=copy, known=known))


def _is_open_to(copy: Copy, act: Act) -> bool:
    if act.kind in {RECEIVED, ACKNOWLEDGED}:
        return not copy.received_on and copy.is_open
    return copy.is_open


def refuse(copy: Copy, act: Act, library: Library, today: date) -> None:
    """Refuse an act out of order.

    Raises:
        GeneratorError: always when it is.
    """
    said = {"copy": copy.number, "on": act.on, "by": _name(library, act.by), "result": words.ACTS[act.kind]}
    if act.on > today.isoformat():
        raise GeneratorError(words.IN_FUTURE.format(**said))
    if act.on < copy.issued_on:
        raise GeneratorError(words.TOO_EARLY.format(**said, what=words.ON_ISSUE, day=copy.issued_on))
    if not copy.is_open and not (copy.result == LOST and act.kind == RETURNED):
        done = {"on": copy.recalled_on, "result": words.ACTS[copy.result]}
        raise GeneratorError(words.ALREADY_BACK.format(copy=copy.number, **done))
    if act.kind in {RECEIVED, ACKNOWLEDGED}:
        _refuse_receipt(copy, act, library)
        return
    if not copy.received_on and LOST not in {act.kind, copy.result}:
        raise GeneratorError(words.NOT_RECEIVED.format(**said))
    if act.on < copy.received_on:
        raise GeneratorError(words.TOO_EARLY.format(**said, what=words.ON_RECEIPT, day=copy.received_on))
    if act.kind == DESTROYED and _name(library, act.witness) == said["by"]:
        raise GeneratorError(words.SAME_PERSON.format(**said))


def _refuse_receipt(copy: Copy, act: Act, library: Library) -> None:
    said = {"copy": copy.number, "by": copy.received_by, "on": copy.received_on}
    if copy.received_on:
        raise GeneratorError(words.ALREADY_RECEIVED.format(**said))
    if act.kind == RECEIVED and copy.is_electronic:
        raise GeneratorError(words.IS_ELECTRONIC.format(**said))
    if act.kind == ACKNOWLEDGED and not copy.is_electronic:
        raise GeneratorError(words.IS_PAPER.format(**said))
    if act.kind == ACKNOWLEDGED and not _is_own(copy, act.by, library):
        raise GeneratorError(words.NOT_YOURS.format(**said, holder=copies.named(copy.holder, library)))


def _is_own(copy: Copy, person: str, library: Library) -> bool:
    """Whether somebody may say that an electronic copy was read; outside parties have no account, others say it."""
    known = library.records.get("people", {}).get(person)
    if copy.holder.outside:
        return known is None
    if copy.holder.person:
        return person == copy.holder.person
    return known is not None and known.values.get("department") == copy.holder.department


def _name(library: Library, person: str) -> str:
    known = library.records.get("people", {}).get(person)
    return str(known.values["name_zh"]) if known else person


def values(act: Act, library: Library) -> Mapping[str, str | bool]:
    """What stands in the line afterwards, by the ledger's own name of the column."""
    if act.kind in {RECEIVED, ACKNOWLEDGED}:
        return {"received_by": _name(library, act.by), "received_on": act.on}
    back: dict[str, str | bool] = {"recalled_on": act.on, "recalled_by": act.by, "result": act.kind}
    if act.witness:
        back["witness"] = _name(library, act.witness)
    return back | ({"reason": act.reason, "mark": True} if act.kind == KEPT else {})


def entered(root: Path, clone: Repository, copy: Copy, form: Form, written: Mapping[str, str | bool]) -> bytes:
    """The ledger with these values in the line of the copy, everything else as it stands.

    Raises:
        GeneratorError: the file has changes that nobody committed.
    """
    content = committed(root, clone, copy.record)
    ledger = form.ledger
    row = copy.record.values[ledger["lines"]][copy.position]
    for key, value in written.items():
        column = ledger["columns"][key]
        exact = ledger["results"][value] if key == "result" else value
        content = put(content, (ledger["lines"], copy.position), row, column, exact)
    return content


def committed(root: Path, clone: Repository, record: Record) -> bytes:
    """The file of a record, which must be as it was committed last.

    Raises:
        GeneratorError: it is not.
    """
    content = (root / record.path).read_bytes()
    if clone.content("HEAD", record.path) != content:
        raise GeneratorError(words.EDITED.format(path=record.path))
    return content


def put(content: bytes, steps: tuple[str | int, ...], there: Mapping[str, Any], key: str, value: str | bool) -> bytes:  # noqa: FBT001 - a value of the file, no flag
    """The file with a value under a key of the mapping at the steps, whether something stands there or not."""
    if key in there:
        return yamlfile.set_value(content, (*steps, key), value)
    return yamlfile.insert(
        content, steps, key, yamlfile.quoted(value) if isinstance(value, str) else str(value).lower()
    )


def advanced(content: bytes, record: Record, library: Library, person: str, now: datetime) -> tuple[bytes, Text | None]:
    """The ledger in the state that its flow now opens to this person, if no rule stands against it."""
    form = library.forms[record.form]
    source, _ = yamlfile.load(content, record.path)
    read = load.record(form, source)[0] if source else None
    if read is None:
        return content, None
    records = {**library.records, form.key: {**library.records[form.key], read.number: read}}
    seen = rulebook.world(replace(library, records=records), now)
    here = read.values.get("state", "")
    for way in states.leaving(form, here):
        if flow.may(way, read, person, seen) and flow.is_open(way, read, seen) and not broken(read, way.end, seen):
            said = {"start": flow.title(form, here), "end": flow.title(form, way.end), "ledger": read.number}
            return yamlfile.set_value(content, ("state",), way.end), words.ADVANCED.format(**said)
    return content, None


def _retained(root: Path, clone: Repository, library: Library, copy: Copy, tell: Callable[[Text], None]) -> int:
    """The kept copy once more, stamped as obsolete and retained."""
    if not copy.commit:
        return 0
    every = copies.lines(copy.record, library.forms[copy.record.form])
    slots = [each for each in issuing.slots(clone, every) if each.number == copy.number]
    made = issuing.made(clone, copy.commit, copy.document, slots, issuing.RETAINED)
    if isinstance(made, Refusal):
        found: tuple[Finding, ...] = made.findings
        return 1 if found else 0
    path = issuing.path(copy.document, copy.edition, copy.serial, issuing.RETAINED)
    files.write(root / path, made[copy.number])
    tell(words.MADE.format(copy=copy.number, holder=slots[0].holder, path=path))
    return 0
