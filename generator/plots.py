"""Native charts of a workbook, told apart in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any


class Shape(Enum):
    """How the bars of a chart stand: beside each other, on each other, or lying with the first on top."""

    STANDING = "column"
    STACKED = "stacked"
    LYING = "bar"


@dataclass(frozen=True)
class Plot:
    """A native chart beside the rows of its sheet: each series names its column, and its look: a bar ("") or a line."""

    sheet: str
    title: str
    labels: int
    series: tuple[tuple[int, str], ...]
    shape: Shape = Shape.STANDING


def insert(book: Any, page: Any, rows: Sequence[Sequence[Any]], plot: Plot, corner: tuple[int, int]) -> None:
    """A native chart with a cell as its corner: bars with lines over them, the share on an axis of its own.

    `book` and `page` are those that the workbook is written with.
    """
    last = max(len(rows), 1)
    made: dict[str, Any] = {}
    for number, (column, look) in enumerate(plot.series):
        kind = "line" if look else BARS[plot.shape]["type"]
        if kind not in made:
            made[kind] = book.add_chart({"type": kind} if look else BARS[plot.shape])
        made[kind].add_series(
            {
                "name": [plot.sheet, 0, column],
                "categories": [plot.sheet, 1, plot.labels, last, plot.labels],
                "values": [plot.sheet, 1, column, last, column],
                "y2_axis": look == "share",
                "data_labels": {"value": plot.shape is Shape.LYING},
                **(_line_look(look, number) if look else _column_look(number)),
            }
        )
    lines = made.pop("line", None)
    chart = next(iter(made.values()), lines)
    if chart is not lines and lines:
        lines.set_y2_axis({"min": 0, "max": 100, "num_format": '0"%"'})
        chart.combine(lines)
    axis = _axis([row[column] for row in rows for column, look in plot.series if look != "share"])
    axis |= {"min": 0, "max": 100} if any(look == "limit" for _, look in plot.series) else {}
    if plot.shape is Shape.LYING:
        chart.set_x_axis({**axis, "label_position": "high"})  # turned over, the top is the far end
        chart.set_y_axis({"reverse": True})
    else:
        chart.set_y_axis(axis)
    chart.set_title({"name": plot.title, "name_font": {"size": 12}})
    chart.set_size({"width": 640, "height": 320})
    chart.set_legend({"position": "bottom"})
    page.insert_chart(*corner, chart)


BARS: Mapping[Shape, Mapping[str, str]] = {
    Shape.STANDING: {"type": "column"},
    Shape.STACKED: {"type": "column", "subtype": "stacked"},
    Shape.LYING: {"type": "bar"},
}


def _axis(values: Sequence[Any]) -> dict[str, Any]:
    """Few things are counted one by one, many have their thousands parted."""
    numbers = [float(each) for each in values if isinstance(each, int | float | Decimal)]
    most = max(numbers, default=0)
    if most > FEW:
        return {"num_format": "#,##0"}
    return {"major_unit": 1} if all(each.is_integer() for each in numbers) else {}


FEW = 10
"""Up to so many things every one has its line on the axis."""
GREYS = ("#1F4E79", "#98A2B3", "#D0D5DD", "#475467", "#EAECF0")
MARKERS = ("circle", "square", "triangle", "diamond")


LINES: Mapping[str, Mapping[str, Any]] = {
    "mean": {"line": {"color": "#1F2A37", "width": 1}},
    "limit": {"line": {"color": "#475467", "width": 1.25, "dash_type": "dash"}},
    "out": {"line": {"none": True}, "marker": {"type": "diamond", "size": 12, "fill": {"color": "#1F2A37"}}},
    "target": {"line": {"color": "#1F2A37", "width": 1.25, "dash_type": "dash"}},
    "last_year": {
        "line": {"color": "#98A2B3", "width": 1.25, "dash_type": "round_dot"},
        "marker": {"type": "x", "size": 6},
    },
}
"""Lines that are told apart in black and white; those not named here by their marker."""


def _line_look(look: str, number: int) -> Mapping[str, Any]:
    colour = GREYS[number % len(GREYS)]
    marker = {"type": MARKERS[number % len(MARKERS)], "size": 6}
    return LINES.get(look, {"line": {"color": colour, "width": 1.75}, "marker": marker})


def _column_look(number: int) -> dict[str, Any]:
    return {"fill": {"color": GREYS[number % len(GREYS)]}, "border": {"color": "#1F2A37"}, "gap": 60}
