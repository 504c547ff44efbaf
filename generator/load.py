"""A working tree becomes a library: definitions, records, procedures, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from generator import (
    attachments,
    numbering,
    pack,
    proceduretext,
    references,
    schemafiles,
    schemas,
    typed,
    yamlfile,
)
from generator.kept import Kept, Read
from generator.model import Finding, Form, Library, Procedure, Record, Source
from generator.schemafiles import Listed, files, finding, read
from generator.shelf import Shelf, look
from generator.terms import reading

ORGANIZATION = "records/organization.yaml"


def library(root: Path, shelf: Shelf | None = None, kept: Kept | None = None) -> Library:
    """Read everything below `root`. Wrong files become findings; the rest of the library is still there.

    What a shelf holds is not read again, and what is kept of a record is not parsed again.
    """
    findings: list[Finding] = []
    shelf = shelf or Shelf()
    kept = kept or Kept("")
    forms, registers, checks, found = defined(root, shelf, kept)
    findings += found
    listed = tuple(files(root, "records", ".yaml"))
    records = Reader(root, forms, checks, shelf, kept).records(listed, findings)
    read_, found = procedures(root)
    findings += found
    organization = records.get("organization", {}).get("organization")
    read = Library(
        organization=organization.values if organization else {},
        forms=forms,
        records=records,
        procedures=read_,
        findings=(),
        unread=_unread(listed, records),
        registers=registers,
    )
    findings += references.check(read, yamlfile.place, read.every())
    findings += attachments.missing(root, read, read.every())
    if organization is None and not any(each.path == ORGANIZATION for each in findings):
        findings.append(Finding(ORGANIZATION, 1, 1, "load.organization", reading.NO_ORGANIZATION))
    return with_findings(read, findings)


def defined(root: Path, shelf: Shelf, kept: Kept) -> schemafiles.Defined:
    """The definitions, from the shelf where they lie there."""
    return shelf.of_files("definitions", schemafiles.every(root), lambda: schemafiles.defined(root, kept))


def with_findings(read: Library, findings: Iterable[Finding]) -> Library:
    """The library with more findings, in the order in which they are shown."""
    together = {*read.findings, *findings}
    ordered = sorted(together, key=lambda each: (each.path, each.line, each.column, each.rule, each.message.en))
    return replace(read, findings=tuple(ordered))


def form(root: Path, key: str) -> tuple[Form | None, tuple[Finding, ...]]:
    """One form alone, for verbs that need no records."""
    findings: list[Finding] = []
    forms, _ = schemafiles.definitions(root, findings, Kept(""), f"{key}.yaml")
    return forms.get(key), tuple(findings)


@dataclass(frozen=True)
class Reader:
    """Reads the records of forms, each of which has a check; what a shelf holds or was kept is not read again."""

    root: Path
    forms: Mapping[str, Form]
    checks: Mapping[str, Any]
    shelf: Shelf
    kept: Kept

    def records(self, listed: Iterable[Listed], findings: list[Finding]) -> dict[str, dict[str, Record]]:
        """The records by form and number; what is wrong with any is added to the findings."""
        records: dict[str, dict[str, Record]] = {key: {} for key in self.forms}
        for relative, path in listed:
            _, key, *rest = relative.split("/")
            key = key.removesuffix(".yaml")
            form = self.forms.get(key)
            if form is None or len(rest) > len(("year", "file")):
                text = reading.NO_FORM.format(key=key) if form is None else reading.WRONG_PLACE
                findings.append(Finding(relative, 1, 1, "load.form" if form is None else "load.place", text))
                continue
            record, found = self.shelved(relative, path, form)
            findings += found
            if record is None:
                continue
            known = records[key].get(record.number)
            kept, copy = (record, None) if known is None else _original_first(form, known, record)
            records[key][record.number] = kept
            if copy is not None:
                text = reading.NUMBER_COPIED.format(number=copy.number, other=kept.path)
                findings.append(finding(copy.source, ("number",), "number.unique", text))
        return records

    def shelved(self, relative: str, path: Path, form: Form) -> tuple[Record | None, tuple[Finding, ...]]:
        """The record of a file, from the shelf where it lies there."""
        read = partial(self.one, relative, path, form)
        return self.shelf.of_files(("records", relative), (path,), read, also=self.checks[form.key])

    def one(self, relative: str, path: Path, form: Form) -> tuple[Record | None, tuple[Finding, ...]]:
        """The record of a file, as it was kept or read now; its places are found when somebody asks for them."""
        seen = look(path)
        known = None if path.is_symlink() else self.kept.recalled(relative, form, seen, path.read_bytes)
        if known is None:
            findings: list[Finding] = []
            source = read(self.root, relative, path, findings)
            record = _record(form, source, self.checks[form.key], findings) if source else None
            if record is None or source is None:
                return None, tuple(findings)
            known = Read(source.digest, dict(record.values))
            self.kept.remember(relative, form, seen, known)
        later = Source(relative, None, yamlfile.LaterMarks(path), known.digest)
        return Record(relative, form.key, known.values["number"], known.values, later), ()


def _original_first(form: Form, one: Record, other: Record) -> tuple[Record, Record]:
    """Two files of one number: the one that stands where a record of that number belongs, and its copy."""
    first, second = sorted((one, other), key=lambda each: (_strays(form, each), each.path))
    return first, second


def _strays(form: Form, record: Record) -> int:
    """How far a file is from its place: 0 in the folder of its number's year, 1 in no year's, 2 in another's.

    Where numbers have no year, a file belongs in no year's folder.
    """
    _, _, *years, _ = record.path.split("/")
    try:
        read = numbering.pattern(form.pattern).read(record.number)
    except numbering.PatternError:
        return 0
    values = {} if isinstance(read, numbering.Mismatch) else read
    own = str(values.get("year", values.get("yy", "")))
    is_dated = bool(own)
    if not years:
        return 1 if is_dated else 0
    return 0 if is_dated and years[0].endswith(own) else 2


def record(form: Form, source: Source) -> tuple[Record | None, tuple[Finding, ...]]:
    """One file alone as the record that it holds, or what is wrong with it."""
    return reader(form)(source)


def reader(form: Form) -> Callable[[Source], tuple[Record | None, tuple[Finding, ...]]]:
    """The same for many files of one form."""
    check = schemas.records(form, json.loads(pack.schema("record.schema.json")))

    def read(source: Source) -> tuple[Record | None, tuple[Finding, ...]]:
        findings: list[Finding] = []
        return _record(form, source, check, findings), tuple(findings)

    return read


def _unread(listed: Iterable[Listed], records: Mapping[str, Mapping[str, Record]]) -> dict[str, frozenset[str]]:
    stems: dict[str, set[str]] = {key: set() for key in records}
    for relative, path in listed:
        stems.get(relative.split("/")[1], set()).add(path.stem)
    return {key: frozenset(stems[key] - set(records[key])) for key in records}


def _record(form: Form, source: Source, check: Any, findings: list[Finding]) -> Record | None:
    values = typed_values(form, source)
    found = [finding(source, steps, rule, text, key=key) for steps, key, rule, text in check(values)]
    number = values.get("number")
    if isinstance(number, str):
        found += _number_faults(form, source, number)
    findings += found
    return None if found else Record(source.path, form.key, values["number"], values, source)


def typed_values(form: Form, source: Source) -> dict[str, Any]:
    """The values of a file as its form asks for them."""
    return typed.values(source.values, form.by_key, lambda steps: yamlfile.is_plain(source.marks, steps))


def _number_faults(form: Form, source: Source, number: str) -> Iterator[Finding]:
    stem = Path(source.path).stem
    if not numbering.is_safe_stem(number):
        yield finding(source, ("number",), "number.unsafe", reading.UNSAFE_NUMBER.format(number=number))
        return
    if stem != number:
        text = reading.STEM_IS_NUMBER.format(stem=stem, number=number)
        yield finding(source, ("number",), "number.stem", text)
    try:
        read = numbering.pattern(form.pattern).read(number)
    except numbering.PatternError:
        return
    if isinstance(read, numbering.Mismatch) and not form.is_single:
        text = reading.BAD_NUMBER.format(number=number, pattern=form.pattern, reason=read.message)
        yield finding(source, ("number",), "number.pattern", text)


def procedures(root: Path) -> tuple[dict[str, Procedure], tuple[Finding, ...]]:
    """The procedures by number, and what is wrong with their files."""
    findings: list[Finding] = []
    check = proceduretext.definition_check("procedure.schema.json")
    known: dict[str, Procedure] = {}
    for relative, path in files(root, "procedures", ".md"):
        if not path.resolve().is_relative_to(root.resolve()):
            findings.append(Finding(relative, 1, 1, "load.link", reading.LINK_OUTSIDE))
            continue
        read, found = proceduretext.read(relative, path.read_bytes(), check)
        findings += found
        if read is not None and read.number in known:
            other = known[read.number].path
            text = reading.NUMBER_TWICE.format(number=read.number, other=other)
            findings.append(Finding(relative, 1, 1, "number.unique", text))
        elif read is not None:
            known[read.number] = read
    return known, tuple(findings)
