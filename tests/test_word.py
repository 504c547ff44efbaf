"""A filled template says what plain docxtpl says, and a template that is a danger is refused by name."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate, InlineImage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.errors import GeneratorError
from generator.word import Picture, Template, TemplateFault, compiled

ROOT = Path(__file__).resolve().parents[1]
FIELDS = tuple(f"field_{number}" for number in range(28))
COLUMNS = {"findings": ("item", "statement", "degree", "trend", "owner", "due", "note"), "costs": tuple("abcde")}
WORDS = {
    **{f"label.{key}": f"字段 {key} & Co." for key in FIELDS},
    **{f"label2.{key}": f"\nField <{key}>" for key in FIELDS},
    **{f"label.{table}.{key}": f"列 {key}" for table, keys in COLUMNS.items() for key in keys},
    "title": "顾客投诉处理单",
}
NASTY = (
    "a & b < c > d",
    "</w:t></w:r></w:p><w:p>",
    "{{ 7*7 }} {% for %} {# no #}",
    "  two  spaces  ",
    "第一行\n第二行\n\n",
    "\tA\tB",
    "\"quoted\" 'quoted' “中文”",
    "😀 𠮷 é e\u0301",
    "&amp; &#10; ]]>",
    "",
    "x" * 20_000,
)
CONTROLS = "\x85\ufffe\uffff" + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=CONTROLS))
LINES = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=CONTROLS), st.sampled_from("\n\t &<{}%")
    )
)


def png(colour: str = "red") -> bytes:
    target = BytesIO()
    Image.new("RGB", (8, 4), colour).save(target, "PNG")
    return target.getvalue()


LOGO = Picture(png(), "png", 360_000, 180_000, "logo.png")


def face() -> bytes:
    """The template that most tests fill: as a person makes it in Word, with tags that Word has split."""
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ logo }} {{ company.name }} 第 {{ number }} 号"
    section.footer.paragraphs[0].text = "{{ title }} — {{ print.mark }}"
    document.add_paragraph("{%p if is_draft %}")
    document.add_paragraph("草稿 DRAFT")
    document.add_paragraph("{%p endif %}")
    table = document.add_table(rows=0, cols=4)
    for left, right in zip(FIELDS[::2], FIELDS[1::2], strict=True):
        cells = table.add_row().cells
        for cell, text in zip(cells, (f"{{{{ label.{left} }}}}", "", f"{{{{ label.{right} }}}}", ""), strict=True):
            cell.paragraphs[0].add_run(text)
        cells[0].paragraphs[0].add_run(f"{{{{ label2.{left} }}}}")
        _split(cells[1].paragraphs[0], left)
        cells[3].paragraphs[0].add_run(f"“{{{{ {right} }}}}”")
    for name, columns in COLUMNS.items():
        document.add_paragraph(f"之前 {name}")
        _rows(document, name, columns)
    document.add_paragraph("签名 {{ sign.prepared.name }} {% if sign.prepared.date == '' %}空{% else %}有{% endif %}")
    document.core_properties.title = "{{ number }}"
    return _bytes(document)


def _split(paragraph: Paragraph, key: str) -> None:
    for piece in ("{", "{ ", key[:3], key[3:], " }", "}"):
        paragraph.add_run(piece).bold = piece == key[:3]


def _rows(document: Opened, name: str, columns: tuple[str, ...]) -> None:
    table = document.add_table(rows=4, cols=len(columns))
    for cell, key in zip(table.rows[0].cells, columns, strict=True):
        cell.text = f"{{{{ label.{name}.{key} }}}}"
    table.rows[1].cells[0].text = f"{{%tr for row in {name} %}}"
    for cell, key in zip(table.rows[2].cells, columns, strict=True):
        cell.text = f"{{{{ row.{key} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _bytes(document: Opened) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def record(texts: tuple[str, ...] = NASTY, *, rows: int = 20) -> dict[str, object]:
    """Values for `face`, made of these texts in turn."""
    short = [text for text in texts if len(text) < 1000] or [""]
    tables = {
        name: tuple({key: short[(row + place) % len(short)] for place, key in enumerate(keys)} for row in range(rows))
        for name, keys in COLUMNS.items()
    }
    fields = {key: texts[place % len(texts)] for place, key in enumerate(FIELDS)}
    return {
        **fields,
        **tables,
        "number": "CC-2026-0007",
        "company": {"name": "上海 & Söhne <GmbH>"},
        "print": {"mark": "非受控"},
        "is_draft": rows % 2 == 0,
        "sign": {"prepared": {"name": short[0], "date": ""}},
        "logo": (LOGO,),
    }


def nested(words: Mapping[str, str]) -> dict[str, object]:
    """The words as plain docxtpl wants them: `{"label": {"customer": …}}`; a label with columns is both."""
    result: dict[str, object] = {}
    for name, text in words.items():
        *parents, last = name.split(".")
        place: dict[str, object] = result
        for key in parents:
            below = place.setdefault(key, {})
            assert isinstance(below, dict)
            place = below
        place[last] = text
    return result


def plainly(template: bytes, values: Mapping[str, object]) -> bytes:
    """What plain docxtpl makes of the same template and values."""
    document = DocxTemplate(BytesIO(template))
    logo = InlineImage(document, BytesIO(LOGO.content), width=Emu(LOGO.width))
    document.render({**nested(WORDS), **values, "logo": logo}, autoescape=True)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def paragraphs(docx: bytes) -> list[str]:
    """The text of every paragraph, also of those in cells, headers and footers."""
    document = Document(BytesIO(docx))
    section = document.sections[0]
    parts = (document.element.body, section.header._element, section.footer._element)  # noqa: SLF001  no public way
    return [Paragraph(each, document).text for part in parts for each in part.iter(qn("w:p"))]


def cells(docx: bytes) -> list[list[list[str]]]:
    document = Document(BytesIO(docx))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def simple(*texts: str) -> bytes:
    """A template of so many paragraphs."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return _bytes(document)


