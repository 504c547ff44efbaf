"""The signatures of a repository before the history: what is known of each, and which of them hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator import (
    attachments,
    authority,
    calendars,
    canonical,
    documents,
    historyindex,
    load,
    proving,
    rulebook,
    signing,
    sshsig,
    yamlfile,
)
from generator.authority import People, Policy
from generator.documents import Document, Keeper
from generator.git import Repository
from generator.historyindex import Index, Revision
from generator.model import Library, Values
from generator.proving import Fact
from generator.signed import SIGNATURES, Signed
from generator.signing import Subject, Verdict
from generator.world import World

FOLDER = f"records/{SIGNATURES}"
PEOPLE = "people"
ANY_DAY = datetime.min  # noqa: DTZ901 - whether a box must be signed hangs on no day
GONE = "D"


@dataclass(frozen=True)
class Bench:
    """All that signatures of a library are judged by."""

    library: Library
    seen: World
    policy: Policy
    facts: Mapping[str, Fact]

    def subject(self, document: Document, digest: str) -> Subject:
        """A document with this content, as it is signed."""
        return signing.subject(document, digest, self.seen)

    def verdicts(self, document: Document, digest: str) -> tuple[Verdict, ...]:
        """What is to be said of the entries of a document with this content."""
        entries = self.library.signed.get(document.number, ())
        return signing.verdicts(self.subject(document, digest), entries, self.facts, self.policy)

    def people(self, entry: Signed) -> People:
        """The records of signer and principal as they are."""
        known = self.library.records.get(PEOPLE, {})
        return {name: (known[name].values,) for name in (entry.person, entry.on_behalf_of) if name in known}

    def signers(self, document: Document, digest: str) -> tuple[Signed, ...] | None:
        """The signatures that hold on a document with this content; None while a box is open."""
        return signing.complete(self.subject(document, digest), self.verdicts(document, digest))


def bench(repository: Repository | None, library: Library) -> Bench:
    """What the entries of a library are judged by; outside git nothing is proven by a commit.

    Raises:
        GeneratorError: the clone is shallow.
    """
    seen = rulebook.world(library, ANY_DAY)
    entries = tuple(entry for found in library.signed.values() for entry in found)
    if repository is None or not entries:
        plain = {each.path: _fact(each, (), library, {}) for each in entries}
        return Bench(library, seen, authority.policy_of(seen), plain)
    with historyindex.opened(repository) as index:
        return Bench(library, seen, authority.policy_of(seen), _facts(repository, index, library, entries))


def unsigned(library: Library) -> Bench:
    """What is to be said of records that nobody has signed."""
    seen = rulebook.world(library, ANY_DAY)
    return Bench(library, seen, authority.policy_of(seen), {})


def document(library: Library, number: str) -> Document | None:
    """The document or record of that number."""
    record = library.record(number)
    found = documents.of(library).get(number)
    return found or (documents.of_record(record, library.forms[record.form]) if record else None)


def digest(root: Path, document: Document, library: Library) -> str:
    """The hash of what the tree holds of a document or record; a part that is missing has none."""
    if document.keeper is Keeper.PROCEDURE:
        procedure = library.procedures[document.number]
        return canonical.digest(canonical.procedure(procedure.front, procedure.body))
    if document.keeper is Keeper.FORM:
        template = root / document.paths[1]
        face = canonical.digest(template.read_bytes()) if template.is_file() else ""
        return canonical.digest(canonical.form(library.forms[document.key].schema, face))
    if document.keeper is Keeper.REGISTER:
        return canonical.digest(canonical.form(library.registers[document.key].written, ""))
    record = library.records[document.key][document.number]
    return canonical.digest(attachments.signable(root, record, library.forms[document.key]))


def verdicts(root: Path, repository: Repository | None, library: Library) -> Mapping[str, tuple[Verdict, ...]]:
    """What is to be said of every entry, by the number that it signs; nothing for numbers that are not there."""
    if not library.signed:
        return {}
    found = bench(repository, library)
    known = ((number, document(library, number)) for number in library.signed)
    return {number: found.verdicts(each, digest(root, each, library)) for number, each in known if each}


def judged(root: Path, repository: Repository | None, library: Library) -> Library:
    """The library that knows which of its signatures do not hold."""
    every = {entry.path for found in library.signed.values() for entry in found}
    holding = {
        each.entry.path for found in verdicts(root, repository, library).values() for each in found if each.holds
    }
    return replace(library, unproven=frozenset(every - holding))


def removed(repository: Repository, library: Library) -> Iterator[tuple[Signed, Fact, Revision]]:
    """Entries that the main line lost: as they stood, what is known of them, and the commit that deleted them."""
    with historyindex.opened(repository) as index:
        gone = [each for each in index.last_changes().values() if each.act == GONE and each.path.startswith(FOLDER)]
        histories = {each.path: index.of(each.path) for each in gone}
        kept = library.records.get(SIGNATURES, {})
        lost = [each for each in gone if Path(each.path).stem not in kept]
        blobs = [next(one.blob for one in histories[each.path] if one.act != GONE) for each in lost]
        contents = repository.contents(blobs) if blobs else ()
        for each, content in zip(lost, contents, strict=True):
            source, _ = yamlfile.load(content, each.path)
            record = load.record(library.forms[SIGNATURES], source)[0] if source else None
            if record is not None:
                entry = Signed.of(record.number, each.path, record.values)
                yield entry, _fact(entry, histories[each.path], library, {}), each


def _facts(repository: Repository, index: Index, library: Library, entries: Iterable[Signed]) -> dict[str, Fact]:
    revisions = {each.path: index.of(each.path) for each in entries}
    dirty = repository.changed((FOLDER,))
    then = _people_then(repository, index, library, entries, revisions)
    return {
        each.path: replace(
            _fact(each, revisions[each.path], library, then), is_dirty=each.path in dirty and bool(revisions[each.path])
        )
        for each in entries
    }


def _fact(
    entry: Signed, revisions: tuple[Revision, ...], library: Library, then: Mapping[tuple[str, str], Values]
) -> Fact:
    added = next((each for each in revisions if each.act != GONE), None)
    edited = next((each for each in revisions if added and each.act != GONE and each.blob != added.blob), None)
    names = [each for each in (entry.person, entry.on_behalf_of) if each]
    people = {
        name: tuple(each for each in (_now(library, name), then.get((entry.path, name))) if each is not None)
        for name in names
    }
    return Fact(
        added=added.commit if added else None,
        edited=edited.commit if edited else None,
        when=_local(added, library) if added else "",
        people=people,
        key=sshsig.signer(proving.payload(entry), entry.ssh) if entry.ssh else "",
    )


def _now(library: Library, name: str) -> Values | None:
    record = library.records.get(PEOPLE, {}).get(name)
    return record.values if record else None


def _local(added: Revision, library: Library) -> str:
    zone = calendars.zone(library)
    return f"{datetime.fromisoformat(added.commit.authored).astimezone(zone):%Y-%m-%d %H:%M}"


def _people_then(
    repository: Repository,
    index: Index,
    library: Library,
    entries: Iterable[Signed],
    revisions: Mapping[str, tuple[Revision, ...]],
) -> dict[tuple[str, str], Values]:
    """The records of signers as they were when their entry was added, where they have changed since."""
    histories: dict[str, tuple[Revision, ...]] = {}
    wanted: dict[tuple[str, str], str] = {}
    for entry in entries:
        for name in (entry.person, entry.on_behalf_of) if revisions[entry.path] else ():
            if name and name not in histories:
                histories[name] = index.named(f"records/{PEOPLE}", f"{name}.yaml")
            place = revisions[entry.path][0].place
            before = [each for each in histories.get(name, ()) if each.place <= place and each.act != GONE]
            if before and before[-1] is not histories[name][-1]:
                wanted[entry.path, name] = before[-1].blob
    blobs = sorted(set(wanted.values()))
    contents = repository.contents(blobs) if blobs else ()
    read = {blob: _values(content, library) for blob, content in zip(blobs, contents, strict=True)}
    return {key: read[blob] for key, blob in wanted.items() if read[blob]}


def _values(content: bytes, library: Library) -> Values:
    source, _ = yamlfile.load(content, PEOPLE)
    if source is None or not isinstance(source.values, dict):
        return {}
    return load.typed_values(library.forms[PEOPLE], source)
