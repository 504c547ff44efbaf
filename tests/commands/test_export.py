from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import workbooks
from generator.commands import export
from generator.errors import GeneratorError
from generator.terms import Language
from tests.registers_build import loan, small
from tests.test_registers import THREE

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it


def book(root: Path, key: str, output: Path | None = None) -> openpyxl.Workbook:
    said: list[str] = []
    assert export.run(root, key, output=output, now=NOW, language=Language.EN, say=said.append) == 0
    return openpyxl.load_workbook(output or root / f"out/export/{key}.xlsx")


def column(page: Any, key: str) -> str:
    """The letter of a column by the key in row 2."""
    return str(next(cell.column_letter for cell in page[2] if cell.value == key))


def test_a_form_becomes_a_sheet_and_one_for_each_of_its_tables(tmp_path: Path) -> None:
    made = book(small(tmp_path, **THREE), "loan")
    assert made.sheetnames == ["loan", "parts", "_lists", "_wenkong"]
    assert [made[name].sheet_state for name in made.sheetnames] == ["visible", "visible", "hidden", "hidden"]
    page = made["loan"]
    assert [page[f"{column(page, key)}1"].value for key in ("tool", "price")] == ["工具 Tool", "价格 Price [CNY]"]
    assert page.row_dimensions[2].hidden
    assert page.freeze_panes == "B3"
    assert [page[f"A{row}"].value for row in (3, 4, 5)] == ["TL-2026-0001", "TL-2026-0002", "TL-2026-0003"]
    assert [cell.value for cell in made["parts"][3]][:3] == ["TL-2026-0001", "007", 1.1]


def test_numbers_are_protected_and_all_else_is_open(tmp_path: Path) -> None:
    page = book(small(tmp_path, **THREE), "loan")["loan"]
    assert page.protection.sheet
    locked = {page[f"{column(page, key)}3"].protection.locked for key in ("number", "created_on", "state", "_base")}
    assert locked == {True}
    assert not page[f"{column(page, 'tool')}3"].protection.locked
    hidden = page.column_dimensions[column(page, "_record")]
    assert (hidden.hidden, hidden.min, hidden.max) == (True, page.max_column - 2, page.max_column)


def test_choices_booleans_and_references_have_drop_downs(tmp_path: Path) -> None:
    page = book(small(tmp_path, **THREE, TL_2026_0004=loan(number="TL-2026-0004")), "loan")["loan"]
    ranges = {str(each.sqref).split(":")[0] for each in page.data_validations.dataValidation}
    assert ranges == {f"{column(page, key)}3" for key in ("kind", "is_new", "follows")}
    assert page[f"{column(page, 'kind')}4"].value == "电动 Power"
    assert page[f"{column(page, 'lent_on')}3"].value == datetime(2026, 3, 2)  # noqa: DTZ001  Excel has no zones


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    page = book(small(tmp_path, **THREE), "loan")["loan"]
    cell = page[f"{column(page, 'tool')}5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_each_cell_has_a_base_that_changes_with_it_alone(tmp_path: Path) -> None:
    one = book(small(tmp_path / "a", **THREE), "loan")["loan"]
    changed = {**THREE, "TL_2026_0001": loan(price="11", pieces="1")}
    two = book(small(tmp_path / "b", **changed), "loan")["loan"]
    place = column(one, "_base")
    first, second = (page[f"{place}3"].value.split("-") for page in (one, two))
    differing = [index for index, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    assert [one.cell(2, index + 1).value for index in differing] == ["price"]
    assert one[f"{place}4"].value == two[f"{place}4"].value


def test_a_register_is_exported_with_its_computed_columns_locked(tmp_path: Path) -> None:
    made = book(small(tmp_path, **THREE), "loans", tmp_path / "mine.xlsx")
    page = made["loans"]
    assert [page[f"{column(page, key)}3"].protection.locked for key in ("number", "tool", "value")] == [
        True,
        False,
        True,
    ]
    assert [cell.value for cell in page["A"]][2:] == ["TL-2026-0002", "TL-2026-0003", "TL-2026-0001"]
    about = {row[0].value: row[1].value for row in made["_wenkong"]}
    assert (about["kind"], about["key"], about["revision"]) == ("register", "loans", "A/0")


def test_what_does_not_exist_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError) as caught:
        book(small(tmp_path), "lone")
    assert caught.value.text.en == "there is no form or register lone, did you mean 'loan'?"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_has_one_base_however_it_is_written(number: Decimal) -> None:
    assert workbooks.base(number) == workbooks.base(number * Decimal("1.000"))
    assert workbooks.base(number) != workbooks.base(number + 1)
    assert workbooks.base(str(number)) != workbooks.base(number)
