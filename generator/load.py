"""A working tree becomes a library: definitions, records, procedures, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from generator import canonical, definition, ledgerdefinition, numbering, pack, references, schemas, typed, yamlfile
from generator.ledgers import Register
from generator.model import Finding, Form, Library, Procedure, Record, Source
from generator.terms import Text, reading

ORGANIZATION = "records/organization.yaml"
REGISTER = "x-register"


def library(root: Path) -> Library:
    """Read everything below `root`. Wrong files become findings; the rest of the library is still there."""
    findings: list[Finding] = []
    forms, registers = _definitions(root, findings)
    records = _records(root, forms, findings)
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
    findings += _attachments(root, read)
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


def _definitions(root: Path, findings: list[Finding], name: str = "") -> tuple[dict[str, Form], dict[str, Register]]:
    check = {REGISTER: definition_check("register.schema.json"), "x-form": definition_check("form.schema.json")}
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


def definition_check(name: str) -> Callable[[Any], Iterator[tuple[tuple[str | int, ...], str]]]:
    """The check of definitions, by the program's own schema of that name."""
    return schemas.definitions(*(json.loads(pack.schema(each)) for each in (name, "register.schema.json")))


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


def _records(root: Path, forms: Mapping[str, Form], findings: list[Finding]) -> dict[str, dict[str, Record]]:
    common = json.loads(pack.schema("record.schema.json"))
    checks = {key: schemas.records(form, common) for key, form in forms.items()}
    records: dict[str, dict[str, Record]] = {key: {} for key in forms}
    for relative, path in files(root, "records", ".yaml"):
        key = Path(relative).parts[1].removesuffix(".yaml")
        form = forms.get(key)
        if form is None or len(Path(relative).parts) > len(("records", "form", "year", "file")):
            text = reading.NO_FORM.format(key=key) if form is None else reading.WRONG_PLACE
            findings.append(Finding(relative, 1, 1, "load.form" if form is None else "load.place", text))
            continue
        source = _read(root, relative, path, findings)
        if source is None:
            continue
        record = _record(form, source, checks[key], findings)
        if record is not None and record.number in records[key]:
            other = records[key][record.number].path
            text = reading.NUMBER_TWICE.format(number=record.number, other=other)
            findings.append(_finding(source, ("number",), "number.unique", text))
        elif record is not None:
            records[key][record.number] = record
    return records


def record(form: Form, source: Source) -> tuple[Record | None, tuple[Finding, ...]]:
    """One file alone as the record that it holds, or what is wrong with it."""
    findings: list[Finding] = []
    check = schemas.records(form, json.loads(pack.schema("record.schema.json")))
    return _record(form, source, check, findings), tuple(findings)


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


def _attachments(root: Path, read: Library) -> Iterator[Finding]:
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
    check = definition_check("procedure.schema.json")
    procedures: dict[str, Procedure] = {}
    for relative, path in files(root, "procedures", ".md"):
        if not path.resolve().is_relative_to(root.resolve()):
            findings.append(Finding(relative, 1, 1, "load.link", reading.LINK_OUTSIDE))
            continue
        read, found = _procedure(relative, path.read_bytes(), check)
        findings += found
        if read is not None and read.number in procedures:
            other = procedures[read.number].path
            text = reading.NUMBER_TWICE.format(number=read.number, other=other)
            findings.append(Finding(relative, 1, 1, "number.unique", text))
        elif read is not None:
            procedures[read.number] = read
    return procedures


def procedure(relative: str, content: bytes) -> tuple[Procedure | None, tuple[Finding, ...]]:
    """One file alone as the procedure that it holds, or what is wrong with it."""
    return _procedure(relative, content, definition_check("procedure.schema.json"))


def _procedure(relative: str, content: bytes, check: Any) -> tuple[Procedure | None, tuple[Finding, ...]]:
    wrong = yamlfile.characters(content, relative)
    if wrong:
        return None, wrong
    head, body = front_matter(content)
    if head is None:
        return None, (Finding(relative, 1, 1, "procedure.front", reading.PROCEDURE_NO_FRONT),)
    source, found = yamlfile.load(head, relative)
    if source is None:
        return None, found
    front = source.values
    faults = tuple(
        _finding(source, steps, "procedure.front", _front_words(steps, reason)) for steps, reason in check(front)
    )
    if faults:
        return None, faults
    if not numbering.is_safe_stem(front["number"]):
        text = reading.UNSAFE_NUMBER.format(number=front["number"])
        return None, (_finding(source, ("number",), "number.unsafe", text),)
    title = definition.words(front["title"])
    first = content.count(b"\n") - body.count("\n") + 1
    return Procedure(relative, front["number"], front["revision"], title, front, body, source.marks, first), ()


def _front_words(steps: tuple[str | int, ...], reason: str) -> Text:
    return reading.PROCEDURE_FRONT.format(place=".".join(map(str, steps)) or "---", reason=reason)


def front_matter(content: bytes) -> tuple[bytes | None, str]:
    """Front matter of a procedure, with its lines where they stand in the file, and the text after it."""
    if not content.startswith(b"---\n"):
        return None, ""
    head, fence, body = content[4:].partition(b"\n---\n")
    return (b"\n" + head + b"\n", body.decode("utf-8")) if fence else (None, "")
