from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from generator import judgement
from generator.shelf import RACY, Shelf, look
from tests.build import LOAN, ORGANIZATION

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time


def test_a_file_that_looks_the_same_is_not_read_again(tmp_path: Path) -> None:
    file, shelf, reads = tmp_path / "a.yaml", Shelf(), []
    file.write_text("one", "utf-8")
    time.sleep(RACY / 1e9)

    def make() -> str:
        reads.append(1)
        return file.read_text("utf-8")

    assert [shelf.of_files("a", (file,), make) for _ in range(3)] == ["one"] * 3
    assert len(reads) == 1
    file.write_text("two", "utf-8")
    assert shelf.of_files("a", (file,), make) == "two"
    file.unlink()
    assert look(file) == ()


def test_a_file_just_written_is_read_again_since_a_clock_may_be_coarse(tmp_path: Path) -> None:
    file, shelf = tmp_path / "a.yaml", Shelf()
    file.write_text("one", "utf-8")
    shelf.of_files("a", (file,), lambda: "one")
    assert shelf.of_files("a", (file,), lambda: "again") == "again"


def test_a_library_from_the_shelf_is_the_one_that_is_read_anew(tmp_path: Path) -> None:
    for name, text in {
        "schemas/loan.yaml": LOAN,
        "records/organization.yaml": ORGANIZATION,
        "records/loan/TL-2026-0001.yaml": "number: TL-2026-0001\ncreated_on: 2026-03-02\nstate: open\ntool: a\n",
        "records/loan/TL-2026-0002.yaml": "number: TL-2026-0009\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shelf = Shelf()
    judgement.read(tmp_path, shelf)
    (tmp_path / "records/loan/TL-2026-0001.yaml").write_text("number: [", "utf-8")
    found = judgement.read(tmp_path, shelf)
    assert found.findings == judgement.read(tmp_path, Shelf()).findings
    (tmp_path / "schemas/loan.yaml").unlink()
    assert judgement.read(tmp_path, shelf).findings == judgement.read(tmp_path, Shelf()).findings
