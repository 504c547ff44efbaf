"""`wenkong retention` and `dispose`: what is due for disposal, and its disposal with a tombstone left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import attachments, canonical, columns, git, journal, load, references, retention, yamlfile
from generator.commands.move import found
from generator.errors import GeneratorError
from generator.model import Library, Record
from generator.retention import Kept
from generator.signed import SIGNATURES
from generator.terms import Language
from generator.terms import retention as words


def run(root: Path, *, today: date, as_json: bool, language: Language, say: Callable[[str], None]) -> int:
    """List the records whose retention is over; 0 whether there are any or not."""
    library = load.library(root)
    due = tuple(retention.due(library, today))
    if as_json:
        rows = [
            {"number": each.record.number, "path": each.record.path, "until": each.until.isoformat(), "hold": each.hold}
            for each in due
        ]
        say(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    if not due:
        say(words.NOTHING_DUE.within(language))
        return 0
    heads = [each.within(language) for each in words.HEADS]
    for line in columns.padded([heads, *(_cells(each, library, language) for each in due)]):
        say(line)
    return 0


def _cells(kept: Kept, library: Library, language: Language) -> list[str]:
    allowed = retention.permission(library, kept.record.number)
    return [
        kept.record.number,
        kept.form.title.within(language),
        kept.record.values["created_on"],
        kept.until.isoformat(),
        kept.hold or "-",
        allowed[0].number if allowed else "-",
    ]


def dispose(root: Path, number: str, *, today: date, language: Language, say: Callable[[str], None]) -> int:
    """Remove a record with its attachments and signatures, and leave a tombstone with the hash of what it was.

    Raises:
        GeneratorError: it is not due, lies under a legal hold, or no approved disposal names it.
    """
    with journal.opened(root, lambda text: say(text.within(language))) as clone:
        library = load.library(root)
        record = found(library, number)
        disposal = _allowed(library, record, today)
        commit = _last(clone, record)
        gone = dict.fromkeys(_paths(root, record), None)
        stone = _tombstone(root, library, record, disposal=disposal, commit=commit, today=today)
        path = f"records/{retention.TOMBSTONES}/{number}.yaml"
        journal.write(root, clone, {**gone, path: stone}, f"dispose: {number} ({disposal.number})")
    say(words.DISPOSED.format(number=number, disposal=disposal.number, path=path).within(language))
    return 0


def _allowed(library: Library, record: Record, today: date) -> Record:
    kept = next((each for each in retention.every(library, today) if each.record is record), None)
    if kept is None:
        raise GeneratorError(words.NOT_RETAINED.format(number=record.number))
    if kept.hold:
        raise GeneratorError(words.HELD.format(number=record.number, hold=kept.hold))
    if not any(each.record is record for each in retention.due(library, today)):
        raise GeneratorError(words.NOT_DUE.format(number=record.number, until=kept.until))
    allowed = retention.permission(library, record.number)
    if allowed is None or not allowed[1]:
        raise GeneratorError(words.NOT_APPROVED.format(number=record.number))
    return allowed[0]


def _last(clone: git.Repository, record: Record) -> str:
    head = clone.head()
    if head is None or clone.changed((record.path,)):
        raise GeneratorError(words.NOT_COMMITTED.format(path=record.path))
    return head.id


def _paths(root: Path, record: Record) -> list[str]:
    beside, signed = root / references.folder(record), root / "records" / SIGNATURES / record.number
    inside = (path for folder in (beside, signed) for path in sorted(folder.rglob("*")) if path.is_file())
    return [record.path, *(path.relative_to(root).as_posix() for path in inside)]


def _tombstone(root: Path, library: Library, record: Record, *, disposal: Record, commit: str, today: date) -> bytes:
    form = library.forms[record.form]
    values = {
        "number": record.number,
        "created_on": today.isoformat(),
        "form": form.key,
        "path": record.path,
        "begun_on": record.values["created_on"],
        "retained_until": retention.until(record, form).isoformat(),
        "sha256": canonical.digest(attachments.signable(root, record, form)),
        "commit": commit,
        "disposed_on": today.isoformat(),
        "disposal": disposal.number,
    }
    return "".join(f"{key}: {yamlfile.quoted(value)}\n" for key, value in values.items()).encode()
