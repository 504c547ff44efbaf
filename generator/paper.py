"""The finished pages read back: is everything that should be on them there, in our own fonts?"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from generator import places
from generator.model import Finding
from generator.places import NONE, Place, Words
from generator.terms import Text, house
from generator.terms import pdf as words

SPACES = re.compile(r"[-\s\u00a0\u00ad\u200b\ufffe\u0002]+")
"""What readers lose or add where a line ends: blanks, hyphens, cuts."""
FAMILY = "NotoSansSC"
LONGEST_NAME = 128
QUOTE = 24
STEP = 7
STAMP = 60
"""Fewer letters than this beside a picture are a stamp or the head of a fax."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of each page without blanks, its fonts, and the pages (from 1) with text over their edge.

    `lent` are those of the fonts that are not in the file, so that each reader takes its own.
    """

    pages: tuple[str, ...]
    fonts: frozenset[str]
    over: frozenset[int] = frozenset()
    lent: frozenset[str] = frozenset()
    boxes: tuple[Place, ...] = ()
    """Where the boxes to be signed are, if they were asked for."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be on the paper; `texts` are pairs of a field's key and what it prints."""

    path: str
    number: str
    revision: str
    texts: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    """What the signature block may begin with."""
    headings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For each block by its name what stands at its top: its heading, and with the heads of its table."""
    last: str = ""
    """The last block before the signatures."""


def read(pdf: bytes, boxes: Words = NONE) -> Paper:
    """The pages of a PDF as text, its fonts, and where the boxes with these words are."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages: list[str] = []
        fonts: dict[str, bool] = {}
        over: set[int] = set()
        found: tuple[Place, ...] = ()
        for position in range(len(document), 0, -1):  # from the last, where the boxes are
            page = document[position - 1]
            text = page.get_textpage()
            if _runs_over(text, page.get_size()):
                over.add(position)
            pages.append(SPACES.sub("", text.get_text_range()))
            fonts |= _fonts(page)
            if boxes.roles and not found:
                found = places.on_page(page, text, position, boxes)
            text.close()
            page.close()
        lent = frozenset(name for name, is_inside in fonts.items() if not is_inside)
        return Paper(tuple(reversed(pages)), frozenset(fonts), frozenset(over), lent, found)
    finally:
        document.close()


