from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ledgerbook, ledgerpress, listingtext, load, registers, rulebook, table
from generator.listing import Listing
from generator.model import Library
from generator.registers import Selection
from generator.sheet import Print
from generator.terms import Language, house
from tests import registers_build
from tests.conftest import GOLDEN, ROOT
from tests.registers_build import loan, small
from tests.stringify import stringify

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it
KEYS = sorted(path.stem for path in (ROOT / "schemas").glob("*.yaml") if "\nx-register:" in path.read_text("utf-8"))
ALL = Selection()
MARK = Print(house.DRAFT, house.NOT_COMMITTED)
THREE = {
    "TL_2026_0001": loan(price="10", pieces="1"),
    "TL_2026_0002": loan(number="TL-2026-0002", price="30.5", pieces="2", kind="power", lent_on="2026-04-01"),
    "TL_2026_0003": loan(number="TL-2026-0003", price="20", pieces="3", tool="'=1+1'", lent_on="2026-05-01"),
}


def shown(root: Path, key: str = "loans", selection: Selection = ALL, *, language: Language = Language.EN) -> Listing:
    library = load.library(root)
    return ledgerpress.made(library.registers[key], rulebook.world(library, NOW), selection, language)


def numbers(listing: Listing) -> list[str]:
    return [row.number for row in listing.rows]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return registers_build.examples(tmp_path_factory.mktemp("pack"))


@pytest.mark.parametrize("key", KEYS)
def test_every_register_prints_what_it_did(pack: Path, key: str, golden: Callable[[str, str], None]) -> None:
    listing = shown(pack, key, language=Language.BOTH)
    golden(f"registers/{key}.txt", stringify(ledgerbook.docx(listing, MARK, ledgerpress.link)))


def test_no_golden_register_is_left_over() -> None:
    assert {path.stem for path in (GOLDEN / "registers").glob("*.txt")} == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_every_view_of_a_register_shows_a_part_of_it(pack: Path, key: str) -> None:
    whole = shown(pack, key)
    for view in whole.register.views:
        part = shown(pack, key, Selection(view=view.key))
        assert set(numbers(part)) <= set(numbers(whole)), view.key


@pytest.mark.parametrize("key", KEYS)
def test_every_register_is_named_in_its_procedure_or_has_none_yet(key: str) -> None:
    register = load.library(ROOT).registers[key]
    assert re.fullmatch(r"CF-\d\d-\d\d", register.number)
    assert register.number.startswith(register.procedure.replace("CP", "CF"))
    assert register.covers
    assert register.retention_years


def test_lines_stand_in_their_order_with_links_and_totals(tmp_path: Path) -> None:
    listing = shown(small(tmp_path, **THREE))
    assert numbers(listing) == ["TL-2026-0002", "TL-2026-0003", "TL-2026-0001"]
    assert listing.totals == ("Total", "", "", "", "60.5 CNY", "6", "131")
    assert [sums.rows for sums in listing.tables] == [(("手动 Hand", "2", "4"), ("电动 Power", "1", "2"))]
    page = listingtext.as_html(listing, ledgerpress.link)
    assert 'href="../loan/TL-2026-0002.pdf"' in page
    day, price, pieces, value = re.findall(r"<td[^>]*>(?:(?!<td).)*", page.split("<tr>")[2])[3:]
    assert day == "<td><span>2026-04-01</span></td>", "a day is not broken after its hyphens"
    assert all(each.startswith('<td class="n">') for each in (price, pieces, value)), "figures stand to the right"
    assert '<td class="n">60.5 CNY</td><td class="n">6</td><td class="n">131</td></tr>' in page, "so do their sums"
    assert page.count('<th class="n">') == 3 + 2, "with their heads, those of the sums below among them"


