"""Many PDF files bound into one: bookmarks, pages numbered through, foreign pages in a frame that nothing covers."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from generator import fillable, fonts

MM = 72 / 25.4
LETTERS, FOOT = 7.5, 4 * MM
"""The size of the page numbers and their height over the edge, below the foot of the house's sheets."""
SHORT_SIDE, LONG_SIDE = 210 * MM, 297 * MM
EDGE, HEAD, ROOM = 10 * MM, 16 * MM, 12 * MM
"""What a frame leaves free at the sides, at the head and at the foot."""
CAPTION = 8
WORLD = ("http:", "https:", "mailto:")
AT_ONCE = 64
"""So many files are open at the same time."""


class State(StrEnum):
    """Whether a foreign file can be bound."""

    GOOD = "good"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be bound: its bookmark, and how deep that stands under the others; headings have no file."""

    title: str
    level: int
    path: Path | None
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bound file says of itself; `when` is the commit's, so that nothing in it changes from run to run."""

    title: str
    subject: str
    producer: str
    language: str
    when: datetime


def count(content: bytes) -> int:
    """How many pages a file of ours has."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def framed(content: bytes, caption: str) -> tuple[bytes, State]:
    """The pages of a foreign file, each made small enough to stand in a frame under its caption."""
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as target:
            _flatten(source)
            for page in source.pages:
                _frame(target, page, caption)
            if not target.pages:
                return b"", State.BROKEN
            out = io.BytesIO()
            target.save(out, deterministic_id=True)
            return out.getvalue(), State.GOOD
    except pikepdf.PasswordError:
        return b"", State.ENCRYPTED
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return b"", State.BROKEN


def _flatten(source: pikepdf.Pdf) -> None:
    """What was typed into a form is on its pages; scripts and links stay behind."""
    fillable.draw(source)
    source.flatten_annotations("print")


def _frame(target: pikepdf.Pdf, page: pikepdf.Page, caption: str) -> None:
    turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    left, bottom, right, top = (float(each) for each in page.trimbox)
    is_wide = (right - left > top - bottom) != turned
    width, height = (LONG_SIDE, SHORT_SIDE) if is_wide else (SHORT_SIDE, LONG_SIDE)
    sheet = target.add_blank_page(page_size=(width, height))
    drawn = target.copy_foreign(page.as_form_xobject())
    sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Attachment=drawn))
    area = pikepdf.Rectangle(EDGE, ROOM, width - EDGE, height - HEAD)
    placed = sheet.calc_form_xobject_placement(drawn, pikepdf.Name.Attachment, area, allow_expand=False)
    letters, length = fonts.outline(caption, CAPTION)
    scale = min(1, (width - 2 * EDGE) / length) if length else 1
    head = f"q 0.12 0.16 0.22 rg {scale:.4f} 0 0 {scale:.4f} {EDGE:.2f} {height - 10 * MM:.2f} cm {letters} f Q\n"
    under = height - 12 * MM
    rule = f"q 0.60 0.64 0.70 RG 0.6 w {EDGE:.2f} {under:.2f} m {width - EDGE:.2f} {under:.2f} l S Q\n"
    sheet.contents_add(target.make_stream(f"{head}{rule}".encode() + b"q\n" + placed + b"\nQ\n"))


def bind(parts: Sequence[Part], target: Path, facts: Facts, shelf: Path) -> None:
    """Bind the parts in their order to the file `target`; `shelf` is a folder for what is needed on the way.

    A few files are open at a time; what stays in memory is qpdf's table of the objects, a fraction of the files.
    """
    total = sum(part.pages for part in parts)
    chunks = list(_chunks([part for part in parts if part.path], total, shelf))
    with pikepdf.new() as whole:
        opened = [pikepdf.open(each, access_mode=pikepdf.AccessMode.stream) for each in chunks]
        try:
            for chunk in opened:
                whole.pages.extend(chunk.pages)
            _bookmarks(whole, parts)
            _describe(whole, facts)
            whole.save(
                target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False
            )
        finally:
            for chunk in opened:
                chunk.close()


def _chunks(parts: Sequence[Part], total: int, shelf: Path) -> Iterator[Path]:
    """Files of a few parts each, their pages numbered."""
    first = 1
    for start in range(0, len(parts), AT_ONCE):
        few, path = parts[start : start + AT_ONCE], shelf / f"chunk-{start:06d}.pdf"
        with pikepdf.new() as chunk:
            sources = [pikepdf.open(part.path, access_mode=pikepdf.AccessMode.stream) for part in few if part.path]
            try:
                for source in sources:
                    _loose(source)
                    chunk.pages.extend(source.pages)
                for place, page in enumerate(chunk.pages, start=first):
                    _finish(chunk, page, f"{place} / {total}")
                first += len(chunk.pages)
                chunk.save(path)
            finally:
                for source in sources:
                    source.close()
        yield path


def _loose(pdf: pikepdf.Pdf) -> None:
    """Of what hangs on the pages only links into the world stay: fields to sign in belong to the file they were in."""
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm
    for page in pdf.pages:
        if "/Annots" in page:
            links = [each for each in page.Annots if str(each.get("/A", {}).get("/URI", "")).startswith(WORLD)]
            del page.Annots
            if links:
                page.Annots = pikepdf.Array(links)


def _finish(pdf: pikepdf.Pdf, page: pikepdf.Page, words: str) -> None:
    """The page's number in the middle below its foot."""
    left, bottom, right, _ = (float(each) for each in page.mediabox)
    glyphs = [_glyph(each) for each in words]
    x = (left + right - sum(width for _, width in glyphs)) / 2
    written = [f"q 0.25 0.29 0.36 rg 1 0 0 1 {x:.2f} {bottom + FOOT:.2f} cm"]
    for path, width in glyphs:
        written.append(f"{path} f 1 0 0 1 {width:.3f} 0 cm" if path else f"1 0 0 1 {width:.3f} 0 cm")
    page.contents_add(pdf.make_stream(("\n/Artifact BMC " + "\n".join(written) + " Q EMC\n").encode()))


@cache
def _glyph(sign: str) -> tuple[str, float]:
    return fonts.outline(sign, LETTERS)


def _bookmarks(pdf: pikepdf.Pdf, parts: Sequence[Part]) -> None:
    """One for each part, nested as deep as it says; a heading leads to the first page under it."""
    page = 0
    with pdf.open_outline() as outline:
        above: list[Any] = [outline.root]
        for part in parts:
            item = pikepdf.OutlineItem(part.title, page)
            del above[part.level + 1 :]
            above[-1].append(item)
            above.append(item.children)
            page += part.pages
    pdf.Root.PageMode = pikepdf.Name.UseOutlines


def _describe(pdf: pikepdf.Pdf, facts: Facts) -> None:
    offset = facts.when.strftime("%z") or "+0000"
    date = f"D:{facts.when:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
    pdf.docinfo["/Title"], pdf.docinfo["/Subject"] = facts.title, facts.subject
    pdf.docinfo["/Producer"] = facts.producer
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = date
    pdf.Root.Lang = pikepdf.String(facts.language)
