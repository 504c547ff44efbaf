"""`wenkong as-of`: which revision of each document was in force on a day, and who held which copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator import control, copies, git, load, release
from generator.commands.holders import listed, table
from generator.copies import Copy
from generator.model import Library
from generator.status import Edition, Standing
from generator.terms import Language
from generator.terms import copies as words


def run(root: Path, day: date, number: str, *, as_json: bool, language: Language, say: Callable[[str], None]) -> int:
    """Show what was in force on that day and the copies that were held, of all documents or of one.

    Raises:
        GeneratorError: there is no such document, or the clone is shallow.
    """
    library = load.library(root)
    if number:
        release.found(library, number)
    repository = git.repository(root)
    try:
        found = control.standings(root, repository, library, day)
    finally:
        if repository is not None:
            repository.close()
    standings = [each for each in found.values() if not number or each.document.number == number]
    held = [each for each in copies.of(library) if each.is_held(day.isoformat()) and number in {"", each.document}]
    if as_json:
        say(json.dumps(_plain(day, standings, held), ensure_ascii=False, indent=2))
        return 0
    for line in _lines(library, day, standings, held, language):
        say(line)
    return 0


def _lines(
    library: Library, day: date, standings: Sequence[Standing], held: Sequence[Copy], language: Language
) -> Iterator[str]:
    in_force = [(each, each.in_force) for each in standings if each.in_force is not None]
    yield words.IN_FORCE_ON.format(day=day, count=len(in_force)).within(language)
    rows = [_row(standing, edition, language) for standing, edition in in_force if edition is not None]
    yield from table(words.IN_FORCE_COLUMNS, rows, language)
    yield words.HELD_ON.format(day=day, count=len(held)).within(language)
    yield from listed(held, library, day.isoformat(), language)
    labels = {standing.document.number: edition.label for standing, edition in in_force if edition is not None}
    for each in _invalid(held, labels):
        text = words.HELD_INVALID.format(copy=each.number, edition=each.edition, label=labels[each.document])
        yield text.within(language)


def _row(standing: Standing, edition: Edition, language: Language) -> list[str]:
    title = edition.document.title.within(language)
    return [standing.document.number, title, edition.label, edition.since.isoformat(), edition.commit[:10]]


def _invalid(held: Iterable[Copy], labels: dict[str, str]) -> Iterator[Copy]:
    return (each for each in held if each.document in labels and labels[each.document] != each.edition)


def _plain(day: date, standings: Sequence[Standing], held: Sequence[Copy]) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "in_force": [
            {
                "number": each.document.number,
                "revision": each.in_force.label,
                "since": each.in_force.since.isoformat(),
                "commit": each.in_force.commit,
            }
            for each in standings
            if each.in_force is not None
        ],
        "held": [
            {
                "number": each.document,
                "revision": each.edition,
                "copy": each.number,
                "department": each.holder.department,
                "outside": each.holder.outside,
                "person": each.holder.person,
                "issued_on": each.issued_on,
                "ledger": each.record.number,
            }
            for each in held
        ],
    }
