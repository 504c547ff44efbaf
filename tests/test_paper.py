from __future__ import annotations

from dataclasses import replace

import pytest

from generator.paper import Expected, Paper, fitness

HEAD = "CC20260001A/0第{n}页共2页/Page{n}of2"
GOOD = Paper(
    (HEAD.format(n=1) + "不良情形毛刺0.15mm", HEAD.format(n=2) + "结案人林晓云签署Signatures编制"),
    frozenset({"NotoSansSC"}),
)
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


def test_a_lost_text_names_its_field() -> None:
    found = list(fitness(replace(GOOD, pages=tuple(each.replace("mm", "") for each in GOOD.pages)), WANTED))
    assert "defect" in found[0].message.en


def test_text_over_the_edge_is_found() -> None:
    assert rules(replace(GOOD, over=frozenset({2}))) == ["print.over"]
