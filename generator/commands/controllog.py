"""`wenkong log` without a number: the document control log of the whole repository."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator import (
    columns,
    controllog,
    files,
    flow,
    git,
    historyindex,
    ledgerpress,
    load,
    pdf,
    proceduretext,
    production,
    yamlfile,
)
from generator.controllog import Line, Touch
from generator.errors import GeneratorError
from generator.ledgers import Register
from generator.listing import Block, Head, Listing, Row
from generator.model import Kind, Library
from generator.terms import Language
from generator.terms import history as words
from generator.terms import registers as registers_words

NAME, OUT = "control-log", "out"
CONTROLLED = ("records", "procedures", "schemas", "forms")
READ = (".yaml", ".md")
WIDTHS = (6, 4, 7, 6, 10, 3, 2, 11, 4)
"""Of the columns on paper, in units."""
SHORT = 10


@dataclass(frozen=True)
class Wanted:
    """From which day on, and how and where the log is written."""

    since: date | None
    form: str
    output: Path | None


def run(root: Path, wanted: Wanted, *, language: Language, say: Callable[[str], None]) -> int:
    """Show every act, oldest first.

    Raises:
        GeneratorError: there is no history, or it is cut off.
    """
    library = load.library(root)
    found = tuple(controllog.lines(_touches(root, wanted.since), library))
    people = flow.people_by_email(library)
    rows = [_cells(each, people, library, language) for each in found]
    if wanted.form == "json":
        content = json.dumps([_row(each, people) for each in found], ensure_ascii=False, indent=2).encode()
    elif wanted.form == "text":
        heads = [each.within(language) for each in words.LOG_COLUMNS.values()]
        content = "\n".join(columns.padded([heads, *rows])).encode()
    else:
        shown = _listing(rows, library, language)
        content = ledgerpress.workbook(shown) if wanted.form == "xlsx" else _printed(root, shown, wanted.form, language)
    if wanted.output is None and wanted.form in {"text", "json"}:
        say(content.decode())
        return 0
    place = wanted.output or root / OUT / f"{NAME}.{wanted.form}"
    files.write(place, content)
    say(str(place))
    return 0


def _printed(root: Path, shown: Listing, form: str, language: Language) -> bytes:
    press = production.press(root, language)
    piece = ledgerpress.piece(press, shown, NAME)
    if form == "docx":
        return piece.docx
    with closing(pdf.engine(press.engine)) as engine:
        return production.converted(piece, engine)[1]


def _listing(rows: Sequence[Sequence[str]], library: Library, language: Language) -> Listing:
    register = Register(NAME, load.ORGANIZATION, "", "", words.CONTROL_LOG, "", "", 0, (), ())
    heads = zip(words.LOG_COLUMNS.items(), WIDTHS, strict=True)
    number = list(words.LOG_COLUMNS).index("number")
    lines = (Row(tuple(row), tuple(row), "", row[number], place) for place, row in enumerate(rows))
    return Listing(
        register=register,
        organization=library.organization,
        language=language,
        facts=((registers_words.COUNT, str(len(rows))),),
        heads=tuple(Head(key, label, Kind.TEXT, units) for (key, label), units in heads),
        blocks=(Block("", tuple(lines), ()),) if rows else (),
        totals=(),
        tables=(),
    )


def _touches(root: Path, since: date | None) -> Iterator[Touch]:
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(words.NO_CLONE)
    try:
        with historyindex.opened(repository) as index:
            every = (each for folder in CONTROLLED for each in index.below(folder))
            revisions = [each for each in every if since is None or _day(each.commit.authored) >= since]
        revisions.sort(key=lambda each: (each.place, each.path))
        wanted = [each.blob for each in revisions if each.path.endswith(READ) and each.act != "D"]
        contents = dict(zip(wanted, repository.contents(wanted), strict=True))
    finally:
        repository.close()
    for each in revisions:
        values = _values(each.path, contents.get(each.blob, b"") if each.act != "D" else b"")
        yield Touch(each.commit, each.path, each.act, values, is_main=each.is_main)


def _values(path: str, content: bytes) -> Mapping[str, Any]:
    head = proceduretext.front_matter(content)[0] if path.endswith(".md") else content
    source, _ = yamlfile.load(head, path) if head else (None, ())
    return source.values if source is not None and isinstance(source.values, dict) else {}


def _day(written: str) -> date:
    return datetime.fromisoformat(written).date()


def _who(line: Line, people: Mapping[str, str]) -> str:
    return people.get(line.commit.email.lower(), line.commit.author)


def _row(line: Line, people: Mapping[str, str]) -> dict[str, Any]:
    return {
        "when": line.commit.authored,
        "who": _who(line, people),
        "email": line.commit.email,
        "act": {"zh": line.act.zh, "en": line.act.en},
        "number": line.number,
        "title": {"zh": line.title.zh, "en": line.title.en},
        "revision": line.revision,
        "reason": line.commit.message.strip(),
        "copies": line.copies,
        "commit": line.commit.id,
        "main_line": line.is_main,
    }


def _cells(line: Line, people: Mapping[str, str], library: Library, language: Language) -> list[str]:
    person = library.records.get("people", {}).get(_who(line, people))
    name = "name_en" if language is Language.EN else "name_zh"
    return [
        f"{datetime.fromisoformat(line.commit.authored):%Y-%m-%d %H:%M}",
        str(person.values.get(name, person.number)) if person else _who(line, people),
        line.act.within(language),
        line.number,
        line.title.within(language),
        line.revision,
        line.copies,
        " ".join(line.commit.message.split("\n", 1)[0].split()),
        line.commit.id[:SHORT],
    ]
