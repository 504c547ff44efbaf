from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import coverage, load
from generator.coverage import Answer
from tests import build
from tests.commands.test_printing import wenkong
from tests.conftest import ROOT

SOURCES = """\
EP-01:
  rows: [A-1, A-2, A-3, A-4, A-5]
  wording:
    R-01-09: [A-4]
"""
PROCEDURE = """\
---
number: EP-01
revision: A/0
title: {zh: 借用程序, en: Loans}
owner: quality
---

## 1 借用 / Lending

### 1.1 登记 / Logging

借出即登记。(R-01-01)WORDING
"""
FLOW = """\
  transitions:
  - {from: open, to: returned, by: [quality], covers: [A-5]}
  rules:
  - {id: R-01-01, kind: require, clause: EP-01 1.1, zh: 记, en: Log, covers: [A-3], at: [returned], then: filled(tool)}
type: object
"""


def repository(folder: Path, *, sources: str = SOURCES, wording: str = "(R-01-09)") -> Path:
    root = build.repository(folder)
    (root / "procedures").mkdir(exist_ok=True)
    (root / "procedures/EP-01-loans.md").write_text(PROCEDURE.replace("WORDING", wording), "utf-8")
    (root / "procedures/sources.yaml").write_text(sources, "utf-8")
    path = root / "schemas/loan.yaml"
    text = path.read_text("utf-8").replace("  procedure: CP-99\n", "  procedure: EP-01\n  covers: [A-1]\n")
    label = "x-label: {zh: 借出日期, en: Lent on},"
    path.write_text(text.replace(label, f"{label} x-covers: [A-2],").replace("type: object\n", FLOW, 1), "utf-8")
    return root


def test_every_kind_of_answer_is_found(tmp_path: Path) -> None:
    library = load.library(repository(tmp_path))
    wanted = coverage.sources({"EP-01": {"rows": ["A-1"], "wording": {"R-01-09": ["A-4"]}}})
    found = coverage.answers(library, wanted)
    assert {row: answers for row, answers in found.items() if row.startswith("A-")} == {
        "A-1": (Answer("form", "loan", "EX-01"),),
        "A-2": (Answer("field", "loan", "lent_on", fields=("lent_on",)),),
        "A-3": (Answer("rule", "loan", "R-01-01", fields=("tool",), states=("returned",)),),
        "A-4": (Answer("wording", "EP-01", "R-01-09"),),
        "A-5": (Answer("state", "loan", "open>returned", states=("open", "returned")),),
    }


def test_all_rows_answered_is_a_hundred_per_cent_and_clean(tmp_path: Path) -> None:
    done = wenkong(repository(tmp_path), "coverage", "--format", "json")
    assert done.returncode == 0
    said = json.loads(done.stdout)
    about = {"rows": 5, "answered": 5, "percent": 100, "missing": [], "silent": []}
    assert said["procedures"] == {"EP-01": about}
    assert said["rows"]["A-3"] == [
        {"kind": "rule", "of": "loan", "name": "R-01-01", "fields": ["tool"], "states": ["returned"]}
    ]


def test_a_row_that_nothing_answers_is_named(tmp_path: Path) -> None:
    done = wenkong(repository(tmp_path, sources="EP-01:\n  rows: [A-1, Z-9]\n"), "coverage")
    assert done.returncode == 1
    assert "50%" in done.stdout
    assert "Z-9" in done.stdout


def test_one_open_row_of_a_thousand_is_not_rounded_away(tmp_path: Path) -> None:
    rows = [f"A-{number}" for number in range(999)]
    source = coverage.sources({"EP-01": {"rows": [*rows, "Z-9"]}})[0]
    library = load.library(repository(tmp_path))
    assert coverage.tally(source, dict.fromkeys(rows, ()), library).percent == 99
    assert coverage.tally(source, dict.fromkeys([*rows, "Z-9"], ()), library).percent == 100


def test_wording_counts_only_while_it_stands_in_the_procedure(tmp_path: Path) -> None:
    done = wenkong(repository(tmp_path, wording=""), "coverage")
    assert done.returncode == 1
    assert "A-4" in done.stdout
    assert "R-01-09" in done.stdout


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ("EP-01:\n  rows: A-1\n", "EP-01: rows"),
        ("EP-01:\n  rows: []\n  wording: {R: x}\n", "EP-01: wording"),
        ("a\n", "rows"),
        ("EP-01:\n  rows: [A\n", "sources.yaml"),
    ],
)
def test_a_list_of_sources_that_is_not_one_is_said_so(tmp_path: Path, sources: str, said: str) -> None:
    done = wenkong(repository(tmp_path, sources=sources), "coverage")
    assert done.returncode == 2
    assert said in done.stderr
    (tmp_path / "procedures/sources.yaml").unlink()
    assert wenkong(tmp_path, "coverage").returncode == 2


def test_one_procedure_may_be_asked_for_and_an_unknown_one_is_said_so(tmp_path: Path) -> None:
    root = repository(tmp_path, sources=SOURCES + "EP-02:\n  rows: [B-1]\n")
    assert wenkong(root, "coverage", "--procedure", "EP-01").returncode == 0
    assert wenkong(root, "coverage").returncode == 1
    wrong = wenkong(root, "coverage", "--procedure", "EP-07")
    assert (wrong.returncode, "EP-07" in wrong.stderr) == (2, True)


def test_no_row_is_claimed_that_no_procedure_must_answer() -> None:
    asked = set(json.loads(wenkong(ROOT, "coverage", "--format", "json").stdout)["rows"])
    assert set(coverage.answers(load.library(ROOT), ())) <= asked