def changed(docx: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same package with its parts changed."""
    with zipfile.ZipFile(BytesIO(docx)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def faults(template: bytes) -> list[str]:
    with pytest.raises(TemplateFault) as caught:
        compiled(template, {}, "forms/x.docx")
    assert all(each.path == "forms/x.docx" for each in caught.value.findings)
    assert all(re.search("[\u4e00-\u9fff]", each.message.zh) for each in caught.value.findings)
    return [f"{each.rule}: {each.message.en}" for each in caught.value.findings]


@pytest.fixture(scope="module")
def template() -> Template:
    return compiled(face(), WORDS, "forms/x.docx")


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_every_paragraph_and_cell_is_what_plain_docxtpl_says(template: Template, rows: int) -> None:
    values = record(rows=rows)
    ours, theirs = template.render(values), plainly(face(), values)
    assert paragraphs(ours) == paragraphs(theirs)
    assert cells(ours) == cells(theirs)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(LINES, min_size=1, max_size=9), rows=st.integers(0, 3))
def test_generated_records_come_out_as_in_plain_docxtpl(template: Template, texts: list[str], rows: int) -> None:
    values = record(tuple(re.sub(r"(?<=[{%])_|_(?=[}%])", "", text) for text in texts), rows=rows)
    ours, theirs = template.render(values), plainly(face(), values)
    assert paragraphs(ours) == paragraphs(theirs)
    assert cells(ours) == cells(theirs)


@pytest.fixture(scope="module")
def line() -> Template:
    return compiled(simple("{{ a }}", "[{% for row in t %}{{ row.a }}{% endfor %}]"), {}, "x.docx")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_is_found_in_the_document_again(line: Template, text: str) -> None:
    assert paragraphs(line.render({"a": text, "t": ({"a": text},)}))[:2] == [text, f"[{text}]"]


def test_escapes_of_docxtpl_and_foreign_line_ends_arrive_as_written() -> None:
    filled = compiled(simple("[{{ a }}]"), {}, "x.docx").render({"a": "{_{ a }_} {_% b %_}\r\nc\rd"})
    assert paragraphs(filled)[0] == "[{_{ a }_} {_% b %_}\nc\nd]"


def test_a_long_text_without_breaks_is_kept_whole() -> None:
    filled = compiled(simple("{{ a }}"), {}, "x.docx").render({"a": "长" * 100_000})
    assert paragraphs(filled)[0] == "长" * 100_000


def test_the_result_opens_as_a_sound_zip(template: Template) -> None:
    with zipfile.ZipFile(BytesIO(template.render(record()))) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
    assert [each.filename for each in entries] == sorted(each.filename for each in entries)
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {each.create_system for each in entries} == {3}


def test_properties_are_escaped_once() -> None:
    document = Document()
    document.core_properties.title = "{{ a }}"
    filled = compiled(_bytes(document), {}, "x.docx").render({"a": "R&D <1>\n2"})
    assert Document(BytesIO(filled)).core_properties.title == "R&D <1>\n2"


def test_names_say_what_the_template_uses(template: Template) -> None:
    rows = {f"{table}.{key}" for table, keys in COLUMNS.items() for key in keys}
    frame = {"logo", "company.name", "number", "print.mark", "is_draft", "sign.prepared.name", "sign.prepared.date"}
    words = set(WORDS) - {f"label2.{key}" for key in FIELDS[1::2]}
    assert template.names == words | set(FIELDS) | set(COLUMNS) | rows | frame


def test_brackets_name_the_same_as_dots() -> None:
    made = compiled(simple("{{ sign['prepared'].name }}{{ a|upper }}{{ items|length }}"), {}, "x.docx")
    assert made.names == {"sign.prepared.name", "a", "items"}
    filled = made.render({"sign": {"prepared": {"name": "陈"}}, "a": "<b>", "items": ({}, {})})
    assert paragraphs(filled)[0] == "陈<B>2"


def test_a_field_may_be_called_like_a_method_of_a_mapping() -> None:
    made = compiled(simple("{% for row in items %}{{ row.items }}{{ row.get }}{% endfor %}{{ x.keys }}"), {}, "x.docx")
    assert paragraphs(made.render({"items": ({"items": "1", "get": "2"},), "x": {"keys": "3"}}))[0] == "123"


def test_rows_may_be_counted_and_compared() -> None:
    source = "{% for row in t %}{{ loop.index }}{% if not loop.last %},{% endif %}{% endfor %}"
    made = compiled(simple(source + "{% if t|length > 1 %}!{% endif %}"), {}, "x.docx")
    assert made.names == {"t"}
    assert paragraphs(made.render({"t": ({}, {}, {})}))[0] == "1,2,3!"


def test_no_rows_leave_a_table_that_word_opens() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for row in items %}"
    table.rows[1].cells[0].text = "{{ row.a }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("behind")
    made = compiled(_bytes(document), {}, "x.docx")
    assert paragraphs(made.render({"items": ()})) == ["", "behind", "", ""]
    assert cells(made.render({"items": ({"a": "1"},)})) == [[["1", ""]]]


def test_a_cell_and_a_header_that_tags_emptied_keep_a_paragraph() -> None:
    document = Document()
    for place in (document.add_table(rows=1, cols=1).rows[0].cells[0], document.sections[0].header):
        place.paragraphs[0].text = "{%p if a %}"
        place.add_paragraph("there")
        place.add_paragraph("{%p endif %}")
    made = compiled(_bytes(document), {}, "x.docx")
    assert cells(made.render({"a": ""})) == [[[""]]]
    assert cells(made.render({"a": "x"})) == [[["there"]]]
    assert [each.text for each in Document(BytesIO(made.render({"a": ""}))).sections[0].header.paragraphs] == [""]


def test_columns_may_be_left_out_and_the_grid_follows() -> None:
    document = Document()
    row = document.add_table(rows=1, cols=4).rows[0].cells
    for cell, text in zip(row, ("first", "{%tc if a %}", "second", "{%tc endif %}"), strict=True):
        cell.text = text
    made = compiled(_bytes(document), {}, "x.docx")
    for value, texts in (("", ["first"]), ("x", ["first", "second"])):
        table = Document(BytesIO(made.render({"a": value}))).tables[0]
        assert [cell.text for cell in table.rows[0].cells] == texts
        assert len(table.columns) == len(texts)


def test_a_row_without_cells_is_left_out() -> None:
    document = Document()
    rows = document.add_table(rows=2, cols=3).rows
    for cell, text in zip(rows[0].cells, ("{%tc if a %}", "there", "{%tc endif %}"), strict=True):
        cell.text = text
    made = compiled(_bytes(document), {}, "x.docx")
    assert cells(made.render({"a": ""})) == [[["", "", ""]]]
    assert cells(made.render({"a": "x"})) == [[["there"], ["", "", ""]]]


def test_pictures_are_stored_once_and_numbered_apart(template: Template) -> None:
    blue = Picture(png("blue"), "png", 100, 50, 'a"<&\x00.png')
    document = Document(BytesIO(simple("{{ photos }}|", "{{ photos }}{{ logo }}")))
    document.sections[0].header.paragraphs[0].text = "{{ logo }}"
    docx = compiled(_bytes(document), {}, "x.docx").render({"photos": (blue, LOGO), "logo": LOGO})
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        xml = b"".join(archive.read(name) for name in ("word/document.xml", "word/header1.xml"))
    numbers = re.findall(rb'<wp:docPr id="(\d+)"', xml)
    assert len(media) == 2
    assert len(numbers) == len(set(numbers)) == 6
    opened = Document(BytesIO(docx))
    assert len(opened.inline_shapes) == 5
    parts = (opened.part, opened.sections[0].header.part)
    found = [
        part.related_parts[each].blob for part in parts for each in re.findall(r'r:embed="(\w+)"', part.blob.decode())
    ]
    assert found == [blue.content, LOGO.content] * 2 + [LOGO.content] * 2
    assert template.render(record()) == template.render(record())


def test_a_template_made_from_a_filled_document_can_be_filled() -> None:
    first = compiled(simple("{{ a }}", "x"), {}, "x.docx").render({"a": (LOGO,)})
    document = Document(BytesIO(first))
    document.paragraphs[1].text = "{{ a }}"
    second = compiled(_bytes(document), {}, "x.docx").render({"a": (LOGO, LOGO)})
    assert len(Document(BytesIO(second)).inline_shapes) == 3


def test_no_pictures_print_nothing() -> None:
    assert paragraphs(compiled(simple("[{{ a }}]"), {}, "x.docx").render({"a": ()}))[0] == "[]"


@pytest.mark.parametrize(
    ("source", "values", "said"),
    [
        ("{{ sign.prepared.nme }}", {"sign": {"prepared": {"name": ""}}}, "sign.prepared.nme"),
        ("{% for row in items %}{{ row.x }}{% endfor %}", {"items": ({"x": ""}, {})}, "items.x"),
        ("{% if a %}{% endif %}", {}, "'a'"),
        ("{% for row in items %}{% endfor %}", {}, "items"),
        ("{% for row in a %}{% endfor %}", {"a": "text"}, "no table"),
        ("{{ items }}", {"items": ({"x": ""},)}, "whole table or group (items)"),
        ("{{ sign }}", {"sign": {"x": ""}}, "whole table or group (sign)"),
        ("{{ a|length }}", {"a": True}, "(a)"),
    ],
)
def test_what_has_no_value_is_named(source: str, values: dict[str, object], said: str) -> None:
    with pytest.raises(GeneratorError, match=re.escape(said)):
        compiled(simple(source), {}, "x.docx").render(values)


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1b", "\x7f", "\ud800", "\ufffe", "\uffff", "\u202e", "\u2066"]
)
def test_what_cannot_be_printed_is_named_with_its_field(template: Template, character: str) -> None:
    said = re.escape(f"U+{ord(character):04X}")
    with pytest.raises(GeneratorError, match=f"'field_3'.*{said}"):
        template.render({**record(), "field_3": f"a{character}b"})
    row = {**dict.fromkeys(COLUMNS["costs"], ""), "c": character}
    with pytest.raises(GeneratorError, match=f"'costs.c'.*{said}"):
        template.render({**record(), "costs": (row,)})
    with pytest.raises(GeneratorError, match=f"'label.x'.*{said}"):
        compiled(face(), {"label.x": character}, "x.docx")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% for a in range(10**9) %}{% endfor %}", "a loop over something that is not the name of a table"),
        (
            "{% for a in b %}{% for c in b %}{% endfor %}{% endfor %}",
            "a loop over a table inside a loop over the same table",
        ),
        ("{% for a in b %}{% for c in a.c %}" * 2 + "{% endfor %}" * 4, "more than 3 deep"),
        ("{% for a in b if a.c %}{% endfor %}", "a condition or recursion"),
        ("{{ cycler.__init__.__globals__ }}", "the name __init__"),
        ("{{ x.__class__ }}", "the name __class__"),
        ("{{ x['__class__'] }}", "the name __class__"),
        ("{{ _draw }}", "the name _draw"),
        ("{{ self.x }}", "the name self"),
        ("{% include 'x' %}", "the statement include"),
        ("{% import 'x' as y %}", "the statement import"),
        ("{% from 'x' import y %}", "the statement from"),
        ("{% extends 'x' %}", "the statement extends"),
        ("{% macro x() %}{% endmacro %}", "the statement macro"),
        ("{% set x = 'y' %}", "the statement set"),
        ("{% block x %}{% endblock %}", "the statement block"),
        ("{% with %}{% endwith %}", "the statement with"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "the statement autoescape"),
        ("{% raw %}{{ x }}{% endraw %}", "the statement raw"),
        ("{{ x()|upper }}", "a call"),
        ("{{ x.append('y') }}", "a call"),
        ("{{ x|safe }}", "filter"),
        ("{{ x|attr('y') }}", "filter"),
        ("{{ 'x' * 3000000000 }}", "arithmetic"),
        ("{{ x ~ y }}", "the expression Concat"),
        ("{{ x == y }}", "the outcome of a test"),
        ("{% if x > 'y' %}{% endif %}", "the expression Compare"),
        ("{{ [x] }}", "the expression List"),
        ("{{ none }}", "the constant None"),
        ("{{ x[1] }}", "the expression Getitem"),
        ("{{ a if b else c }}", "the expression CondExpr"),
    ],
)
def test_a_template_may_not_run_code(source: str, said: str) -> None:
    messages = faults(simple(source))
    assert any(said in each and "in the body is not allowed" in each for each in messages), messages


def test_an_unknown_filter_is_refused() -> None:
    assert (
        "No filter named" in faults(simple("{{ x|nonsense }}"))[0] or "filter" in faults(simple("{{ x|nonsense }}"))[0]
    )


@pytest.mark.parametrize("source", ["{{ customer }", "{% if a %}", "{{ a b }}", "{% endfor %}", "{% tr for a in b %}"])
def test_a_broken_tag_is_shown_with_its_place(source: str) -> None:
    document = Document()
    document.add_paragraph("{{ good }}")
    document.sections[0].footer.paragraphs[0].text = source
    (message,) = faults(_bytes(document))
    assert message.startswith("template.")
    assert "the footer (footer1)" in message
    assert source in message


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(simple("{{ a.b() }}", "{{ good }}", "{{ c|safe }}", "{{ d + 'e' }}"))) == 3


@pytest.mark.parametrize("tag", ["{% if a %}" * 300 + "{% endif %}" * 300, "{{ " + "(" * 500 + "a" + ")" * 500 + " }}"])
def test_tags_nested_without_end_are_refused(tag: str) -> None:
    assert faults(simple(tag))[0].startswith("template.deep")


def test_tags_that_cross_the_table_are_refused() -> None:
    document = Document()
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "{% if a %}"
    document.add_paragraph("{% endif %}")
    assert faults(_bytes(document))[0].startswith("template.crossing: '{% if a %}' in the body")


def test_a_condition_may_reach_over_paragraphs() -> None:
    made = compiled(simple("a{% if x %}b", "c{% endif %}d"), {}, "x.docx")
    assert paragraphs(made.render({"x": "1"}))[:2] == ["ab", "cd"]
    assert paragraphs(made.render({"x": ""}))[:1] == ["ad"]


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p {}><w:r><w:instrText>{{{{ a }}}}</w:instrText></w:r></w:p>",
        '<w:p {}><w:bookmarkStart w:id="9" w:name="{{{{ a }}}}"/></w:p>',
        "<w:p {}><w:r><w:t>{{{{r a }}}}</w:t></w:r></w:p>",
    ],
)
def test_a_tag_outside_of_text_is_refused(xml: str) -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(xml.format(nsdecls("w"))))
    assert "template.place: the tag '{{ a }}' in the body" in faults(_bytes(document))[0].replace("  ", " ")


def _lying(docx: bytes) -> bytes:
    """The same zip, whose directory says that each entry has ten bytes."""
    content = bytearray(docx)
    for start in (found.start() for found in re.finditer(rb"PK\x01\x02", docx)):
        struct.pack_into("<L", content, start + 24, 10)
    return bytes(content)


def _bodiless(parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]


def _external(parts: dict[str, bytes]) -> None:
    link = b'<Relationship Id="x" Type="http://x/image" Target="http://x/y.png" TargetMode="External"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link)


def _entities(parts: dict[str, bytes]) -> None:
    parts["word/styles.xml"] = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'


def _macro_type(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"%PDF-1.7\n", "template.not-word: the template is no Word file but a renamed PDF"),
        (b"\xd0\xcf\x11\xe0old", "template.not-word: the template is an old Word file"),
        (b"", "template.not-word"),
        (b"text", "template.not-word"),
        (simple()[:-200], "template.not-word"),
        (_lying(simple()), "template.not-word"),
        (changed(simple(), _bodiless), "holds no word/document.xml"),
        (changed(simple(), lambda parts: parts.update({"word/document.xml": b"<x>"})), "template.broken"),
        (changed(simple(), lambda parts: parts.update({"word/vbaProject.bin": b""})), "template.macro"),
        (changed(simple(), lambda parts: parts.update({"x": bytes(60 << 20)})), "template.bomb"),
        (changed(simple(), _external), "template.external: the template is linked to 'http://x/y.png'"),
        (changed(simple(), _entities), "template.broken"),
        (changed(simple(), _macro_type), "template.not-word: the template is another kind of Word file"),
    ],
    ids=range(13),
)
def test_what_is_no_safe_word_file_is_refused(template: bytes, said: str) -> None:
    assert any(said in each for each in faults(template)), faults(template)


def test_links_to_web_pages_are_allowed() -> None:
    document = Document()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    document.part.relate_to("https://example.com", kind, is_external=True)
    assert compiled(_bytes(document), {}, "x.docx").render({})


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    (tmp_path / "face.docx").write_bytes(face())
    program = (
        "import hashlib, sys; from tests.test_word import WORDS, compiled, record;"
        "made = compiled(open(sys.argv[1], 'rb').read(), WORDS, 'x.docx');"
        "print(hashlib.sha256(made.render(record())).hexdigest())"
    )
    digests = [
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "face.docx")],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    here = compiled((tmp_path / "face.docx").read_bytes(), WORDS, "x.docx").render(record())
    assert set(digests) == {hashlib.sha256(here).hexdigest()}
