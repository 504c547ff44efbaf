"""The pieces that drawn templates are put together from, as WordprocessingML with tags in it."""

from __future__ import annotations

from generator.housestyle import ACCENT, SECOND
from generator.packing import UNITS

TWIPS = 283
"""Twentieths of a point in a unit of 5 mm."""
MARGIN = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
GAP = '<w:p><w:pPr><w:pStyle w:val="WkGap"/></w:pPr></w:p>'


def grid(rows: str, *, border: str = "98A2B3") -> str:
    """A table on the house's grid with a line around every cell."""
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{border}"'
    edges = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    columns = f'<w:gridCol w:w="{TWIPS}"/>' * UNITS
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TWIPS * UNITS}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{MARGIN}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def wide(units: int, content: str, *, shade: str = "") -> str:
    """A cell so many units wide around whole paragraphs."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{TWIPS * units}" w:type="dxa"/><w:gridSpan w:val="{units}"/>{fill}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def ruled(row: str, side: str) -> str:
    """A table of one row with a rule on one side."""
    columns = f'<w:gridCol w:w="{TWIPS}"/>' * UNITS
    rule = f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TWIPS * UNITS}" w:type="dxa"/><w:tblBorders>{rule}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{MARGIN}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{row}</w:tbl>'
    )


def tagged(style: str, tag: str, second: str = "") -> str:
    """A paragraph with a tag in it, and the other language beside it."""
    runs = run(f"{{{{ {tag} }}}}")
    return paragraph(style, runs + (run(f"{{{{ {second} }}}}", style=SECOND) if second else ""))


def paragraph(style: str, runs: str) -> str:
    """A paragraph around its runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def run(text: str, *, style: str = "") -> str:
    """A text in one look."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def field(code: str) -> str:
    """A field that Word counts by itself, such as the page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
