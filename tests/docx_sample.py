"""A small Word file in the house style, with page fields in its header."""

from __future__ import annotations

import io

from docx import Document

from generator import housestyle


def sample(*texts: str) -> bytes:
    document = Document()
    housestyle.apply(document)
    for text in texts:
        document.add_paragraph(text, style="WkValue")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
