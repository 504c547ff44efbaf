"""The flow of a form as a procedure shows it: the chart, and a table of its numbered ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

from docx.document import Document

from generator import booklet_parts as parts
from generator import booklet_text, flowchart, flowplan
from generator.booklet_parts import Cell, paragraph, plain
from generator.model import Form, Library, Procedure
from generator.terms import Language, Text
from generator.terms import booklet as words

WIDEST, TALLEST = 165.0, 190.0
"""Of a chart on paper, in mm."""
EMU_PER_MM = 36_000
COLUMNS = ((words.WAY, 2), (words.FROM, 7), (words.TO, 7), (words.BY, 7), (words.CONDITION, 13))
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="flow{number}" descr="{name}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="flow{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relation}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)


def asked(body: str) -> Iterator[str]:
    """The keys of the forms whose charts a text asks for, in order."""
    return (plain(block.runs) for block in booklet_text.blocks(body) if block.kind == booklet_text.FLOW)


def charts(document: Document, procedure: Procedure, library: Library, language: Language) -> Mapping[str, str]:
    """What stands for each chart that the procedure asks for, its picture already in the document."""
    forms = (library.forms[key] for key in dict.fromkeys(asked(procedure.body)) if key in library.forms)
    return {
        form.key: _chart(document, form, library, number=number, language=language)
        for number, form in enumerate((each for each in forms if each.states), start=1)
    }


def _chart(document: Document, form: Form, library: Library, *, number: int, language: Language) -> str:
    content, width, height = flowchart.drawn(form, language)
    relation, _ = document.part.get_or_add_image(BytesIO(content))
    fit = min(1.0, WIDEST / width, TALLEST / height)
    picture = PICTURE.format(
        number=number,
        name=form.key,
        relation=relation,
        width=int(width * fit * EMU_PER_MM),
        height=int(height * fit * EMU_PER_MM),
    )
    title = words.FLOW_OF.format(title=form.title)
    heads = [parts.head(word, units, language) for word, units in COLUMNS]
    return (
        paragraph("WkBookPart", parts.pair(title, language, style="WkHeadingSecond", between="  "))
        + paragraph("WkBookText", picture, extra='<w:jc w:val="center"/>')
        + parts.table([heads, *_rows(form, library, language)])
        + paragraph("WkBookGap", "")
    )


def _rows(form: Form, library: Library, language: Language) -> Iterator[list[Cell]]:
    titles = {state.key: state.label for state in form.states}
    for number, way, start in flowplan.links(form):
        texts = (
            Text(str(number), str(number)),
            titles[start],
            titles[way.end],
            _movers(way.by, form, library),
            way.needs or Text("", ""),
        )
        yield [
            Cell(units, paragraph("WkBookCell", parts.pair(text, language, between="\n")))
            for text, (_, units) in zip(texts, COLUMNS, strict=True)
        ]


def _movers(keys: tuple[str, ...], form: Form, library: Library) -> Text:
    names = [_mover(key, form, library) for key in keys]
    return Text("、".join(each.zh for each in names), ", ".join(each.en for each in names))


def _mover(key: str, form: Form, library: Library) -> Text:
    """A department or role by its name, a field by its label."""
    if key in form.by_key:
        return form.by_key[key].label
    kept = library.record(key)
    values = kept.values if kept else {}
    name = str(values.get("name_zh", key))
    return Text(name, str(values.get("name_en", name)))
