from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from generator import office, paper, pdf
from generator.errors import GeneratorError
from tests.docx_sample import sample

pytestmark = pytest.mark.office
TEXT = "顾客投诉 customer complaint"


def test_the_office_suite_prints_in_our_own_font(office: pdf.Engine) -> None:
    read = paper.read(office.convert(sample(TEXT)))
    assert read.pages == ("顾客投诉customercomplaint",)
    assert read.fonts == {"NotoSansSC-Regular"}


def test_a_text_file_with_the_ending_of_a_word_file_is_refused(office: pdf.Engine) -> None:
    for content in (b"plain text", b"%PDF-1.7 renamed", sample(TEXT)[:500]):
        with pytest.raises(GeneratorError):
            office.convert(content)
    assert office.convert(sample(TEXT)).startswith(b"%PDF")


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_an_office_suite_that_died_or_hangs_is_replaced(blow: signal.Signals) -> None:
    with closing(office.Office(seconds=20)) as engine:
        engine.convert(sample(TEXT))
        assert engine.pid
        os.killpg(engine.pid, blow)
        assert engine.convert(sample(TEXT)).startswith(b"%PDF")


def test_the_version_is_a_number() -> None:
    with closing(office.Office(seconds=30)) as engine:
        assert engine.version()[0].isdigit()


def test_it_is_looked_for_in_the_path_that_is_given(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert office.find(str(tmp_path)) == program
