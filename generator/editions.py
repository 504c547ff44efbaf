"""The revisions of a document that were signed by all who must, each with the commit that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from generator import (
    attachments,
    canonical,
    definition,
    documents,
    history,
    ledgerdefinition,
    load,
    parts,
    proceduretext,
    typed,
    yamlfile,
)
from generator.documents import Document, Keeper
from generator.git import Repository
from generator.gitlog import Logged
from generator.history import Parts
from generator.historyindex import Index, Revision
from generator.model import Library
from generator.signed import Signed
from generator.status import Edition

ALWAYS = frozenset({"revision", "reason", "effective"})
"""What says of itself that it is another revision."""
NEVER = 1 << 60
"""A place beyond the end of the history."""
Blobs = Mapping[str, str]
Signers = Callable[[Document, str], tuple[Signed, ...] | None]
"""The signatures that hold on a document with this digest, one for each box; None while one is missing."""


@dataclass(frozen=True)
class Content:
    """What a document was from one commit of the main line to the next that changed it; `end` is the place of that.

    `files` are the contents by their paths.
    """

    document: Document
    digest: str
    commit: Logged
    place: int
    end: int
    files: Mapping[str, bytes]


class Archive:
    """Reads what documents were, from the index and the contents of the clone."""

    def __init__(self, repository: Repository, index: Index, library: Library) -> None:
        self._repository = repository
        self._index = index
        self._library = library

    def editions(self, document: Document, signers: Signers) -> tuple[Edition, ...]:
        """The signed revisions of a document, oldest first; each digest once, as it stood last."""
        entries = self._library.signed.get(document.number, ())
        if not entries:
            return ()
        places = {each.path: self._added(each) for each in entries}
        found: dict[str, Edition] = {}
        before: Parts = {}
        for content in self.contents(document):
            signed = signers(content.document, content.digest)
            if signed is None:
                continue
            holding = max((content.place, *(places[each.path] for each in signed if places[each.path] < content.end)))
            commit = self._index.at(holding) if holding > content.place else content.commit
            now = self._parts(content)
            changed = history.differing(before, now) if before else ()
            found[content.digest] = Edition(content.document, content.digest, commit.id, signed, changed)
            before = now
        return tuple(found.values())

    def contents(self, document: Document) -> Iterator[Content]:
        """Everything that a document was on the main line, oldest first; what cannot be read is left out."""
        stages = tuple(_stages(self._revisions(document)))
        blobs = sorted({blob for _, blobs in stages for blob in blobs.values()})
        read = dict(zip(blobs, self._repository.contents(blobs), strict=True))
        ends = (*(revision.place for revision, _ in stages[1:]), NEVER)
        for (revision, held), end in zip(stages, ends, strict=False):
            files = {path: read[blob] for path, blob in held.items()}
            parsed = _parsed(document, files, self._library)
            if parsed is not None:
                yield Content(*parsed, commit=revision.commit, place=revision.place, end=end, files=files)

    def _parts(self, content: Content) -> Parts:
        """What it consists of, but for what every revision changes."""
        pieces = (parts.of(self._library, path, each) for path, each in content.files.items())
        return {key: part for each in pieces for key, part in each.items() if key not in ALWAYS}

    def _revisions(self, document: Document) -> Iterable[Revision]:
        if document.keeper is Keeper.FORM:
            return (revision for path in document.paths for revision in self._index.of(path))
        path = PurePosixPath(document.paths[0])
        folder = path.parts[:2] if document.keeper is Keeper.RECORD else path.parts[:1]
        own = self._index.named("/".join(folder), path.name)  # a distribution list has its document's name
        beside = self._index.below(path.with_suffix("").as_posix()) if document.keeper is Keeper.RECORD else ()
        return (*own, *beside)

    def _added(self, entry: Signed) -> int:
        """The place where a signature came to the main line; beyond all where it has not been committed."""
        places = (each.place for each in self._index.of(entry.path) if each.is_main)
        return next(places, NEVER)


def _stages(revisions: Iterable[Revision]) -> Iterator[tuple[Revision, Blobs]]:
    """Which contents stood together after each commit of the main line."""
    ordered = sorted((each for each in revisions if each.is_main), key=lambda each: each.place)
    held: dict[str, str] = {}
    for this, following in pairwise((*ordered, None)):
        if this is None:
            continue
        if this.act == "D":
            held.pop(this.path, None)
        else:
            held[this.path] = this.blob
        if held and (following is None or following.place != this.place):
            yield this, dict(held)


def _parsed(document: Document, files: Mapping[str, bytes], library: Library) -> tuple[Document, str] | None:
    readers = {Keeper.PROCEDURE: _procedure, Keeper.FORM: _form, Keeper.REGISTER: _register, Keeper.RECORD: _record}
    return readers[document.keeper](document, files, library)


def _procedure(document: Document, files: Mapping[str, bytes], _: Library) -> tuple[Document, str] | None:
    path, content = next(iter(files.items()))
    read, _faults = proceduretext.procedure(path, content)
    if read is None or read.number != document.number:
        return None
    return documents.of_procedure(read), canonical.digest(canonical.procedure(read.front, read.body))


def _form(document: Document, files: Mapping[str, bytes], _: Library) -> tuple[Document, str] | None:
    path, template = document.paths
    if path not in files:
        return None
    schema = _definition(path, files[path], "form.schema.json")
    if schema is None:
        return None
    form = definition.form(document.key, path, schema)
    digest = canonical.digest(files[template]) if template in files else ""
    return documents.of_form(form), canonical.digest(canonical.form(schema, digest))


def _register(document: Document, files: Mapping[str, bytes], _: Library) -> tuple[Document, str] | None:
    path, content = next(iter(files.items()))
    written = _definition(path, content, "register.schema.json")
    if written is None:
        return None
    register = ledgerdefinition.register(document.key, path, written, None)
    return documents.of_register(register), canonical.digest(canonical.form(written, ""))


def _definition(path: str, content: bytes, shape: str) -> Mapping[str, Any] | None:
    """A definition as it is read; None where it is none."""
    source, _faults = yamlfile.load(content, path)
    if source is None:
        return None
    written = typed.definition(source.values, partial(yamlfile.is_plain, source.marks))
    return None if any(proceduretext.definition_check(shape)(written)) else written


def _record(document: Document, files: Mapping[str, bytes], library: Library) -> tuple[Document, str] | None:
    path = next((each for each in files if Path(each).name == Path(document.paths[0]).name), "")
    source, _ = yamlfile.load(files[path], path) if path else (None, ())
    form = library.forms[document.key]
    if source is None or not isinstance(source.values, dict):
        return None
    record, _ = load.record(form, source)
    if record is None:
        return None
    return documents.of_record(record, form), canonical.digest(attachments.signable_of(record, form, files))
