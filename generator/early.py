"""What may be printed of a record is known before the later ones are read: it hangs on its file and what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import attachments, facecheck, later, load, pack, references, store, yamlfile
from generator.kept import FILES, Kept
from generator.later import Records
from generator.model import Finding, Form, Library, Record
from generator.shelf import RECORDS, SUFFIX, Shelf, files, place


@dataclass(frozen=True)
class Early:
    """A library whose records are read when somebody asks for one.

    Its findings are those on definitions and templates only; all are there once it is `whole`.
    """

    root: Path
    library: Library
    records: Mapping[str, Records]
    shelf: Shelf
    kept: Kept
    before: store.Texts

    def paths(self, form: Form) -> tuple[str, ...]:
        """The files of a form's records, of which some may be wrong."""
        return tuple(self.records[form.key].listed.values())

    def sound(self, form: Form, path: str) -> Record | None:
        """The record of a file of that form; None where the check finds something in it."""
        record = self.records[form.key].get(place(path)[1])
        return None if record is None or any(self._faults(record)) else record

    def _faults(self, record: Record) -> Iterator[Finding]:
        yield from references.check(self.library, yamlfile.place, (record,))
        yield from attachments.missing(self.root, self.library, (record,))

    def whole(self) -> Library:
        """The library with everything that is wrong; what was read is kept for the next time."""
        library = facecheck.checked(self.root, self.shelf, self.kept)
        store.write(self.root, FILES, pack.program(), self.kept.fresh, self.before)
        return library


def read(root: Path) -> Early:
    """Definitions, templates and procedures; of the records only where each lies."""
    shelf, before = Shelf(), store.read(root, FILES, pack.program())
    kept = Kept(pack.program(), before)
    library, records = later.library(root, files(root, RECORDS, SUFFIX), kept, shelf=shelf)
    found = load.defined(root, shelf, kept)[-1]
    library = load.with_findings(library, (*found, *facecheck.findings(root, library, shelf, kept)))
    return Early(root, library, records, shelf, kept, before)
