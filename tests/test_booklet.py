from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import booklet, booklet_text, load, paper, pdf, revisiontable
from generator.model import Form, Library, Procedure, Record, Source
from generator.sheet import Print
from generator.terms import Language, Text
from tests.stringify import stringify

ROOT = Path(__file__).resolve().parents[1]
MARK = Print(Text("非受控", "UNCONTROLLED"), Text("打印自提交 abc", "printed from commit abc"))
BODY = """\
## 1 目的 / Purpose

规范**文件**的控制，使各部门的文件都是
现行有效版本。

This governs the control of **documents** so that
every department has the revision in force.

### 1.1 范围 / Scope

- 质量手册

  手册的附录

- 外来文件
- Quality manual
- Documents of external origin

1. 先登记
2. 后分发
1. Register first
2. Then distribute

| 活动 / Activity | 时限 / Time limit | 表单 / Form |
|---|---|---|
| **登记** / **Register** | 4 小时 / 4 h | EX-01 |

72 / 24

####### 不是标题 R&D <b>粗</b> ![图](a.png) `x<y>` [链](u) 5*3*2 &amp;
"""
CHINESE = (
    "规范文件的控制，使各部门的文件都是现行有效版本。",
    "•\t质量手册",
    "手册的附录",
    "•\t外来文件",
    "1.\t先登记",
    "2.\t后分发",
)
ENGLISH = (
    "This governs the control of documents so that every department has the revision in force.",
    "•\tQuality manual",
    "•\tDocuments of external origin",
    "1.\tRegister first",
    "2.\tThen distribute",
)
FRONT = {
    "owner": "quality",
    "effective": "2026-03-01",
    "reason": {"zh": "首次发布", "en": "First release"},
    "clauses": ["ISO 9001 7.5", "IATF 16949 7.5.3.2"],
    "forms": ["EX-01", "EX-77"],
    "distribution": ["quality", "somewhere"],
}


def procedure(body: str = BODY, **front: object) -> Procedure:
    title = Text("文件控制程序", "Control of documents")
    return Procedure("procedures/CP-99.md", "CP-99", "A/0", title, {**FRONT, **front}, body)


def library() -> Library:
    form = Form("loan", "schemas/loan.yaml", "EX-01", "A/0", Text("工具借用单", "Tool loan"), "CP-99", "{key}", (), ())
    values = {"number": "quality", "name_zh": "品质部", "name_en": "Quality department"}
    quality = Record("records/d/quality.yaml", "d", "quality", values, Source("records/d/quality.yaml", values, None))
    company = {"name_zh": "苏州示例有限公司", "name_en": "Example Co., Ltd", "copy_mark": "禁止复印 / Do not copy"}
    return Library(company, {"loan": form}, {"d": {"quality": quality}}, {}, ())


def printed(language: Language, made: Procedure | None = None) -> bytes:
    printing = made or procedure()
    rows = tuple(revisiontable.rows(printing, "", (), library()))
    return booklet.docx(printing, library(), language, MARK, rows)


def lines(language: Language, made: Procedure | None = None) -> list[str]:
    return stringify(printed(language, made)).splitlines()


def test_both_languages_are_printed_with_every_block() -> None:
    assert set(CHINESE) | set(ENGLISH) <= set(lines(Language.BOTH))


def test_one_language_leaves_out_the_blocks_of_the_other() -> None:
    chinese, english = lines(Language.ZH), lines(Language.EN)
    assert set(CHINESE) <= set(chinese)
    assert not set(ENGLISH) & set(chinese)
    assert set(ENGLISH) <= set(english)
    assert not set(CHINESE) & set(english)


@pytest.mark.parametrize(
    ("language", "heading", "row"),
    [
        (Language.BOTH, "1.1 范围  Scope", "| 登记 / Register | 4 小时 / 4 h | EX-01 |"),
        (Language.ZH, "1.1 范围", "| 登记 | 4 小时 | EX-01 |"),
        (Language.EN, "1.1 Scope", "| Register | 4 h | EX-01 |"),
    ],
)
def test_headings_and_cells_are_divided_between_the_languages(language: Language, heading: str, row: str) -> None:
    text = lines(language)
    assert text.count(heading) == 2, "once among the contents, once in the text"
    assert row in text


