"""`wenkong coverage`: which rows of the source documents are answered by what, and which are not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generator import coverage, load, sourcelist
from generator.coverage import Answer, Sources, Tally
from generator.errors import GeneratorError
from generator.terms import Language, Text
from generator.terms import coverage as words


def run(
    root: Path, procedures: tuple[str, ...], *, as_json: bool, language: Language, say: Callable[[str], None]
) -> int:
    """Show how far the procedures, or some of them, answer their sources; 1 if a row is open.

    Raises:
        GeneratorError: there is no list of sources, or it does not name a procedure.
    """
    library = load.library(root)
    wanted = sourcelist.read(root)
    unknown = sorted(set(procedures) - {each.procedure for each in wanted})
    if unknown:
        raise GeneratorError(words.NOT_LISTED.format(procedure=", ".join(unknown), path=sourcelist.PATH))
    chosen = tuple(each for each in wanted if not procedures or each.procedure in procedures)
    answered = coverage.answers(library, wanted)
    tallies = [coverage.tally(each, answered, library) for each in chosen]
    if as_json:
        say(json.dumps(_json(tallies, chosen, answered), ensure_ascii=False, indent=2))
    else:
        for line in _lines(tallies):
            say(line.within(language))
    return 1 if any(each.missing or each.silent for each in tallies) else 0


def _json(
    tallies: list[Tally], chosen: tuple[Sources, ...], answered: Mapping[str, tuple[Answer, ...]]
) -> Mapping[str, Any]:
    rows = sorted({row for each in chosen for row in each.rows})
    return {
        "procedures": {
            each.procedure: {
                "rows": len(each.rows),
                "answered": len(each.rows) - len(each.missing),
                "percent": each.percent,
                "missing": list(each.missing),
                "silent": list(each.silent),
            }
            for each in tallies
        },
        "rows": {row: [_answer(each) for each in answered.get(row, ())] for row in rows},
    }


def _answer(answer: Answer) -> Mapping[str, Any]:
    said: dict[str, Any] = {"kind": answer.kind, "of": answer.of, "name": answer.name}
    if answer.fields:
        said["fields"] = list(answer.fields)
    if answer.states:
        said["states"] = list(answer.states)
    return said


def _lines(tallies: list[Tally]) -> list[Text]:
    lines: list[Text] = []
    for each in tallies:
        lines.append(
            words.LINE.format(
                procedure=each.procedure,
                percent=each.percent,
                answered=len(each.rows) - len(each.missing),
                rows=len(each.rows),
            )
        )
        if each.missing:
            lines.append(words.MISSING.format(rows=" ".join(each.missing)))
        if each.silent:
            lines.append(words.SILENT.format(rules=" ".join(each.silent)))
    return lines
