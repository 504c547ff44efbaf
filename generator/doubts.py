"""What a person must look at before a file leaves the house: other customers, and what cannot be searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from generator import belonging, binder, completeness, docxzip, paper, raster, references
from generator.model import Finding, Library, Record, Severity
from generator.terms import Text
from generator.terms import dossier as words

NAMED, UNSEARCHED = "dossier.other-customer", "dossier.unsearched"
PACKED = b"PK\x03\x04"
TAG = re.compile(r"<[^>]*>")
ENCODINGS = ("utf-8-sig", "gb18030")
Names = tuple[tuple[str, str], ...]


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


def enclosed(root: Path, record: Record, library: Library) -> tuple[Finding, ...]:
    """The doubts about the files that go to the customer with a record's sheet; those that are missing aside."""
    form, folder = library.forms[record.form], references.folder(record)
    if not any(each.is_enclosed for each in form.attached.values()):
        return ()
    named = (name for steps, name in references.attachments(record, form) if form.by_key[str(steps[0])].is_enclosed)
    foreign = belonging.strangers(library, completeness.customers(record, library))
    return tuple(
        found
        for path in dict.fromkeys(f"{folder}/{name}" for name in named)
        if (root / path).is_file()
        for found in _of_file(path, (root / path).read_bytes(), foreign)
    )


def _of_file(path: str, content: bytes, foreign: Names) -> Iterator[Finding]:
    name = PurePosixPath(path).name
    if raster.is_pdf(content):
        printed, _ = binder.framed(content, "")
        yield from of_pdf(path, content, printed, foreign) if printed else (_unsearched(path),)
        return
    text = _text(content, path)
    if text is None:
        yield _unsearched(path)
        return
    lines = [paper.SPACES.sub("", line) for line in text.splitlines()]
    found = dict[str, int]()
    for customer, called in foreign:
        sought = paper.SPACES.sub("", called)
        line = next((at for at, said in enumerate(lines, start=1) if sought in said), 0)
        if line:
            found[customer] = min(line, found.get(customer, line))
    for customer, line in found.items():
        yield _doubt(path, NAMED, words.IN_FILE.format(name=name, customer=customer), line)


def _text(content: bytes, path: str) -> str | None:
    """What a file of text or of an office program says, of the latter each part as one line; None for all others."""
    if content.startswith(PACKED):
        parts = docxzip.opened(content, path)
        if isinstance(parts, Finding):
            return None
        said = [TAG.sub("", part.decode("utf-8", "replace")) for name, part in parts.items() if name.endswith(".xml")]
        return "\0".join(" ".join(each.split()) for each in said) if said else None
    for encoding in () if b"\0" in content else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unsearched(path: str) -> Finding:
    return _doubt(path, UNSEARCHED, words.FILE_UNSEARCHED.format(name=PurePosixPath(path).name))


def _doubt(path: str, rule: str, text: Text, line: int = 1) -> Finding:
    return Finding(path, line, 1, rule, text, Severity.WARNING)


def _ranges(pages: tuple[int, ...]) -> str:
    """Pages as people write them: 1, 3-5."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(pages), lambda each: each[1] - each[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
