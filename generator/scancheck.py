"""Whether filed scans are what was filed, and of something that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator import canonical, documents, references, yamlfile
from generator.model import Finding, Library
from generator.terms import scans as words
from generator.tray import SCANS

CLAUSE = "ISO 9001 7.5.3.2"


def findings(root: Path, library: Library) -> Iterator[Finding]:
    """A scan that was changed after it was filed, or whose record is gone."""
    kept = documents.of(library)
    for record in library.records.get(SCANS, {}).values():
        marks = record.source.marks
        if record.values["of"] not in kept and library.record(record.values["of"]) is None:
            text = words.NO_SUBJECT.format(number=record.values["of"])
            yield Finding(record.path, *yamlfile.place(marks, ("of",)), "scan.subject", text, clause=CLAUSE)
        for position, part in enumerate(record.values["parts"]):
            path = root / references.folder(record) / part["file"]
            if path.is_file() and canonical.digest(path.read_bytes()) != part["sha256"]:
                place = yamlfile.place(marks, ("parts", position, "sha256"))
                text = words.CHANGED.format(file=part["file"])
                yield Finding(record.path, *place, "scan.changed", text, clause=CLAUSE)
