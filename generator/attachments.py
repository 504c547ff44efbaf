"""The files that records name beside themselves: whether they are there, and what they add to what is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator import canonical, references, yamlfile
from generator.model import Finding, Form, Library, Record
from generator.terms import Text, reading


def missing(root: Path, read: Library, records: Iterable[Record]) -> Iterator[Finding]:
    """Findings on attachments that these records name and that are not there."""
    for record in records:
        folder = references.folder(record)
        for steps, name in references.attachments(record, read.forms[record.form]):
            path = root / folder / name
            if not path.is_file():
                text = reading.NO_ATTACHMENT.format(value=name, folder=folder)
                yield _finding(record, steps, "attachment.missing", text)
            elif (path.is_symlink() or path.parent.is_symlink()) and not _is_inside(root, path):
                text = reading.ATTACHMENT_OUTSIDE.format(value=name)
                yield _finding(record, steps, "attachment.link", text)


def _is_inside(root: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def signable(root: Path, record: Record, form: Form) -> bytes:
    """What is signed of a record, its attachments included; a missing one has no hash."""
    paths = (f"{references.folder(record)}/{name}" for _, name in references.attachments(record, form))
    return signable_of(record, form, {path: (root / path).read_bytes() for path in paths if (root / path).is_file()})


def signable_of(record: Record, form: Form, files: Mapping[str, bytes]) -> bytes:
    """The same with the contents of the attachments by their paths."""
    folder = references.folder(record)
    names = {name for _, name in references.attachments(record, form) if f"{folder}/{name}" in files}
    return canonical.record(record.values, {name: canonical.digest(files[f"{folder}/{name}"]) for name in names})


def _finding(record: Record, steps: references.Steps, rule: str, text: Text) -> Finding:
    return Finding(record.path, *yamlfile.place(record.source.marks, steps), rule, text)
