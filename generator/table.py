"""Tables for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

WIDEST = 60


def workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet with a frozen, filtered head; everything is text, so nothing becomes a formula."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.write_row(0, 0, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, plain)
    for column, title in enumerate(head):
        longest = max([len(title), *(len(row[column]) for row in rows)])
        sheet.set_column(column, column, min(longest * 1.6 + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
    book.close()
    return stream.getvalue()
