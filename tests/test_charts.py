from __future__ import annotations

import math
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator import charts, limits
from generator.ledgers import Drawing, Series
from generator.terms import Language, Text

COUNT = Series(Text("件数", "Complaints"), (5, 4, None, 1))
LABELS = ("毛刺 burr", "错标 label", "孔位", "锈")
DRAWINGS = {
    "pareto": (COUNT, Series(Text("累计占比", "Cumulative"), (50, 90, 90, 100))),
    "trend": (
        COUNT,
        Series(Text("目标", "Target"), (2, 2, 2, 2), "target"),
        Series(Text("去年", "Last year"), (1, None, 3, 1), "last_year"),
    ),
    "run": (
        Series(Text("按时率", "On time"), (100, 20, None, 98)),
        Series(Text("件数", "Number"), (20, 25, 0, 30), "of"),
    ),
    "stacked": (COUNT, Series(Text("满意", "Satisfied"), (1, 2, 3, 4))),
    "grouped": (COUNT, Series(Text("满意", "Satisfied"), (1, 2, 3, 4))),
    "distribution": (COUNT,),
    "ageing": (COUNT,),
}


def drawing(kind: str) -> Drawing:
    return Drawing(kind, Text("图", "Chart"), LABELS, DRAWINGS[kind], limit=1 if kind == "distribution" else -1)


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_the_same_figures_give_the_same_picture(kind: str) -> None:
    picture = charts.png(drawing(kind), Language.BOTH)
    assert picture == charts.png(drawing(kind), Language.BOTH)
    assert charts.svg(drawing(kind), Language.EN) == charts.svg(drawing(kind), Language.EN)
    with Image.open(BytesIO(picture)) as image:
        assert image.size == (1298, 638)


def test_every_kind_that_a_definition_may_name_is_drawn() -> None:
    assert set(DRAWINGS) == set(charts.KINDS)


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_other_figures_give_another_picture(kind: str) -> None:
    other = Drawing(kind, Text("图", "Chart"), LABELS, (Series(COUNT.label, (1, 1, 1, 9)), *DRAWINGS[kind][1:]))
    assert charts.png(other, Language.BOTH) != charts.png(drawing(kind), Language.BOTH)


def test_series_are_told_apart_without_colour() -> None:
    grey = [(charts.FILLS[place], charts.HATCHES[place]) for place in range(len(charts.FILLS))]
    assert len(set(grey)) == len(grey)
    assert len(set(zip(charts.MARKERS, charts.DASHES, strict=True))) == len(charts.MARKERS)


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("品质 Quality", "交期 Delivery"), ["品质 Quality", "交期 Delivery"]),
        (("客诉处理 Complaints", "HSF", "品质", "交期", "价格", "服务"), ["客诉处理\nComplaints", "HSF"]),
        (
            ("A 类顾客的全部投诉处理记录清单表", "HSF", "品质", "交期", "价格", "服务"),
            ["A 类顾客的全部投诉处理记录清…", "HSF"],
        ),
    ],
    ids=["room enough", "both tongues", "one tongue"],
)
def test_names_below_bars_that_would_touch_go_on_in_a_second_line(labels: tuple[str, ...], shown: list[str]) -> None:
    series = (Series(COUNT.label, tuple(range(len(labels)))),)
    figure = charts._drawn(Drawing("grouped", Text("图", "Chart"), labels, series), Language.BOTH)  # noqa: SLF001  svg has no letters
    assert [each.get_text() for each in figure.axes[0].get_xticklabels()][:2] == shown


def test_an_svg_holds_nothing_from_outside() -> None:
    text = charts.svg(drawing("stacked"), Language.ZH)
    assert text.startswith("<svg")
    assert 'href="http' not in text
    assert "font-family" not in text


@given(st.floats(0, 100), st.lists(st.integers(1, 10_000), min_size=1, max_size=20))
def test_the_mean_lies_within_the_limits_and_more_records_narrow_them(mean: float, sizes: list[int]) -> None:
    upper, lower = limits.around(mean, sizes)
    assert all(0 <= low <= mean + 1e-9 and mean - 1e-9 <= high <= 100 for high, low in zip(upper, lower, strict=True))
    assert not any(limits.is_out(mean, high, low) for high, low in zip(upper, lower, strict=True))
    wider, _ = limits.around(mean, [size * 4 for size in sizes])
    assert all(one <= other + 1e-9 for one, other in zip(wider, upper, strict=True))


def test_the_band_of_a_rate_knows_the_points_outside_it() -> None:
    rate, behind = DRAWINGS["run"]
    band = limits.band(rate.values, behind.values)
    assert band is not None
    assert (round(band.mean, 2), band.out) == (72.53, (1, 3))
    assert limits.band(rate.values, (0, None, 0, None)) is None


def test_where_nothing_was_counted_there_are_no_limits() -> None:
    upper, lower = limits.around(90, (4, 0, None))
    assert [math.isnan(each) for each in (*upper, *lower)] == [False, True, True] * 2


def test_numbers_above_bars_are_written_as_people_write_them() -> None:
    values = (8642300.0, 0.125, 12.0)
    assert [charts.said(value) for value in values] == ["8,642,300", "0.12", "12"]
