"""`wenkong form`: draw a form's template in the house layout, and see whether template and definition fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from generator import drawing, files, hints, load, printing, report
from generator.errors import GeneratorError
from generator.model import Form
from generator.terms import Language, Text
from generator.terms import printing as words


def draw(root: Path, keys: tuple[str, ...], *, force: bool, language: Language, say: Callable[[str], None]) -> int:
    """Draw the templates of these forms and their views, or of all; 1 if one was kept because a person edited it."""
    kept = False
    for form in _wanted(root, keys):
        path = printing.template_path(form)
        if not force and (root / path).is_file() and not drawing.is_untouched((root / path).read_bytes()):
            say(words.TEMPLATE_KEPT.format(path=path).within(language))
            kept = True
            continue
        files.write(root / path, drawing.template(form))
        say(words.DRAWN.format(path=path).within(language))
    return 1 if kept else 0


def check(root: Path, keys: tuple[str, ...], *, language: Language, say: Callable[[str], None]) -> int:
    """Say which tags are unknown and which fields would never be printed; 1 if there are any."""
    findings = [finding for form in _wanted(root, keys) for finding in printing.template_findings(root, form)]
    for line in report.lines(findings, language):
        say(line)
    return 1 if report.has_errors(findings) else 0


def _wanted(root: Path, keys: tuple[str, ...]) -> list[Form]:
    """The forms of these keys, each with its views; a view may also be named alone."""
    library = load.library(root)
    faces = {each.key: each for each in printing.faces(library)}
    found: list[Form] = []
    for key in keys or library.forms:
        if key in faces:
            found += [faces[key], *faces[key].views.values()]
        elif keys:
            raise GeneratorError(_unknown(key, library.forms, faces))
    return found


def _unknown(key: str, forms: Mapping[str, Form], faces: Mapping[str, Form]) -> Text:
    if key in forms:
        return words.NOT_PRINTED_FORM.format(key=key)
    return words.UNKNOWN_FORM.format(key=key, hint=hints.among(key, {each: face.title for each, face in faces.items()}))
