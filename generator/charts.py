"""Pictures of figures in print quality: the same bytes for the same figures, and clear without colour."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from matplotlib import font_manager, rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from generator import limits
from generator.ledgers import Drawing, Series
from generator.terms import Language
from generator.terms import registers as words

FONT = Path(__file__).resolve().parent / "fonts" / "NotoSansSC-Regular.ttf"
SIZE = (5.9, 2.9)
"""Width and height in inches, as they stand on paper."""
DPI = 220
INK, GREY, PALE, ACCENT = "#1F2A37", "#98A2B3", "#D0D5DD", "#1F4E79"
FILLS = ("#1F4E79", "#FFFFFF", "#98A2B3", "#E4E7EC", "#475467", "#FFFFFF")
HATCHES = ("", "////", "", "....", "xxxx", "\\\\\\\\")
"""Bars are told apart by shade and hatch, lines by dash and marker, so that a black-and-white copy reads the same."""
MARKERS, DASHES = ("o", "s", "^", "D"), ("-", "--", ":", "-.")
STYLE: Mapping[str, Any] = {
    "font.size": 7.5,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.unicode_minus": False,
    "hatch.linewidth": 0.5,
    "svg.hashsalt": "wenkong",
    "svg.fonttype": "path",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
TURNED = 7
"""Labels longer than this are turned where there are many."""
MANY = 6
LONGEST, BROAD = 16, 60
"""Characters of a label along the axis, and of a legend on one line."""
ROOM = 100
"""So many characters stand side by side above bars or below them."""
WIDE = "\u2e80"
"""From here on a sign takes the room of two."""
TONGUES = re.compile(r"(?<=[\u2e80-\uffef]) (?=[A-Za-z])")
"""Where a label in both languages can go on in a line below."""
VITAL = 80
"""The share of all that the vital few make up."""


def png(drawing: Drawing, language: Language) -> bytes:
    """The picture for print."""
    out = BytesIO()
    with _style():
        figure = _drawn(drawing, language)
        FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})
    return out.getvalue()


def svg(drawing: Drawing, language: Language) -> str:
    """The picture for a browser, its letters as outlines."""
    out = StringIO()
    with _style():
        figure = _drawn(drawing, language)
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def _style() -> Any:
    font_manager.fontManager.addfont(FONT)
    name = font_manager.FontProperties(fname=FONT).get_name()
    return rc_context({**STYLE, "font.family": [name]})


def _drawn(drawing: Drawing, language: Language) -> Figure:
    figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    KINDS[drawing.kind](axes, drawing, language)
    return figure


def _bars(axes: Any, places: Sequence[float], series: Series, number: int, *, look: Mapping[str, Any]) -> Any:
    heights = [value or 0 for value in series.values]
    return axes.bar(
        places,
        heights,
        **{"facecolor": FILLS[number % len(FILLS)], "edgecolor": INK, "linewidth": 0.6, **look},
        hatch=HATCHES[number % len(HATCHES)],
    )


def _figures(axes: Any, bars: Any, series: Series, slots: int, size: float = 6.5) -> Any:
    """What each bar is, above it; upright where it would run into its neighbour, nothing where nothing was measured."""
    texts = ["" if value is None else said(value) for value in series.values]
    is_upright = max(map(len, texts), default=0) * slots > ROOM
    return axes.bar_label(bars, texts, fontsize=size, padding=1, rotation=90 if is_upright else 0)


def said(value: float, _: Any = None) -> str:
    """A number as people write it: 8,642,300 and not 8.6423e+06."""
    return f"{round(value, 2):,.10g}"


def _line(axes: Any, series: Series, number: int, label: str) -> None:
    places = [place for place, value in enumerate(series.values) if value is not None]
    values = [value for value in series.values if value is not None]
    look = {"marker": MARKERS[number % len(MARKERS)], "linestyle": DASHES[number % len(DASHES)]}
    face = "white" if number % 2 else ACCENT
    axes.plot(places, values, color=ACCENT, linewidth=1.2, markersize=4, markerfacecolor=face, label=label, **look)


def _ticks(axes: Any, labels: Sequence[str]) -> None:
    is_turned = len(labels) > MANY and max(map(len, labels)) > TURNED - 1
    rotation: dict[str, Any] = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"} if is_turned else {}
    is_crowded = not is_turned and max(map(_breadth, labels), default=0) * len(labels) > ROOM
    shown = ["\n".join(map(_cut, TONGUES.split(label, 1) if is_crowded else [label])) for label in labels]
    axes.set_xticks(range(len(labels)), shown, **rotation)
    axes.tick_params(length=2, width=0.5)
    axes.grid(axis="y", color="#EAECF0", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["right"].set_visible(False)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def _breadth(label: str) -> int:
    return sum(2 if each >= WIDE else 1 for each in label)


def _legend(axes: Any, count: int, *others: Any) -> None:
    handles, labels = axes.get_legend_handles_labels()
    for other in others:
        more = other.get_legend_handles_labels()
        handles, labels = handles + more[0], labels + more[1]
    if len(labels) > count:
        columns = 4 if sum(map(len, labels)) <= BROAD else 3
        axes.figure.legend(handles, labels, loc="outside upper center", ncols=columns, frameon=False)


def _whole(axes: Any) -> None:
    """Counts have whole numbers on their axis."""
    top = max(1, math.ceil(axes.get_ylim()[1]))
    axes.yaxis.set_major_formatter(said)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_ylim(0, top * 1.08)


def _pareto(axes: Any, drawing: Drawing, language: Language) -> None:
    count, *rest = drawing.series
    places, name = range(len(drawing.labels)), count.label.within(language)
    bars = _bars(axes, places, count, 0, look={"width": 0.7, "label": name, "facecolor": PALE})
    _ticks(axes, drawing.labels)
    _whole(axes)
    axes.set_ylabel(name)
    texts = _figures(axes, bars, count, len(places))
    if not rest:
        return
    axes.set_ylim(0, sum(value or 0 for value in count.values) * 1.08 or 1)  # all together stand as high as 100%
    texts[0].set_position((0, -12))  # the line begins on top of the first bar
    share = axes.twinx()
    _line(share, rest[0], 1, rest[0].label.within(language))
    share.axhline(VITAL, color=GREY, linestyle=":", linewidth=0.8)
    share.set_ylim(0, 108)
    share.set_yticks(range(0, 101, 20), [f"{each}%" for each in range(0, 101, 20)])
    share.tick_params(length=2, width=0.5)
    _legend(axes, 1, share)


def _trend(axes: Any, drawing: Drawing, language: Language) -> None:
    number = 0
    for series in drawing.series:
        label = series.label.within(language)
        values = [math.nan if value is None else value for value in series.values]
        if series.role == "target":
            axes.step(range(len(values)), values, where="mid", color=INK, linestyle="--", linewidth=0.9, label=label)
        elif series.role == "last_year":
            look = {"color": GREY, "marker": "x", "markersize": 4, "linestyle": ":", "linewidth": 1}
            axes.plot(range(len(values)), values, label=label, **look)
        else:
            _line(axes, series, number, label)
            number += 1
    _ticks(axes, drawing.labels)
    _whole(axes)
    _legend(axes, 1)


def _run(axes: Any, drawing: Drawing, language: Language) -> None:
    """A rate in per cent with its mean and the limits of three sigma for the number behind each point."""
    rate = next(each for each in drawing.series if not each.role)
    behind = next((each for each in drawing.series if each.role == "of"), None)
    _line(axes, rate, 0, rate.label.within(language))
    sizes = behind.values if behind else (None,) * len(rate.values)
    band = limits.band(rate.values, sizes)
    if band is not None:
        _control(axes, rate.values, band, language)
    _ticks(axes, drawing.labels)
    _legend(axes, 1)


def _control(axes: Any, values: Sequence[float | None], band: limits.Band, language: Language) -> None:
    """The mean, the limits, and a ring around each point that lies outside them."""
    places = range(len(values))
    axes.axhline(band.mean, color=INK, linewidth=0.8, label=words.CHART_MEAN.within(language))
    look = {"where": "mid", "color": GREY, "linestyle": "--", "linewidth": 0.9}
    axes.step(places, band.upper, label=words.CHART_LIMITS.within(language), **look)
    axes.step(places, band.lower, **look)
    if band.out:
        ring = {"markersize": 9, "markerfacecolor": "none", "markeredgecolor": INK}
        outside = [values[place] for place in band.out]
        axes.plot(band.out, outside, "o", label=words.CHART_OUT.within(language), **ring)


def _stacked(axes: Any, drawing: Drawing, language: Language) -> None:
    bottoms = [0.0] * len(drawing.labels)
    for number, series in enumerate(drawing.series):
        look = {"width": 0.65, "bottom": list(bottoms), "label": series.label.within(language)}
        _bars(axes, range(len(drawing.labels)), series, number, look=look)
        bottoms = [low + (value or 0) for low, value in zip(bottoms, series.values, strict=True)]
    _ticks(axes, drawing.labels)
    _whole(axes)
    _legend(axes, 0)


def _grouped(axes: Any, drawing: Drawing, language: Language) -> None:
    count = len(drawing.series)
    width = 0.8 / max(count, 1)
    for number, series in enumerate(drawing.series):
        places = [place + (number - (count - 1) / 2) * width for place in range(len(drawing.labels))]
        bars = _bars(axes, places, series, number, look={"width": width, "label": series.label.within(language)})
        if len(drawing.labels) * count <= 4 * MANY:
            _figures(axes, bars, series, len(places) * count, size=6)
    _ticks(axes, drawing.labels)
    _whole(axes)
    _legend(axes, 1)


def _distribution(axes: Any, drawing: Drawing, language: Language) -> None:
    """How many in each band; those after the deadline are hatched."""
    bottoms = [0.0] * len(drawing.labels)
    for number, series in enumerate(drawing.series):
        look = {"width": 0.85, "bottom": list(bottoms), "label": series.label.within(language)}
        bars = _bars(axes, range(len(drawing.labels)), series, number * 2, look=look)
        if drawing.limit >= 0:
            for bar in bars[drawing.limit + 1 :]:
                bar.set_hatch("////")
                bar.set_facecolor("white")
        bottoms = [low + (value or 0) for low, value in zip(bottoms, series.values, strict=True)]
        _figures(axes, bars, series, len(drawing.labels))
    _ticks(axes, drawing.labels)
    _whole(axes)
    if drawing.limit >= 0:
        label = words.CHART_DEADLINE.within(language)
        axes.axvline(drawing.limit + 0.5, color=INK, linestyle="--", linewidth=1.1, label=label)
    _legend(axes, 1)


def _ageing(axes: Any, drawing: Drawing, language: Language) -> None:
    """Bars that lie, one for each thing that is open, the longest on top."""
    places = list(range(len(drawing.labels)))[::-1]
    lefts = [0.0] * len(places)
    for number, series in enumerate(drawing.series):
        values = [value or 0 for value in series.values]
        bars = axes.barh(
            places, values, left=list(lefts), height=0.7, facecolor=FILLS[number % len(FILLS)], edgecolor=INK,
            hatch=HATCHES[number % len(HATCHES)], linewidth=0.6, label=series.label.within(language),
        )  # fmt: skip
        if len(drawing.series) == 1:
            axes.bar_label(bars, [said(value) for value in values], fontsize=6.5, padding=2)
        lefts = [low + value for low, value in zip(lefts, values, strict=True)]
    axes.set_yticks(places, [_cut(label) for label in drawing.labels])
    axes.tick_params(length=2, width=0.5)
    axes.grid(axis="x", color="#EAECF0", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["right"].set_visible(False)
    axes.set_xlabel(drawing.series[0].label.within(language) if len(drawing.series) == 1 else "")
    axes.margins(x=0.08)
    _legend(axes, 1)


KINDS: Mapping[str, Callable[[Any, Drawing, Language], None]] = {
    "pareto": _pareto,
    "trend": _trend,
    "run": _run,
    "stacked": _stacked,
    "grouped": _grouped,
    "distribution": _distribution,
    "ageing": _ageing,
}
