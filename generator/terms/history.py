"""What is said about the history of records and documents."""

from __future__ import annotations

from generator.terms import Text

ADDED = Text("新建", "added")
CHANGED = Text("更改", "changed")
REMOVED = Text("删除", "removed")
SIGNED = Text("签署（{role}，{person}）", "signed ({role}, {person})")
ISSUED = Text("发放 {document} {label}", "issued {document} {label}")
LEDGER = Text("发放台账 {document} {label}", "ledger of {document} {label}")
CONTROL_LOG = Text("文件控制日志", "Document control log")
LOG_COLUMNS = {
    "when": Text("时间", "When"),
    "who": Text("经办人", "Who"),
    "act": Text("事项", "Act"),
    "number": Text("编号", "Number"),
    "title": Text("名称", "Title"),
    "revision": Text("版本", "Revision"),
    "copies": Text("份数", "Copies"),
    "reason": Text("原因", "Reason"),
    "commit": Text("提交", "Commit"),
}
ENTERED = Text("并入主线", "entered the main line")
ON_BRANCH = Text("（分支上）", " (on a branch)")
HEAD = Text("{title} {number}：提交 {count} 次", "{title} {number}, commits: {count}")
LINE = Text("{when}  {commit}  {who}  {act}{branch}{revision}", "{when}  {commit}  {who}  {act}{branch}{revision}")
REVISION = Text("  版本 {label}", "  revision {label}")
WHAT = Text("更改内容: {parts}", "what changed: {parts}")
REASON = Text("说明: {reason}", "reason: {reason}")
NO_HISTORY = Text(
    "“{name}”还没有提交过，没有历史: 请先用 git 提交",
    "'{name}' was never committed, so it has no history: commit it with git first",
)
NOT_KNOWN = Text(
    "没有编号为“{name}”的记录、程序文件或表单{hint}", "no record, procedure or form has the number '{name}'{hint}"
)
NO_CLONE = Text(
    "这里不是 git 仓库，没有历史: 请先运行 git init 并提交", "this is no git repository: run git init, commit"
)
FIELD = Text("字段 {key}", "field {key}")
TEMPLATE = Text("模板", "template")
ATTACHMENT = Text("附件 {name}", "attachment {name}")
PART_JOINT = Text("、", ", ")
BUILT_IN = {
    "number": Text("编号", "number"),
    "created_on": Text("建立日期", "created on"),
    "former_number": Text("原编号", "former number"),
    "accepted": Text("已接受的问题", "accepted findings"),
    "state": Text("状态", "state"),
}
FRONT = {
    "number": Text("编号", "number"),
    "revision": Text("版本", "revision"),
    "title": Text("标题", "title"),
    "owner": Text("归口部门", "owner"),
    "effective": Text("生效日期", "effective date"),
    "reason": Text("更改原因", "reason for change"),
    "clauses": Text("标准条款", "clauses of standards"),
    "forms": Text("使用的表单", "forms used"),
    "distribution": Text("发放范围", "distribution"),
}
DELETED = Text(
    "记录 {number} 在提交 {commit}（{when}）中被删除，但须保存 {years} 年，到 {until}: "
    "请运行 git checkout {commit}~1 -- {path} 取回",
    "record {number} was deleted by commit {commit} ({when}) but must be kept for {years} years, until {until}: "
    "bring it back with git checkout {commit}~1 -- {path}",
)
