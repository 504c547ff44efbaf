"""`wenkong editor`: describe the forms for the YAML language server of an editor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from generator import editorschema, files, load, pack
from generator.model import Form, Library
from generator.terms import Language
from generator.terms import editor as words

FOLDER = "out/schemas"
"""Where a record's first line says that its schema is."""


def run(root: Path, *, language: Language, say: Callable[[str], None]) -> int:
    """Write the description of every form and say where."""
    library = load.library(root)
    refresh(root, library)
    say(words.WRITTEN.format(forms=len(library.forms), folder=FOLDER).within(language))
    return 0


def refresh(root: Path, library: Library) -> None:
    """Write the descriptions that differ from those that are there."""
    _write(root, editorschema.COMMON, _common())
    for form in library.forms.values():
        _write(root, f"{form.key}.json", editorschema.of_form(form, library))


def describe(root: Path, form: Form) -> None:
    """Write the description of one form where there is none yet, as far as the form alone tells."""
    if not (root / FOLDER / f"{form.key}.json").is_file():
        _write(root, editorschema.COMMON, _common())
        _write(root, f"{form.key}.json", editorschema.of_form(form, Library({}, {form.key: form}, {}, {}, ())))


def _common() -> editorschema.Schema:
    return editorschema.of_records(json.loads(pack.schema(editorschema.COMMON)))


def _write(root: Path, name: str, schema: editorschema.Schema) -> None:
    path = root / FOLDER / name
    content = json.dumps(schema, ensure_ascii=False, indent=1).encode()
    if not path.is_file() or path.read_bytes() != content:
        files.write(path, content)
