"""What a file of the repository consists of, in the words that people know it by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator import (
    docxzip,
    history,
    proceduretext,
    yamlfile,
)
from generator.history import Parts
from generator.model import Field, Form, Kind, Library
from generator.terms import Text
from generator.terms import history as words
from generator.wording import Printer


def of(library: Library, path: str, content: bytes) -> Parts:
    """The parts of a content, values as written; nothing where it cannot be read as what it is now."""
    if path.endswith(".md"):
        head, body = proceduretext.front_matter(content)
        source = yamlfile.load(head, path)[0] if head is not None else None
        return history.sections(source.values, body) if source else {}
    if not path.endswith(".yaml"):
        return {f"# {path}": (_title(path), content)}
    source, _ = yamlfile.load(content, path)
    if source is None or not isinstance(source.values, dict):
        return {}
    if path.startswith("schemas/"):
        return history.definition(source.values)
    form = _form(library, path)
    return history.fields(form, source.values) if form else {}


def readable(library: Library, path: str, content: bytes, printer: Printer) -> Parts:
    """The same as people read it: options and references by their words, a template by its text."""
    found = of(library, path, content)
    form = _form(library, path)
    if path.endswith(".docx"):
        return {key: (title, docxzip.legible(content)) for key, (title, _) in found.items()}
    if form is None or not path.startswith("records/"):
        return found
    return {key: (title, _worded(form.by_key.get(key), value, printer)) for key, (title, value) in found.items()}


def _title(path: str) -> Text:
    return words.TEMPLATE if path.startswith("forms/") else words.ATTACHMENT.format(name=Path(path).name)


def _form(library: Library, path: str) -> Form | None:
    parts = Path(path).parts
    return library.forms.get(parts[1].removesuffix(".yaml")) if len(parts) > 1 else None


def _worded(field: Field | None, value: Any, printer: Printer) -> Any:
    if field is None:
        return value
    if field.kind is not Kind.ROWS:
        return printer.cell(field, value)
    names = {each: each.label.within(printer.language) for each in field.columns}
    return [
        {name: printer.cell(each, row[each.key]) for each, name in names.items() if each.key in row} for row in value
    ]
