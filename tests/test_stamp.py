from __future__ import annotations

import io
import os
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import page
import pikepdf
import pytest

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


def test_every_page_has_its_own_code(converted: stamp.Converted) -> None:
    said: list[tuple[int, int]] = []

    def code(each: int, of: int) -> str:
        said.append((each, of))
        return f"{each}/{of}"

    stamp.stamped(stamp.canonical(converted, ABOUT), replace(marks("draft"), qr=code))
    assert said == [(each, len(said)) for each in range(1, len(said) + 1)]
    assert len(said) > 1
