"""What is said about how long records are kept."""

from __future__ import annotations

from generator.terms import Text

HEADS = (
    Text("编号", "Number"),
    Text("表单", "Form"),
    Text("建立", "Created"),
    Text("保存到", "Kept until"),
    Text("法定保全", "Legal hold"),
    Text("处置记录", "Disposal"),
)
NOTHING_DUE = Text("没有到期可处置的记录", "no record is due for disposal")
DISPOSED = Text(
    "{number} 已按 {disposal} 处置，摘要留在 {path}", "{number} was disposed of by {disposal}; its hash stays in {path}"
)
NOT_RETAINED = Text(
    "{number} 的表单没有保存期限，不能处置",
    "the form of {number} has no retention period, so it stays",
)
HELD = Text(
    "{number} 受法定保全 {hold}，不得处置: 解除后再试",
    "{number} lies under legal hold {hold}: wait until it is released",
)
NOT_DUE = Text(
    "{number} 须保存到 {until}，且须已结束: 现在不能处置",
    "{number} must be kept until {until} and must have ended: it cannot go now",
)
NOT_APPROVED = Text(
    "没有已批准的处置记录写明 {number}: 请先填写并批准处置记录",
    "no approved record of a disposal names {number}: fill one in and have it approved",
)
NOT_COMMITTED = Text("{path} 有未提交的更改: 请先提交", "{path} has changes that are not committed: commit them first")
