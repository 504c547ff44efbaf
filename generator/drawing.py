"""The house layout: a Word template laid out from a form's definition, for people to keep or to change in Word."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from generator import housestyle, ooxml, views
from generator.layout import FULL, Block, Cell, Line, blocks
from generator.model import Form, Signature
from generator.packing import UNITS
from generator.terms import house

SHADES = {"WkLabel": "F2F4F7", "WkHead": "F2F4F7", "WkGroup": "DCE6F1", "WkCaption": "F9FAFB", "WkFirst": "F7F9FC"}
SHADES |= {"WkBand": "DCE6F1", "WkTable": "F9FAFB", "WkColumn": "F2F4F7", "WkSmallFirst": "F7F9FC"}
VALUES = frozenset({"WkValue", "WkBox"})
CELLS = frozenset({"WkCell", "WkFirst", "WkBox", "WkSmall", "WkSmallFirst"})
NEW_PAGE = '<w:p><w:pPr><w:pStyle w:val="WkGap"/><w:pageBreakBefore/></w:pPr></w:p>'
"""Where a heading would stand alone at the foot of a page, or signatures on the last, their block begins a page."""
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  python-docx writes it as UTC; fixed, so that bytes do not change


def template(form: Form) -> bytes:
    """A docxtpl template for the form, the same bytes for the same definition."""
    document = Document()
    housestyle.apply(document)
    if form.is_compact:
        document.sections[0].top_margin = Mm(29.5)
        document.sections[0].header_distance = Mm(6)  # a title of two lines ends above the first box
    body = document.element.body
    for old in list(body)[:-1]:
        body.remove(old)
    for piece in _pieces(form):
        _append(document, piece)
    frame(document, number_tag="record.number", number_word="word.record_number")
    return saved(document)


def _pieces(form: Form) -> Iterator[str]:
    """The sheet from top to bottom: its blocks, each of which may be sent to a new page, and the signatures."""
    for block in blocks(form):
        piece = _table(block) + ooxml.GAP
        if block.name:
            piece = _if(f"'{block.name}' in print.push", NEW_PAGE) + piece
        conditions = [f"show.{block.group}"] if block.group else []
        conditions += [_any(block.needs)] if block.needs else []
        yield _if(" and ".join(conditions), piece) if conditions else piece
    if any(group.at for group in form.groups):
        yield _if("print.absent", ooxml.paragraph("WkAbsent", ooxml.run("{{ print.absent }}")))
    if views.MARK in form.key:
        yield ooxml.paragraph("WkAbsent", ooxml.run("{{ print.meter }}"))
    if form.signatures:
        yield _signatures(form.signatures)
    yield ooxml.GAP


def _any(fields: tuple[str, ...]) -> str:
    return "(" + " or ".join(f"has.{key}" for key in fields) + ")"


def _if(condition: str, content: str) -> str:
    """Whole paragraphs and tables that are printed under a condition."""
    start, end = (f"<w:p>{ooxml.run(tag)}</w:p>" for tag in (f"{{%p if {condition} %}}", "{%p endif %}"))
    return f"{start}{content}{end}"


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
    """Put what stands in `xml`, one element or several, at the end of the body."""
    for element in list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
        document.element.body.insert(len(document.element.body) - 1, element)


def _replace(part: object, pieces: list[str]) -> None:
    for old in list(part):  # type: ignore[call-overload]  # an lxml element; python-docx gives it no type
        part.remove(old)  # type: ignore[attr-defined]  # the same
    for xml in pieces:
        part.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))  # type: ignore[attr-defined]  # the same


def _table(block: Block) -> str:
    return ooxml.grid("".join((_rows(block), *map(_part, block.more))))


def _part(block: Block) -> str:
    """What goes on in a table, under its condition."""
    rows = _rows(block)
    return f"{_control(f'{{%tr if {_any(block.needs)} %}}')}{rows}{_control('{%tr endif %}')}" if block.needs else rows


def _rows(block: Block) -> str:
    rows = [_line(line) for line in block.lines]
    if block.loop:
        rows.append(_control(f"{{%tr for row in {block.loop} %}}"))
        rows += [_row(line) for line in block.repeated]
        rows.append(_control("{%tr endfor %}"))
    return "".join(rows)


def _line(line: Line) -> str:
    if not line.needs:
        return _row(line)
    return f"{_control(f'{{%tr if {_any(line.needs)} %}}')}{_row(line)}{_control('{%tr endif %}')}"


def _row(line: Line) -> str:
    properties = "<w:cantSplit/>" if all(cell.style not in VALUES for cell in line.cells) else ""
    properties += "<w:tblHeader/>" if line.is_header else ""
    cells = "".join(_cell(cell, is_centred=not _may_be_long(line)) for cell in line.cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _may_be_long(line: Line) -> bool:
    """Rows that may be longer than a page: rdocx runs a row over the edge where a cell has an alignment of its own."""
    return any(
        cell.style in {"WkCell", "WkFirst", "WkBox", "WkSmall", "WkSmallFirst"}
        or (cell.style == "WkValue" and cell.units >= FULL)
        for cell in line.cells
    )


def _control(tag: str) -> str:
    cell = Cell(UNITS, "WkCell")
    return f"<w:tr>{_cell(cell, text=tag)}</w:tr>"


def _cell(cell: Cell, *, text: str = "", is_centred: bool = True) -> str:
    centred = '<w:vAlign w:val="center"/>' if is_centred else ""
    shade = SHADES.get(cell.style)
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    runs = ooxml.run(text or (f"{{{{ {cell.tag} }}}}" if cell.tag else ""))
    if cell.second:
        runs += ooxml.run(f"{{{{ {cell.second} }}}}", style=housestyle.SECOND)
    above = ooxml.tagged("WkTag", cell.head, cell.beside) if cell.head else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{ooxml.TWIPS * cell.units}" w:type="dxa"/><w:gridSpan w:val="{cell.units}"/>{fill}'
        f"{centred}</w:tcPr>{above}{ooxml.paragraph(cell.style, runs)}</w:tc>"
    )


def _signatures(boxes: tuple[Signature, ...]) -> str:
    """One box a role in a single row, which no page can cut: who, space for the pen, when, and what it means."""
    title = 5
    width = (UNITS - title) // len(boxes)
    cells = ooxml.wide(title, ooxml.tagged("WkRole", "word.signatures"), shade=SHADES["WkLabel"])
    for position, box in enumerate(boxes, start=1):
        units = width if position < len(boxes) else UNITS - title - width * (len(boxes) - 1)
        content = (
            ooxml.tagged("WkRole", f"role.{box.role}", f"role2.{box.role}")
            + ooxml.tagged("WkPenSpace", f"sign.{box.role}.name")
            + ooxml.paragraph("WkPen", ooxml.run(f"{{{{ word.date }}}}: {{{{ sign.{box.role}.date }}}}"))
            + ooxml.tagged("WkMeaning", f"meaning.{box.role}", f"meaning2.{box.role}")
        )
        cells += ooxml.wide(units, content)
    return ooxml.grid(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")


def _header(number_tag: str, number_word: str) -> list[str]:
    facts = [
        ("word.form_number", "form.number"),
        ("word.revision", "form.revision"),
        (number_word, number_tag),
    ]
    right = "".join(
        ooxml.paragraph("WkFacts", ooxml.run(f"{{{{ {word} }}}}: {{{{ {tag} }}}}")) for word, tag in facts
    ) + ooxml.paragraph("WkFacts", _pages())
    middle = (
        ooxml.paragraph(
            "WkCompany", ooxml.run("{{ company.name }}") + ooxml.run("  {{ company.name2 }}", style=housestyle.SECOND)
        )
        + ooxml.paragraph("WkTitle", ooxml.run("{{ title }}"))
        + ooxml.paragraph("WkTitle2", ooxml.run("{{ title2 }}"))
    )
    mark = ooxml.paragraph("WkMark", ooxml.run("{{ print.mark }}"))
    cells = (
        ooxml.wide(6, ooxml.paragraph("WkFacts", ooxml.run("{{ logo }}")) + mark)
        + ooxml.wide(20, middle)
        + ooxml.wide(10, right)
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return [ooxml.ruled(row, "bottom"), ooxml.GAP]


def _pages() -> str:
    """Chinese, English or both, each with its own page fields."""
    page, pages = ooxml.field("PAGE"), ooxml.field("NUMPAGES")
    words = (house.PAGE, house.OF, house.PAGE_END)
    chinese, english = ([ooxml.run(each.zh) for each in words], [ooxml.run(each.en) for each in words])
    return (
        f"{ooxml.run('{%r if print.zh %}')}{chinese[0]}{page}{chinese[1]}{pages}{chinese[2]}{ooxml.run('{%r endif %}')}"
        f"{ooxml.run('{%r if print.both %}')}{ooxml.run(' / ')}{ooxml.run('{%r endif %}')}"
        f"{ooxml.run('{%r if print.en %}')}{english[0]}{page}{english[1]}{pages}{ooxml.run('{%r endif %}')}"
    )


def _footer() -> list[str]:
    lines = ooxml.paragraph("WkFoot", ooxml.run("{{ word.retention }}: {{ retention }}")) + ooxml.paragraph(
        "WkFoot", ooxml.run("{{ print.mark }}  {{ print.origin }}")
    )
    row = f"<w:tr>{ooxml.wide(31, lines)}{ooxml.wide(5, ooxml.paragraph('WkFoot', ''))}</w:tr>"
    return [ooxml.ruled(row, "top"), ooxml.GAP]
