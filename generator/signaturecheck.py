"""What is wrong with the signatures of a repository, and which change made one void."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator import (
    authority,
    history,
    historyindex,
    parts,
    proving,
    references,
    signatures,
    signing,
    unsigned,
    yamlfile,
)
from generator.documents import Document
from generator.editions import Archive, Content
from generator.git import Repository
from generator.history import Parts
from generator.model import Finding, Library
from generator.signatures import Bench
from generator.signed import SIGNATURES, Signed
from generator.signing import Verdict
from generator.terms import Text
from generator.terms import signing as words

SUBJECT, REMOVED = (f"signature.{each}" for each in ("subject", "removed"))
FIELDS = {
    signing.ROLE: "role",
    signing.ORDER: "role",
    signing.SEPARATION: "person",
    signing.VOID: "sha256",
    signing.REVISION: "revision",
    proving.PLACE: "of",
    proving.PERSON: "person",
    proving.KEY: "key",
    proving.TIME: "signed_at",
    SUBJECT: "of",
}
"""The field of an entry that a finding points to."""


@dataclass(frozen=True)
class Reading:
    """Signatures with the contents that they were given on."""

    root: Path
    library: Library
    bench: Bench
    archive: Archive

    def verdicts(self, document: Document) -> tuple[Verdict, ...]:
        """What is to be said of each entry of a document or record, what voided it included."""
        found = self.bench.verdicts(document, signatures.digest(self.root, document, self.library))
        return tuple(self._explained(each, document) for each in found)

    def _explained(self, verdict: Verdict, document: Document) -> Verdict:
        if verdict.rule not in {signing.VOID, signing.REVISION}:
            return verdict
        entry = verdict.entry
        contents = tuple(self.archive.contents(document))
        places = [place for place, each in enumerate(contents) if _is_on(entry, each)]
        if not places:
            return Verdict(entry, signing.VOID, words.NEVER_SIGNED)
        if verdict.rule == signing.REVISION:
            return verdict
        before, *after = contents[places[-1] : places[-1] + 2]
        why = self._change(document, before, after[0] if after else None)
        return Verdict(entry, verdict.rule, why, is_over=verdict.is_over)

    def _change(self, document: Document, before: Content, after: Content | None) -> Text:
        now = after.files if after else _files(self.root, self.library, document)
        titles = history.differing(self._parts(before.files), self._parts(now)) or (words.NOTHING_NAMED,)
        changed = Text("、".join(each.zh for each in titles), ", ".join(each.en for each in titles))
        if after is None:
            return words.VOID_BY_TREE.format(changed=changed)
        return words.VOID_BY.format(changed=changed, **proving.said(after.commit))

    def _parts(self, contents: Mapping[str, bytes]) -> Parts:
        found = (parts.of(self.library, path, content) for path, content in sorted(contents.items()))
        return {key: part for each in found for key, part in each.items()}


@contextmanager
def reading(root: Path, repository: Repository, library: Library) -> Iterator[Reading]:
    """The signatures of a clone, to be looked at one by one.

    Raises:
        GeneratorError: the clone is shallow.
    """
    bench = signatures.bench(repository, library)
    with historyindex.opened(repository) as index:
        yield Reading(root, library, bench, Archive(repository, index, library))


def findings(root: Path, repository: Repository, library: Library) -> Iterator[Finding]:
    """Everything that is wrong with signatures.

    Raises:
        GeneratorError: the clone is shallow.
    """
    yield from _removed(root, repository, library)
    if library.signed:
        with reading(root, repository, library) as read:
            for number, entries in library.signed.items():
                yield from _faults(read, number, entries)
    bench = signatures.bench(repository, library)
    yield from unsigned.missing(root, bench, library.every())


def _faults(read: Reading, number: str, entries: Iterable[Signed]) -> Iterator[Finding]:
    document = signatures.document(read.library, number)
    if document is None:
        for each in entries:
            yield _finding(read.library, each, SUBJECT, words.NO_SUBJECT.format(number=number))
        return
    for verdict in read.verdicts(document):
        if verdict.why is not None and not verdict.is_over:
            yield _finding(read.library, verdict.entry, verdict.rule, verdict.why)


def _finding(library: Library, entry: Signed, rule: str, text: Text) -> Finding:
    record = library.records[SIGNATURES][entry.number]
    line, column = yamlfile.place(record.source.marks, (FIELDS.get(rule, "number"),))
    return Finding(entry.path, line, column, rule, text, clause=unsigned.CLAUSE)


def _is_on(entry: Signed, content: Content) -> bool:
    return (content.document.label, content.digest) == (entry.revision, entry.digest)


def _files(root: Path, library: Library, document: Document) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in paths(library, document) if (root / path).is_file()}


def paths(library: Library, document: Document) -> tuple[str, ...]:
    """The files that are the content of a document or record, its attachments among them."""
    record = document.record
    if record is None:
        return document.paths
    names = (name for _, name in references.attachments(record, library.forms[record.form]))
    return (*document.paths, *(f"{references.folder(record)}/{name}" for name in names))


def _removed(root: Path, repository: Repository, library: Library) -> Iterator[Finding]:
    """Signatures that are gone, unless they never were proven: what somebody signed is not taken back."""
    for entry, fact, gone in signatures.removed(repository, library):
        if next(proving.faults(entry, fact, authority.Policy()), None) is None:
            said = {"person": entry.person, "role": entry.role, "subject": entry.subject}
            text = words.REMOVED.format(**said, **proving.said(gone.commit))
            yield Finding(entry.path, 1, 1, REMOVED, text, clause=unsigned.CLAUSE)
    for path in sorted(repository.changed((signatures.FOLDER,))):
        if not (root / path).exists():
            yield Finding(path, 1, 1, REMOVED, words.REMOVED_TREE, clause=unsigned.CLAUSE)
