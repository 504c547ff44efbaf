"""The finish of a PDF: canonical bytes, archival form, the mark and the QR of each page, in an order held by types."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pikepdf
import segno

from generator import fonts, signaturefields
from generator.places import Place
from generator.terms import Text

MM = 72 / 25.4
QR_SIDE, QR_RIGHT, QR_BOTTOM = 13 * MM, 15 * MM, 4.5 * MM
QUIET = 4
"""Modules of white round a code, without which it is not read (ISO/IEC 18004)."""


def _string(depth: int) -> bytes:
    """A pattern for a literal string of PDF, whose parentheses may stand inside each other so deep."""
    nested = b"|" + _string(depth - 1) if depth else b""
    return rb"\((?:[^()\\]|\\." + nested + rb")*\)"


STRING = _string(16)
REPLACEMENT = re.compile(rb"/Span <<\s*/ActualText (?:<[0-9A-Fa-f]*>|" + STRING + rb")\s*>> BDC")
COLOURS = {
    "uncontrolled": "0.71 0.14 0.09",
    "draft": "0.40 0.44 0.52",
    "controlled": "0.71 0.14 0.09",
    "obsolete": "0.40 0.44 0.52",
    "retained": "0.40 0.44 0.52",
}
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""A draft has no date of its own; this one is fixed, so that the same content gives the same bytes."""
PRINTED = 4
"""The flag of an annotation that is printed."""
SIZE, EDGE = 7.5, 18 * MM
"""The size of the letters of a mark, and the margin that a long one leaves on either side."""
DIAGONAL = 0.7071
"""Sine and cosine of the angle at which a draft is marked."""


class Box(NamedTuple):
    """The edges of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Converted:
    """What an engine gave; not yet fit to be kept, so it has no content to write."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Canonical:
    """The same pages with fixed ids and dates, in archival form; may be stamped."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Stamped:
    """Marked pages; nothing but signatures may be added any more."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; `date` is the commit's, None for a draft."""

    title: str
    number: str
    revision: str
    commit: str
    date: datetime | None
    engine: str
    version: str
    language: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is stamped on each page; `qr` gives the words of a page's code for (page, pages), from 1."""

    text: Text
    kind: str
    qr: Callable[[int, int], str]


def canonical(converted: Converted, properties: Properties) -> Canonical:
    """The converted file as PDF/A-2b with nothing in it that changes from run to run.

    Raises:
        GeneratorError: it is signed.
    """
    with pikepdf.open(io.BytesIO(converted.raw)) as pdf:
        signaturefields.refuse_signed(pdf)
        _plain_text(pdf)
        _describe(pdf, properties)
        _archive(pdf, properties.language)
        _print_links(pdf)
        return Canonical(_saved(pdf))


def _print_links(pdf: Any) -> None:
    """PDF/A wants every annotation to say that it is printed with the page."""
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            link["/F"] = PRINTED


def stamped(canonical: Canonical, marks: Marks, places: Sequence[Place] = ()) -> Stamped:
    """The canonical file with its mark and a QR on each page, as artifacts that no reader reads out.

    In each of the `places` stands an empty field for a signature, named by its role.

    Raises:
        GeneratorError: it is signed.
    """
    with pikepdf.open(io.BytesIO(canonical.content)) as pdf:
        signaturefields.refuse_signed(pdf)
        drawn: dict[Box, Any] = {}
        pages = len(pdf.pages)
        for position, page in enumerate(pdf.pages, start=1):
            box = Box(*(float(each) for each in page.mediabox))
            if box not in drawn:
                drawn[box] = pdf.make_indirect(_form(pdf, _mark(marks, box), box))
            page.contents_coalesce()
            _add(pdf, page, drawn[box], _placed(_qr(marks.qr(position, pages)), box))
        if places:
            signaturefields.add(pdf, places)
        return Stamped(_saved(pdf))


def _plain_text(pdf: pikepdf.Pdf) -> None:
    """Take away replacement texts: rdocx gives a whole run's to its first glyph, and some readers then read it twice.

    Each glyph keeps its own character in the font's ToUnicode table.
    """
    for page in pdf.pages:
        page.contents_coalesce()
        page.Contents.write(REPLACEMENT.sub(b"/Span BMC", page.Contents.read_bytes()))


