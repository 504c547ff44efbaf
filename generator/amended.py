"""The last answer with what follows from a few changed records, for which the others need not be looked at again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path

from generator import (
    attachments,
    authority,
    definitions,
    deletions,
    later,
    load,
    news,
    pack,
    paths,
    references,
    remembered,
    rulebook,
    store,
    verdict,
    yamlfile,
)
from generator.git import Repository
from generator.kept import FILES, Kept
from generator.later import Naming, Records
from generator.linked import Indexed, Named
from generator.model import Finding, Form, Library, Record
from generator.remembered import RULES, Memory
from generator.shelf import RECORDS, SUFFIX, Shelf, place
from generator.signed import SIGNATURES
from generator.store import Entries
from generator.tray import SCANS
from generator.verdict import Ground, Last, State, Verdict
from generator.world import World

MOST = 50
"""So many changed records are followed up; where more have changed, everything is asked again."""


class _TooMuchError(Exception):
    """More hangs on the change than is followed up here."""


@dataclass(frozen=True)
class _Touched:
    """A record whose file or attachments have changed: how it is now (None: not to be read), and how it was."""

    path: str
    form: Form
    number: str
    record: Record | None
    was_read: bool

    @property
    def comes_or_goes(self) -> bool:
        """Whether others may now refer to it, or no more."""
        return self.was_read != (self.record is not None)


@dataclass(frozen=True)
class _Case:
    """Everything at hand: the last answer, the library of now, and what is kept."""

    root: Path
    repository: Repository | None
    last: Last
    library: Library
    records: Mapping[str, Records]
    touched: tuple[_Touched, ...]
    files: Entries
    rules: Entries
    seen: World

    @cached_property
    def referring(self) -> tuple[Record, ...]:
        """The records whose references are looked at again."""
        return tuple(_referring(self))

    @property
    def living(self) -> tuple[Record, ...]:
        """The changed records that can be read."""
        return tuple(each.record for each in self.touched if each.record is not None)

    def record(self, path: str) -> Record | None:
        """The record of a file."""
        form, number = place(path)
        return self.records[form].get(number)


def of(
    root: Path, repository: Repository | None, last: Last, seen: State, now: datetime, *, shelf: Shelf | None = None
) -> Verdict | None:
    """The answer as it is now; None where more has changed than a few ordinary records, so that all must be asked.

    What was found is kept for the next time. With a shelf that holds what was read nothing is looked for in the cache.
    """
    ground, program = last.ground, pack.program()
    changed = news.since(root, repository, ground, seen) if last.holds(now) else None
    if changed is None or len(changed) > MOST:
        return None
    try:
        with store.seen(root, {FILES: program, RULES: ground.basis.epoch}) as kept:
            if set(kept) != {FILES, RULES} or kept[RULES].stamp != ground.basis.stamp:
                return None
            files = Kept(program, kept[FILES])
            case = _case(root, repository, last, kept, files, seen=seen, changed=changed, now=now, shelf=shelf)
            hung = _hung(case)
            memory = Memory(ground.basis.epoch, hung, broken=frozenset((form, at) for form, at in ground.basis.broken))
            left = replace(case.library, findings=_left(case, hung))
            found = load.with_findings(left, _new(case, memory)).findings
    except (store.ERROR, _TooMuchError):
        return None
    amended = replace(last.verdict, findings=found, records=last.verdict.records + _more(case))
    _keep(case, amended, seen, files, memory, now=now)
    return amended


def _case(
    root: Path,
    repository: Repository | None,
    last: Last,
    kept: Mapping[str, Entries],
    files: Kept,
    *,
    seen: State,
    changed: frozenset[str],
    now: datetime,
    shelf: Shelf | None,
) -> _Case:
    sure = frozenset(seen.records) - last.ground.unread - changed
    library, records = later.library(root, seen.records, files, sure, shelf)
    library = replace(library, unproven=last.ground.unproven)
    touched = tuple(_touch(path, seen, library, records, last.ground) for path in sorted(changed))
    links = Indexed(library) if shelf else Named(Naming(records, kept[FILES], changed))
    world = rulebook.world(library, now, last.ground.basis.in_force, links)
    clone = None if repository is None or repository.is_shallow() else repository
    return _Case(root, clone, last, library, records, touched, kept[FILES], kept[RULES], world)


def _touch(path: str, seen: State, library: Library, records: Mapping[str, Records], ground: Ground) -> _Touched:
    key, number = place(path)
    form = library.forms.get(key)
    named = sum(each.endswith(f"/{number}{SUFFIX}") for each in seen.records)
    if form is None or not _is_ordinary(form) or named > 1:
        raise _TooMuchError
    was_read = path in ground.looks and path not in ground.unread
    return _Touched(path, form, number, records[key].get(number), was_read)


def _is_ordinary(form: Form) -> bool:
    """Whether its records are looked at by rules only, and by nothing that speaks of the whole repository."""
    return form.is_printed and not (form.is_single or form.overlays or form.document or form.ledger)


def _named(case: _Case) -> frozenset[str]:
    """The files in which the number of a record stands that comes or goes.

    Raises:
        _TooMuchError: a signature is on a changed record, a scan is of one that comes or goes, or it accounts for
            another deleted record than before.
    """
    found = set[str]()
    for each in case.touched:
        start = "" if each.comes_or_goes else f"{RECORDS}/{SIGNATURES}/"
        naming = case.files.naming(json.dumps(each.number, ensure_ascii=False), start=start)
        forms = {place(path)[0] for path in naming}
        if SIGNATURES in forms or _accounts_otherwise(each, case) or (each.comes_or_goes and SCANS in forms):
            raise _TooMuchError
        found |= naming.keys() if each.comes_or_goes else set()
    return frozenset(found)


def _accounts_otherwise(touched: _Touched, case: _Case) -> bool:
    written = case.files.get(touched.path)
    before = json.loads(written)[-1].get(deletions.FORMER) if written is not None else None
    return bool(before != (touched.record.values.get(deletions.FORMER) if touched.record else None))


def _hung(case: _Case) -> Mapping[str, bytes]:
    """What was found on the changed records, and on those whose rules looked at them or would look at them now."""
    found = {each.path: case.rules[each.path] for each in case.touched if each.path in case.rules}
    for form in {each.form.key for each in case.touched}:
        ours = [each for each in case.touched if each.form.key == form]
        heads = [json.dumps([what, form], separators=(",", ":"))[:-1] for what in ("referring", "alike")]
        naming = case.rules.naming(*heads, *(each.number for each in ours))
        found |= {path: each for path, each in naming.items() if any(_looks_at(each, one) for one in ours)}
    return found


def _looks_at(written: bytes, touched: _Touched) -> bool:
    """Whether what was found hangs on a record as it was, of which the number was noted, or would on what it is now."""
    if touched.number.encode() in written:
        return True
    return touched.record is not None and any(
        remembered.concerns(note, touched.record) for note in remembered.notes(written)
    )


def _left(case: _Case, hung: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """The findings of the last answer that nothing has touched."""
    touched = {each.path for each in case.touched}
    gone = {each for written in hung.values() for each in remembered.found(written)}
    where = {each.path for each in gone}
    asked = {each.path for each in case.referring}
    return tuple(
        each
        for each in case.last.verdict.findings
        if each.path not in touched
        and not (each.path in where and each in gone)
        and not (each.rule == references.UNKNOWN and each.path in asked)
    )


def _referring(case: _Case) -> Iterator[Record]:
    """The records whose references are looked at again: changed ones, those that lead there or perhaps should."""
    changed = {each.path for each in case.touched}
    named = _named(case)
    yield from case.living
    for path in sorted((named | set(_astray(case))) - changed):
        record = case.record(path)
        if record is not None:
            yield record


def _astray(case: _Case) -> Iterator[str]:
    """The files that refer to nothing and for which it may be said otherwise now what was perhaps meant."""
    for each in case.last.verdict.findings:
        if each.rule == references.UNKNOWN:
            record = case.record(each.path)
            if record is not None and any(_is_meant(record, each, one, case.library) for one in case.touched):
                yield each.path


def _is_meant(record: Record, finding: Finding, touched: _Touched, library: Library) -> bool:
    names = references.names(touched.record, touched.form) if touched.record else ()
    fields = library.forms[record.form].referring
    return (
        (touched.comes_or_goes and touched.form.key in references.targets(library.forms[record.form]))
        or touched.number in finding.message.en
        or any(value in name for _, _, value in references.walk(record.values, fields) for name in names)
    )


def _new(case: _Case, memory: Memory) -> Iterator[Finding]:
    """What is found now on the changed records and on all that hangs on them."""
    root, library, living = case.root, case.library, case.living
    for each in case.touched:
        yield from case.records[each.form.key].findings(each.number)
    yield from references.check(library, yamlfile.place, case.referring)
    yield from attachments.missing(root, library, living)
    yield from definitions.accepted(library, living)
    yield from rulebook.findings(case.seen, _asked(case, memory), memory)
    if case.repository is not None:
        yield from paths.findings(root, case.repository, case.seen, living)
        if authority.policy_of(case.seen).tells_missing:
            signatures, unsigned = import_module("generator.signatures"), import_module("generator.unsigned")
            yield from unsigned.missing(root, signatures.unsigned(library), living)


def _asked(case: _Case, memory: Memory) -> Iterator[Record]:
    yield from case.living
    for path in memory.stored.keys() - {each.path for each in case.touched}:
        record = case.record(path)
        if record is None:
            raise _TooMuchError
        yield record


def _more(case: _Case) -> int:
    return sum((each.record is not None) - each.was_read for each in case.touched)


def _keep(case: _Case, amended: Verdict, seen: State, files: Kept, memory: Memory, *, now: datetime) -> None:
    ground, program = case.last.ground, pack.program()
    touched = {each.path for each in case.touched}
    lost = {each.path for each in case.touched if each.record is None}
    read = touched & (files.fresh.keys() | lost)  # what came from a shelf is kept already
    store.amend(case.root, FILES, program, {path: files.fresh.get(path) for path in read})
    changed = {
        path: memory.fresh.get(path)
        for path in memory.stored.keys() | memory.fresh.keys()
        if memory.fresh.get(path) != memory.stored.get(path)
    }
    stamp = store.amend(case.root, RULES, ground.basis.epoch, changed, stamp=ground.basis.stamp)
    if not stamp:
        return
    until = min(case.last.until, memory.until)
    under = replace(
        ground,
        unread=(ground.unread - touched) | lost,
        basis=replace(ground.basis, until=until, stamp=stamp),
    )
    verdict.keep(case.root, amended, seen, under, now=now, zone=case.last.zone)
