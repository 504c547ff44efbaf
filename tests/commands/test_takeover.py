"""Ledgers of a company, taken over by a mapping."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator import load
from generator.errors import GeneratorError
from generator.terms import workbooks as words
from tests.commands.test_import import nothing_happened, root, taken, values
from tests.conftest import ROOT, git

__all__ = ["root"]  # the fixture
HEAD = ("旧编号", "工具名称", "借出", "单价", "类别", "部件", "数量", "备注", "经手")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("K-17-1", "Säge", datetime(2024, 5, 6), "１２.５", "气动", "blade", 2, "旧账", "x"),  # noqa: DTZ001  Excel has no zones
    ("K-17-1", None, None, None, None, "handle", 1, None, None),
    ("K-17-2", "Zange", "2025年1月2日", 7, "手动", None, None, "=1+1 is text", "y"),
)
MAPPING = """\
form: loan
sheet: 台账
columns:
  旧编号: former_number
  工具名称: tool
  借出: lent_on
  单价: price
  类别: kind
  部件: parts.part
  数量: parts.count
values:
  kind: {气动: power}
fixed: {is_new: "false"}
ignore: [备注]
"""


def ledger(root: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, merged: str = "") -> Path:
    """A workbook as companies have them: a title over the header, a second sheet that nobody asked for."""
    book = openpyxl.Workbook()
    book.create_sheet("封面")
    page = book.active
    page.title = "台账"
    page.append(["工具借用台账（2017 年起）"])
    page.append(head)
    for row in rows:
        page.append(row)
        for cell in page[page.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    if merged:
        page.merge_cells(merged)
    path = root.parent / "ledger.xlsx"
    book.save(path)
    return path


def mapping(root: Path, text: str = MAPPING) -> Path:
    path = root.parent / "mapping.yaml"
    path.write_text(text, "utf-8")
    return path


def test_rows_become_records_and_rows_of_their_tables(root: Path) -> None:
    code, said = taken(root, ledger(root, *ROWS), mapping=mapping(root), given={"year": "2024"})
    assert code == 0
    assert said[:5] == [
        "台账!A3  new record TL-2024-0001: 6 fields",
        "台账!A5  new record TL-2024-0002: 6 fields",
        "台账!A3  TL-2024-0001  Parts: a row more",
        "台账!A4  TL-2024-0001  Parts: a row more",
        "台账!I2  column '经手' has no field, 2 values have no place: put it into the mapping, or into ignore",
    ]
    first = values(root, "TL-2024-0001")
    assert (first["former_number"], first["tool"], first["lent_on"]) == ("K-17-1", "Säge", "2024-05-06")
    assert (str(first["price"]), first["kind"], first["is_new"]) == ("12.5", "power", False)
    assert [(row["part"], str(row["count"])) for row in first["parts"]] == [("blade", "2"), ("handle", "1")]
    assert load.library(root).findings == ()


def test_a_second_run_adds_what_is_new_and_names_what_differs(root: Path) -> None:
    taken(root, ledger(root, *ROWS), mapping=mapping(root))
    assert taken(root, ledger(root, *ROWS), mapping=mapping(root))[1][-1] == "no difference"
    more = (
        *ROWS[:2],
        ("K-17-2", "Kneifzange", "2025-01-02", 7, "手动", None, None, None, None),
        ("K-3", "Feile", "2025-01-03"),
    )
    code, said = taken(root, ledger(root, *more), mapping=mapping(root))
    assert code == 1
    assert "台账!B5  TL-2026-0005  Tool: conflict. The workbook says 'Kneifzange', the record now says 'Zange'" in said
    assert taken(root, ledger(root, *more), mapping=mapping(root), side="ours")[0] == 0
    assert values(root, "TL-2026-0006")["former_number"] == "K-3"
    assert values(root, "TL-2026-0005")["tool"] == "Zange"


def test_rows_with_faults_stop_it_or_are_left_out_with_the_reason(root: Path) -> None:
    bad = (("K-17-3", "Bohrer", "gestern", 7, "Dampf", None, None, None, None), ("K-17-4", None, "2025-01-03", 7))
    code, said = taken(root, ledger(root, *ROWS, *bad), mapping=mapping(root))
    assert code == 1
    assert [line.partition("  ")[0] for line in said if "gestern" in line or "Dampf" in line] == ["台账!C6", "台账!E6"]
    assert nothing_happened(root)
    code, said = taken(root, ledger(root, *ROWS, *bad), mapping=mapping(root), is_skipping=True)
    assert (code, said[-1]) == (1, "2 rows were not taken in; out/import/ledger.xlsx says why")
    assert {"K-17-1", "K-17-2"} == {
        each.values["former_number"]
        for each in load.library(root).records["loan"].values()
        if "former_number" in each.values
    }
    left = openpyxl.load_workbook(root / "out/import/ledger.xlsx")["台账"]
    rows = list(left.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["旧编号", "K-17-3", "K-17-4"]
    assert "台账!C6 'Lent on' is no valid date: 'gestern'" in str(rows[1][-1])
    assert "'Tool' (tool) is required and not filled" in str(rows[2][-1])


def test_merged_cells_are_faults_unless_they_are_to_be_filled(root: Path) -> None:
    rows = (("K-1", "Säge", "2025-01-03", 7, "手动", "a", 1), ("K-1", None, None, None, None, "b", 2))
    path = ledger(root, *rows, merged="B3:B4")
    code, said = taken(root, path, mapping=mapping(root))
    assert code == 1
    assert "台账!B3:B4  merged cells B3:B4: unmerge them and fill each cell" in said
    assert taken(root, path, mapping=mapping(root, MAPPING + "merged: fill\n"))[0] == 0
    assert len(values(root, "TL-2026-0004")["parts"]) == len(rows)


def test_rows_of_one_record_must_say_the_same(root: Path) -> None:
    rows = (("K-1", "Säge", "2025-01-03", 7), ("K-1", "Zange", None, 8))
    code, said = taken(root, ledger(root, *rows), mapping=mapping(root))
    assert code == 1
    assert "台账!B4  'Tool' differs from 台账!B3 of the same record: 'Zange' and 'Säge'" in said
    assert "台账!D4  'Price' differs from 台账!D3 of the same record: '8' and '7'" in said


def test_a_row_is_not_held_against_a_cell_that_is_faulty_and_an_empty_one_is_called_so(root: Path) -> None:
    rows = (("K-1", None, "3.9.25", 7), ("K-1", "Zange", "2025-01-03", 7))
    code, said = taken(root, ledger(root, *rows), mapping=mapping(root))
    assert code == 1
    assert "台账!B4  'Tool' differs from 台账!B3 of the same record: 'Zange' and '(empty)'" in said
    assert [line.partition(" ")[0] for line in said if "C4" in line or "C3" in line] == ["台账!C3"]


def test_a_formula_without_its_last_value_is_a_fault(root: Path) -> None:
    path = ledger(root, ROWS[2])
    book = openpyxl.load_workbook(path)
    book["台账"]["D3"].value = "=3+4"
    book.save(path)
    code, said = taken(root, path, mapping=mapping(root))
    assert code == 1
    assert any(line.startswith("台账!D3  the formula =3+4 was saved without its result") for line in said)


WRONG = {
    "form": (
        MAPPING.replace("form: loan", "form: lone"),
        "1:7: the mapping's form lone does not exist, did you mean 'l",
    ),
    "field": (MAPPING.replace(": tool", ": toll"), "5:9: the form has no field 'toll', did you mean 'tool'?"),
    "column": (
        MAPPING.replace("parts.part", "parts.prat"),
        "9:7: the form has no field 'parts.prat', did you mean 'par",
    ),
    "option": (
        MAPPING.replace("气动: power", "气动: powr"),
        "12:14: 'Kind' has no option 'powr', did you mean 'power'?",
    ),
    "unknown": (MAPPING + "colums: {}\n", "1:1: the mapping is wrong at ''"),
    "yaml": (MAPPING + "ignore: [x\n", ""),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_mapping_is_named_by_line_and_column(root: Path, kind: str) -> None:
    text, message = WRONG[kind]
    with pytest.raises(GeneratorError) as caught:
        taken(root, ledger(root, *ROWS), mapping=mapping(root, text))
    assert caught.value.text.en.startswith(f"mapping.yaml:{message}")


def test_a_sheet_or_header_that_is_not_there_is_named(root: Path) -> None:
    code, said = taken(root, ledger(root, *ROWS), mapping=mapping(root, MAPPING.replace("sheet: 台账", "sheet: 帐")))
    assert code == 1
    assert said[0] == "  the workbook has no sheet '帐'; it has: 台账, 封面"
    code, said = taken(root, ledger(root, *ROWS, head=("旧编号", "工具")), mapping=mapping(root))
    assert code == 1
    assert said[0].startswith("台账  no header on sheet '台账': no row holds all of these columns: 旧编号, 工具名称")


def test_a_word_may_mean_nothing(root: Path) -> None:
    row = ("K-1", "Feile", "2025-01-03", "无", "手动")
    text = MAPPING.replace("values:\n", 'values:\n  price: {无: ""}\n  kind: {手动: ""}\n', 1).replace(
        "  kind: {气动: power}\n", ""
    )
    assert taken(root, ledger(root, row), mapping=mapping(root, text))[0] == 0
    assert {"price", "kind"}.isdisjoint(values(root, "TL-2026-0004"))


def test_the_sheet_with_the_header_is_found_and_a_title_over_two_columns_is_named(root: Path) -> None:
    path = ledger(root, ROWS[2], head=(*HEAD, "单价"))
    book = openpyxl.load_workbook(path)
    book.move_sheet("封面", -1)
    book.save(path)
    text = MAPPING.replace("sheet: 台账\n", "")
    code, said = taken(root, path, mapping=mapping(root, text))
    assert code == 1
    assert "台账!J2  column '单价' stands there twice: remove one" in said


def test_fields_that_every_record_needs_and_no_column_gives_are_named_once(root: Path) -> None:
    lacking = words.LACKING.format(fields="Lent on (lent_on)")
    text = MAPPING.replace("  借出: lent_on\n", "").replace("ignore: [备注]", "ignore: [备注, 借出]")
    code, said = taken(root, ledger(root, *ROWS), mapping=mapping(root, text))
    assert code == 1
    assert [line for line in said if "lent_on" in line] == [f"台账  {lacking.en}"]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_mapping_takes_a_ledger_into_the_sample(tree: Path, readme: str) -> None:
    (text,) = re.findall(r"```yaml\n(form: .*?)```", (ROOT / readme).read_text("utf-8"), re.DOTALL)
    for pair in (("user.name", "Anna"), ("user.email", "anna@example.com")):
        git(tree, "config", *pair)
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "索赔台账"
    page.append(("序号", "旧编号", "提出时间", "顾客", "类别", "事由", "金额"))
    page.append((1, "SP-07", datetime(2026, 11, 23, 9, 30), "C0001", "折让", "端子色差", 3500))  # noqa: DTZ001  Excel has no zones
    book.save(tree.parent / "ledger.xlsx")
    code, said = taken(tree, tree.parent / "ledger.xlsx", mapping=mapping(tree, text))
    assert code == 0, said
    assert said[0] == "索赔台账!A2  new record CL-2026-0004: 7 fields"
    assert "0 fields of 0 records change; 1 new records; 0 new rows" in said
