"""Where every document of a repository stands, and what is wrong with its label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from generator import documents, historyindex, signatures, status, yamlfile
from generator.documents import Document, Keeper
from generator.editions import Archive
from generator.git import Repository
from generator.labels import Scheme
from generator.model import Finding, Library
from generator.status import Edition, Standing, Status
from generator.world import World

SCHEME = "documents.label_scheme"
Standings = Mapping[str, Standing]
MARKS = {
    Status.DRAFT: "draft",
    Status.IN_REVIEW: "draft",
    Status.OBSOLETE: "obsolete",
    Status.RETAINED: "retained",
}
"""Obsolete documents must not be used by mistake (ISO 9001 7.5.3.2)."""


def editions(repository: Repository | None, library: Library) -> Mapping[str, tuple[Edition, ...]]:
    """The signed revisions of each document that has any; outside git nothing was ever signed.

    Raises:
        GeneratorError: the clone is shallow.
    """
    signed = [each for number, each in documents.of(library).items() if number in library.signed]
    if repository is None or not signed:
        return {}
    bench = signatures.bench(repository, library)
    with historyindex.opened(repository) as index:
        archive = Archive(repository, index, library)
        return {each.number: archive.editions(each, bench.signers) for each in signed}


def standings(root: Path, repository: Repository | None, library: Library, today: date) -> Standings:
    """Where each document stands on a day, by its number.

    Raises:
        GeneratorError: the clone is shallow.
    """
    found = editions(repository, library)
    return {
        number: _standing(root, each, library, found.get(number, ()), today)
        for number, each in documents.of(library).items()
    }


def _standing(root: Path, document: Document, library: Library, signed: tuple[Edition, ...], today: date) -> Standing:
    now = signatures.digest(root, document, library)
    is_signed = any(each.digest == now for each in library.signed.get(document.number, ()))
    return status.standing(document, now, signed, is_signed=is_signed, today=today)


def marks(found: Standings) -> Mapping[str, str]:
    """How a print of what the tree holds is marked, where it is not the revision in force of a signed document."""
    return {number: MARKS[each.status] for number, each in found.items() if each.editions and each.status in MARKS}


def findings(seen: World, found: Standings) -> Iterator[Finding]:
    """What is wrong with labels, reasons and successors, on the line where the label stands."""
    scheme = Scheme(seen.held(SCHEME, None).value) if SCHEME in seen.settings.declared else Scheme.SLASH
    known = frozenset(found)
    for standing in found.values():
        document = standing.document
        for rule, text in status.faults(standing, scheme, known):
            yield Finding(document.paths[0], *place(document, seen.library), rule, text, clause="ISO 9001 7.5.3.2")


def place(document: Document, library: Library) -> tuple[int, int]:
    """Line and column of the label of a document."""
    if document.keeper is Keeper.FORM:
        return yamlfile.place(library.forms[document.key].marks, ("x-form", "revision"))
    if document.keeper is Keeper.REGISTER:
        return yamlfile.place(library.registers[document.key].marks, ("x-register", "revision"))
    if document.keeper is Keeper.RECORD:
        record = library.records[document.key][document.number]
        return yamlfile.place(record.source.marks, (library.forms[document.key].document["revision"],))
    return yamlfile.place(library.procedures[document.number].marks, ("revision",))
