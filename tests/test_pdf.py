from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from generator import paper, pdf
from generator.errors import GeneratorError
from tests.docx_sample import sample

TEXT = "顾客投诉 customer complaint ☑ 是 ☐ 否 Φ12.5 ± 0.02 ℃"


@pytest.fixture(scope="module")
def engine() -> Iterator[pdf.Rdocx]:
    with pdf.Rdocx(60) as each:
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
    with pdf.Rdocx(2) as engine:
        engine.convert(sample(TEXT))
        assert engine.pid
        os.kill(engine.pid, signal.SIGSTOP)
        with pytest.raises(pdf.ConversionFault, match="was stopped"):
            engine.convert(sample(TEXT))
        assert engine.convert(sample(TEXT)).startswith(b"%PDF")


def test_an_unknown_engine_is_answered_with_those_there_are() -> None:
    with pytest.raises(GeneratorError, match="rdocx, libreoffice, word"):
        pdf.engine("wordperfect")


def test_a_pool_gives_results_in_order_and_passes_over_a_bad_file() -> None:
    documents = [(number, sample(f"第 {number} 份")) for number in range(7)]
    documents[3] = (3, b"no word file")
    with pdf.Pool("rdocx", workers=2) as pool:
        results = list(pool.map(documents))
    assert [key for key, _ in results] == list(range(7))
    assert isinstance(results[3][1], GeneratorError)
    for key, content in results:
        if key != 3:
            assert isinstance(content, bytes)
            assert paper.read(content).pages[0].startswith(f"第{key}份")
