"""The empty fields of a PDF that people sign in, and the refusal of anything that would break a signature."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from generator.errors import GeneratorError
from generator.places import Area, Place
from generator.terms import proof as words

PRINTED_AND_LOCKED = 4 + 128
"""Flags of a field: it is printed, and stays where it is (ISO 32000-1 12.5.3)."""


def refuse_signed(pdf: pikepdf.Pdf) -> None:
    """Any rewrite, even one that changes nothing, would break a signature.

    Raises:
        GeneratorError: somebody has signed.
    """
    fields = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", ())
    if any("/V" in field and field.get("/FT") == pikepdf.Name.Sig for field in fields):
        raise GeneratorError(words.SIGNED_ALREADY)


def add(pdf: pikepdf.Pdf, places: Sequence[Place]) -> None:
    """Put a field in each place, in the order in which they are to be signed."""
    fields = pikepdf.Array()
    for place in places:
        page = pdf.pages[place.page - 1].obj
        rectangle = pikepdf.Array([round(each, 2) for each in place.area])
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String(place.role),
            F=PRINTED_AND_LOCKED,
            Rect=rectangle,
            P=page,
            AP=pikepdf.Dictionary(N=_nothing(pdf, place)),
        )
        fields.append(pdf.make_indirect(widget))
        page.Annots = pikepdf.Array([*page.get("/Annots", ()), fields[-1]])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=fields)


def _nothing(pdf: pikepdf.Pdf, place: Place) -> pikepdf.Object:
    """What an unsigned field shows; archival files want that said."""
    left, bottom, right, top = place.area
    stream = pdf.make_stream(b"")
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = pikepdf.Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    stream.Resources = pikepdf.Dictionary()
    return stream


def places(content: bytes) -> tuple[Place, ...]:
    """The fields of a PDF in the order of its boxes; what cannot be read has none."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        fields = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", ())
        return tuple(
            Place(str(each.T), pages[each.P.objgen], Area(*(float(edge) for edge in each.Rect)))
            for each in fields
            if each.get("/FT") == pikepdf.Name.Sig
        )
