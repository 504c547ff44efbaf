from __future__ import annotations

from pathlib import Path

import pytest

from generator import load, mentions, sourcelist
from generator.model import Finding
from tests.commands.test_printing import wenkong
from tests.conftest import ROOT

PATH = "procedures/CP-06-complaints.md"


def found(tree: Path, *, old: str, new: str) -> list[Finding]:
    path = tree / PATH
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return list(mentions.findings(load.library(tree), sourcelist.read(tree)))


def test_the_procedures_of_the_plant_name_nothing_that_does_not_exist() -> None:
    assert list(mentions.findings(load.library(ROOT), sourcelist.read(ROOT))) == []


def test_nothing_that_is_kept_is_called_open_any_more() -> None:
    library = load.library(ROOT)
    numbers = [each.number for table in (library.forms, library.registers) for each in table.values()]
    rules = {rule.id for form in library.forms.values() for rule in form.rules}
    kept = {*library.procedures, *numbers, *rules}
    assert [number for each in sourcelist.read(ROOT) for number in each.open if number in kept] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("（CF-05-03 联络单）", "（CF-05-93 联络单）", "CF-05-93"),
        ("forms: [CF-06-01,", "forms: [CF-06-91,", "CF-06-91"),
        ("(R-06-02)", "(R-06-92)", "R-06-92"),
        ("CP-08 顾客满意度", "CP-98 顾客满意度", "CP-98"),
        ("见 5.2；5.6；5.12", "见 5.2；5.96；5.12", "5.96"),
        ("第 7 章", "第 97 章", "97"),
        ("| 品质部 / Quality |", "| 舰队部 / Fleet |", "舰队部"),
        ("```flow\ncomplaint\n", "```flow\ncomplant\n", "complaint"),
    ],
    ids=["form", "listed form", "rule", "procedure", "clause", "chapter", "department", "flow"],
)
def test_what_does_not_exist_is_a_finding_on_its_line(tree: Path, old: str, new: str, said: str) -> None:
    wrong = found(tree, old=old, new=new)
    assert len(wrong) == 1, [each.message.en for each in wrong]
    assert (wrong[0].path, wrong[0].rule) == (PATH, "procedure.names")
    assert said in wrong[0].message.zh
    assert said in wrong[0].message.en
    lines = (tree / PATH).read_text("utf-8").splitlines()
    if new.startswith("forms:"):
        assert wrong[0].line == 1
    else:
        assert new.strip().splitlines()[-1] in lines[wrong[0].line - 1]


def test_a_clause_of_another_procedure_is_looked_up_there(tree: Path) -> None:
    good = found(tree, old="CP-01 文件化信息控制程序；", new="CP-01 5.1 文件化信息控制程序；")
    assert good == []
    wrong = found(tree, old="CP-01 5.1 文件化信息控制程序；", new="CP-01 5.99 文件化信息控制程序；")
    assert [each.message.en for each in wrong] == ["CP-01 has no clause 5.99: correct it"]


def test_what_the_list_of_sources_calls_open_may_be_named_already(tree: Path) -> None:
    assert len(found(tree, old="(R-06-02)", new="(R-06-92)")) == 1
    path = tree / sourcelist.PATH
    path.write_text(path.read_text("utf-8") + "CP-99:\n  rows: []\n  open: [R-06-92]\n", "utf-8")
    assert list(mentions.findings(load.library(tree), sourcelist.read(tree))) == []


def test_a_repository_without_a_list_of_sources_has_none(tmp_path: Path) -> None:
    assert sourcelist.read_if_kept(tmp_path) == ()


def test_check_says_it(tree: Path) -> None:
    assert len(found(tree, old="(R-06-02)", new="(R-06-92)")) == 1
    done = wenkong(tree, "check", "--today", "2026-11-24 12:00")
    assert done.returncode == 1
    assert "R-06-92" in done.stdout
    assert "[procedure.names]" in done.stdout
