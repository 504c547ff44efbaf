from __future__ import annotations

import io
import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer

import pypdfium2
import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement

from generator import office, paper, pdf, production, wrapping
from generator.errors import GeneratorError
from generator.terms import Language
from tests.docx_sample import sample

TEXT = "顾客投诉 customer complaint ☑ 是 ☐ 否 Φ12.5 ± 0.02 ℃"


@pytest.fixture(scope="module")
def engine() -> Iterator[pdf.Rdocx]:
    with closing(pdf.Rdocx(60)) as each:
        yield each


def test_every_character_arrives_in_our_own_font(engine: pdf.Rdocx) -> None:
    read = paper.read(engine.convert(sample(TEXT)))
    assert all(name.startswith("NotoSansSC") for name in read.fonts)
    assert TEXT.replace(" ", "")[-12:] in read.pages[0]


def test_the_same_file_gives_the_same_bytes(engine: pdf.Rdocx) -> None:
    assert engine.convert(sample(TEXT)) == engine.convert(sample(TEXT))


def test_what_is_no_word_file_is_a_fault_and_the_engine_goes_on(engine: pdf.Rdocx) -> None:
    for content in (b"", b"%PDF-1.7 a renamed PDF", b"plain text", sample(TEXT)[:400]):
        with pytest.raises(pdf.ConversionFault):
            engine.convert(content)
    assert engine.convert(sample(TEXT)).startswith(b"%PDF")


def test_an_engine_that_was_killed_is_started_again(engine: pdf.Rdocx) -> None:
    engine.convert(sample(TEXT))
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    for _ in range(2):
        try:
            content = engine.convert(sample(TEXT))
        except pdf.ConversionFault:
            continue
        assert content.startswith(b"%PDF")
        return
    pytest.fail("the engine did not come back")


def test_an_engine_that_hangs_is_stopped_and_the_next_document_is_converted() -> None:
    with closing(pdf.Rdocx(8)) as engine:
        engine.convert(sample(TEXT))
        assert engine.pid
        os.kill(engine.pid, signal.SIGSTOP)
        with pytest.raises(pdf.ConversionFault, match="was stopped"):
            engine.convert(sample(TEXT))
        assert engine.convert(sample(TEXT)).startswith(b"%PDF")


def test_an_engine_that_hangs_before_it_has_taken_the_file_is_stopped_too() -> None:
    large = io.BytesIO(sample(TEXT))
    with zipfile.ZipFile(large, "a") as file:
        file.writestr("word/media/photo.bin", os.urandom(3_000_000))
    with closing(pdf.Rdocx(8)) as engine:
        engine.convert(sample(TEXT))
        assert engine.pid
        os.kill(engine.pid, signal.SIGSTOP)
        with pytest.raises(pdf.ConversionFault, match="was stopped"):
            engine.convert(large.getvalue())
        assert engine.convert(large.getvalue()).startswith(b"%PDF")


def test_an_engine_that_is_killed_in_mid_work_is_a_fault_and_the_next_document_is_converted(engine: pdf.Rdocx) -> None:
    engine.convert(sample(TEXT))
    pid = engine.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)  # so that it surely is at work when it is killed
    blow = Timer(0.5, os.kill, (pid, signal.SIGKILL))
    blow.start()
    with pytest.raises(pdf.ConversionFault, match="ended unexpectedly"):
        engine.convert(sample(TEXT))
    blow.join()
    assert engine.convert(sample(TEXT)).startswith(b"%PDF")


def test_the_process_ends_with_the_engine() -> None:
    engine = pdf.Rdocx(60)
    engine.convert(sample(TEXT))
    pid = engine.pid
    assert pid
    engine.close()
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("answer", [b"%PDF-1.7 torn off /Type /Page", b"%PDF-1.7 /Type /Pages /Count 0 %%EOF"])
def test_half_a_pdf_and_one_without_a_page_are_faults(answer: bytes) -> None:
    with pytest.raises(pdf.ConversionFault, match="gave no PDF that is whole"):
        office.checked(answer, "rdocx")


def test_an_unknown_engine_is_answered_with_those_there_are() -> None:
    with pytest.raises(GeneratorError, match="rdocx, libreoffice, word"):
        pdf.engine("wordperfect")


def test_a_pool_gives_results_in_order_and_passes_over_a_bad_file() -> None:
    documents = [(number, sample(f"第 {number} 份")) for number in range(7)]
    documents[3] = (3, b"no word file")
    with closing(pdf.Pool("rdocx", workers=2)) as pool:
        results = list(pool.map(documents))
    assert [key for key, _ in results] == list(range(7))
    assert isinstance(results[3][1], GeneratorError)
    for key, content in results:
        if key != 3:
            assert isinstance(content, bytes)
            assert paper.read(content).pages[0].startswith(f"第{key}份")


def test_a_word_longer_than_its_cell_is_cut_and_not_run_over_the_edge(engine: pdf.Rdocx) -> None:
    word = "x" * 300 + "&" + "y" * 300
    document = Document(io.BytesIO(sample()))
    table = document.add_table(1, 1)
    table.cell(0, 0).paragraphs[0].add_run(word)
    out = io.BytesIO()
    document.save(out)
    file = pypdfium2.PdfDocument(engine.convert(out.getvalue()))
    text = file[0].get_textpage()
    edges = [text.get_charbox(position)[2] for position in range(text.count_chars())]
    assert text.count_chars() >= len(word)
    assert max(edges) <= file[0].get_width() - 40
    assert paper.SPACES.sub("", text.get_text_range()) == word


@pytest.mark.parametrize("key", ["hsf-recall", "satisfaction-plan", "customer-property"])
def test_below_a_title_of_two_lines_no_line_runs_through_the_first_box(
    plant: Path, engine: pdf.Rdocx, key: str
) -> None:
    press = production.press(plant, Language.EN)
    made = press.blank(press.library.forms[key])
    assert isinstance(made, production.Piece)
    page = pypdfium2.PdfDocument(engine.convert(made.docx))[0]
    text = page.get_textpage()
    at, count = text.search("Created on").get_next() or (0, 0)
    boxes = [text.get_charbox(at + place) for place in range(count)]
    left, low, high = boxes[0][0], min(each[1] for each in boxes), max(each[3] for each in boxes)
    paths = [each.get_bounds() for each in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,))]
    over = [(bottom + top) / 2 for start, bottom, end, top in paths if start <= left <= end and top - bottom < 5]
    assert count
    assert over
    assert not [each for each in over if low <= each <= high]


def test_a_word_that_fits_is_left_alone() -> None:
    docx = sample("requirement " * 20)
    assert wrapping.cuttable(docx) == docx


@pytest.mark.parametrize("rows", ["", "<w:cantSplit/>", "a label kept to the next"])
def test_a_row_longer_than_a_page_goes_on_over_pages(engine: pdf.Rdocx, rows: str) -> None:
    document = Document(io.BytesIO(sample()))
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "很长的说明文字。" * 900
    if rows.startswith("a label"):
        style = document.styles.add_style("Label", WD_STYLE_TYPE.PARAGRAPH)
        style.element.get_or_add_pPr().append(OxmlElement("w:keepNext"))
        table.cell(0, 0).paragraphs[0].insert_paragraph_before("调查", style="Label")
    elif rows:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  no public way
    out = io.BytesIO()
    document.save(out)
    read = paper.read(engine.convert(out.getvalue()))
    assert read.over == frozenset()
    assert len(read.pages) >= 3
