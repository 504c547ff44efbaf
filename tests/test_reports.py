from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import load, periods, reports, rulebook, tabulation
from generator.ledgers import Trend
from generator.model import Library
from generator.periods import Period
from generator.reports import Result
from tests import reports_build
from tests.reports_build import FIVE, repository

PIECES = "count: {kind: sum, value: pieces, window: before}\n        month: {kind: sum, value: pieces,"
NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def computed(library: Library, written: dict[str, Any] | None = None) -> Result:
    form = library.forms["loan-monthly"]
    assert form.report is not None
    return reports.computed(form, form.report, rulebook.world(library, NOW), MARCH, written or {})


@pytest.fixture
def result(tmp_path: Path) -> Result:
    return computed(load.library(repository(tmp_path, **FIVE)))


def test_figures_are_taken_of_the_month_the_one_before_and_the_year(result: Result) -> None:
    rows = {row["what"]: row for row in result.values["figures"]}
    assert rows["借出 Lent"] == {"what": "借出 Lent", "month": 2, "before": 1, "year": 3}
    assert [rows["件数 Pieces"][key] for key in ("month", "before", "year")] == [3, 3, 6]
    assert rows["中位价 Median price"]["month"] == Decimal("20.25")
    assert rows["P90"]["year"] == Decimal("30.50")
    assert rows["电动率 Share of power tools"]["month"] == 50


@pytest.mark.parametrize(
    ("today", "wanted"),
    [((2026, 3, 31), ["2026-02"]), ((2026, 4, 1), []), ((2026, 4, 30), []), ((2026, 5, 1), ["2026-04"])],
)
def test_a_report_in_use_is_missing_for_the_month_that_is_over(
    tmp_path: Path, today: tuple[int, int, int], wanted: list[str]
) -> None:
    stub = "number: LM-2026-03\ncreated_on: 2026-04-02\nstate: draft\nperiod: 2026-03\n"
    root = repository(tmp_path, **FIVE)
    path = root / "records/loan-monthly/2026/LM-2026-03.yaml"
    assert list(reports.absent(load.library(root), date(*today))) == []
    path.parent.mkdir(parents=True)
    path.write_text(stub, "utf-8")
    library = load.library(root)
    assert library.findings == ()
    assert [(form.key, period) for form, period in reports.absent(library, date(*today))] == [
        ("loan-monthly", each) for each in wanted
    ]


def test_shares_add_up_and_windows_differ_by_column(result: Result) -> None:
    first, second = result.values["by_kind"]
    assert first == {
        "kind": "手动 Hand",
        "count": 2,
        "month": 1,
        "share": Decimal("66.67"),
        "cumulative": Decimal("66.67"),
    }
    assert second == {"kind": "电动 Power", "count": 1, "month": 1, "share": Decimal("33.33"), "cumulative": 100}


def test_a_change_is_against_another_figure_and_against_nothing_there_is_none(tmp_path: Path) -> None:
    changes = (
        ("count: {kind: count}\n        month: {kind: count,", PIECES),
        ("share: {kind: share, of: count}", "share: {kind: change, of: month, against: count}"),
    )
    text = reports_build.REPORT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    hand, power = computed(load.library(repository(tmp_path, text, **FIVE))).values["by_kind"]
    assert [hand["count"], hand["month"], hand["share"]] == [3, 1, Decimal("-66.67")]
    assert ([power["count"], power["month"]], power.get("share")) == ([0, 2], None)


def test_every_month_since_records_began_has_a_line_and_every_band(result: Result) -> None:
    trend = {row["month"]: row["count"] for row in result.values["trend"]}
    assert list(trend) == periods_of("2025-12", 4)
    assert (trend["2025-12"], trend["2026-01"], trend["2026-02"], trend["2026-03"]) == (1, 0, 1, 2)
    assert [(row["band"], row["count"]) for row in result.values["bands"]] == [("≤ 10", 1), ("10–20", 2), ("> 20", 1)]


def periods_of(first: str, count: int) -> list[str]:
    year, month = map(int, first.split("-"))
    return [f"{year + (month - 1 + each) // 12}-{(month - 1 + each) % 12 + 1:02d}" for each in range(count)]


@pytest.mark.parametrize(
    ("first", "start"),
    [("2025-05-31", "2025-05-31"), ("2024-05-31", "2025-03-01"), ("2026-04-01", "2025-03-01"), ("", "2025-03-01")],
)
def test_a_trend_begins_where_records_do(first: str, start: str) -> None:
    window = periods.window("13 months", MARCH)
    assert periods.begun(window, first) == replace(window, start=date.fromisoformat(start))


def test_records_are_listed_in_their_order(result: Result) -> None:
    assert [(row["number"], row["price"]) for row in result.values["loans"]] == [
        ("TL-2026-0002", Decimal("30.5")),
        ("TL-2026-0001", 10),
    ]


def test_a_divisor_that_a_person_wrote_gives_the_ppm(tmp_path: Path) -> None:
    library = load.library(repository(tmp_path, **FIVE))
    found = computed(library, {"stock": [{"month": "2026-03", "quantity": Decimal(1000)}]})
    assert [row.get("ppm") for row in found.values["trend"]][-2:] == [None, 3000]


