from __future__ import annotations

import io
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from generator import pdf
from generator.paper import Expected, Paper, fitness, moves, read
from tests.docx_sample import sample

HEAD = "CC20260001A/0第{n}页共2页/Page{n}of2"
GOOD = Paper(
    (HEAD.format(n=1) + "不良情形毛刺0.15mm", HEAD.format(n=2) + "结案人林晓云签署Signatures编制"),
    frozenset({"NotoSansSC"}),
)
LONG = "冲压件边缘有毛刺，客户要求全数返工 The stamped part has a burr along its edge; rework all of it."
LENT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R
/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>endobj
4 0 obj<</Length 57>>stream
BT /F 5 Tf 20 20 Td (a line of text) Tj /G 5 Tf (x) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj
trailer<</Root 1 0 R/Size 7>>
%%EOF"""
WANTED = Expected("records/x.yaml", "CC-2026-0001", "A/0", (("defect", "毛刺 0.15 mm"),), ("签署 Signatures", "编制"))


def rules(paper: Paper, expected: Expected = WANTED) -> list[str]:
    return [each.rule for each in fitness(paper, expected)]


def test_a_good_paper_has_no_findings() -> None:
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("CC20260001", "CC20260002", "print.number"),
        ("A/0", "A/1", "print.revision"),
        ("第2页共2页/Page2of2", "", "print.page"),
        ("毛刺", "毛", "print.lost"),
        ("结案人林晓云", "", "print.signatures"),
    ],
)
def test_what_is_missing_is_found(old: str, new: str, rule: str) -> None:
    pages = tuple(text.replace(old, new) for text in GOOD.pages)
    assert set(rules(replace(GOOD, pages=pages))) == {rule}


def test_a_text_may_go_on_over_the_end_of_a_page() -> None:
    pages = (HEAD.format(n=1) + "很长的说明前", HEAD.format(n=2) + "半后半结案签署Signatures")
    expected = replace(WANTED, texts=(("defect", "很长的说明前半后半"),))
    assert rules(replace(GOOD, pages=pages), expected) == []


def test_a_foreign_font_is_named() -> None:
    found = list(fitness(replace(GOOD, fonts=frozenset({"NotoSansSC", "ABCDEF+SimSun"})), WANTED))
    assert [each.rule for each in found] == ["print.font"]
    assert "SimSun" in found[0].message.en


def test_a_font_that_is_not_in_the_file_is_named() -> None:
    found = list(fitness(replace(GOOD, lent=frozenset({"NotoSansSC"})), WANTED))
    assert [each.rule for each in found] == ["print.font"]
    assert "not embedded" in found[0].message.en


def test_one_sign_in_a_foreign_font_is_enough() -> None:
    assert read(LENT).fonts == {"Helvetica", "Courier"}


def test_a_font_that_is_only_asked_for_is_not_in_the_file() -> None:
    assert read(LENT).lent == {"Helvetica", "Courier"}


@pytest.mark.office
@pytest.mark.parametrize("name", ["rdocx", "libreoffice"])
def test_a_real_form_reads_well_from_either_engine(name: str, office: pdf.Engine) -> None:
    with closing(pdf.engine("rdocx")) as ours:
        content = (office if name == "libreoffice" else ours).convert(form())
    paper = read(content)
    expected = Expected("x.yaml", "CC-2026-0001", "A/0", (("defect", LONG), ("size", "Φ12.5 ± 0.02")), ("签署",))
    assert len(paper.pages) > 1
    assert list(fitness(paper, expected)) == []
    assert paper.lent == frozenset()
    assert {each.partition("-")[0] for each in paper.fonts} == {"NotoSansSC"}


def form() -> bytes:
    """A form of more than one page with number, revision and page fields in its header, and a table."""
    document = Document(io.BytesIO(sample()))
    head = document.sections[0].header.paragraphs[0]
    head.style = "WkValue"
    head.add_run("CC-2026-0001 A/0 第 ")
    for text, name in (("1", "PAGE"), (" 页 共 ", ""), ("1", "NUMPAGES"), (" 页", "")):
        run = head.add_run("" if name else text)
        if name:
            for piece in ("begin", name, "separate", text, "end"):
                run._r.append(_piece(piece, name, text))  # noqa: SLF001  no public way
    table = document.add_table(60, 2)
    for place, row in enumerate(table.rows):
        for cell, text in zip(
            row.cells, (f"缺陷 defect {place}", LONG if place == 30 else "Φ12.5 ± 0.02"), strict=True
        ):
            cell.paragraphs[0].style = "WkValue"
            cell.paragraphs[0].add_run(text)
    document.add_paragraph("签署 Signatures", style="WkValue")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _piece(piece: str, name: str, text: str) -> Any:
    if piece == name:
        made = OxmlElement("w:instrText")
        made.text = f" {name} "
    elif piece == text:
        made = OxmlElement("w:t")
        made.text = text
    else:
        made = OxmlElement("w:fldChar")
        made.set(qn("w:fldCharType"), piece)
    return made


def test_a_lost_text_names_its_field() -> None:
    found = list(fitness(replace(GOOD, pages=tuple(each.replace("mm", "") for each in GOOD.pages)), WANTED))
    assert "defect" in found[0].message.en


def test_text_over_the_edge_is_found() -> None:
    assert rules(replace(GOOD, over=frozenset({2}))) == ["print.over"]


def test_a_text_may_stand_on_three_pages_but_not_in_crumbs() -> None:
    text = "一二三四五六七八九十甲乙"
    pages = tuple(f"{HEAD.format(n=1)}{text[start : start + 4]}" for start in (0, 4, 8))
    expected = replace(WANTED, texts=(("defect", text),))
    assert "print.lost" not in rules(Paper(pages, GOOD.fonts), expected)
    assert "print.lost" in rules(Paper((pages[0] + "五。六。七。八。九。十。甲。乙。",), GOOD.fonts), expected)


def test_a_heading_alone_at_the_foot_of_a_page_is_named_with_its_block() -> None:
    expected = replace(WANTED, headings=(("d4", ("原因", "原因序号")), ("d5", ("措施",))), last="d5")
    pages = ("头一。正文原因脚注", "头二。正文原因序号脚注", "头三。措施正文脚注")
    assert moves(Paper(pages, frozenset()), expected) == {"d4"}
    assert moves(Paper(pages[-1:], frozenset()), expected) == frozenset()
    lone = ("CC20260001措施正文", "CC20260001签署Signatures")
    assert moves(Paper(lone, frozenset()), expected) == {"d5"}