@pytest.mark.parametrize("language", Language)
def test_what_markdown_has_no_look_for_is_printed_as_typed(language: Language) -> None:
    body = "x R&D <b>y</b> ![p](a.png) `q<r>` [l](u) 5*3*2 &amp; _z_ {{ 7*7 }}\n\n> 72\n\n```\n# 甲 a\n```\n"
    text = lines(language, procedure(body + "\n" + body.replace("x", "文", 1)))
    expected = "x R&D <b>y</b> ![p](a.png) `q<r>` [l](u) 5*3*2 & _z_ {{ 7*7 }}"
    assert (expected in text) is (language is not Language.ZH)
    assert (expected.replace("x", "文", 1) in text) is (language is not Language.EN)
    assert {"> 72", "# 甲 a"} <= set(text)


def test_a_figure_without_words_is_printed_in_every_language() -> None:
    assert all("72 / 24" in lines(each) for each in Language)


@pytest.mark.parametrize("language", Language)
def test_the_marker_stands_before_the_first_paragraph_of_an_entry_alone(language: Language) -> None:
    assert lines(language, procedure("- 72\n\n  73\n"))[-2:] == ["•\t72", "73"]


def test_headings_are_given_with_their_levels_as_written() -> None:
    assert booklet_text.headings(BODY) == ((2, "1 目的 / Purpose"), (3, "1.1 范围 / Scope"))


def test_the_control_pages_say_who_owns_gets_and_uses_what() -> None:
    text = lines(Language.BOTH)
    assert "| 版本 / Revision | 生效日期 / Effective from | 修改内容和原因 / What changed and why" in "\n".join(text)
    assert "| A/0 | 2026-03-01 | 首次发布 / First release |  |  |  |" in text
    assert "| 品质部 / Quality department | 纸质 1 份 / 1 on paper |  |  |  |" in text
    assert "| somewhere | 纸质 1 份 / 1 on paper |  |  |  |" in text, (
        "a department that is not kept is printed by its key"
    )
    assert "| EX-01 | 工具借用单 / Tool loan |" in text
    assert "| EX-77 |  |" in text
    assert "| 标准条款 / Clauses of standards | ISO 9001 7.5 / IATF 16949 7.5.3.2 |" in text


def test_every_page_names_company_title_number_revision_and_origin() -> None:
    text = "\n".join(lines(Language.BOTH))
    header, _, rest = text.partition("[footer 1]")
    for each in (
        "苏州示例有限公司",
        "Example Co., Ltd",
        "文件控制程序",
        "CP-99",
        "A/0",
        "第 1 页 共 1 页",
        "非受控 UNCONTROLLED",
    ):
        assert each in header
    footer = rest.partition("[body]")[0]
    assert "禁止复印 Do not copy" in footer
    assert "打印自提交 abc printed from commit abc" in footer


def test_a_front_without_the_optional_facts_is_printed_without_their_tables() -> None:
    made = replace(procedure("甲\n"), front={"owner": "quality"})
    text = "\n".join(lines(Language.ZH, made))
    assert "None" not in text
    assert not {"使用表单", "分发清单", "目录"} & set(text.splitlines())


def test_headings_have_words_own_styles_with_outline_levels_and_stay_with_their_text() -> None:
    document = Document(BytesIO(printed(Language.BOTH)))
    found = {
        each.text: each.style.name for each in document.paragraphs if each.style and "eading" in str(each.style.name)
    }
    assert found == {"1 目的  Purpose": "Heading 1", "1.1 范围  Scope": "Heading 2"}
    for level, name in enumerate(("Heading 1", "Heading 2")):
        properties = document.styles[name].element.find(qn("w:pPr"))
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level)
        assert properties.find(qn("w:keepNext")) is not None


