"""The words about customers' own reports."""

from __future__ import annotations

from generator.terms import Text

METER = Text("完整度 {percent}%（{filled}/{wanted}）", "{percent}% complete ({filled}/{wanted})")
MISSING = Text("{title}：{meter}；缺：{missing}", "{title}: {meter}; missing: {missing}")
WHOLE = Text("{title}：{meter}", "{title}: {meter}")
STRANGER = Text(
    "字段“{label}”提到另一家顾客“{name}”，顾客报告不能这样发出：请改写",
    "the field '{label}' names another customer, '{name}', so this report cannot go out: reword it",
)
UNKNOWN_VIEW = Text(
    "表单 {form} 没有版式“{view}”{hint}；可用：{views}", "form {form} has no view '{view}'{hint}; there are: {views}"
)
NO_VIEW_FOR_CUSTOMER = Text(
    "{number} 的顾客没有有效的报告格式要求：请写 --view 和版式名，或在顾客特殊要求里写 report",
    "no requirement in force of {number}'s customer names a report: give --view a name, or state one in a requirement",
)
UNKNOWN_PART = Text(
    "版式写了表单没有的“{key}”：请改为表单的字段、列或签署", "a view names '{key}', which the form has not: use its own"
)