def naming(pdf: bytes, names: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """Which keys of these names stand in the text of a PDF, and the first page (from 1) on which each does."""
    sought = [(key, SPACES.sub("", name)) for key, name in names]
    found: dict[str, int] = {}
    for position, _, said in _texts(pdf):
        for key in (key for key, name in sought if name in said):
            found.setdefault(key, position)
    return found


def blind(pdf: bytes) -> tuple[int, ...]:
    """The pages (from 1) that show something which is not in their text."""
    return tuple(position for position, page, said in _texts(pdf) if _is_blind(page, said))


def _texts(pdf: bytes) -> Iterator[tuple[int, pypdfium2.PdfPage, str]]:
    """Each page with its number from 1 and its text without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for position, page in enumerate(document, start=1):
            text = page.get_textpage()
            said = SPACES.sub("", text.get_text_range())
            text.close()
            yield position, page, said
            page.close()
    finally:
        document.close()


def _is_blind(page: pypdfium2.PdfPage, said: str) -> bool:
    """Whether what a page shows is not in its text: drawings without a letter, or a scan under a mere stamp."""
    if not said:
        return bool(pdfium.FPDFPage_CountObjects(page))
    shown = _pieces(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, kind=pdfium.FPDF_PAGEOBJ_IMAGE)
    return len(said) < STAMP and any(True for _ in shown)


def _fonts(page: pypdfium2.PdfPage) -> dict[str, bool]:
    """The font of each piece of text on a page, and whether it is in the file; one sign is enough to be found."""
    used: dict[int, Any] = {}
    for piece in _pieces(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, kind=pdfium.FPDF_PAGEOBJ_TEXT):
        font = pdfium.FPDFTextObj_GetFont(piece)
        if font:
            used[ctypes.addressof(font.contents)] = font
    buffer = ctypes.create_string_buffer(LONGEST_NAME)
    found: dict[str, bool] = {}
    for font in used.values():
        pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        found[buffer.value.decode("utf-8", "replace")] = pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return found


def _pieces(parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], *, kind: int) -> Iterator[Any]:
    """The pieces of a kind of a page or of a drawing on it; the library's own way takes three times as long."""
    for position in range(count(parent)):
        piece = get(parent, position)
        found = pdfium.FPDFPageObj_GetType(piece)
        if found == kind:
            yield piece
        elif found == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _pieces(piece, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, kind=kind)


def _runs_over(text: pypdfium2.PdfTextPage, size: tuple[float, float]) -> bool:
    """Whether a letter lies beyond the paper; every few letters are looked at, a lost line has more than those."""
    boxes = (text.get_charbox(position) for position in range(0, text.count_chars(), STEP))
    return any(left < 0 or bottom < 0 or right > size[0] or top > size[1] for left, bottom, right, top in boxes)


def fitness(paper: Paper, expected: Expected) -> Iterator[Finding]:
    """What is missing on the paper, each with the field to shorten or the place to look at."""
    yield from _font_faults(paper, expected.path)
    yield from _head_faults(paper, expected)
    for page in sorted(paper.over):
        yield _finding(expected.path, "print.over", words.OVER.format(page=page))
    for key, text in expected.texts:
        lost = _lost(text, paper.pages)
        if lost:
            yield _finding(expected.path, "print.lost", words.LOST.format(key=key, text=lost))
    if len(paper.pages) > 1 and expected.signatures and _is_alone(paper, expected):
        yield _finding(expected.path, "print.signatures", words.ALONE)


def moves(paper: Paper, expected: Expected) -> frozenset[str]:
    """The blocks that should begin a page: a heading stands alone at the foot, or the signatures alone on the last."""
    foot = _common_end(paper.pages)
    found = {
        name for page in paper.pages[:-1] for name, tops in expected.headings if page[: len(page) - foot].endswith(tops)
    }
    is_alone = len(paper.pages) > 1 and expected.signatures and _is_alone(paper, expected)
    return frozenset(found | ({expected.last} if is_alone and expected.last else set()))


def _common_end(pages: tuple[str, ...]) -> int:
    """So many characters of foot have all pages in common."""
    if len(pages) <= 1:
        return 0
    return next((at for at, signs in enumerate(zip(*map(reversed, pages), strict=False)) if len(set(signs)) > 1), 0)


def _finding(path: str, rule: str, text: Text) -> Finding:
    return Finding(path, 1, 1, rule, text)


def _font_faults(paper: Paper, path: str) -> Iterator[Finding]:
    names = {name.replace(" ", "").rpartition("+")[2] for name in paper.fonts}
    if not any(name.startswith(FAMILY) for name in names):
        yield _finding(path, "print.font", words.FONT.format(name=FAMILY))
    for name in sorted(paper.lent):
        yield _finding(path, "print.font", words.FONT.format(name=name))
    for name in sorted(name for name in names if not name.startswith(FAMILY)):
        yield _finding(path, "print.font", words.OTHER_FONT.format(name=name))


def _head_faults(paper: Paper, expected: Expected) -> Iterator[Finding]:
    number, revision = SPACES.sub("", expected.number), SPACES.sub("", expected.revision)
    pages = len(paper.pages)
    for page, text in enumerate(paper.pages, start=1):
        if number not in text:
            yield _finding(expected.path, "print.number", words.NO_NUMBER.format(page=page, number=expected.number))
        if revision not in text:
            said = words.NO_REVISION.format(page=page, revision=expected.revision)
            yield _finding(expected.path, "print.revision", said)
        if not any(each in text for each in _page_numbers(page, pages)):
            yield _finding(expected.path, "print.page", words.NO_PAGE.format(page=page, pages=pages))


def _page_numbers(page: int, pages: int) -> tuple[str, str]:
    words = (house.PAGE, house.OF, house.PAGE_END)
    before, between, after = (each.zh for each in words)
    chinese = f"{before}{page}{between}{pages}{after}"
    before, between, after = (each.en for each in words)
    return SPACES.sub("", chinese), SPACES.sub("", f"{before}{page}{between}{pages}{after}")


def _lost(text: str, pages: tuple[str, ...]) -> str:
    """The first word of a text that is not on the paper; a reader may give a wrapped line's words in another order."""
    whole = "".join(pages)
    for wanted in SPACES.split(text):
        if not _is_there(wanted, whole, most=len(pages)):
            return wanted[:QUOTE]
    return ""


def _is_there(wanted: str, whole: str, *, most: int) -> bool:
    """Whether a word, such as a paragraph of Chinese, stands there in at most so many pieces, one a page."""
    for _ in range(most):
        if wanted in whole:
            return True
        low, high = 0, len(wanted)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if wanted[:middle] in whole else (low, middle - 1)
        wanted = wanted[low:]
    return False


def _is_alone(paper: Paper, expected: Expected) -> bool:
    last, before = paper.pages[-1], paper.pages[-2]
    rest = last[len(_common(last, before)) :]
    return rest.startswith(tuple(SPACES.sub("", each) for each in expected.signatures))


def _common(one: str, other: str) -> str:
    for position, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right and not (left.isdigit() and right.isdigit()):
            return one[:position]
    return one