def test_heads_of_tables_repeat_and_no_row_is_cut() -> None:
    table = Document(BytesIO(printed(Language.BOTH))).tables[-1]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]  # noqa: SLF001  no public way
    assert heads == [True, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)  # noqa: SLF001  the same


def test_a_row_taller_than_a_page_may_be_cut_for_else_its_end_would_run_off_the_paper() -> None:
    words = "".join(f"很长{place}。" for place in range(900))
    made = procedure(f"| 甲 | 乙 |\n|-|-|\n| 短 | 短 |\n| {words} | 短 |\n")
    rows = Document(BytesIO(printed(Language.ZH, made))).tables[-1].rows
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows]  # noqa: SLF001  no public way
    assert whole == [True, True, False]
    with closing(pdf.engine("rdocx")) as engine:
        pages = paper.read(engine.convert(printed(Language.ZH, made))).pages
    assert max(map(len, pages)) < 7000, "all of it on one page"
    assert sum(f"很长{place}。" in "".join(pages) for place in range(900)) > 890, "all but those that a page cuts"


def test_every_style_that_is_used_is_defined() -> None:
    document = Document(BytesIO(printed(Language.BOTH)))
    kept = {each.style_id for each in document.styles}
    section = document.sections[0]
    for element in (document.element.body, section.header._element, section.footer._element):  # noqa: SLF001  no public way
        for tag in ("w:pStyle", "w:rStyle"):
            assert {each.get(qn("w:val")) for each in element.iter(qn(tag))} <= kept


@pytest.mark.parametrize("language", Language)
def test_the_same_procedure_gives_the_same_bytes(language: Language) -> None:
    assert printed(language) == printed(language)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.sampled_from(Language))
def test_any_text_becomes_a_file_that_opens(body: str, language: Language) -> None:
    Document(BytesIO(printed(language, procedure(body, reason={"zh": body, "en": body}, clauses=[body]))))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("甲乙ab <&>\"'"), min_size=1, max_size=60).map(lambda text: f"甲 {text.strip()}"))
def test_no_word_of_a_paragraph_is_lost(text: str) -> None:
    assert text.rstrip() in lines(Language.ZH, procedure(text))


@pytest.mark.parametrize("width", [1, 2, 5, 12, 20, 36])
def test_columns_together_are_a_line(width: int) -> None:
    row = "|" + "|".join(["甲 / a"] * (width - 1) + ["长" * 80]) + "|"
    table = Document(BytesIO(printed(Language.ZH, procedure(f"{row}\n{'|-' * width}|\n{row}\n")))).tables[-1]
    widths = [int(cell.get(qn("w:val"), "0")) for cell in table.rows[0]._tr.iter(qn("w:gridSpan"))]  # noqa: SLF001  no public way
    assert len(widths) == width
    assert sum(widths) == 36
    assert min(widths) >= 1


@pytest.mark.parametrize("path", sorted((ROOT / "procedures").glob("*.md")), ids=lambda path: path.stem)
def test_the_procedures_of_the_house_are_printed_in_every_language(path: Path) -> None:
    read = load.library(ROOT)
    made = next(each for each in read.procedures.values() if each.path == f"procedures/{path.name}")
    both = stringify(booklet.docx(made, read, Language.BOTH, MARK))
    assert all(text.split(" / ")[0] in both for _, text in booklet_text.headings(made.body))
    own = {each.number for each in read.forms.values() if each.procedure == made.number and each.number}
    own |= {each.number for each in read.registers.values() if each.procedure == made.number}
    assert own <= set(made.front["forms"])
    assert [line for line in both.splitlines() if line.startswith("| CF-") and line.count(" / ") == 0] == []
    for language in (Language.ZH, Language.EN):
        one = stringify(booklet.docx(made, read, language, MARK)).splitlines()
        assert len(one) < len(both.splitlines())
