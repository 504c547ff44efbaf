"""A register as plain text, CSV, JSON and one page of HTML."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import StringIO
from itertools import zip_longest
from typing import Any

from generator.listing import Listing, Row, Sums
from generator.model import Kind
from generator.table import is_risky, room
from generator.terms import Language, Text
from generator.terms import registers as words

WIDEST = 28
"""Columns of the terminal that one cell takes at most."""
STYLE = (
    "body{font:14px/1.45 'Noto Sans SC','Microsoft YaHei',sans-serif;margin:24px;color:#1f2a37;"
    "font-variant-numeric:tabular-nums}"
    "h1{font-size:20px;margin:0}p.facts{color:#667085;margin:4px 0 16px}h2{font-size:16px;margin:24px 0 8px}"
    "svg{display:block;max-width:100%;height:auto;margin-bottom:8px}"
    "table{border-collapse:collapse;margin-bottom:24px}th,td{border:1px solid #98a2b3;padding:4px 8px;"
    "vertical-align:top;text-align:left;white-space:pre-wrap}th{background:#f2f4f7;position:sticky;top:0}"
    "tr.group td{background:#dce6f1;font-weight:bold}tr.total td{background:#f9fafb;font-weight:bold}"
    "th.n,td.n{text-align:right}td.n,td span,td a{white-space:nowrap}td.l{min-width:15em}"
    "@page{size:A4 landscape;margin:10mm}"
    "@media print{body{margin:0}h2{break-after:avoid}svg,tr{break-inside:avoid}"
    "th{position:static;background:none}td.l{min-width:12em}"
    "table.wide{font-size:7.5px}table.wide :is(th,td){padding:1px 3px}}"
)
FIGURE = re.compile(r"-?\d[\d,]*(\.\d+)?( ?[^\d\s.,:/-]{1,4})?")
"""A number as it is printed, perhaps with its unit; no date, time or record number."""
KEPT_WHOLE = re.compile(r"\w+(?:[-:]\w+)+", re.ASCII)
"""A day, a time, a number of a record or a part: a browser would break them after each hyphen."""
WHOLE = frozenset({Kind.DATE, Kind.DATETIME, Kind.REFERENCE})
LOOKS = {Kind.INTEGER: "n", Kind.NUMBER: "n"}
SENTENCE = 40
WIDE = 10
"""A table of more columns is printed in smaller letters."""
Link = Callable[[Row], str]


def title(listing: Listing) -> Text:
    """The register's title and what it says about itself."""
    facts = {word.en: value for word, value in listing.facts}
    return words.SUMMARY.format(
        title=listing.register.title,
        number=listing.register.number,
        revision=listing.register.revision,
        period=facts[words.PERIOD.en],
        lines=facts[words.LINES.en],
    )


def heads(listing: Listing) -> list[str]:
    """The names of the columns."""
    return [head.label.within(listing.language) for head in listing.heads]


def as_text(listing: Listing) -> str:
    """A table for the terminal; what is too long for its column is cut."""
    lines = [title(listing).within(listing.language), ""]
    table = [heads(listing)]
    for block in listing.blocks:
        table += [list(row.texts) for row in block.rows]
    table += [list(listing.totals)] if listing.totals else []
    lines += aligned(table) if listing.rows else [words.EMPTY.within(listing.language)]
    for sums in listing.tables:
        lines += ["", sums.title.within(listing.language), *aligned(_sums_table(sums, listing.language))]
    return "\n".join(lines)


def _sums_table(sums: Sums, language: Language) -> list[list[str]]:
    return [[head.within(language) for head in sums.heads], *map(list, sums.rows)]


def aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, its columns under each other."""
    cut = [[_cut(cell) for cell in row] for row in table]
    widths = [max(map(room, column)) for column in zip_longest(*cut, fillvalue="")]
    for row in cut:
        cells = (cell + " " * (width - room(cell)) for cell, width in zip(row, widths, strict=False))
        yield "  ".join(cells).rstrip()


def _cut(text: str) -> str:
    line = " ".join(text.split())
    while room(line) > WIDEST:
        line = line[: -2 if line.endswith("…") else -1] + "…"
    return line


def as_csv(listing: Listing) -> str:
    """Comma-separated lines; what a spreadsheet would take for a formula has an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(harmless, heads(listing)))
    writer.writerows([harmless(text) for text in row.texts] for row in listing.rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet computes."""
    return f"'{text}" if is_risky(text) else text


def as_json(listing: Listing) -> str:
    """Values as records hold them, with the record of each line."""
    register = listing.register
    keys = [head.key for head in listing.heads]
    content = {
        "register": register.key,
        "number": register.number,
        "revision": register.revision,
        "title": {"zh": register.title.zh, "en": register.title.en},
        "facts": {word.en: value for word, value in listing.facts},
        "rows": [
            {"record": row.number, "form": row.form, **dict(zip(keys, map(plain, row.values), strict=True))}
            for row in listing.rows
        ],
        "tables": [
            {"title": {"zh": sums.title.zh, "en": sums.title.en}, "heads": [each.en for each in sums.heads]}
            | {"rows": [list(row) for row in sums.rows]}
            for sums in listing.tables
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """A value as JSON has it; numbers stay what was written."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, int | str | bool) else float(value)


def as_html(listing: Listing, link: Link) -> str:
    """One page that needs nothing else; each line leads to its record."""
    language = listing.language
    facts = "　".join(f"{word.within(language)}: {value}" for word, value in listing.facts)
    register = listing.register
    number = f"{register.number} {register.revision}"
    looks = list(_looks(listing))
    body = "".join(_html_rows(listing, link, looks))
    width = ' class="wide"' if len(listing.heads) > WIDE else ""
    parts = [
        f"<h1>{escape(register.title.within(language))}</h1>",
        f'<p class="facts">{escape(number)}　{escape(facts)}</p>',
        f"<table{width}><thead>{_cells('th', heads(listing), looks)}</thead><tbody>{body}</tbody></table>",
    ]
    parts += (
        f"<h2>{escape(sums.title.within(language))}</h2>{html_table(_sums_table(sums, language))}"
        for sums in listing.tables
    )
    return page(register.title.within(language), "".join(parts), language)


def html_table(lines: Sequence[Sequence[str]]) -> str:
    """A table whose first line is its head; columns of figures stand to the right."""
    head, *rows = lines
    figures = ["n" if _is_of_figures([row[place] for row in rows]) else "" for place in range(len(head))]
    body = "".join(_cells("td", row, figures) for row in rows)
    return f"<table><thead>{_cells('th', head, figures)}</thead><tbody>{body}</tbody></table>"


def _is_of_figures(texts: Sequence[str]) -> bool:
    said = [text for text in texts if text]
    return bool(said) and all(FIGURE.fullmatch(text) for text in said)


def page(name: str, body: str, language: Language) -> str:
    """A whole page of HTML around its body."""
    tongue = "en" if language is Language.EN else "zh-CN"
    return (
        f'<!doctype html><html lang="{tongue}"><meta charset="utf-8"><title>{escape(name)}</title>'
        f"<style>{STYLE}</style><body>{body}</body></html>\n"
    )


def _looks(listing: Listing) -> Iterator[str]:
    """How each column is set: figures to the right, sentences not too narrow."""
    for place, head in enumerate(listing.heads):
        is_long = any(len(row.texts[place]) > SENTENCE for row in listing.rows)
        yield LOOKS.get(head.kind, "l" if is_long else "")


def _html_rows(listing: Listing, link: Link, looks: Sequence[str]) -> Iterator[str]:
    count = len(listing.heads)
    is_whole = [head.kind in WHOLE for head in listing.heads]
    for block in listing.blocks:
        if block.title:
            yield f'<tr class="group"><td colspan="{count}">{escape(block.title)}</td></tr>'
        for row in block.rows:
            texts = [_whole(text) if whole else escape(text) for text, whole in zip(row.texts, is_whole, strict=True)]
            texts[0] = f'<a href="{escape(link(row))}">{texts[0]}</a>'
            yield f"<tr>{''.join(_marked('td', *pair) for pair in zip(texts, looks, strict=True))}</tr>"
        if block.totals and len(listing.blocks) > 1:
            yield _cells("td", block.totals, looks, "total")
    if listing.totals:
        yield _cells("td", listing.totals, looks, "total")
    if not listing.rows:
        yield f'<tr><td colspan="{count}">{escape(words.EMPTY.within(listing.language))}</td></tr>'


def _whole(text: str) -> str:
    return KEPT_WHOLE.sub(r"<span>\g<0></span>", escape(text))


def _cells(tag: str, texts: Sequence[str], looks: Sequence[str], kind: str = "") -> str:
    cells = "".join(_marked(tag, escape(text), look) for text, look in zip(texts, looks, strict=True))
    return f'<tr class="{kind}">{cells}</tr>' if kind else f"<tr>{cells}</tr>"


def _marked(tag: str, text: str, look: str) -> str:
    return f'<{tag} class="{look}">{text}</{tag}>' if look else f"<{tag}>{text}</{tag}>"
