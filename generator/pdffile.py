"""What a PDF says of itself, and some of its pages as a PDF of their own."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf

from generator.errors import GeneratorError
from generator.terms import proof as words

OURS = "wenkong "
PARTS = 2
"""A number and a revision stand in the keywords at least, then the commit."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The number, revision and commit (empty for a draft) that a file of ours names, what made it, and its title."""

    number: str
    revision: str
    commit: str
    producer: str
    language: str
    title: str


def claim(content: bytes) -> Claim | None:
    """What the properties of a PDF claim; None where they do not say that it is ours, or cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            producer = str(pdf.docinfo.get("/Producer", ""))
            words_ = str(pdf.docinfo.get("/Keywords", "")).split()
            language = str(pdf.Root.get("/Lang", ""))
            title = str(pdf.docinfo.get("/Title", ""))
    except (pikepdf.PdfError, ValueError, TypeError):
        return None
    if not producer.startswith(OURS) or len(words_) < PARTS:
        return None
    return Claim(words_[0], words_[1], words_[2] if len(words_) > PARTS else "", producer, language, title)


def part(content: bytes, pages: Iterable[int]) -> bytes:
    """These pages (from 1) as a file of their own, the same bytes for the same pages.

    Raises:
        GeneratorError: the file cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as target:
            for page in pages:
                target.pages.append(source.pages[page - 1])
            out = io.BytesIO()
            target.save(out, deterministic_id=True)
            return out.getvalue()
    except pikepdf.PdfError as error:
        raise GeneratorError(words.BROKEN.format(name="PDF")) from error