def test_each_figure_says_how_and_from_which_records(result: Result) -> None:
    evidence = {each.field.en: each for each in result.evidence}
    assert evidence["by_kind"].records == ("TL-2026-0001", "TL-2026-0002", "TL-2026-0003")
    assert set(evidence["loans"].records) == {"TL-2026-0001", "TL-2026-0002"}
    assert "2026-01-01 – 2026-03-31" in evidence["by_kind"].how
    assert "P90(price)" in evidence["figures"].how
    assert "ppm(pieces | stock.quantity)" in evidence["trend"].how


@pytest.mark.parametrize(
    ("values", "is_abnormal"),
    [
        ([0] * 9 + [1, 2, 3, 4], True),
        ([1, 2] * 4 + [1, 1, 2, 2, 3], False),
        ([1, 2] * 6 + [9], True),
        ([1, 2] * 6 + [2], False),
        ([5, 9], False),
    ],
)
def test_a_trend_is_abnormal_when_it_rises_or_stands_out(
    tmp_path: Path, values: list[int], *, is_abnormal: bool
) -> None:
    seen = rulebook.world(load.library(repository(tmp_path)), NOW)
    trend = Trend("abnormal", "trend", "count", "loan.trend_rule")
    assert reports.is_abnormal([{"count": each} for each in values], trend, seen) is is_abnormal


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "from: {form: loan, period: lent_on}\n      by: {kind: kind}",
            "from: {form: lone}\n      by: {kind: kind}",
            "lone",
        ),
        ("value: pieces}", "value: peices}", "peices"),
        ("share, of: count", "share, of: cuont", "cuont"),
        ("share, of: count", "change, of: count, against: muonth", "muonth"),
        ("order: [-price]", "order: [-cost]", "cost"),
        ("price: price}", "price: prise}", "prise"),
        ("table: trend, column: count", "table: trent, column: count", "trent"),
        ("values: [count, cumulative]", "values: [count, cumulate]", "cumulate"),
        ("setting: loan.trend_rule", "setting: loan.rule", "loan.rule"),
        ("evidence: evidence", "evidence: proof", "proof"),
    ],
)
def test_a_name_in_a_report_that_points_to_nothing_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in reports_build.REPORT
    root = repository(tmp_path, reports_build.REPORT.replace(old, new, 1))
    found = [each for each in rulebook.judged(load.library(root), NOW).findings if "monthly" in each.path]
    assert {each.rule for each in found} == {"report.definition"}
    assert all(said in each.message.en for each in found)


@pytest.mark.parametrize(
    ("step", "text", "start", "end"),
    [
        ("month", "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("half_year", "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("year", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("week", "2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
    ],
)
def test_a_period_is_read_as_people_write_it(step: str, text: str, start: date, end: date) -> None:
    read = periods.read(step, text)
    assert read is not None
    assert (read.start, read.end) == (start, end)
    assert periods.bucket(step, start.isoformat()) == periods.bucket(step, end.isoformat()) == text
    assert periods.read(step, text + "x") is None


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(DAYS, st.sampled_from(["week", "month", "quarter", "half_year", "year"]))
def test_a_period_and_the_one_before_meet(day: date, step: str) -> None:
    read = periods.read(step, periods.current(step, day))
    assert read is not None
    assert read.holds(day.isoformat())
    before = periods.window("before", read)
    assert before.end + timedelta(days=1) == read.start
    assert before.start < read.start
    assert periods.buckets(step, read) == (periods.current(step, day),)


@pytest.fixture(scope="module")
def lending(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load.library(repository(tmp_path_factory.mktemp("lending"), **FIVE))


@given(st.lists(st.tuples(DAYS, st.sampled_from([None, "hand", "power"]), st.integers(0, 99)), max_size=15))
def test_tables_count_every_record_of_their_window_once(
    lending: Library, loans: list[tuple[date, str | None, int]]
) -> None:
    one = lending.records["loan"]["TL-2026-0001"]
    made = {}
    for position, (day, kind, pieces) in enumerate(loans):
        number = f"TL-2026-{position:04d}"
        values = {key: value for key, value in one.values.items() if key != "kind"}
        values |= {"number": number, "lent_on": day.isoformat(), "pieces": pieces} | ({"kind": kind} if kind else {})
        made[number] = replace(one, number=number, values=values)
    found = computed(replace(lending, records={**lending.records, "loan": made})).values
    year = [each for each in loans if date(2026, 1, 1) <= each[0] <= MARCH.end]
    months = [each for each in loans if date(2025, 3, 1) <= each[0] <= MARCH.end]
    assert sum(row["count"] for row in found["by_kind"]) == len(year)
    assert sum(row["count"] for row in found["trend"]) == len(months)
    assert found["figures"][1]["year"] == sum(each[2] for each in year)
    if year:
        assert found["by_kind"][-1]["cumulative"] == 100


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 99))
def test_a_percentile_is_a_value_that_was_measured(values: list[float], place: int) -> None:
    found = tabulation.percentile(values, place)
    assert found in values
    assert sum(each <= found for each in values) >= len(values) * place / 100
