"""A working tree becomes a library: definitions, records, procedures, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from generator import (
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
    records = _records(root, forms, checks, findings, shelf, kept or Kept(""))
    procedures = _procedures(root, findings)
    organization = records.get("organization", {}).get("organization")
    read = Library(
        organization=organization.values if organization else {},
        forms=forms,
        records=records,
        procedures=procedures,
        findings=(),
        unread=_unread(root, records),
        registers=registers,
    )
    findings += references.check(read, yamlfile.place)
    findings += missing_attachments(root, read)
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


def files(root: Path, folder: str, suffix: str) -> Iterator[tuple[str, Path]]:
    """The files below `folder` with their path from the root, in order; hidden and temporary files left out."""
    for path in sorted((root / folder).rglob(f"*{suffix}")):
        relative = path.relative_to(root)
        if not any(part.startswith(".") or part.endswith("~") for part in relative.parts) and not path.is_dir():
            yield relative.as_posix(), path


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


def _records(
    root: Path,
    forms: Mapping[str, Form],
    checks: Mapping[str, Any],
    findings: list[Finding],
    shelf: Shelf,
    kept: Kept,
) -> dict[str, dict[str, Record]]:
    records: dict[str, dict[str, Record]] = {key: {} for key in forms}
    for relative, path in files(root, "records", ".yaml"):
        key = Path(relative).parts[1].removesuffix(".yaml")
        form = forms.get(key)
        if form is None or len(Path(relative).parts) > len(("records", "form", "year", "file")):
            text = reading.NO_FORM.format(key=key) if form is None else reading.WRONG_PLACE
            findings.append(Finding(relative, 1, 1, "load.form" if form is None else "load.place", text))
            continue
        read = partial(_alone, root, relative, path, form, checks[key], kept)
        record, found = shelf.of_files(("record", relative), (path,), read, also=checks[key])
        findings += found
        if record is not None and record.number in records[key]:
            other = records[key][record.number].path
            text = reading.NUMBER_TWICE.format(number=record.number, other=other)
            findings.append(_finding(record.source, ("number",), "number.unique", text))
        elif record is not None:
            records[key][record.number] = record
    return records


def _alone(
    root: Path, relative: str, path: Path, form: Form, check: Any, kept: Kept
) -> tuple[Record | None, tuple[Finding, ...]]:
    """The record of a file, as it was kept or read now; its places are found when somebody asks for them."""
    seen = look(path)
    known = None if path.is_symlink() else kept.recalled(relative, form, seen, path.read_bytes)
    if known is None:
        findings: list[Finding] = []
        source = _read(root, relative, path, findings)
        record = _record(form, source, check, findings) if source else None
        if record is None or source is None:
            return None, tuple(findings)
        known = Read(source.digest, dict(record.values))
        kept.remember(relative, form, seen if is_settled(seen) else (), known)
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


def _unread(root: Path, records: Mapping[str, Mapping[str, Record]]) -> dict[str, frozenset[str]]:
    stems: dict[str, set[str]] = {key: set() for key in records}
    for relative, path in files(root, "records", ".yaml"):
        stems.get(Path(relative).parts[1], set()).add(path.stem)
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


def missing_attachments(root: Path, read: Library) -> Iterator[Finding]:
    """Findings on attachments that a record names and that are not there."""
    for key, records in read.records.items():
        for record in records.values():
            folder = references.folder(record)
            for steps, name in references.attachments(record, read.forms[key]):
                path = root / folder / name
                if not path.is_file():
                    text = reading.NO_ATTACHMENT.format(value=name, folder=folder)
                    yield _finding(record.source, steps, "attachment.missing", text)
                elif not path.resolve().is_relative_to(root.resolve()):
                    text = reading.ATTACHMENT_OUTSIDE.format(value=name)
                    yield _finding(record.source, steps, "attachment.link", text)


def signable(root: Path, record: Record, form: Form) -> bytes:
    """What is signed of a record, its attachments included; a missing one has no hash."""
    paths = (f"{references.folder(record)}/{name}" for _, name in references.attachments(record, form))
    return signable_of(record, form, {path: (root / path).read_bytes() for path in paths if (root / path).is_file()})


def signable_of(record: Record, form: Form, files: Mapping[str, bytes]) -> bytes:
    """The same with the contents of the attachments by their paths."""
    folder = references.folder(record)
    names = {name for _, name in references.attachments(record, form) if f"{folder}/{name}" in files}
    return canonical.record(record.values, {name: canonical.digest(files[f"{folder}/{name}"]) for name in names})


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
