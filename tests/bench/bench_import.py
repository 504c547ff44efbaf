"""How long five thousand rows take out to a workbook and back, beside a bare reading of that workbook."""

from __future__ import annotations

import io
import sys
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from generator import load, merging, spreadsheet, table, workbooks
from generator.merging import Merge
from tests.registers_build import small

ROWS = 5_000
OUT, IN = 1.5, 2.5
"""So many times a bare reading; measured 0.9 out and 1.6 in."""


@pytest.mark.bench
def test_five_thousand_rows_out_and_back(tmp_path: Path) -> None:
    library = load.library(small(tmp_path))
    record = next(iter(library.records["loan"].values()))
    numbers = [f"TL-2026-{place:04d}" for place in range(1, ROWS + 1)]
    many = {each: replace(record, number=each, values={**record.values, "number": each}) for each in numbers}
    library = replace(library, records={**library.records, "loan": many})
    plans = list(workbooks.form_plans(library.forms["loan"]))
    start = time.process_time()
    sheets = list(workbooks.records_sheets(library.forms["loan"], library))
    columns = {each.name: [head.key for head in each.heads if not head.is_hidden] for each in sheets}
    content = table.filled(*sheets, about=())
    written = time.process_time()
    merge = merging.merged(spreadsheet.read(content, "book.xlsx"), plans, columns, library)
    merged = time.process_time()
    openpyxl.load_workbook(io.BytesIO(content))
    bare = time.process_time() - merged
    out, back = (written - start) / bare, (merged - written) / bare
    sys.stdout.write(f"\n{ROWS} rows: out {out:.2f}, in {back:.2f} of a bare reading, {merged - start:.1f} s of CPU\n")
    assert merge == Merge(places=merge.places)
    assert len(merge.places) == ROWS
    assert out <= OUT
    assert back <= IN
