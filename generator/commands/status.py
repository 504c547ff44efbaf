"""`wenkong status`: which revision of each document is in force, and what the working tree holds beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from generator import columns, control, git, hints, load
from generator.errors import GeneratorError
from generator.status import Standing
from generator.terms import Language
from generator.terms import control as words
from generator.terms import history as history_words


def run(
    root: Path, numbers: tuple[str, ...], *, today: date, as_json: bool, language: Language, say: Callable[[str], None]
) -> int:
    """Show where these documents stand on a day, or all of them.

    Raises:
        GeneratorError: one is unknown, or the clone is shallow.
    """
    library = load.library(root)
    repository = git.repository(root)
    try:
        found = control.standings(root, repository, library, today)
    finally:
        if repository is not None:
            repository.close()
    unknown = next((each for each in numbers if each not in found), None)
    if unknown is not None:
        hint = hints.similar(unknown, found)
        raise GeneratorError(history_words.NOT_KNOWN.format(name=unknown, hint=hint))
    chosen = [found[each] for each in numbers or found]
    if as_json:
        say(json.dumps([row(each) for each in chosen], ensure_ascii=False, indent=2))
        return 0
    for line in _table(chosen, language):
        say(line)
    return 0


def row(standing: Standing) -> dict[str, Any]:
    """A standing as plain values."""
    document, holding = standing.document, standing.in_force
    return {
        "number": document.number,
        "title": {"zh": document.title.zh, "en": document.title.en},
        "label": document.label,
        "status": standing.status.value,
        "in_force": holding.label if holding else "",
        "since": holding.since.isoformat() if holding else "",
        "commit": holding.commit if holding else "",
        "successor": standing.successor,
        "path": document.paths[0],
    }


def _table(chosen: Iterable[Standing], language: Language) -> Iterable[str]:
    heads = [each.within(language) for each in words.STATUS_HEAD]
    rows = [
        [
            each.document.number,
            each.document.title.within(language),
            each.in_force.label if each.in_force else "-",
            each.in_force.since.isoformat() if each.in_force else "-",
            each.document.label,
            each.status.said.within(language),
            each.successor or "-",
        ]
        for each in chosen
    ]
    return columns.padded([heads, *rows])
