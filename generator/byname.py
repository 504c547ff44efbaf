"""What is printed under a name, be it of a record, a form or a procedure, as it stands in the tree."""

from __future__ import annotations

from generator import production
from generator.model import Finding, Library
from generator.pressed import Ingredients
from generator.production import Piece, Press, Refusal
from generator.terms import printing as words


def piece(press: Press, name: str) -> Piece | Refusal:
    """The sheet, or why it is not made."""
    library = press.library
    record = library.record(name)
    if record:
        return press.record(record)
    form = library.forms.get(name)
    return press.blank(form) if form else press.procedure(library.procedures[name])


def state(parts: Ingredients, library: Library, name: str) -> str:
    """The hash of everything that a sheet is made from."""
    record = library.record(name)
    if record:
        return parts.record(record)
    form = library.forms.get(name)
    return parts.blank(form) if form else parts.procedure(library.procedures[name])


def wrong(press: Press, name: str) -> Refusal | None:
    """Why something is not printed, as `build` decides it: its file, its form or its template is wrong or gone."""
    library = press.library
    record = library.record(name)
    form = library.forms.get(record.form if record else name)
    kept = record or form or library.procedures.get(name)
    if kept is None:
        return Refusal("", (Finding("", 1, 1, "", words.UNKNOWN_TARGET.format(name=name, hint="")),))
    found = tuple(each for each in library.findings if each.path == kept.path)
    found += production.obstacles(library, form) if form else ()
    return Refusal(kept.path, found) if found else None
