"""The words that stand in every printed procedure besides its own text."""

from __future__ import annotations

from generator.terms import Text

PROCEDURE = Text("程序文件", "Procedure")
NUMBER = Text("文件编号", "Document No.")
REVISION = Text("版本", "Revision")
EFFECTIVE = Text("生效日期", "Effective from")
OWNER = Text("归口部门", "Owner")
CLAUSES = Text("标准条款", "Clauses of standards")
PREPARED = Text("编制", "Prepared by")
REVIEWED = Text("审核", "Reviewed by")
APPROVED = Text("批准", "Approved by")
DATE = Text("日期", "Date")
REVISIONS = Text("修订履历", "Revision history")
CHANGE = Text("修改内容和原因", "What changed and why")
CHANGED_PARTS = Text("{reason}。更改: {parts}{rest}", "{reason}. Changed: {parts}{rest}")
MORE = Text(" 等另 {count} 处", " and {count} more")
DISTRIBUTION = Text("分发清单", "Distribution list")
HOLDER = Text("持有者", "Holder")
COPIES = Text("份数", "Copies")
MEDIA = {
    "paper": Text("纸质 {count} 份", "{count} on paper"),
    "electronic": Text("电子 {count} 份", "{count} electronic"),
}
COPY = Text("分发号", "Copy No.")
RECEIVED = Text("签收", "Received by")
FORMS = Text("使用表单", "Forms used")
FORM_NUMBER = Text("表单编号", "Form No.")
FORM_TITLE = Text("表单名称", "Title")
FLOW_OF = Text("流程图：{title}", "Flow chart: {title}")
WAY = Text("序", "No.")
FROM = Text("自", "From")
TO = Text("至", "To")
BY = Text("谁", "By")
CONDITION = Text("条件", "Condition")
CONTENTS = Text("目录", "Contents")
PAGE = Text("第 {page} 页 共 {pages} 页", "Page {page} of {pages}")
