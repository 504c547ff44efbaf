"""The house layout: a Word template laid out from a form's definition, for people to keep or to change in Word."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator import housestyle
from generator.layout import FULL, UNITS, Block, Cell, Line, blocks
from generator.model import Form, Signature
from generator.terms import house

TWIPS = 283
"""Twentieths of a point in a unit of 5 mm."""
MARGIN = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
SHADES = {"WkLabel": "F2F4F7", "WkHead": "F2F4F7", "WkGroup": "DCE6F1", "WkCaption": "F9FAFB", "WkFirst": "F7F9FC"}
GAP = '<w:p><w:pPr><w:pStyle w:val="WkGap"/></w:pPr></w:p>'
PUSH = (
    "<w:p><w:r><w:t>{%p if print.push %}</w:t></w:r></w:p>",
    '<w:p><w:pPr><w:pStyle w:val="WkGap"/><w:pageBreakBefore/></w:pPr></w:p>',
    "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>",
)
"""Where a last page would hold nothing but signatures, the last block goes there with them."""
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  python-docx writes it as UTC; fixed, so that bytes do not change


def template(form: Form) -> bytes:
    """A docxtpl template for the form, the same bytes for the same definition."""
    document = Document()
    housestyle.apply(document)
    body = document.element.body
    for old in list(body)[:-1]:
        body.remove(old)
    pieces = [_table(block) for block in blocks(form)]
    for piece in pieces[:-1]:
        _append(document, piece)
        _append(document, GAP)
    for piece in (*PUSH, pieces[-1], GAP, *([_signatures(form.signatures)] if form.signatures else [])):
        _append(document, piece)
    _append(document, GAP)
    frame(document, number_tag="record.number", number_word="word.record_number")
    return saved(document)


def frame(document: DocumentType, *, number_tag: str, number_word: str) -> None:
    """Header and footer of the house on every page."""
    section = document.sections[0]
    _replace(section.header._element, _header(number_tag, number_word))  # noqa: SLF001  python-docx has no public way
    _replace(section.footer._element, _footer())  # noqa: SLF001  the same


def saved(document: DocumentType) -> bytes:
    """The file with its members in sorted order, a fixed date, and the seal by which `is_untouched` knows it again."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.title = ""
    properties.created = properties.modified = MADE
    properties.comments = _seal(_members(document))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in sorted(_members(document).items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            target.writestr(entry, content)
    return out.getvalue()


def is_untouched(template: bytes) -> bool:
    """Whether a template is as it was drawn; False once a person has saved it from Word, or for what is no template."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as source:
            members = {name: source.read(name) for name in source.namelist()}
    except zipfile.BadZipFile:
        return False
    return _seal(members).encode() in members.get("docProps/core.xml", b"")


def _members(document: DocumentType) -> dict[str, bytes]:
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source:
        return {name: source.read(name) for name in source.namelist()}


def _seal(members: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(members):
        if name.startswith("word/") and name.endswith(".xml"):
            digest.update(members[name])
    return f"wenkong {digest.hexdigest()}"


def _append(document: DocumentType, xml: str) -> None:
    element = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1) if "xmlns:w" not in xml else xml)
    document.element.body.insert(len(document.element.body) - 1, element)


def _replace(part: object, pieces: list[str]) -> None:
    for old in list(part):  # type: ignore[call-overload]  # an lxml element; python-docx gives it no type
        part.remove(old)  # type: ignore[attr-defined]  # the same
    for xml in pieces:
        part.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))  # type: ignore[attr-defined]  # the same


def _table(block: Block) -> str:
    rows = [_row(line) for line in block.lines]
    if block.loop:
        rows.append(_control(f"{{%tr for row in {block.loop} %}}"))
        rows += [_row(line) for line in block.repeated]
        rows.append(_control("{%tr endfor %}"))
    return _grid("".join(rows))


def _grid(rows: str, *, border: str = "98A2B3") -> str:
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{border}"'
    edges = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    columns = f'<w:gridCol w:w="{TWIPS}"/>' * UNITS
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TWIPS * UNITS}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{MARGIN}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(line: Line) -> str:
    properties = "<w:cantSplit/>" if all(cell.style != "WkValue" for cell in line.cells) else ""
    properties += "<w:tblHeader/>" if line.is_header else ""
    cells = "".join(_cell(cell, is_centred=not _may_be_long(line)) for cell in line.cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _may_be_long(line: Line) -> bool:
    """Rows that may be longer than a page: rdocx runs a row over the edge where a cell has an alignment of its own."""
    return any(
        cell.style in {"WkCell", "WkFirst"} or (cell.style == "WkValue" and cell.units >= FULL) for cell in line.cells
    )


def _control(tag: str) -> str:
    cell = Cell(UNITS, "WkCell")
    return f"<w:tr>{_cell(cell, text=tag)}</w:tr>"


def _cell(cell: Cell, *, text: str = "", is_centred: bool = True) -> str:
    centred = '<w:vAlign w:val="center"/>' if is_centred else ""
    shade = SHADES.get(cell.style)
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    runs = _run(text or (f"{{{{ {cell.tag} }}}}" if cell.tag else ""))
    if cell.second:
        runs += _run(f"{{{{ {cell.second} }}}}", style=housestyle.SECOND)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{TWIPS * cell.units}" w:type="dxa"/><w:gridSpan w:val="{cell.units}"/>{fill}'
        f"{centred}</w:tcPr>{_paragraph(cell.style, runs)}</w:tc>"
    )


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, *, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _signatures(boxes: tuple[Signature, ...]) -> str:
    """One box a role in a single row, which no page can cut: who, space for the pen, when, and what it means."""
    title = 5
    width = (UNITS - title) // len(boxes)
    cells = _wide(title, _tagged("WkRole", "word.signatures"), shade=SHADES["WkLabel"])
    for position, box in enumerate(boxes, start=1):
        units = width if position < len(boxes) else UNITS - title - width * (len(boxes) - 1)
        content = (
            _tagged("WkRole", f"role.{box.role}", f"role2.{box.role}")
            + _tagged("WkPenSpace", f"sign.{box.role}.name")
            + _paragraph("WkPen", _run(f"{{{{ word.date }}}}: {{{{ sign.{box.role}.date }}}}"))
            + _tagged("WkMeaning", f"meaning.{box.role}", f"meaning2.{box.role}")
        )
        cells += _wide(units, content)
    return _grid(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")


def _tagged(style: str, tag: str, second: str = "") -> str:
    runs = _run(f"{{{{ {tag} }}}}")
    return _paragraph(style, runs + (_run(f"{{{{ {second} }}}}", style=housestyle.SECOND) if second else ""))


def _header(number_tag: str, number_word: str) -> list[str]:
    facts = [
        ("word.form_number", "form.number"),
        ("word.revision", "form.revision"),
        (number_word, number_tag),
    ]
    right = "".join(
        _paragraph("WkFacts", _run(f"{{{{ {word} }}}}: {{{{ {tag} }}}}")) for word, tag in facts
    ) + _paragraph("WkFacts", _pages())
    middle = (
        _paragraph("WkCompany", _run("{{ company.name }}") + _run("  {{ company.name2 }}", style=housestyle.SECOND))
        + _paragraph("WkTitle", _run("{{ title }}"))
        + _paragraph("WkTitle2", _run("{{ title2 }}"))
    )
    mark = _paragraph("WkMark", _run("{{ print.mark }}"))
    cells = _wide(6, _paragraph("WkFacts", _run("{{ logo }}")) + mark) + _wide(20, middle) + _wide(10, right)
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return [_ruled(row, "bottom"), GAP]


def _pages() -> str:
    """Chinese, English or both, each with its own page fields."""
    page, pages = _field("PAGE"), _field("NUMPAGES")
    words = (house.PAGE, house.OF, house.PAGE_END)
    chinese, english = ([_run(each.zh) for each in words], [_run(each.en) for each in words])
    return (
        f"{_run('{%r if print.zh %}')}{chinese[0]}{page}{chinese[1]}{pages}{chinese[2]}{_run('{%r endif %}')}"
        f"{_run('{%r if print.both %}')}{_run(' / ')}{_run('{%r endif %}')}"
        f"{_run('{%r if print.en %}')}{english[0]}{page}{english[1]}{pages}{_run('{%r endif %}')}"
    )


def _footer() -> list[str]:
    lines = _paragraph("WkFoot", _run("{{ word.retention }}: {{ retention }}")) + _paragraph(
        "WkFoot", _run("{{ print.mark }}  {{ print.origin }}")
    )
    row = f"<w:tr>{_wide(31, lines)}{_wide(5, _paragraph('WkFoot', ''))}</w:tr>"
    return [_ruled(row, "top"), GAP]


def _wide(units: int, content: str, *, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{TWIPS * units}" w:type="dxa"/><w:gridSpan w:val="{units}"/>{fill}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _ruled(row: str, side: str) -> str:
    columns = f'<w:gridCol w:w="{TWIPS}"/>' * UNITS
    rule = f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{housestyle.ACCENT}"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TWIPS * UNITS}" w:type="dxa"/><w:tblBorders>{rule}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{MARGIN}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{row}</w:tbl>'
    )
