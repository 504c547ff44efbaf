"""A library with what is wrong with the Word templates of its forms."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from generator import canonical, load, pack, printing, store
from generator.kept import FILES, Kept
from generator.model import Finding, Form, Library
from generator.shelf import Shelf
from generator.terms import Text
from generator.terms import printing as words


def read(root: Path, shelf: Shelf | None = None) -> Library:
    """The same, with what the last run kept of each file, and kept again; a shelf that holds files keeps the rest."""
    if shelf is not None and shelf.made:
        kept = Kept(pack.program())
        library = checked(root, shelf, kept)
        store.amend(root, FILES, pack.program(), kept.fresh)
        return library
    before = store.read(root, FILES, pack.program())
    kept = Kept(pack.program(), before)
    library = checked(root, shelf, kept)
    store.write(root, FILES, pack.program(), kept.fresh, before)
    return library


def checked(root: Path, shelf: Shelf | None = None, kept: Kept | None = None) -> Library:
    """The library with the findings on its templates too; what a shelf holds or is kept is not read again."""
    shelf, kept = shelf or Shelf(), kept or Kept("")
    library = load.library(root, shelf, kept)
    return load.with_findings(library, findings(root, library, shelf, kept))


def findings(root: Path, library: Library, shelf: Shelf, kept: Kept) -> list[Finding]:
    """What is wrong with the templates of a library's forms."""
    templates = [each for form in printing.faces(library) for each in _template_findings(root, form, shelf, kept)]
    known = {*library.forms, *(each.key for each in printing.faces(library))}
    lonely = (path for path in sorted((root / "forms").glob("[!.~]*.docx")) if path.stem not in known)
    return templates + [
        Finding(f"forms/{path.name}", 1, 1, "template.definition", _no_definition(path.stem)) for path in lonely
    ]


def _template_findings(root: Path, form: Form, shelf: Shelf, kept: Kept) -> tuple[Finding, ...]:
    path = root / printing.template_path(form)

    def looked_at() -> tuple[Finding, ...]:
        face = canonical.digest(path.read_bytes()) if path.is_file() else ""
        make = partial(printing.template_findings, root, form)
        return kept.found(f"{form.path} {form.key}", f"{form.digest} {face}", make)

    return shelf.of_files(("template", form.path, form.key), (root / form.path, path), looked_at)


def _no_definition(key: str) -> Text:
    return words.NO_DEFINITION.format(path=f"forms/{key}.docx", key=key)