def test_a_workbook_to_read_shows_days_and_whole_texts_and_prints_legibly() -> None:
    heads = (table.Head("day", "日期 Day", 5), table.Head("text", "Text", 10), table.Head("sum", "Sum", 10))
    rows = ((date(2026, 3, 2), "字" * 40, Decimal("1.5")), (None, "short", None))
    wide = tuple(table.Head("", "x", 100) for _ in range(5))
    sheets = (table.Sheet("one", heads, rows, foot=("", "", "1.5")), table.Sheet("two", wide, (("x",) * 5,)))
    one, two = openpyxl.load_workbook(BytesIO(table.listed(*sheets, about="EX-02 A & B"))).worksheets
    assert one.column_dimensions["A"].width >= 12, "a day is not shown as ###"
    assert one.row_dimensions[2].height > 8 * 15, "a long text is not cut off"
    assert one.row_dimensions[3].height is None
    assert (one["C2"].alignment.horizontal, one["C4"].alignment.horizontal) == ("right", "right")
    assert one.oddHeader.left.text == "EX-02 A && B"
    assert (one.page_setup.paperSize, one.page_setup.fitToHeight, one.page_setup.scale) == (table.A4, 0, None)
    assert (two.page_setup.paperSize, two.page_setup.fitToHeight, two.page_setup.scale) == (table.A3, None, table.SCALE)
    assert not one["A9"].border.left.style, "what nobody fills has no frame"


def test_a_period_a_view_and_a_customer_choose_lines(tmp_path: Path) -> None:
    root = small(tmp_path, **THREE)
    assert numbers(shown(root, selection=Selection(start="2026-04-01", end="2026-04-30"))) == ["TL-2026-0002"]
    assert numbers(shown(root, selection=Selection(start="2026-04-02"))) == ["TL-2026-0003"]
    assert numbers(shown(root, selection=Selection(end="2026-03-31"))) == ["TL-2026-0001"]
    assert numbers(shown(root, selection=Selection(view="hand"))) == ["TL-2026-0003", "TL-2026-0001"]
    assert numbers(shown(root, selection=Selection(customer="C0001"))) == []


def test_one_line_a_row_of_a_table_and_groups_with_their_own_totals(tmp_path: Path) -> None:
    text = registers_build.REGISTER.replace("{form: loan,", "{form: loan, rows: parts,")
    text = text.replace("number: {}", "number: {}\n    part: {}\n    count: {total: sum}").replace("[-price]", "[part]")
    root = small(tmp_path, text.replace("  order:", "  group: number\n  order:"), **THREE)
    listing = shown(root)
    assert [(block.title, block.totals[2]) for block in listing.blocks] == [
        ("TL-2026-0001", "1.10"),
        ("TL-2026-0002", "1.10"),
        ("TL-2026-0003", "1.10"),
    ]
    assert [row.position for row in listing.rows] == [0, 0, 0]


def test_an_empty_register_says_so_in_every_format(tmp_path: Path) -> None:
    listing = shown(small(tmp_path), selection=Selection(start="2030-01-01"))
    assert "no records in this period" in listingtext.as_text(listing)
    assert "no records in this period" in listingtext.as_html(listing, ledgerpress.link)
    assert "no records in this period" in stringify(ledgerbook.docx(listing, MARK, ledgerpress.link))
    assert json.loads(listingtext.as_json(listing))["rows"] == []
    assert openpyxl.load_workbook(BytesIO(ledgerpress.workbook(listing))).worksheets[0].max_row >= 1


def test_no_text_becomes_a_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    listing = shown(small(tmp_path, **THREE))
    rows = list(csv.reader(StringIO(listingtext.as_csv(listing))))
    assert rows[2][1] == "'=1+1"
    page = openpyxl.load_workbook(BytesIO(ledgerpress.workbook(listing))).worksheets[0]
    assert (page["B3"].value, page["B3"].data_type, page["B3"].quotePrefix) == ("=1+1", "s", True)


def test_numbers_and_dates_are_such_in_excel(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(BytesIO(ledgerpress.workbook(shown(small(tmp_path, **THREE))))).worksheets[0]
    assert (page["D2"].value, page["E2"].value) == (datetime(2026, 4, 1), 30.5)  # noqa: DTZ001  Excel has no zones
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:G4"
    assert page["A2"].hyperlink.target.replace("\\", "/") == "../loan/TL-2026-0002.pdf"


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    listing = shown(small(tmp_path, **THREE))
    assert ledgerpress.workbook(listing) == ledgerpress.workbook(listing)
    assert ledgerbook.docx(listing, MARK, ledgerpress.link) == ledgerbook.docx(listing, MARK, ledgerpress.link)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("form: loan, period", "form: lone, period", 7, "lone"),
        ("period: lent_on", "period: lent_no", 7, "lent_no"),
        ("tool: {}", "tol: {}", 11, "tol"),
        ("price * pieces", "price * peices", 16, "peices"),
        ("price * pieces", "price * ", 16, "not a CEL expression at character 9"),
        ("[-price]", "[-cost]", 8, "cost"),
        ("kind == 'hand'", "kid == 'hand'", 18, "kid"),
        ("value: pieces, zh", "value: peices, zh", 27, "peices"),
        ("by: {kind: kind}", "by: {kind: kid}", 24, "kid"),
        (", zh: 总值, en: Value", "", 16, "zh"),
    ],
)
def test_a_name_that_points_to_nothing_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in registers_build.REGISTER
    root = small(tmp_path, registers_build.REGISTER.replace(old, new))
    found = [each for each in rulebook.judged(load.library(root), NOW).findings if each.path == "schemas/loans.yaml"]
    assert {(each.line, each.rule) for each in found} == {(line, "register.definition")}
    assert said in found[0].message.en


