"""A working tree becomes a library: definitions, records, procedures, and what is wrong with them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from generator import (
    attachments,
    canonical,
    definition,
    ledgerdefinition,
    numbering,
    pack,
    proceduretext,
    references,
    schemas,
    typed,
    yamlfile,
)
from generator.kept import Kept, Read
from generator.ledgers import Register
from generator.model import Finding, Form, Library, Procedure, Record, Source
from generator.shelf import Shelf, is_settled, look
from generator.terms import Text, reading

ORGANIZATION = "records/organization.yaml"
REGISTER = "x-register"
Listed = tuple[str, Path]
"""A file's path from the root, and where it is."""
Defined = tuple[dict[str, Form], dict[str, Register], dict[str, Any], tuple[Finding, ...]]
"""Forms and registers, the check of each form's records, and what is wrong with them."""


def library(root: Path, shelf: Shelf | None = None, kept: Kept | None = None) -> Library:
    """Read everything below `root`. Wrong files become findings; the rest of the library is still there.

    What a shelf holds is not read again, and what is kept of a record is not parsed again.
    """
    findings: list[Finding] = []
    shelf = shelf or Shelf()
    forms, registers, checks, found = shelf.of_files("definitions", _definition_files(root), lambda: _defined(root))
    findings += found
    listed = tuple(files(root, "records", ".yaml"))
    records = _Reader(root, forms, checks, shelf, kept or Kept("")).records(listed, findings)
    procedures = _procedures(root, findings)
    organization = records.get("organization", {}).get("organization")
    read = Library(
        organization=organization.values if organization else {},
        forms=forms,
        records=records,
        procedures=procedures,
        findings=(),
        unread=_unread(listed, records),
        registers=registers,
    )
    findings += references.check(read, yamlfile.place)
    findings += attachments.missing(root, read)
    if organization is None and not any(each.path == ORGANIZATION for each in findings):
        findings.append(Finding(ORGANIZATION, 1, 1, "load.organization", reading.NO_ORGANIZATION))
    return with_findings(read, findings)


def with_findings(read: Library, findings: Iterable[Finding]) -> Library:
    """The library with more findings, in the order in which they are shown."""
    together = {*read.findings, *findings}
    ordered = sorted(together, key=lambda each: (each.path, each.line, each.column, each.rule, each.message.en))
    return replace(read, findings=tuple(ordered))


def form(root: Path, key: str) -> tuple[Form | None, tuple[Finding, ...]]:
    """One form alone, for verbs that need no records."""
    findings: list[Finding] = []
    forms, _ = _definitions(root, findings, f"{key}.yaml")
    return forms.get(key), tuple(findings)


def files(root: Path, folder: str, suffix: str) -> Iterator[Listed]:
    """The files below `folder` with their path from the root, in order; hidden and temporary files left out."""
    found = (parts for parts in _below(root / folder, (folder,)) if parts[-1].endswith(suffix))
    return (("/".join(parts), root.joinpath(*parts)) for parts in sorted(found))


