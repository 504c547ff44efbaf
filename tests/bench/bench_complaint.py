"""Complaint records to Word: the compiled template against a plain docxtpl loop over the same template.

    python -m tests.bench.bench_complaint

The labels are written into the template for both, so that each has only the record's values to fill.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docxtpl import DocxTemplate

from generator import load, sheet, word
from generator.printing import Origins
from generator.terms import Language
from tests.stringify import stringify

ROOT = Path(__file__).resolve().parents[2]
COMPILED, PLAIN = 1000, 12
TAG = re.compile(r"\{\{ ([a-z][a-z0-9_.]*) \}\}")
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def sheets() -> list[sheet.Sheet]:
    library = load.library(ROOT)
    mark = Origins(None).of(()).mark
    records = library.records["complaint"].values()
    filled = (sheet.filled(record, library, Language.BOTH, mark) for record in records)
    return [sheet.with_photos(each, lambda *_: ()) for each in filled]


def labelled(template: bytes, words: Mapping[str, str]) -> bytes:
    """The template with its labels written in, so that docxtpl has only the record's values to fill."""

    def text(match: re.Match[str]) -> str:
        words_here = words.get(match[1])
        return match[0] if words_here is None else escape(words_here).replace("\n", BREAK)

    out = BytesIO()
    with ZipFile(BytesIO(template)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                content = TAG.sub(text, content.decode()).encode()
            target.writestr(name, content)
    return out.getvalue()


def plain(template: bytes, made: sheet.Sheet) -> bytes:
    document = DocxTemplate(BytesIO(template))
    photos = {key: "" for key, value in made.values.items() if value == ()}
    document.render({**made.values, **photos}, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def measured() -> tuple[float, float]:
    """CPU milliseconds a record: compiled, plain."""
    template = (ROOT / "forms" / "complaint.docx").read_bytes()
    made = sheets()
    compiled = word.compiled(template, made[0].words, "forms/complaint.docx")
    ready = labelled(template, made[0].words)
    start = time.process_time()
    for number in range(COMPILED):
        compiled.render(made[number % len(made)].values)
    middle = time.process_time()
    for number in range(PLAIN):
        plain(ready, made[number % len(made)])
    end = time.process_time()
    return (middle - start) / COMPILED * 1000, (end - middle) / PLAIN * 1000


@pytest.mark.bench
def test_a_complaint_is_at_least_fifteen_times_cheaper_than_with_docxtpl() -> None:
    ours, theirs = measured()
    assert theirs / ours >= 15, f"{ours:.2f} ms against {theirs:.2f} ms"


@pytest.mark.bench
def test_the_text_of_every_paragraph_and_cell_is_the_same() -> None:
    template = (ROOT / "forms" / "complaint.docx").read_bytes()
    for made in sheets()[:4]:
        compiled = word.compiled(template, made.words, "forms/complaint.docx")
        assert stringify(compiled.render(made.values)) == stringify(plain(labelled(template, made.words), made))


if __name__ == "__main__":
    fast, slow = measured()
    print(f"compiled {fast:.2f} ms, docxtpl {slow:.2f} ms: {slow / fast:.1f} times cheaper")  # noqa: T201
