"""The parts of a Word file: which are filled, which stay, and which may not be in a template at all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from docxtpl import DocxTemplate

from generator import docxzip
from generator.errors import GeneratorError
from generator.model import Finding
from generator.terms import Text
from generator.terms import word as words

FILLED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
EXTERNAL = re.compile(r'<Relationship [^>]*TargetMode="External"[^>]*>')
TYPES = "[Content_Types].xml"
LARGEST = 50 << 20


class TemplateFault(GeneratorError):
    """A template that cannot be used; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


@dataclass(frozen=True)
class Package:
    """`parts` hold tags and are ready for Jinja; `static` never change; `relations` are the parts' own."""

    parts: Mapping[str, str]
    static: Mapping[str, docxzip.Member]
    relations: Mapping[str, str]


def opened(template: bytes, path: str) -> Package:
    """Take a template apart.

    Raises:
        TemplateFault: it is no Word file, too large, broken, holds macros or links to the outside.
    """
    members = _members(template, path)
    for name, content in members.items():
        if name.endswith((".xml", ".rels")):
            _examine(name, content, path)
    patch = DocxTemplate(io.BytesIO(template)).patch_xml
    parts = {name: patch(content.decode()) for name, content in members.items() if FILLED.fullmatch(name)}
    relations = {name: content.decode() for name, content in members.items() if name.startswith("word/_rels/")}
    static = {name: docxzip.member(_typed(name, content)) for name, content in members.items() if name not in parts}
    return Package(parts, static, relations)


def _members(template: bytes, path: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as source:
            if sum(entry.file_size for entry in source.infolist()) > LARGEST:
                _refuse(path, "template.size", words.TOO_LARGE)
            members = {name: source.read(name) for name in source.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise _fault(path, "template.file", words.NOT_A_TEMPLATE) from error
    if "word/document.xml" not in members or TYPES not in members:
        _refuse(path, "template.file", words.NOT_A_TEMPLATE)
    if any(name.endswith("vbaProject.bin") for name in members):
        _refuse(path, "template.macros", words.MACROS)
    return members


def _examine(name: str, content: bytes, path: str) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        _refuse(path, "template.xml", words.BROKEN_XML.format(part=name))
    try:
        ET.fromstring(content)  # noqa: S314  no entities are left to expand, see above
    except (ET.ParseError, UnicodeDecodeError) as error:
        raise _fault(path, "template.xml", words.BROKEN_XML.format(part=name)) from error
    for link in EXTERNAL.findall(content.decode("utf-8", "replace")) if name.endswith(".rels") else ():
        if "/hyperlink" not in link:
            target = re.search(r'Target="([^"]*)"', link)
            _refuse(path, "template.external", words.EXTERNAL.format(target=target[1] if target else "?"))


def _typed(name: str, content: bytes) -> bytes:
    if name != TYPES:
        return content
    text = content.decode()
    for suffix in ("png", "jpeg"):
        if f'Extension="{suffix}"' not in text:
            entry = f'<Default Extension="{suffix}" ContentType="image/{suffix}"/>'
            text = re.sub(r"(<Types[^>]*>)", lambda match, entry=entry: match[1] + entry, text, count=1)  # type: ignore[misc]  # mypy sees no default in the lambda
    return text.encode()


def _fault(path: str, rule: str, text: Text) -> TemplateFault:
    return TemplateFault((Finding(path, 1, 1, rule, text),))


def _refuse(path: str, rule: str, text: Text) -> None:
    raise _fault(path, rule, text)