def _below(folder: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The parts of every path below a folder; a link to a folder is not followed."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _below(folder / entry.name, (*parts, entry.name))
            elif not entry.is_dir():
                yield (*parts, entry.name)


def _read(root: Path, relative: str, path: Path, findings: list[Finding]) -> Source | None:
    if not path.resolve().is_relative_to(root.resolve()) or not path.is_file():
        findings.append(Finding(relative, 1, 1, "load.link", reading.LINK_OUTSIDE))
        return None
    content = path.read_bytes()
    source, found = yamlfile.load(content, relative)
    findings += found
    if source is not None and not isinstance(source.values, dict):
        findings.append(Finding(relative, 1, 1, "schema.type", reading.NOT_A_MAPPING))
        return None
    return replace(source, digest=canonical.digest(content)) if source is not None else None


def _definition_files(root: Path) -> tuple[Path, ...]:
    return tuple(path for _, path in files(root, "schemas", ".yaml"))


def _defined(root: Path) -> Defined:
    findings: list[Finding] = []
    forms, registers = _definitions(root, findings)
    common = json.loads(pack.schema("record.schema.json"))
    return forms, registers, {key: schemas.records(form, common) for key, form in forms.items()}, tuple(findings)


def _definitions(root: Path, findings: list[Finding], name: str = "") -> tuple[dict[str, Form], dict[str, Register]]:
    check = {
        REGISTER: proceduretext.definition_check("register.schema.json"),
        "x-form": proceduretext.definition_check("form.schema.json"),
    }
    forms: dict[str, Form] = {}
    registers: dict[str, Register] = {}
    sources: dict[str, Source] = {}
    for relative, path in files(root, "schemas", ".yaml"):
        if name and path.name != name:
            continue
        source = _read(root, relative, path, findings)
        if source is None:
            continue
        schema = typed.definition(source.values, partial(yamlfile.is_plain, source.marks))
        faults = tuple(check[REGISTER if REGISTER in schema else "x-form"](schema))
        for steps, reason in faults:
            text = reading.DEFINITION.format(place=".".join(map(str, steps)) or relative, reason=reason)
            findings.append(_finding(source, steps, "definition", text))
        if not faults:
            sources[path.stem] = source
        if not faults and REGISTER in schema:
            registers[path.stem] = ledgerdefinition.register(path.stem, relative, schema, source.marks)
        elif not faults:
            forms[path.stem] = definition.form(path.stem, relative, schema, source.marks)
    every = frozenset(path.stem for _, path in files(root, "schemas", ".yaml"))
    for key, form in forms.items():
        for steps, text in definition.faults(form, every):
            findings.append(_finding(sources[key], steps, "definition.reference", text))
        findings += _pattern_faults(form, sources[key])
    findings += _doubled_numbers({**forms, **registers}, sources)
    return forms, registers


def _pattern_faults(form: Form, source: Source) -> Iterator[Finding]:
    try:
        numbering.pattern(form.pattern)
    except numbering.PatternError as error:
        text = reading.DEFINITION_PATTERN.format(pattern=form.pattern, reason=error.text)
        yield _finding(source, ("x-form", "record_number"), "definition.pattern", text)


def _doubled_numbers(forms: Mapping[str, Form | Register], sources: Mapping[str, Source]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for key, form in forms.items():
        if form.number and form.number in seen:
            text = reading.DEFINITION_NUMBER_TWICE.format(number=form.number, other=seen[form.number])
            block = "x-form" if isinstance(form, Form) else REGISTER
            yield _finding(sources[key], (block, "number"), "definition.number", text)
        seen.setdefault(form.number, form.path)


def _finding(source: Source, steps: tuple[str | int, ...], rule: str, text: Text, *, key: bool = False) -> Finding:
    line, column = yamlfile.place(source.marks, steps, key=key)
    return Finding(source.path, line, column, rule, text)


@dataclass(frozen=True)
class _Reader:
    """Reads the records below a folder; what a shelf holds or was kept is not read again."""

    root: Path
    forms: Mapping[str, Form]
    checks: Mapping[str, Any]
    shelf: Shelf
    kept: Kept

    def records(self, listed: Iterable[Listed], findings: list[Finding]) -> dict[str, dict[str, Record]]:
        """The records by form and number; what is wrong with any is added to the findings."""
        records: dict[str, dict[str, Record]] = {key: {} for key in self.forms}
        for relative, path in listed:
            folder, key, *rest = relative.split("/")
            key = key.removesuffix(".yaml")
            form = self.forms.get(key)
            if form is None or len(rest) > len(("year", "file")):
                text = reading.NO_FORM.format(key=key) if form is None else reading.WRONG_PLACE
                findings.append(Finding(relative, 1, 1, "load.form" if form is None else "load.place", text))
                continue
            read = partial(self._one, relative, path, form)
            record, found = self.shelf.of_files((folder, relative), (path,), read, also=self.checks[key])
            findings += found
            if record is not None and record.number in records[key]:
                other = records[key][record.number].path
                text = reading.NUMBER_TWICE.format(number=record.number, other=other)
                findings.append(_finding(record.source, ("number",), "number.unique", text))
            elif record is not None:
                records[key][record.number] = record
        return records

    def _one(self, relative: str, path: Path, form: Form) -> tuple[Record | None, tuple[Finding, ...]]:
        """The record of a file, as it was kept or read now; its places are found when somebody asks for them."""
        seen = look(path)
        known = None if path.is_symlink() else self.kept.recalled(relative, form, seen, path.read_bytes)
        if known is None:
            findings: list[Finding] = []
            source = _read(self.root, relative, path, findings)
            record = _record(form, source, self.checks[form.key], findings) if source else None
            if record is None or source is None:
                return None, tuple(findings)
            known = Read(source.digest, dict(record.values))
            self.kept.remember(relative, form, seen if is_settled(seen) else (), known)
        later = Source(relative, None, yamlfile.LaterMarks(path), known.digest)
        return Record(relative, form.key, known.values["number"], known.values, later), ()


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
    found = [_finding(source, steps, rule, text, key=key) for steps, key, rule, text in check(values)]
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
        yield _finding(source, ("number",), "number.unsafe", reading.UNSAFE_NUMBER.format(number=number))
        return
    if stem != number:
        text = reading.STEM_IS_NUMBER.format(stem=stem, number=number)
        yield _finding(source, ("number",), "number.stem", text)
    try:
        read = numbering.pattern(form.pattern).read(number)
    except numbering.PatternError:
        return
    if isinstance(read, numbering.Mismatch) and not form.is_single:
        text = reading.BAD_NUMBER.format(number=number, pattern=form.pattern, reason=read.message)
        yield _finding(source, ("number",), "number.pattern", text)


def _procedures(root: Path, findings: list[Finding]) -> dict[str, Procedure]:
    check = proceduretext.definition_check("procedure.schema.json")
    procedures: dict[str, Procedure] = {}
    for relative, path in files(root, "procedures", ".md"):
        if not path.resolve().is_relative_to(root.resolve()):
            findings.append(Finding(relative, 1, 1, "load.link", reading.LINK_OUTSIDE))
            continue
        read, found = proceduretext.read(relative, path.read_bytes(), check)
        findings += found
        if read is not None and read.number in procedures:
            other = procedures[read.number].path
            text = reading.NUMBER_TWICE.format(number=read.number, other=other)
            findings.append(Finding(relative, 1, 1, "number.unique", text))
        elif read is not None:
            procedures[read.number] = read
    return procedures
