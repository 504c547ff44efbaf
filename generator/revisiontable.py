"""The revision table of a printed document: one row a signed revision, and one for what is not signed yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Library, Procedure
from generator.signed import Signed
from generator.status import Edition
from generator.terms import Text
from generator.terms import booklet as words

Row = tuple[Text, ...]
NOTHING = Text("", "")
MOST = 6
"""So many headings are named; where more changed, it says so."""


def rows(procedure: Procedure, digest: str, editions: Sequence[Edition], library: Library) -> Iterator[Row]:
    """Label, date, what changed and why, and who prepared, reviewed and approved; empty cells are for a pen.

    A signed revision reads the same for ever: its row comes from what was signed. `digest` is that of what is printed;
    revisions signed after it are not part of its table.
    """
    for each in editions:
        yield _signed(each, library)
        if each.digest == digest:
            return
    front = procedure.front
    reason = Text(**front["reason"]) if "reason" in front else NOTHING
    yield _plain(procedure.revision), _plain(str(front.get("effective", ""))), reason


def _signed(edition: Edition, library: Library) -> Row:
    by_role = {each.role: each for each in edition.signed}
    names = tuple(_name(by_role[box.role], library) for box in edition.document.boxes)
    return _plain(edition.label), _plain(edition.since.isoformat()), _change(edition), *names


def _change(edition: Edition) -> Text:
    reason = edition.document.reason or NOTHING
    if not edition.changed:
        return reason
    some = edition.changed[:MOST]
    rest = words.MORE.format(count=len(edition.changed) - MOST) if len(edition.changed) > MOST else NOTHING
    parts = Text("、".join(each.zh for each in some), ", ".join(each.en for each in some))
    return words.CHANGED_PARTS.format(reason=reason, parts=parts, rest=rest)


def _name(entry: Signed, library: Library) -> Text:
    person = library.records.get("people", {}).get(entry.person)
    values = person.values if person else {}
    day = entry.signed_at[: len("2026-01-01")]
    chinese = str(values.get("name_zh", entry.person))
    return Text(f"{chinese}\n{day}", f"{values.get('name_en', chinese)}\n{day}")


def _plain(text: str) -> Text:
    return Text(text, text)
