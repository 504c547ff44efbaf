"""`wenkong form`: draw a form's template in the house layout, and see whether template and definition fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from generator import drawing, files, hints, load, printing, report
from generator.errors import GeneratorError
from generator.model import Form
from generator.terms import Language
from generator.terms import printing as words


def draw(root: Path, keys: tuple[str, ...], *, force: bool, language: Language, say: Callable[[str], None]) -> int:
    """Draw the templates of these forms, or of all that have none yet; 1 if one was kept because a person edited it."""
    forms = load.library(root).forms
    wanted = keys or tuple(key for key, form in forms.items() if form.is_printed)
    kept = False
    for key in wanted:
        form = _form(forms, key)
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
    forms = load.library(root).forms
    wanted = [_form(forms, key) for key in keys] or [form for form in forms.values() if form.is_printed]
    findings = [finding for form in wanted for finding in printing.template_findings(root, form)]
    for line in report.lines(findings, language):
        say(line)
    return 1 if report.has_errors(findings) else 0


def _form(forms: Mapping[str, Form], key: str) -> Form:
    if key not in forms:
        available = ", ".join(sorted(forms))
        raise GeneratorError(words.UNKNOWN_FORM.format(key=key, hint=hints.similar(key, forms), forms=available))
    if not forms[key].is_printed:
        raise GeneratorError(words.NOT_PRINTED_FORM.format(key=key))
    return forms[key]
