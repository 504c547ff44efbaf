"""A register made from the library: its listing, its Word file, its workbook, its page of HTML."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from generator import (
    __version__,
    canonical,
    ledgerbook,
    listing,
    listingtext,
    paper,
    printing,
    registers,
    rulebook,
    stamp,
    table,
)
from generator.ledgers import Register
from generator.listing import Listing, Row
from generator.model import Field, Kind, Library, Record
from generator.production import Piece, Press
from generator.registers import Selection
from generator.terms import Language, Text, house
from generator.terms import registers as words
from generator.world import World

MOST_CHECKED = 400
"""So many lines are looked for again on paper."""
FOLDER = "registers"


def made(register: Register, seen: World, selection: Selection, language: Language) -> Listing:
    """What a register shows of a selection."""
    lines = registers.entries(register, seen, selection, partial(coming, seen=seen))
    return listing.of(register, lines, seen, selection=selection, language=language)


def coming(record: Record, seen: World) -> tuple[datetime, Text] | None:
    """The next open time limit of a record, and what is to be done by then."""
    dues = [each.due for each in rulebook.duties(seen, (record,))]
    first = min(dues, key=lambda each: each.due, default=None)
    return (first.due, first.what) if first else None


def link(row: Row) -> str:
    """Where the sheet of a line's record is, from a register in its own folder of out/."""
    return f"../{row.form}/{row.number}.pdf"


def piece(press: Press, shown: Listing, name: str) -> Piece:
    """The Word file of a register with all that its PDF is finished and judged by."""
    register = shown.register
    origin = press.origins.of(inputs(register, press.library))
    docx = ledgerbook.docx(shown, origin.mark, link)
    texts = tuple((row.number, text) for row in shown.rows[:MOST_CHECKED] for text in row.texts if text)
    kind = "draft" if origin.commit is None else "uncontrolled"
    mark = house.DRAFT if origin.commit is None else house.UNCONTROLLED
    digest = canonical.digest(listingtext.as_json(shown).encode())
    return Piece(
        stem=f"{FOLDER}/{name}",
        path=register.path,
        docx=docx,
        push=lambda _: docx,
        properties=stamp.Properties(
            title=register.title.within(press.language),
            number=register.number,
            revision=register.revision,
            commit=origin.commit.id if origin.commit else "",
            date=origin.when,
            engine="",
            version=__version__,
            language="en" if press.language is Language.EN else "zh-CN",
        ),
        marks=stamp.Marks(text=mark, kind=kind, qr=printing.payload(register.number, register.revision, digest)),
        expected=paper.Expected(register.path, register.number, register.revision, texts=texts, signatures=()),
    )


def inputs(register: Register, library: Library) -> tuple[str, ...]:
    """The files that a register is made from: its definition, and every record, for each may be named in it."""
    records = (record.path for kept in library.records.values() for record in kept.values())
    forms = (library.forms[source.form].path for source in register.sources if source.form in library.forms)
    return (register.path, *forms, *records)


def workbook(shown: Listing) -> bytes:
    """The register in Excel: numbers and dates as such, each line with its record, sums on sheets beside it."""
    labels = [table.headed(head.label.within(Language.BOTH), head.unit) for head in shown.heads]
    heads = [table.Head(head.key, label, head.units * WIDTH) for head, label in zip(shown.heads, labels, strict=True)]
    rows = [tuple(map(cell, shown.heads, row.values, row.texts)) for row in shown.rows]
    links = {(number, 0): f"external:{link(row)}" for number, row in enumerate(shown.rows[:MOST_LINKS])}
    sheets = [table.Sheet(words.LINES_SHEET.within(shown.language), tuple(heads), tuple(rows), links, shown.totals)]
    for sums in shown.tables:
        columns = tuple(table.Head("", head.within(Language.BOTH), USUAL) for head in sums.heads)
        values = tuple(tuple(map(_number, row)) for row in sums.rows)
        sheets.append(table.Sheet(sheet_name(sums.title.within(shown.language)), columns, values))
    register, period = shown.register, dict(shown.facts).get(words.PERIOD, "")
    about = f"{register.number} {register.revision}  {register.title.within(shown.language)}  {period}".rstrip()
    return table.listed(*sheets, about=about)


WIDTH, USUAL = 2.6, 18
MOST_LINKS = 60_000
"""Excel takes few more on a sheet."""
NOT_IN_NAME = str.maketrans("", "", "[]:*?/\\'")


def sheet_name(title: str) -> str:
    """A name that Excel takes for a sheet."""
    return title.translate(NOT_IN_NAME)[: table.LONGEST_NAME].strip()


def cell(head: listing.Head | Field, value: Any, text: str) -> Any:
    """What stands in a cell of a workbook: numbers, dates and times as such, all else in words."""
    if isinstance(value, str) and head.kind in {Kind.DATE, Kind.DATETIME}:
        moment = datetime.fromisoformat(value)
        return date.fromisoformat(value) if head.kind is Kind.DATE else moment
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    return text


def _number(text: str) -> Any:
    try:
        return Decimal(text)
    except ArithmeticError:
        return text
