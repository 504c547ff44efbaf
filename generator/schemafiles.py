"""Definitions as files: each schema of `schemas/` as the form or register that it defines, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from generator import (
    canonical,
    definition,
    ledgerdefinition,
    numbering,
    pack,
    proceduretext,
    schemas,
    shelf,
    typed,
    yamlfile,
)
from generator.kept import Kept, Read
from generator.ledgers import Register
from generator.model import Finding, Form, Source
from generator.shelf import look
from generator.terms import Text, reading

REGISTER = "x-register"
Listed = tuple[str, Path]
"""A file's path from the root, and where it is."""
Defined = tuple[dict[str, Form], dict[str, Register], dict[str, Any], tuple[Finding, ...]]
"""Forms and registers, the check of each form's records, and what is wrong with them."""


def files(root: Path, folder: str, suffix: str) -> Iterator[Listed]:
    """The files below `folder` with their path from the root, in order; hidden and temporary files left out."""
    return ((path, root / path) for path in shelf.files(root, folder, suffix))


def read(root: Path, relative: str, path: Path, findings: list[Finding]) -> Source | None:
    """One YAML file with its fields; what is wrong with it is added to the findings."""
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


def every(root: Path) -> tuple[Path, ...]:
    """The files of all definitions."""
    return tuple(path for _, path in files(root, "schemas", ".yaml"))


def defined(root: Path, kept: Kept) -> Defined:
    """Every definition of a repository; what is kept of one is not parsed again."""
    findings: list[Finding] = []
    forms, registers = definitions(root, findings, kept)
    common = json.loads(pack.schema("record.schema.json"))
    return forms, registers, {key: schemas.records(form, common) for key, form in forms.items()}, tuple(findings)


def definitions(
    root: Path, findings: list[Finding], kept: Kept, name: str = ""
) -> tuple[dict[str, Form], dict[str, Register]]:
    """The forms and registers, or the one of that file name; what is wrong with any is added to the findings."""
    check = cache(proceduretext.definition_check)
    forms: dict[str, Form] = {}
    registers: dict[str, Register] = {}
    sources: dict[str, Source] = {}
    for relative, path in files(root, "schemas", ".yaml"):
        if name and path.name != name:
            continue
        source = _definition(root, (relative, path), check, findings, kept)
        if source is None:
            continue
        sources[path.stem] = source
        if REGISTER in source.values:
            registers[path.stem] = ledgerdefinition.register(path.stem, relative, source.values, source.marks)
        else:
            forms[path.stem] = definition.form(path.stem, relative, source.values, source.marks)
    every = frozenset(path.stem for _, path in files(root, "schemas", ".yaml"))
    for key, form in forms.items():
        for steps, text in definition.faults(form, every):
            findings.append(finding(sources[key], steps, "definition.reference", text))
        findings += _pattern_faults(form, sources[key])
    findings += _doubled_numbers({**forms, **registers}, sources)
    return forms, registers


def _definition(
    root: Path, listed: Listed, check: Callable[[str], Any], findings: list[Finding], kept: Kept
) -> Source | None:
    """The schema of one file, without faults, as it was kept or read now; else its faults are added to the findings."""
    relative, path = listed
    seen = look(path)
    known = None if path.is_symlink() else kept.definition(relative, seen, path.read_bytes)
    if known is not None:
        return Source(relative, known, yamlfile.LaterMarks(path))
    source = read(root, relative, path, findings)
    if source is None:
        return None
    schema = typed.definition(source.values, partial(yamlfile.is_plain, source.marks))
    faults = tuple(check("register.schema.json" if REGISTER in schema else "form.schema.json")(schema))
    for steps, reason in faults:
        text = reading.DEFINITION.format(place=".".join(map(str, steps)) or relative, reason=reason)
        findings.append(finding(source, steps, "definition", text))
    if faults:
        return None
    kept.remember_definition(relative, seen, Read(source.digest, schema))
    return replace(source, values=schema)


def _pattern_faults(form: Form, source: Source) -> Iterator[Finding]:
    try:
        numbering.pattern(form.pattern)
    except numbering.PatternError as error:
        text = reading.DEFINITION_PATTERN.format(pattern=form.pattern, reason=error.text)
        yield finding(source, ("x-form", "record_number"), "definition.pattern", text)


def _doubled_numbers(forms: Mapping[str, Form | Register], sources: Mapping[str, Source]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for key, form in forms.items():
        if form.number and form.number in seen:
            text = reading.DEFINITION_NUMBER_TWICE.format(number=form.number, other=seen[form.number])
            block = "x-form" if isinstance(form, Form) else REGISTER
            yield finding(sources[key], (block, "number"), "definition.number", text)
        seen.setdefault(form.number, form.path)


def finding(source: Source, steps: tuple[str | int, ...], rule: str, text: Text, *, key: bool = False) -> Finding:
    """A finding on the value at the steps, or on its key."""
    line, column = yamlfile.place(source.marks, steps, key=key)
    return Finding(source.path, line, column, rule, text)
