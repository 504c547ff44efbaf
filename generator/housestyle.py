"""Fonts, sizes and colours of the house: the paragraph styles that every template and procedure is set in."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

FONT = "Noto Sans SC"
INK = "1F2A37"
GREY = "667085"
ACCENT = "1F4E79"
RED = "B42318"
KEPT_STYLES = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList"})

PARAGRAPHS = {
    # name: (half points, bold, colour, alignment, before, after, keep with next), spacing in twentieths of a point
    "WkLabel": (17, False, INK, "left", 20, 20, False),
    "WkValue": (18, False, INK, "left", 20, 20, False),
    "WkGroup": (20, True, ACCENT, "left", 40, 40, True),
    "WkCaption": (18, True, INK, "left", 20, 20, True),
    "WkHead": (16, False, INK, "center", 20, 20, True),
    "WkCell": (16, False, INK, "left", 20, 20, False),
    "WkPhoto": (14, False, GREY, "left", 40, 40, False),
    "WkTitle": (28, True, INK, "center", 0, 0, False),
    "WkTitle2": (16, False, GREY, "center", 0, 0, False),
    "WkCompany": (17, False, INK, "center", 0, 20, False),
    "WkFacts": (15, False, INK, "left", 0, 0, False),
    "WkFoot": (14, False, GREY, "left", 0, 0, False),
    "WkMark": (15, True, RED, "left", 0, 0, False),
    "WkFirst": (16, False, INK, "left", 20, 20, False),
    "WkRole": (17, True, INK, "center", 30, 0, True),
    "WkPenSpace": (18, False, INK, "center", 640, 0, True),
    "WkPen": (17, False, INK, "left", 60, 20, True),
    "WkMeaning": (13, False, GREY, "left", 0, 40, False),
    "WkTag": (12, False, GREY, "left", 8, 0, True),
    "WkBox": (16, False, INK, "left", 0, 8, False),
    "WkBand": (18, True, ACCENT, "left", 16, 16, True),
    "WkTable": (16, True, INK, "left", 8, 8, True),
    "WkColumn": (14, False, INK, "center", 8, 8, True),
    "WkSmall": (15, False, INK, "left", 8, 8, False),
    "WkSmallFirst": (15, False, INK, "left", 8, 8, False),
    "WkAbsent": (14, False, GREY, "left", 0, 60, False),
    "WkGap": (6, False, INK, "left", 0, 0, False),
}
TIGHT = frozenset({"WkTag", "WkBox", "WkColumn", "WkSmall", "WkSmallFirst"})
SECOND = "WkSecond"


def apply(document: Document) -> None:
    """Give a new document our page, our styles and nothing else."""
    _forget(document)
    styles = document.styles.element
    styles.append(parse_xml(_character(SECOND, 13, GREY)))
    for name, settings in PARAGRAPHS.items():
        styles.append(parse_xml(_paragraph(name, *settings)))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(32), Mm(22)
    section.header_distance, section.footer_distance = Mm(8), Mm(7)


def _forget(document: Document) -> None:
    """The default document carries hundreds of kilobytes of table styles that cost time at every conversion."""
    styles = document.styles.element
    for child in list(styles):
        tag = child.tag.rpartition("}")[2]
        if tag == "latentStyles" or (tag == "style" and child.styleId not in KEPT_STYLES):
            styles.remove(child)
        elif tag == "docDefaults":
            styles.replace(child, parse_xml(_defaults()))
        elif tag == "style" and child.styleId == "Normal":
            styles.replace(child, parse_xml(_normal()))
    relations = document.part.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/stylesWithEffects")]:
        del relations[key]


def _fonts() -> str:
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def _defaults() -> str:
    return (
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_fonts()}<w:sz w:val="18"/><w:szCs w:val="18"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault>"
        "</w:docDefaults>"
    )


def _normal() -> str:
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:rPr>{_fonts()}</w:rPr></w:style>"
    )


def _paragraph(name: str, *settings: object) -> str:
    size, bold, colour, alignment, before, after, keep = settings
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{"<w:keepNext/>" if keep else ""}'
        f'<w:spacing w:before="{before}" w:after="{after}"{_tight(name)}/><w:jc w:val="{alignment}"/></w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:color w:val="{colour}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _tight(name: str) -> str:
    """Lines closer together than the font asks for, where a page holds much."""
    return ' w:line="216" w:lineRule="auto"' if name in TIGHT else ""


def _character(name: str, size: int, colour: str) -> str:
    return (
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:rPr><w:b w:val="0"/><w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
    )
