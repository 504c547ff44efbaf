"""What an editor shows beside a record while somebody writes it."""

from __future__ import annotations

from generator.terms import Text

REQUIRED = Text("必填", "required")
COMPUTED = Text("由程序计算,不用填写", "computed: leave it out")
REFERS = Text("填写编号,取自: {forms}", "the number of one of: {forms}")
PATTERN = Text("编号规则: {pattern}", "numbered {pattern}")
NEW_RECORD = Text("新的{title}", "new: {title}")
NEW_ROW = Text("{label}: 新的一行", "{label}: a new row")
CHOOSE = Text("请从选项中选择: {options}", "choose one of: {options}")
MOMENT = Text("请写成 2026-08-31 14:05", "write it like 2026-08-31 14:05")
DATE = Text("请写成 2026-08-31", "write it like 2026-08-31")
WRITTEN = Text(
    "已为编辑器写好 {forms} 个表单的字段说明: {folder}/",
    "the fields of {forms} forms are described for editors: {folder}/",
)
