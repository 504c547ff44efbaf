"""A small repository with a monthly report of its loans."""

from __future__ import annotations

from pathlib import Path

from tests import build
from tests.registers_build import loan

REPORT = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: 借用月报
x-form:
  number: EX-03
  revision: A/0
  title: {zh: 借用月报, en: Monthly loans}
  procedure: CP-99
  record_number: 'LM-{year}-{month:02d}'
  retention: {years: 3}
  groups:
    period: {zh: 期间, en: Period}
    figures: {zh: 数据, en: Figures}
  signatures:
  - {role: prepared, zh: 编制, en: Prepared by}
  states:
    draft: {zh: 编制中, en: Draft}
    issued: {zh: 已发布, en: Issued}
  settings:
    loan.trend_rule: {default: [rising, three_sigma], options: [rising, three_sigma], zh: 趋势, en: Trend}
x-report:
  period: month
  field: period
  evidence: evidence
  figures:
    figures:
      name: what
      windows: {month: period, before: before, year: year_to_date}
      lines:
      - {zh: 借出, en: Lent, from: {form: loan, period: lent_on}, kind: count}
      - {zh: 件数, en: Pieces, from: {form: loan, period: lent_on}, kind: sum, value: pieces}
      - {zh: 中位价, en: Median price, from: {form: loan, period: lent_on}, kind: median, value: price}
      - {zh: P90, en: P90, from: {form: loan, period: lent_on}, kind: percentile, rank: 90, value: price}
      - zh: 电动率
        en: Share of power tools
        from: {form: loan, period: lent_on}
        kind: rate
        where: kind == 'power'
        of: filled(kind)
  tables:
    by_kind:
      from: {form: loan, period: lent_on}
      by: {kind: kind}
      window: year_to_date
      order: -count
      measures:
        count: {kind: count}
        month: {kind: count, window: period}
        share: {kind: share, of: count}
        cumulative: {kind: cumulative, of: count}
    trend:
      from: {form: loan, period: lent_on}
      by: {month: {value: lent_on, step: month, complete: true}}
      window: 13 months
      measures:
        count: {kind: count}
        ppm: {kind: ppm, value: pieces, given: {table: stock, match: month, column: quantity}}
    bands:
      from: {form: loan, period: lent_on}
      by: {band: {value: price, bands: [10, 20]}}
      window: all
      measures: {count: {kind: count}}
  lists:
    loans:
      from: {form: loan, period: lent_on}
      columns: {number: number, kind: kind, price: price}
      order: [-price]
  trends:
    abnormal: {table: trend, column: count, setting: loan.trend_rule}
  charts:
    chart: {kind: pareto, table: by_kind, label: kind, values: [count, cumulative]}
type: object
$ref: record.schema.json
unevaluatedProperties: false
required: [state, period]
properties:
  state:
    enum: [draft, issued]
    x-label: {zh: 状态, en: State}
    x-options:
      draft: {zh: 编制中, en: Draft}
      issued: {zh: 已发布, en: Issued}
  period: {$ref: record.schema.json#/$defs/text, x-label: {zh: 月份, en: Month}, x-group: period}
  period_from: {$ref: record.schema.json#/$defs/date, x-label: {zh: 起, en: From}, x-group: period}
  conclusion: {$ref: record.schema.json#/$defs/longtext, x-label: {zh: 结论, en: Conclusion}, x-group: period}
"""
TABLES = {
    "stock": (("month", "text"), ("quantity", "number")),
    "figures": (("what", "text"), ("month", "number"), ("before", "number"), ("year", "number")),
    "by_kind": (
        ("kind", "text"),
        ("count", "integer"),
        ("month", "integer"),
        ("share", "number"),
        ("cumulative", "number"),
    ),
    "trend": (("month", "text"), ("count", "integer"), ("ppm", "number")),
    "bands": (("band", "text"), ("count", "integer")),
    "loans": (("number", "text"), ("kind", "text"), ("price", "number")),
    "evidence": (("figure", "text"), ("how", "longtext"), ("records", "text")),
}


def _table(key: str, columns: tuple[tuple[str, str], ...]) -> str:
    lines = [f"  {key}:", "    type: array", "    items:", "      type: object"]
    lines += ["      additionalProperties: false", "      properties:"]
    lines += [
        f"        {name}: {{$ref: record.schema.json#/$defs/{kind}, x-label: {{zh: {name}, en: {name}}}}}"
        for name, kind in columns
    ]
    computed = "" if key == "stock" else "    x-computed: true\n"
    return "\n".join(lines) + f"\n    x-label: {{zh: {key}, en: {key}}}\n{computed}    x-group: figures\n"


def repository(root: Path, report: str = REPORT, **records: str) -> Path:
    """The small repository with a report."""
    build.repository(root, **records)
    text = report + "".join(_table(key, columns) for key, columns in TABLES.items())
    for key, kind in (("chart", "photos"), ("abnormal", "boolean")):
        label = f"x-label: {{zh: {key}, en: {key}}}, x-computed: true, x-group: figures"
        text += f"  {key}: {{$ref: record.schema.json#/$defs/{kind}, {label}}}\n"
    (root / "schemas" / "loan-monthly.yaml").write_text(text, "utf-8")
    return root


FIVE = {
    "TL_2026_0001": loan(price="10", pieces="1", lent_on="2026-03-02"),
    "TL_2026_0002": loan(number="TL-2026-0002", price="30.5", pieces="2", kind="power", lent_on="2026-03-31"),
    "TL_2026_0003": loan(number="TL-2026-0003", price="20", pieces="3", lent_on="2026-02-01"),
    "TL_2026_0004": loan(number="TL-2026-0004", price="11", pieces="4", lent_on="2025-12-31"),
    "TL_2026_0005": loan(number="TL-2026-0005", price="12", pieces="5", lent_on="2026-04-01"),
}
RECORD = """\
number: LM-2026-03
created_on: 2026-04-01
state: draft
period: "2026-03"
stock:
  - month: "2026-03"
    quantity: 1000
conclusion: |
  三月正常。
"""


def with_record(root: Path, text: str = RECORD, **records: str) -> Path:
    """The same with a record of the report."""
    repository(root, **(records or FIVE))
    path = root / "records" / "loan-monthly" / "2026" / "LM-2026-03.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return root
