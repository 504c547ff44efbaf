"""The words of the programs that stay: watch and serve."""

from __future__ import annotations

from generator.terms import Text

WATCH = Text(
    "守望仓库: 每次保存后检查受影响的一切，并打印改动的表单（Ctrl-C 结束）",
    "Watch: after each save check what depends on it and print the touched forms (Ctrl-C ends)",
)
POLL = Text("定时查看文件，不靠系统通知（网络盘）", "Look at the files again and again (network drives)")
ALL_WELL = Text("没有问题", "no findings")
FINDINGS = Text("{errors} 个错误，{warnings} 个提醒", "{errors} errors, {warnings} warnings")
ELSEWHERE = Text("其他文件还有 {count} 个问题", "{count} more findings in other files")
SOLVED = Text("已解决 {count} 个", "{count} solved")
NEW_FILE = Text("新", "new")
OTHER_FILE = Text("改", "changed")
GONE_FILE = Text("删", "gone")
MORE = Text("… 还有 {count} 个", "… and {count} more")
NOT_PRINTED = Text("{name}: 未打印: {why}", "{name}: not printed: {why}")
SOON = Text("即将到期", "Due soon")
WAITING = Text("守望中: {records} 条记录 · Ctrl-C 结束", "watching {records} records · Ctrl-C ends")
POLLING = Text("（定时查看）", " (polling)")
ENDED = Text("已结束。", "Ended.")