def test_a_key_that_no_register_has_and_a_number_that_is_taken_are_found(tmp_path: Path) -> None:
    text = registers_build.REGISTER.replace("  procedure:", "  colour: red\n  procedure:")
    assert [each.rule for each in load.library(small(tmp_path / "one", text)).findings] == ["definition"]
    text = registers_build.REGISTER.replace("EX-02", "EX-01")
    assert [each.rule for each in load.library(small(tmp_path / "two", text)).findings] == ["definition.number"]


@cache
def lending(root: Path) -> Library:
    return load.library(small(root))


AMOUNTS = st.decimals(0, 10**6, places=2)
LOANS = st.lists(
    st.tuples(st.none() | AMOUNTS, st.none() | st.integers(0, 10**6), st.sampled_from([None, "hand", "power"])),
    max_size=12,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lending")


@given(loans=LOANS)
def test_totals_equal_the_sum_over_the_records_for_any_records(
    place: Path, loans: list[tuple[Decimal | None, int | None, str | None]]
) -> None:
    library = lending(place)
    one = library.records["loan"]["TL-2026-0001"]
    made = {}
    for position, (price, pieces, kind) in enumerate(loans):
        number = f"TL-2026-{position:04d}"
        filled = {"price": price, "pieces": pieces, "kind": kind}
        values = {key: value for key, value in one.values.items() if key not in filled}
        values |= {key: value for key, value in filled.items() if value is not None} | {"number": number}
        made[number] = replace(one, number=number, values=values)
    seen = rulebook.world(replace(library, records={**library.records, "loan": made}), NOW)
    register = replace(library.registers["loans"], group="kind")
    lines = registers.entries(register, seen, Selection(), lambda _: None)
    totals = dict(zip([column.key for column in register.columns], registers.totals(register, lines), strict=True))
    assert len(lines) == len(loans)
    assert totals["price"] == sum((price for price, _, _ in loans if price is not None), start=Decimal())
    assert totals["pieces"] == sum(pieces for _, pieces, _ in loans if pieces is not None)
    groups = [registers.totals(register, found)[5] for _, found in registers.grouped(register, lines)]
    assert sum(groups) == totals["pieces"]
    listing = ledgerpress.made(library.registers["loans"], seen, Selection(), Language.EN)
    assert sum(Decimal(row[2]) for row in listing.tables[0].rows) == totals["pieces"]


def test_a_register_of_a_form_that_is_not_kept_is_a_finding_unless_it_says_so(tmp_path: Path) -> None:
    text = registers_build.REGISTER.replace(
        "{form: loan, period: lent_on}", "[{form: loan}, {form: lease, if_kept: true}]"
    )
    root = small(tmp_path, text, **THREE)
    assert [each for each in rulebook.judged(load.library(root), NOW).findings if "loans" in each.path] == []
    assert len(shown(root).rows) == 3


@pytest.mark.parametrize(
    ("texts", "is_right"),
    [
        (("1,234.50 CNY", "-3"), True),
        (("83.33%", ""), True),
        (("12 天",), True),
        (("2026-03",), False),
        (("16:20",), False),
        (("5", "A-5"), False),
        (("", ""), False),
    ],
)
def test_columns_of_figures_stand_to_the_right_and_dates_do_not(texts: tuple[str, ...], *, is_right: bool) -> None:
    page = listingtext.html_table([("head",), *((each,) for each in texts)])
    assert page.count(' class="n"') == (len(texts) + 1 if is_right else 0)
