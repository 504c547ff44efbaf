"""The words of the local page."""

from __future__ import annotations

from collections.abc import Mapping

from generator.terms import Text

SERVE = Text(
    "本机网页: 记录和文件、搜索、问题、到期清单、所编辑记录的页面；保存即更新（只读，只限本机）",
    "A page on this machine: records, search, findings, due list, the sheet being edited; follows saves (read only)",
)
PORT = Text("端口（默认 8440；0 为任一空闲端口）", "The port (default 8440; 0 takes a free one)")
AT = Text("网页在 {url} · Ctrl-C 结束", "the page is at {url} · Ctrl-C ends")
PORT_TAKEN = Text(
    "端口 {port} 已被占用: 请用 --port 0 或写别的端口", "port {port} is taken: say --port 0, or another port"
)
DOCUMENT = Text("程序文件", "Procedure")
FORM = Text("表单", "Form")
WORDS: Mapping[str, Text] = {
    "title": Text("文控", "Document control"),
    "skip": Text("跳到清单", "Skip to the list"),
    "all": Text("记录与文件", "Records and documents"),
    "findings": Text("问题", "Findings"),
    "due": Text("到期", "Due"),
    "search": Text("搜索编号、标题、内容", "Search numbers, titles, contents"),
    "form": Text("表单", "Form"),
    "state": Text("状态", "State"),
    "customer": Text("顾客", "Customer"),
    "any": Text("全部", "All"),
    "clear": Text("清除筛选", "Clear filters"),
    "count": Text("{shown} / {all} 项", "{shown} of {all}"),
    "more": Text("只显示前 {shown} 项，请再缩小范围", "the first {shown} are shown: narrow it down"),
    "nothing": Text("没有符合的记录", "Nothing matches"),
    "nothing_hint": Text(
        "换个词，或按 Esc 清除搜索和筛选。", "Try another word, or press Esc to clear search and filters."
    ),
    "empty": Text("这里还没有记录", "There are no records yet"),
    "empty_hint": Text(
        "用 wenkong new 表单 新建第一条，保存后就会出现在这里。",
        "Make the first with wenkong new FORM; once saved it appears here.",
    ),
    "clean": Text("没有问题", "No findings"),
    "clean_hint": Text(
        "所有记录、表单和程序文件都符合规定。", "All records, forms and procedures are as they should be."
    ),
    "no_due": Text("没有到期事项", "Nothing is due"),
    "no_due_hint": Text("目前没有打开的期限。", "No time limit is open."),
    "choose": Text("选一条记录，这里显示它的页面", "Choose a record to see its sheet here"),
    "choose_hint": Text(
        "保存文件后，所编辑的记录会自动打开。", "When a file is saved, the record being edited opens by itself."
    ),
    "printing": Text("正在打印 …", "Printing …"),
    "not_printed": Text("未打印", "Not printed"),
    "page": Text("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "pdf": Text("打开 PDF", "Open the PDF"),
    "of_record": Text("这条记录的问题", "Findings on this record"),
    "due_of_record": Text("这条记录的期限", "Time limits of this record"),
    "overdue": Text("已超期", "overdue"),
    "error": Text("错误", "error"),
    "errors": Text("错误", "errors"),
    "warning": Text("提醒", "warning"),
    "warnings": Text("提醒", "warnings"),
    "unread": Text("读不出来的文件", "A file that cannot be read"),
    "live": Text("已连接，保存即更新", "Live: follows every save"),
    "lost": Text("已断开，正在重连 …", "Disconnected, trying again …"),
    "follow": Text("跟随正在编辑的记录", "Follow the record being edited"),
    "keys": Text("/ 搜索 · j k 上下 · Enter 打开 · Esc 返回", "/ search · j k move · Enter open · Esc back"),
    "language": Text("English", "中文"),
    "line": Text("第 {line} 行", "line {line}"),
    "list": Text("清单", "List"),
    "detail": Text("页面", "Sheet"),
    "views": Text("视图", "Views"),
    "back": Text("返回清单", "Back to the list"),
}
