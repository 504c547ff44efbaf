from __future__ import annotations

import io
import os
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import page
import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from generator import paper, pdf, stamp
from generator.terms import Text
from tests.docx_sample import sample

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
ABOUT = stamp.Properties(
    title="投诉 & complaint",
    number="CC-2026-0001",
    revision="A/0",
    commit="0123456789",
    date=WHEN,
    engine="rdocx 0.16.3",
    version="0.1.0",
    language="zh-CN",
)
KINDS = ("uncontrolled", "draft", "controlled", "obsolete")


def marks(kind: str) -> stamp.Marks:
    return stamp.Marks(Text("非受控", "UNCONTROLLED"), kind, lambda each, of: f"WK1 CC-2026-0001 A/0 {each}/{of} 0123")


@pytest.fixture(scope="module")
def converted() -> stamp.Converted:
    with closing(pdf.engine("rdocx")) as engine:
        texts = ["接收（Received）：D0–D8 (8D)"] * 90
        return stamp.Converted(engine.convert(sample(*texts)))


def finished(converted: stamp.Converted, kind: str = "uncontrolled") -> bytes:
    return stamp.stamped(stamp.canonical(converted, ABOUT), marks(kind)).content


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_finished_is_archival(converted: stamp.Converted, kind: str) -> None:
    report = page.validate_pdf_bytes(finished(converted, kind), profile=page.ValidationProfile.PDF_A_2B)
    assert report.is_compliant, report


def test_the_same_content_gives_the_same_bytes_in_any_time_zone(
    converted: stamp.Converted, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = finished(converted)
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        assert finished(converted) == first
    finally:
        os.environ.pop("TZ")
        time.tzset()


def test_the_file_says_what_it_is(converted: stamp.Converted) -> None:
    with pikepdf.open(io.BytesIO(finished(converted))) as file:
        assert str(file.docinfo["/Title"]) == "投诉 & complaint"
        assert str(file.docinfo["/CreationDate"]) == "D:20260302093000+08'00'"
        assert "rdocx 0.16.3" in str(file.docinfo["/Producer"])
        assert "CC-2026-0001 A/0 0123456789" in str(file.docinfo["/Keywords"])
        assert str(file.Root.Lang) == "zh-CN"


def test_a_draft_has_no_date_of_its_own(converted: stamp.Converted) -> None:
    with pikepdf.open(io.BytesIO(stamp.canonical(converted, replace(ABOUT, date=None)).content)) as file:
        assert str(file.docinfo["/CreationDate"]).startswith("D:1980")


def test_marks_hide_and_add_no_text(converted: stamp.Converted) -> None:
    plain = paper.read(stamp.canonical(converted, ABOUT).content)
    for kind in KINDS:
        assert paper.read(finished(converted, kind)) == plain


def test_text_is_read_once_by_every_reader(converted: stamp.Converted) -> None:
    read = paper.read(stamp.canonical(converted, ABOUT).content)
    assert "".join(read.pages) == "接收（Received）：D0–D8(8D)" * 90


@pytest.mark.parametrize("orientation", [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE])
def test_mark_and_code_lie_in_the_margins_of_any_page(orientation: WD_ORIENT) -> None:
    document = Document(io.BytesIO(sample("受控 controlled")))
    section = document.sections[0]
    section.orientation = orientation
    is_wide = orientation is WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(297), Mm(210)) if is_wide else (Mm(210), Mm(297))
    made = io.BytesIO()
    document.save(made)
    with closing(pdf.engine("rdocx")) as engine:
        content = finished(stamp.Converted(engine.convert(made.getvalue())))
    page = pypdfium2.PdfDocument(content)[0]
    width, height = page.get_size()
    assert (width > height) is is_wide
    assert inked(page, (width - 85, height - 25, width - 40, height - 5)), "the mark"
    assert inked(page, (width - 79, 13, width - 43, 49)), "the code"
    assert not inked(page, (width - 200, 60, width, height - 120)), "nothing over what may be written there"
    assert not inked(page, (width - 41, 0, width, height)), "nothing in the right margin"


def inked(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> bool:
    """Whether anything but white is in this part of a page (left, bottom, right, top; points)."""
    left, bottom, right, top = box
    width, height = page.get_size()
    picture = page.render(crop=(left, bottom, width - right, height - top), grayscale=True).to_pil()
    return bool(picture.getextrema()[0] < 200)


def test_the_mark_is_drawn_once_for_all_pages_of_a_size(converted: stamp.Converted) -> None:
    with pikepdf.open(io.BytesIO(finished(converted))) as file:
        marks = {page.obj.Resources.XObject["/WenkongMark"].objgen for page in file.pages}
        assert len(file.pages) > 1
        assert len(marks) == 1


@pytest.mark.office
def test_two_office_suites_give_the_same_bytes_in_the_end_and_they_are_archival(office: pdf.Engine) -> None:
    made = sample("接收（Received）", "D0–D8 (8D)")
    with closing(pdf.engine("libreoffice")) as other:
        first, second = (finished(stamp.Converted(each.convert(made))) for each in (office, other))
    assert first == second
    assert page.validate_pdf_bytes(first, profile=page.ValidationProfile.PDF_A_2B).is_compliant


def test_every_page_has_its_own_code(converted: stamp.Converted) -> None:
    said: list[tuple[int, int]] = []

    def code(each: int, of: int) -> str:
        said.append((each, of))
        return f"{each}/{of}"

    stamp.stamped(stamp.canonical(converted, ABOUT), replace(marks("draft"), qr=code))
    assert said == [(each, len(said)) for each in range(1, len(said) + 1)]
    assert len(said) > 1


@pytest.mark.parametrize("text", [b"(a)", rb"(a\) b)", b"(rate(filled(returned_at)))", b"(((((x)))))", b"<FEFF0041>"])
def test_a_replacement_text_is_known_however_deep_its_parentheses_stand(text: bytes) -> None:
    assert stamp.REPLACEMENT.fullmatch(b"/Span << /ActualText " + text + b" >> BDC")
