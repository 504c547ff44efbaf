"""What a person must look at before an attachment leaves the house: other customers, and what cannot be searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from generator import paper
from generator.model import Finding, Severity
from generator.terms import Text
from generator.terms import dossier as words

NAMED, UNSEARCHED = "dossier.other-customer", "dossier.unsearched"


def of_pdf(path: str, content: bytes, printed: bytes, foreign: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Each other customer, a number and a name, whom a PDF names as printed; and once its pages without their text.

    `printed` are its pages with the notes and the answers on them, which the text of the file itself does not hold.
    """
    name = PurePosixPath(path).name
    for customer, page in paper.naming(printed, foreign).items():
        yield _doubt(path, NAMED, words.IN_ATTACHMENT.format(name=name, page=page, customer=customer))
    pages = paper.blind(content)
    if pages:
        yield _doubt(path, UNSEARCHED, words.PAGES_UNSEARCHED.format(name=name, pages=_ranges(pages)))


def of_picture(path: str) -> Finding:
    """A picture cannot be searched at all."""
    return _doubt(path, UNSEARCHED, words.PICTURE_UNSEARCHED.format(name=PurePosixPath(path).name))


def _doubt(path: str, rule: str, text: Text) -> Finding:
    return Finding(path, 1, 1, rule, text, Severity.WARNING)


def _ranges(pages: tuple[int, ...]) -> str:
    """Pages as people write them: 1, 3-5."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(pages), lambda each: each[1] - each[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
