"""A register's definition, or what a report computes, once known to be well formed, read as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.ledgers import (
    Chart,
    Column,
    Dimension,
    Figure,
    Figures,
    Listed,
    Measure,
    Register,
    Report,
    Source,
    Table,
    Trend,
    View,
)
from generator.terms import Text

Written = Mapping[str, Any]


def register(key: str, path: str, written: Written, marks: Any) -> Register:
    """The register that a file defines; it has passed register.schema.json."""
    about = written["x-register"]
    return Register(
        key=key,
        path=path,
        number=about["number"],
        revision=about["revision"],
        title=Text(**about["title"]),
        procedure=about["procedure"],
        filled_by=about.get("filled_by", ""),
        retention_years=about.get("retention", {}).get("years", 0),
        sources=sources(about["from"]),
        columns=tuple(column(each, found) for each, found in about["columns"].items()),
        order=tuple(about.get("order", ())),
        group=about.get("group", ""),
        views=tuple(
            View(each, Text(found["zh"], found["en"]), found["where"]) for each, found in about.get("views", {}).items()
        ),
        tables=tuple(table(each, {"window": "all", **found}) for each, found in about.get("tables", {}).items()),
        covers=tuple(about.get("covers", ())),
        marks=marks,
        written=written,
    )


def report(written: Written) -> Report:
    """What a report computes, from the block `x-report` of its form."""
    return Report(
        period=written["period"],
        field=written["field"],
        tables=tuple(table(each, found) for each, found in written.get("tables", {}).items()),
        figures=tuple(_figures(each, found) for each, found in written.get("figures", {}).items()),
        lists=tuple(_listed(each, found) for each, found in written.get("lists", {}).items()),
        trends=tuple(Trend(each, **found) for each, found in written.get("trends", {}).items()),
        charts={
            each: Chart(each, **{**found, "values": tuple(found["values"])})
            for each, found in written.get("charts", {}).items()
        },
        evidence=written.get("evidence", ""),
    )


def sources(written: Any) -> tuple[Source, ...]:
    """One source or several; the key of a form alone stands for all its records."""
    several = written if isinstance(written, list) else [written]
    return tuple(Source(each) if isinstance(each, str) else Source(**each) for each in several)


def column(key: str, written: Written) -> Column:
    """A column; what it does not say is its field's."""
    rest = {name: value for name, value in written.items() if name not in {"zh", "en"}}
    return Column(key, label=_label(written), **{"value": key, **rest})


def table(key: str, written: Written) -> Table:
    """A table of figures."""
    return Table(
        key=key,
        title=_label(written),
        sources=sources(written["from"]),
        by=tuple(_dimension(each, found) for each, found in written["by"].items()),
        measures=tuple(_measure(each, found) for each, found in written["measures"].items()),
        window=written.get("window", "period"),
        order=written.get("order", ""),
        most=written.get("most", 0),
    )


def _label(written: Written) -> Text | None:
    return Text(written["zh"], written["en"]) if "zh" in written else None


def _dimension(key: str, written: Any) -> Dimension:
    if isinstance(written, str):
        return Dimension(key, written)
    return Dimension(
        key,
        written["value"],
        _label(written),
        step=written.get("step", ""),
        like=written.get("like", ""),
        bands=tuple(written.get("bands", ())),
        is_complete=written.get("complete", False),
    )


def _measure(key: str, written: Written) -> Measure:
    return Measure(key, label=_label(written), **{name: each for name, each in written.items() if name not in WORDS})


def _figures(key: str, written: Written) -> Figures:
    lines = tuple(
        Figure(
            Text(each["zh"], each["en"]),
            sources(each["from"]),
            Measure("", **{name: value for name, value in each.items() if name not in {"zh", "en", "from"}}),
        )
        for each in written["lines"]
    )
    return Figures(key, written["name"], lines, written["windows"])


def _listed(key: str, written: Written) -> Listed:
    return Listed(
        key=key,
        sources=sources(written["from"]),
        columns=tuple(Column(each, value) for each, value in written["columns"].items()),
        window=written.get("window", "period"),
        order=tuple(written.get("order", ())),
    )


WORDS = frozenset({"zh", "en"})
