"""`wenkong export`: a form's records or a register's lines as a workbook that people fill and send back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from generator import files, git, hints, ledgerpress, load, rulebook, table, workbooks
from generator.errors import GeneratorError
from generator.model import Library
from generator.production import OUT
from generator.registers import Selection
from generator.terms import Language, printing
from generator.terms import registers as words

FOLDER = "export"
COLUMNS = "columns "
"""Before the name of a sheet: the keys of its columns in the order of the hashes."""


def run(
    root: Path, key: str, *, output: Path | None, now: datetime, language: Language, say: Callable[[str], None]
) -> int:
    """Write the workbook.

    Raises:
        GeneratorError: there is no such form or register.
    """
    library = load.library(root)
    sheets = _sheets(library, key, now)
    path = output or root / OUT / FOLDER / f"{key}.xlsx"
    columns = [
        (COLUMNS + each.name, " ".join(head.key for head in each.heads if not head.is_hidden)) for each in sheets
    ]
    files.write(path, table.filled(*sheets, about=(*_about(root, library, key), *columns)))
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    say(printing.WRITTEN.format(path=shown).within(language))
    return 0


def _sheets(library: Library, key: str, now: datetime) -> tuple[table.Sheet, ...]:
    if key in library.forms:
        return tuple(workbooks.records_sheets(library.forms[key], library))
    if key not in library.registers:
        titles = {each.key: each.title for each in library.forms.values()}
        titles |= {key: each.title for key, each in library.registers.items()}
        raise GeneratorError(words.NOTHING_TO_EXPORT.format(key=key, hint=hints.among(key, titles)))
    seen = rulebook.world(library, now)
    coming = partial(ledgerpress.coming, seen=seen)
    return (workbooks.register_sheet(library.registers[key], seen, Selection(), coming),)


def _about(root: Path, library: Library, key: str) -> tuple[tuple[str, str], ...]:
    """What the workbook is of: read again when it comes back."""
    kind = "form" if key in library.forms else "register"
    kept = library.forms[key] if key in library.forms else library.registers[key]
    repository = git.repository(root)
    head = repository.head() if repository else None
    commit = head.id if head else ""
    if repository:
        repository.close()
    return (("kind", kind), ("key", key), ("number", kept.number), ("revision", kept.revision), ("commit", commit))
