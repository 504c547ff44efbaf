"""`wenkong log`: what was done to a record, procedure, form or register, by whom, when and why, as commits prove."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from generator import flow, git, hints, history, historyindex, load, parts
from generator.errors import GeneratorError
from generator.history import Entry, Touch
from generator.ledgers import Register
from generator.model import DISTRIBUTION, Form, Library, Procedure, Record
from generator.terms import Language, Text
from generator.terms import history as words
from generator.terms import rules as rule_words

Kept = Record | Procedure | Form | Register


def run(root: Path, name: str, *, as_json: bool, language: Language, say: Callable[[str], None]) -> int:
    """Show every commit that touched what has this number, oldest first.

    Raises:
        GeneratorError: nothing has that number, it was never committed, or the clone is shallow or none.
    """
    library = load.library(root)
    kept = _kept(library, name)
    entries = tuple(history.entries(_touches(root, kept), partial(parts.of, library)))
    if not entries:
        raise GeneratorError(words.NO_HISTORY.format(name=name))
    people = flow.people_by_email(library)
    if as_json:
        say(json.dumps([_row(each, people) for each in entries], ensure_ascii=False, indent=2))
        return 0
    title = kept.title if not isinstance(kept, Record) else library.forms[kept.form].title
    say(words.HEAD.format(title=title, number=kept.number, count=len(entries)).within(language))
    for each in entries:
        for line in _lines(each, people, language):
            say(line)
    return 0


def _kept(library: Library, name: str) -> Kept:
    record = library.record(name)
    defined: list[Form | Register] = [*library.forms.values(), *library.registers.values()]
    forms = {each.number: each for each in defined if each.number} | {each.key: each for each in defined}
    found: Kept | None = record or library.procedures.get(name) or forms.get(name)
    if found is None and any(name in unread for unread in library.unread.values()):
        raise GeneratorError(rule_words.UNREAD_RECORD.format(number=name))
    if found is None:
        known = [*library.procedures, *forms, *(each for records in library.records.values() for each in records)]
        raise GeneratorError(words.NOT_KNOWN.format(name=name, hint=hints.similar(name, known)))
    return found


def _touches(root: Path, kept: Kept) -> Iterator[Touch]:
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(words.NO_CLONE)
    try:
        with historyindex.opened(repository) as index:
            found = _revisions(index, kept)
        contents = repository.contents(each.blob for each in found)
        for each, content in zip(found, contents, strict=True):
            is_gone = each.blob.strip("0") == ""
            yield Touch(each.commit, each.path, each.act, each.blob, b"" if is_gone else content, is_main=each.is_main)
    finally:
        repository.close()


def _revisions(index: historyindex.Index, kept: Kept) -> tuple[historyindex.Revision, ...]:
    """Those of its own files, and of the list of who is to hold it."""
    listed = index.of(f"records/{DISTRIBUTION}/{kept.number}.yaml")
    return tuple(sorted((*_own(index, kept), *listed), key=lambda each: (each.place, each.path)))


def _own(index: historyindex.Index, kept: Kept) -> tuple[historyindex.Revision, ...]:
    if isinstance(kept, Record):
        return index.named("/".join(Path(kept.path).parts[:2]), Path(kept.path).name)
    if isinstance(kept, Procedure):
        return index.named("procedures", Path(kept.path).name)
    if isinstance(kept, Register):
        return index.named("schemas", Path(kept.path).name)
    return (*index.of(kept.path), *index.of(f"forms/{kept.key}.docx"))


def _who(entry: Entry, people: Any) -> str:
    return str(people.get(entry.commit.email.lower(), entry.commit.author))


def _row(entry: Entry, people: Any) -> dict[str, Any]:
    return {
        "when": entry.commit.authored,
        "committed": entry.commit.committed,
        "commit": entry.commit.id,
        "who": _who(entry, people),
        "email": entry.commit.email,
        "path": entry.path,
        "act": {"zh": entry.act.zh, "en": entry.act.en},
        "revision": entry.revision,
        "changed": [{"zh": each.zh, "en": each.en} for each in entry.changed],
        "reason": entry.commit.message.strip(),
        "main_line": entry.is_main,
    }


def _lines(entry: Entry, people: Any, language: Language) -> Iterator[str]:
    commit = git.Commit.of(entry.commit)
    when = datetime.fromisoformat(entry.commit.authored)
    line = words.LINE.format(
        when=f"{when:%Y-%m-%d %H:%M}",
        commit=commit.short,
        who=_who(entry, people),
        act=entry.act,
        branch=Text("", "") if entry.is_main else words.ON_BRANCH,
        revision=words.REVISION.format(label=entry.revision) if entry.revision else "",
    )
    yield line.within(language)
    reason = " ".join(entry.commit.message.split())
    if reason:
        yield f"    {words.REASON.format(reason=reason).within(language)}"
    if entry.changed:
        parts = words.PART_JOINT.within(language).join(each.within(language) for each in entry.changed)
        yield f"    {words.WHAT.format(parts=parts).within(language)}"
