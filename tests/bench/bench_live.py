"""How soon a save becomes a finding and a page, beside reading and judging everything anew and converting a sheet."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

import pytest

from generator import judgement, pdf, production
from generator.live import Page, Said
from generator.shelf import Shelf
from tests.bench import plant as plants
from tests.ear import NOW, watched

MANY = int(os.environ.get("WENKONG_BENCH", "0"))
"""So many records are watched instead of those of the sample plant."""
SAVES = 16
FINDING, PAGE = 0.1, (6.0 if MANY else 4.0)
"""A finding may take so much of the time that reading and judging anew takes, measured 0.03; and a page so many times
what converting it takes, measured 1.6. With 10,000 records measured 0.02 and 3.3, of which the finding takes 1.7."""


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def unremembered(root: Path) -> None:
    """Everything read and judged as if nobody had ever done so."""
    shutil.rmtree(root / "out", ignore_errors=True)
    judgement.whole(root, None, judgement.read(root, Shelf()), NOW)


@pytest.mark.bench
def test_a_save_is_a_finding_and_a_page_soon(plant: Path, tmp_path: Path) -> None:
    root = tmp_path / "plant"
    if MANY:
        plants.grown(root, MANY)
    else:
        shutil.copytree(plant, root)
    anew = median(seconds(lambda: unremembered(root)) for _ in range(3))
    press = production.press(root, None)
    record = next(iter(press.library.records["complaint"].values()))
    piece = press.record(record)
    assert isinstance(piece, production.Piece)
    with closing(pdf.engine("rdocx")) as engine:
        engine.convert(piece.docx)
        bare = median(seconds(lambda: engine.convert(piece.docx)) for _ in range(5))
    file, text = root / record.path, (root / record.path).read_text("utf-8")
    findings, pages = [], []
    with watched(root) as ear:
        for turn in range(SAVES + 1):
            start = time.perf_counter()
            file.write_text(f"{text}# {turn}\n", "utf-8")
            told = ear.until_waiting()
            findings.append(next(at for at, each in told if isinstance(each, Said)) - start)
            pages.append(next(at for at, each in told if isinstance(each, Page) and each.fault is None) - start)
    finding, page = median(findings[1:]), median(pages[1:])
    sys.stdout.write(f"finding {finding:.3f} s, page {page:.3f} s; anew {anew:.2f} s, bare conversion {bare:.3f} s\n")
    assert finding / anew <= FINDING
    assert page / bare <= PAGE
