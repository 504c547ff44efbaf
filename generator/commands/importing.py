"""`wenkong import`: what people changed in a workbook, or a ledger of theirs, becomes changes of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from generator import (
    batch,
    canonical,
    files,
    git,
    hints,
    importreport,
    journal,
    ledgermap,
    load,
    merging,
    proceduretext,
    rulebook,
    spreadsheet,
    table,
    typed,
    workbooks,
    yamlfile,
)
from generator.batch import Batch
from generator.commands import editor, new
from generator.commands.export import COLUMNS
from generator.errors import GeneratorError
from generator.merging import Merge
from generator.model import Library
from generator.production import OUT
from generator.returned import Remark
from generator.spreadsheet import Page
from generator.terms import Language, Text
from generator.terms import workbooks as words

FOLDER = "import"


@dataclass(frozen=True)
class Wish:
    """How a workbook is to be taken in."""

    file: Path
    mapping: Path | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    side: str = ""
    """Whose value is kept in a conflict: ours, theirs, or nobody's."""
    is_dry: bool = False
    is_despite_rules: bool = False
    is_skipping: bool = False
    """Whether rows with faults are left out."""
    as_json: bool = False


def run(root: Path, wish: Wish, *, now: datetime, language: Language, say: Callable[[str], None]) -> int:
    """Take a workbook in: everything of it in one commit, or nothing.

    Raises:
        GeneratorError: it cannot be read, it is of another repository, or files that it changes are not committed.
    """
    content = _content(wish.file)
    pages = spreadsheet.read(content, wish.file.name)
    with journal.opened(root, lambda text: say(text.within(language))) as clone:
        library = load.library(root)
        merge = batch.settled(_merge(library, pages, wish, now), wish.side)
        used = cache(lambda key: new.used(root, key, clone))
        maker = batch.Maker(root, library, used, wish.given, now, new.place, new.modeline)
        made = maker.without_bad_rows(merge) if wish.is_skipping else maker.batch(merge)
        _report(importreport.Teller(made, library), wish, language, say)
        tell = partial(_tell, wish, language, say)
        end = _end(made, wish)
        if end is not None:
            tell(end)
            return 0 if end is words.DRY else 1
        if made.files:
            tell(words.WRITTEN.format(commit=_written(root, clone, made, _message(wish, content, made))))
            for key in dict.fromkeys(form for form, _ in made.files.values()):
                editor.describe(root, library.forms[key])
    if made.left:
        path = root / OUT / FOLDER / f"{wish.file.stem}.xlsx"
        files.write(path, importreport.leftover(pages.values(), made, language))
        tell(words.LEFT.format(count=len(made.left), path=path.relative_to(root).as_posix()))
    return 1 if made.left else 0


def _report(teller: importreport.Teller, wish: Wish, language: Language, say: Callable[[str], None]) -> None:
    if wish.as_json:
        say(teller.as_json())
        return
    for line in teller.lines(language):
        say(line)
    say(teller.summary().within(language))


def _tell(wish: Wish, language: Language, say: Callable[[str], None], text: Text) -> None:
    if not wish.as_json:
        say(text.within(language))


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise GeneratorError(words.NO_FILE.format(path=path))
    if path.stat().st_size > spreadsheet.LARGEST:
        limit = spreadsheet.LARGEST // spreadsheet.MEGABYTE
        raise GeneratorError(words.TOO_LARGE.format(name=path.name, limit=limit))
    return path.read_bytes()


def _merge(library: Library, pages: Mapping[str, Page], wish: Wish, now: datetime) -> Merge:
    if wish.mapping is not None:
        return ledgermap.merged(pages, _mapping(library, wish.mapping), library)
    if table.ABOUT not in pages:
        raise GeneratorError(words.NOT_OURS.format(name=wish.file.name))
    about = {str(line.get(1)): str(line.get(2, "")) for line in pages[table.ABOUT].cells.values()}
    key = about.get("key", "")
    form, register = library.forms.get(key), library.registers.get(key)
    if form is None and register is None:
        broken = next((each for each in library.findings if each.path == f"schemas/{key}.yaml"), None)
        if broken is not None:
            place = {"path": broken.path, "line": broken.line, "column": broken.column}
            raise GeneratorError(words.AT.format(**place, text=broken.message))
        hint = hints.similar(key, [*library.forms, *library.registers])
        raise GeneratorError(words.NO_LONGER.format(key=key, hint=hint))
    if form is not None:
        plans = tuple(workbooks.form_plans(form))
    elif register is not None:
        plans = (workbooks.register_plan(register, rulebook.world(library, now)),)
    columns = {name.removeprefix(COLUMNS): keys.split() for name, keys in about.items() if name.startswith(COLUMNS)}
    merge = merging.merged(pages, plans, columns, library)
    kept = form or register
    if kept is not None and about.get("revision", "") != kept.revision:
        text = words.NEWER.format(old=about.get("revision", ""), new=kept.revision)
        merge.notes.append(Remark(wish.file.name, text))
    return merge


def _mapping(library: Library, path: Path) -> ledgermap.Takeover:
    if not path.is_file():
        raise GeneratorError(words.NO_FILE.format(path=path))
    source, findings = yamlfile.load(path.read_bytes(), path.name)
    if source is None:
        first = findings[0]
        raise GeneratorError(words.AT.format(path=first.path, line=first.line, column=first.column, text=first.message))
    said = typed.definition(source.values, partial(yamlfile.is_plain, source.marks))
    check = proceduretext.definition_check("mapping.schema.json")
    found = ((steps, ".".join(map(str, steps)), reason) for steps, reason in check(said))
    wrong = [(steps, words.MAPPING_WRONG.format(place=place, reason=reason)) for steps, place, reason in found]
    for steps, text in wrong or ledgermap.faults(said, library):
        line, column = yamlfile.place(source.marks, steps)
        raise GeneratorError(words.AT.format(path=path.name, line=line, column=column, text=text))
    return ledgermap.mapping(said, library)


def _end(made: Batch, wish: Wish) -> Text | None:
    """Why nothing is written; None where it is."""
    if made.faults:
        return words.STOPPED.format(count=len(made.faults))
    if made.merge.conflicts:
        return words.SOLVE.format(count=len(made.merge.conflicts))
    if made.judged.broken and not wish.is_despite_rules:
        return words.BROKEN_RULES.format(count=len(made.judged.broken))
    return words.DRY if wish.is_dry else None


def _written(root: Path, clone: git.Repository, made: Batch, message: str) -> str:
    """The short name of the commit, which holds nothing that somebody else was still working on."""
    dirty = sorted(clone.changed(made.files))
    if dirty:
        raise GeneratorError(words.DIRTY.format(path=dirty[0]))
    journal.write(root, clone, {path: content for path, (_, content) in made.files.items()}, message)
    head = clone.head()
    return head.short if head else ""


def _message(wish: Wish, content: bytes, made: Batch) -> str:
    changed = len({each.number for each in made.merge.changes} | {number for number, _ in made.numbered.rows})
    said = f"import: {wish.file.name}\n\n{changed} changed, {len(made.numbered.records)} new"
    return f"{said}\nsha256 {canonical.digest(content)}"
