"""A small repository with one form of every kind of field, for tests that need no story."""

from __future__ import annotations

from pathlib import Path

ORGANIZATION = """\
number: organization
created_on: 2026-01-05
message_language: en
sheet_language: both
pdf_engine: rdocx
time_zone: Asia/Shanghai
name_zh: 苏州示例有限公司
name_en: Example Co., Ltd
short_name: 示例
code: EX
logo: []
address: 苏州
phone: "0512"
complaint_phone: "0512"
standards:
  - standard: ISO 9001
    edition: "2015"
languages: [zh, en]
copy_mark: 禁止复印
default_secrecy: internal
"""

LOAN = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: 工具借用单
x-form:
  number: EX-01
  revision: A/0
  title: {zh: 工具借用单, en: Tool loan}
  procedure: CP-99
  record_number: TL-{year}-{seq:04d}
  retention: {years: 3}
  groups:
    main: {zh: 借用, en: Loan}
    more: {zh: 其他, en: More}
  signatures:
    - {role: prepared, zh: 编制, en: Prepared by}
    - {role: approved, zh: 批准, en: Approved by}
  states:
    open: {zh: 未还, en: Open}
    returned: {zh: 已还, en: Returned}
type: object
$ref: record.schema.json
unevaluatedProperties: false
required: [state, tool, lent_on]
properties:
  state:
    enum: [open, returned]
    x-label: {zh: 状态, en: State}
    x-options:
      open: {zh: 未还, en: Open}
      returned: {zh: 已还, en: Returned}
  tool: {$ref: record.schema.json#/$defs/text, x-label: {zh: 工具, en: Tool}, x-group: main}
  lent_on: {$ref: record.schema.json#/$defs/date, x-label: {zh: 借出日期, en: Lent on}, x-group: main}
  lent_at: {$ref: record.schema.json#/$defs/datetime, x-label: {zh: 借出时间, en: Lent at}, x-group: main}
  price: {$ref: record.schema.json#/$defs/number, x-unit: CNY, x-label: {zh: 价格, en: Price}, x-group: main}
  pieces: {$ref: record.schema.json#/$defs/integer, x-label: {zh: 件数, en: Pieces}, x-group: main}
  is_new: {$ref: record.schema.json#/$defs/boolean, x-label: {zh: 全新, en: New}, x-group: main}
  follows: {$ref: record.schema.json#/$defs/reference, x-ref: [loan], x-label: {zh: 续借自, en: Follows}, x-group: main}
  kind:
    enum: [hand, power]
    x-label: {zh: 类别, en: Kind}
    x-group: main
    x-options:
      hand: {zh: 手动, en: Hand}
      power: {zh: 电动, en: Power}
  remark: {$ref: record.schema.json#/$defs/longtext, x-label: {zh: 说明, en: Remark}, x-group: more}
  pictures: {$ref: record.schema.json#/$defs/photos, x-label: {zh: 照片, en: Pictures}, x-group: more}
  parts:
    type: array
    items:
      type: object
      additionalProperties: false
      required: [part]
      properties:
        part: {$ref: record.schema.json#/$defs/text, x-label: {zh: 部件, en: Part}}
        count: {$ref: record.schema.json#/$defs/number, x-label: {zh: 数量, en: Count}}
    x-label: {zh: 部件清单, en: Parts}
    x-group: more
allOf:
  - if: {properties: {state: {enum: [returned]}}, required: [state]}
    then: {required: [remark]}
"""

RECORD = """\
number: TL-2026-0001
created_on: 2026-03-02
state: open
tool: 扳手 wrench & co <w:p> {{ 7*7 }}
lent_on: 2026-03-02
price: 1280.50
pieces: 2
is_new: true
kind: hand
remark: |
  第一行
  second line
parts:
  - part: "007"
    count: 1.10
"""


def repository(root: Path, **records: str) -> Path:
    """Write the small repository; keyword `TL_2026_0001=...` writes that record instead of the usual one."""
    files = {"records/organization.yaml": ORGANIZATION, "schemas/loan.yaml": LOAN, "schemas/organization.yaml": ""}
    pack = Path(__file__).resolve().parents[1] / "schemas"
    files["schemas/organization.yaml"] = (
        (pack / "organization.yaml").read_text("utf-8").replace("x-ref: [sites]", "x-ref-if-kept: [sites]")
    )
    for name, text in (records or {"TL_2026_0001": RECORD}).items():
        files[f"records/loan/2026/{name.replace('_', '-')}.yaml"] = text
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
