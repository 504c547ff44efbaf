"""The words of the house layout: what stands on every sheet besides the form's own labels."""

from __future__ import annotations

from collections.abc import Mapping

from generator.terms import Text

WORDS: Mapping[str, Text] = {
    "form_number": Text("表单编号", "Form No."),
    "revision": Text("版本", "Rev."),
    "record_number": Text("记录编号", "Record No."),
    "signatures": Text("签署", "Signatures"),
    "date": Text("日期", "Date"),
    "retention": Text("保存期限", "Retention"),
}
PAGE = Text("第 ", "Page ")
OF = Text(" 页 共 ", " of ")
PAGE_END = Text(" 页", "")
CREATED_ON = Text("填表日期", "Created on")
STATE = Text("状态", "State")
WITHOUT_ENTRIES = Text("此时无内容的部分", "Sections without entries at this time")
YES = Text("是", "Yes")
NO = Text("否", "No")
YEARS = Text("{years} 年", "{years} years")
UNCONTROLLED = Text("非受控", "UNCONTROLLED")
DRAFT = Text("草稿", "DRAFT")
MARKS: Mapping[str, Text] = {
    "uncontrolled": UNCONTROLLED,
    "draft": DRAFT,
    "controlled": Text("受控", "CONTROLLED"),
    "obsolete": Text("作废", "OBSOLETE"),
    "retained": Text("作废保留", "OBSOLETE, RETAINED"),
}
COPY = Text("{mark} 分发号 {serial}/{total} {holder}", "{mark} copy {serial} of {total} {holder}")
PRINTED = Text("打印自提交 {commit}（{date}）", "printed from commit {commit} ({date})")
NOT_COMMITTED = Text("尚未提交,仅供核对", "not committed, for checking only")
BLANK = Text("空白表单", "blank form")
