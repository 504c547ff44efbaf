"""The words of registers, reports and their exports."""

from __future__ import annotations

from generator.terms import Text

NUMBER = Text("编号", "No.")
CREATED = Text("填表日期", "Created on")
NOT_STATED = Text("未填", "not stated")
OTHERS = Text("其他合计", "all others")
TOTAL = Text("合计", "Total")
MEAN = Text("平均", "Mean")
COUNT = Text("件数", "Count")
MAXIMUM = Text("最大", "Max.")
EMPTY = Text("本期无记录", "no records in this period")
PERIOD = Text("期间", "Period")
WHOLE = Text("全部", "all")
FROM_TO = Text("{start} 至 {end}", "{start} to {end}")
SINCE = Text("{start} 起", "from {start}")
UNTIL = Text("至 {end}", "until {end}")
CUSTOMER = Text("顾客", "Customer")
VIEW = Text("视图", "View")
LINES = Text("行数", "Lines")
LINE = Text("序号", "No.")
PRINTED = Text("打印", "Printed")
FORM_NUMBER = Text("表单编号", "Form No.")
REVISION = Text("版本", "Rev.")
PROCEDURE = Text("程序", "Procedure")
RECORD = Text("记录", "Record")
SUMMARY = Text(
    "{title}　{number} {revision}　{period}　{lines} 行", "{title}  {number} {revision}  {period}  {lines} lines"
)
LINES_SHEET = Text("清单", "Lines")
UNKNOWN = Text("没有台账 {key}{hint}；现有：{known}", "there is no register {key}{hint}; there are: {known}")
UNKNOWN_VIEW = Text(
    "台账 {key} 没有视图 {view}；可用：{known}", "register {key} has no view {view}; there are: {known}"
)
NO_PERIOD = Text(
    "{value} 不是期间；写成 2026、2026-H1、2026-Q1、2026-07 或 2026-W07",
    "{value} is no period; write 2026, 2026-H1, 2026-Q1, 2026-07 or 2026-W07",
)
WRONG_ORDER = Text("起始日 {start} 晚于截止日 {end}", "the first day {start} is after the last day {end}")
NO_COLUMN = Text("没有列 {key}{hint}", "there is no column {key}{hint}")
NO_TABLE = Text("{key} 不是该表单的表格{hint}", "{key} is no table of the form{hint}")
NO_LABEL = Text("列 {key} 是算出来的，请写 zh 和 en", "column {key} is computed: give it zh and en")
NOTHING_TO_EXPORT = Text("没有表单或台账 {key}{hint}", "there is no form or register {key}{hint}")

CHART_MEAN = Text("平均", "mean")
CHART_LIMITS = Text("控制限 ±3σ", "limits ±3σ")
CHART_UPPER = Text("控制上限", "upper limit")
CHART_LOWER = Text("控制下限", "lower limit")
CHART_OUT = Text("超出控制限", "outside the limits")
CHART_DEADLINE = Text("时限", "deadline")
FROZEN = Text(
    "以下由 wenkong report 算出并写入，请勿手工修改", "computed and written by wenkong report: do not edit by hand"
)
NO_REPORT = Text("没有报告 {key}{hint}", "there is no report {key}{hint}")
NEEDS_PERIOD = Text("请用 --period 说明期间，例如 {example}", "say the period with --period, e.g. {example}")
NEEDS_WITH = Text(
    "请说明期间：wenkong new {key} --with period={example}", "say the period: wenkong new {key} --with period={example}"
)
PERIOD_WRONG = Text(
    "报告 {key} 的期间应写成 {example}，不是 {value}", "the period of {key} is written like {example}, not {value}"
)
IS_SIGNED = Text("{number} 已签署，数据不能再改", "{number} is signed: its figures do not change any more")
NEEDS_RECORD = Text(
    "{key} 还没有报告记录：先用 wenkong new {key} --with period=… 新建",
    "{key} has no record yet: make one with wenkong new {key} --with period=…",
)
FROZE = Text("已把 {count} 项数据写入 {path}", "wrote {count} figures into {path}")
NOT_FROZEN = Text("{name} 没有写入过数据，无从核对", "{name} has no frozen figures to be checked")
NEVER_COMMITTED = Text(
    "{path} 的数据还没有提交，核对要从提交重算: 先提交",
    "the figures of {path} were never committed, and are computed again from their commit: commit them first",
)
CELL = Text("{label} 第 {row} 行（{name}）{column}", "{label}, row {row} ({name}), {column}")
ROWS = Text("{count} 行", "{count} rows")
NOT_AS_COMPUTED = Text("“{label}”写的是 {kept}，重算得 {made}", "{label} says {kept}, computed again it is {made}")
AGREES = Text(
    "{number}: {count} 项数据与提交 {commit} 重算的一致", "{number}: {count} figures are what commit {commit} gives"
)
DIFFERS = Text(
    "{number}: {wrong} 处与提交 {commit} 重算的不同", "{number}: {wrong} differ from what commit {commit} gives"
)
TODAY_DIFFERS = Text(
    "按今天的记录重算有 {count} 处不同，写入的不变:",
    "computed from the records of today, {count} would differ; what was frozen stays:",
)
TODAY_GIVES = Text("  {label}: 写的是 {kept}，今天得 {made}", "  {label}: frozen {kept}, today {made}")
MORE_PLACES = Text("  另有 {count} 处", "  and {count} more")
AND_MORE = Text(" 等，另有 {count} 条", " and {count} more")
CAME_LATER = Text("后来才有的记录 {count} 条: {numbers}", "records that came later, {count}: {numbers}")
NOT_COUNTED = Text("现在不再计入的记录 {count} 条: {numbers}", "records that are counted no more, {count}: {numbers}")
CHANGED_SINCE = Text("后来改过的记录 {count} 条: {numbers}", "records that were changed since, {count}: {numbers}")
DEFINED_ANEW = Text(
    "报告的定义后来改过: schemas/{key}.yaml", "the definition of the report was changed since: schemas/{key}.yaml"
)
FROZEN_DIFFERS = Text(
    "以上是当时写入的数据；按今天的记录重算有 {count} 处不同（wenkong report {number} --check 说明原因）",
    "These figures were frozen; computed from the records of today, {count} would differ (wenkong report {number} "
    "--check says why)",
)