def _describe(pdf: pikepdf.Pdf, properties: Properties) -> None:
    when = properties.date or EPOCH
    made_with = f"{properties.engine}; fonts {fonts.digest()[:8]}; qpdf {pikepdf.__libqpdf_version__}"
    producer = f"wenkong {properties.version} ({made_with})"
    keywords = f"{properties.number} {properties.revision} {properties.commit}".strip()
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as data:
        data["dc:title"] = properties.title
        data["dc:language"] = [properties.language]
        data["pdf:Producer"] = producer
        data["pdf:Keywords"] = keywords
        data["xmp:CreateDate"] = data["xmp:ModifyDate"] = when.isoformat()
        data["pdfaid:part"] = "2"
        data["pdfaid:conformance"] = "B"
    for key in list(pdf.docinfo):
        del pdf.docinfo[key]
    date = _date(when)
    pdf.docinfo["/Title"] = properties.title
    pdf.docinfo["/Producer"] = producer
    pdf.docinfo["/Keywords"] = keywords
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = date


def _date(when: datetime) -> str:
    offset = when.strftime("%z") or "+0000"
    return f"D:{when:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def _archive(pdf: pikepdf.Pdf, language: str) -> None:
    profile = pdf.make_stream(fonts.colour_profile(), N=3)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name("/GTS_PDFA1"),
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = pikepdf.String(language)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    for drawn_by_lot in ("/ID", "/DocChecksum"):
        if drawn_by_lot in pdf.trailer:
            del pdf.trailer[drawn_by_lot]
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        force_version="1.7",
    )
    return out.getvalue()


def _form(pdf: pikepdf.Pdf, operators: str, box: Box) -> Any:
    stream = pdf.make_stream(operators.encode())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = pikepdf.Array(list(box))
    stream.Resources = pikepdf.Dictionary()
    return stream


def _mark(marks: Marks, box: Box) -> str:
    """A framed mark above the head of the page; a draft's is written large and pale across it, behind the text."""
    words = f"{marks.text.zh} {marks.text.en}"
    if marks.kind == "draft":
        path, width = fonts.outline(words, 64)
        along = width / 2 * DIAGONAL
        across, up = (box.left + box.right) / 2 - along, (box.bottom + box.top) / 2 - along
        place = f"{DIAGONAL} {DIAGONAL} {-DIAGONAL} {DIAGONAL} {across:.2f} {up:.2f} cm"
        return f"q 0.93 g {place} {path} f Q"
    room = box.right - box.left - 2 * EDGE
    path, width = fonts.outline(words, SIZE)
    if width > room:
        path, width = fonts.outline(words, SIZE * room / width)
    colour = COLOURS[marks.kind]
    left = box.right - 15 * MM - width - 8
    frame = f"{colour} RG 0.8 w 0 0 {width + 8:.2f} 12 re S"
    return f"q 1 0 0 1 {left:.2f} {box.top - 7 * MM:.2f} cm {frame} {colour} rg 1 0 0 1 4 3.4 cm {path} f Q"


def _qr(text: str) -> str:
    """The code as filled squares, side QR_SIDE, its lower left corner at the origin, on white that nothing crosses."""
    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix)
    unit = QR_SIDE / size
    quiet = QUIET * unit
    ground = f"1 g {-quiet:.3f} {-quiet:.3f} {QR_SIDE + 2 * quiet:.3f} {QR_SIDE + 2 * quiet:.3f} re f"
    squares = [
        f"{column * unit:.3f} {(size - 1 - row) * unit:.3f} {unit:.3f} {unit:.3f} re"
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark
    ]
    return f"{ground}\n0 g\n" + "\n".join(squares) + "\nf"


def _placed(code: str, box: Box) -> str:
    return f"1 0 0 1 {box.right - QR_RIGHT - QR_SIDE:.2f} {box.bottom + QR_BOTTOM:.2f} cm\n{code}"


def _add(pdf: pikepdf.Pdf, page: pikepdf.Page, mark: Any, code: str) -> None:
    """The mark under what the page shows, the code over it; what pages share is not written into."""
    page.obj.Resources = pikepdf.Dictionary(page.resources)
    objects = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
    page.obj.Resources.XObject = pikepdf.Dictionary({**dict(objects), "/WenkongMark": mark})
    page.contents_add(pdf.make_stream(b"/Artifact BMC q /WenkongMark Do Q EMC\nq\n"), prepend=True)
    page.contents_add(pdf.make_stream(f"\nQ\n/Artifact BMC q {code}\nQ EMC\n".encode()))
