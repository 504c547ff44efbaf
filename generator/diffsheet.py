"""Differences between two revisions written out: as text, as a page and as a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from docx import Document
from docx.text.paragraph import Paragraph

from generator import drawing, housestyle
from generator.difference import Act, Difference, Piece
from generator.terms import Language, Text

SIGNS = {Act.GONE: ("[-", "-]"), Act.NEW: ("{+", "+}"), Act.KEPT: ("", "")}
TAGS = {Act.GONE: "del", Act.NEW: "ins"}
AROUND = 40
"""How many characters of what stayed are shown on each side of a change, as text."""
STYLE = (
    "body{font:15px/1.7 'Noto Sans SC',sans-serif;max-width:52em;margin:2em auto;padding:0 1em;color:#1d2939}"
    "h2{font-size:1em;margin:1.4em 0 .3em}p{white-space:pre-wrap;margin:0}small{color:#667085;font-weight:normal}"
    "del{background:#fee4e2;color:#912018}ins{background:#d1fadf;color:#05603a;text-decoration:none;font-weight:bold}"
)


@dataclass(frozen=True)
class Report:
    """The differences and what they are between."""

    heading: Text
    differences: Sequence[Difference]
    nothing: Text


def text(report: Report, language: Language) -> Iterator[str]:
    """Lines for a terminal."""
    yield report.heading.within(language)
    for each in report.differences:
        yield f"  {_title(each, language)}"
        words = "".join(f"{SIGNS[one.act][0]}{_short(one)}{SIGNS[one.act][1]}" for one in each.pieces)
        yield from (f"      {line}" for line in words.splitlines())
    if not report.differences:
        yield report.nothing.within(language)


def html(report: Report, language: Language) -> str:
    """A page of its own that needs nothing from outside."""
    lang = "en" if language is Language.EN else "zh-CN"
    heading = escape(report.heading.within(language))
    blocks = [f"<h2>{escape(_title(each, language))}</h2><p>{_marked(each)}</p>" for each in report.differences]
    body = "\n".join(blocks) or f"<p>{escape(report.nothing.within(language))}</p>"
    head = f"<meta charset='utf-8'><title>{heading}</title><style>{STYLE}</style>"
    return f"<!doctype html>\n<html lang='{lang}'><head>{head}</head><body><h1>{heading}</h1>\n{body}\n</body></html>\n"


def docx(report: Report, language: Language) -> bytes:
    """A Word file: what went is struck out, what came is underlined, so that it reads in black and white."""
    document = Document()
    housestyle.apply(document)
    document.add_paragraph().add_run(report.heading.within(language)).bold = True
    for each in report.differences:
        document.add_paragraph().add_run(_title(each, language)).bold = True
        paragraph = document.add_paragraph()
        for piece in each.pieces:
            _run(paragraph, piece)
    if not report.differences:
        document.add_paragraph(report.nothing.within(language))
    return drawing.saved(document)


def _title(each: Difference, language: Language) -> str:
    return f"{each.title.within(language)} {each.place}".strip()


def _short(piece: Piece) -> str:
    text = piece.text
    if piece.act is not Act.KEPT or len(text) <= 2 * AROUND:
        return text
    return f"{text[:AROUND]} … {text[-AROUND:]}"


def _marked(each: Difference) -> str:
    return "".join(
        f"<{TAGS[one.act]}>{escape(one.text)}</{TAGS[one.act]}>" if one.act in TAGS else escape(one.text)
        for one in each.pieces
    )


def _run(paragraph: Paragraph, piece: Piece) -> None:
    run = paragraph.add_run(piece.text)
    run.font.strike = piece.act is Act.GONE or None
    run.font.underline = piece.act is Act.NEW or None
    run.bold = piece.act is Act.NEW or None
