"""What is wrong with a line that was typed."""

from __future__ import annotations

from generator.terms import Text

WRONG = Text("{what}（用法：{help}）", "{what} (for its use: {help})")
NO_SUCH_VERB = Text("没有“{name}”这个命令{hint}", "there is no command '{name}'{hint}")
NO_SUCH_OPTION = Text("没有 {name} 这个选项{hint}", "there is no option {name}{hint}")
OPTION_BEFORE_VERB = Text(
    "{name} 写在命令前面，例如 wenkong --lang en why …",
    "{name} stands before the command, as in wenkong --lang en why …",
)
MISSING = Text("缺少 {name}", "{name} is missing")
NO_SUCH_CHOICE = Text("{name} 没有“{value}”，可选：{options}", "{name} has no '{value}', choose one of: {options}")
WANT_TIME = Text(
    '{name} 不是有效的日期或时间，请写成 2026-11-24 或 "2026-11-24 12:00"',
    '{name} is no valid date or time, write 2026-11-24 or "2026-11-24 12:00"',
)
BAD_VALUE = Text("{name} 的值不能用：{message}", "the value of {name} cannot be used: {message}")
OTHER = Text("这样写不行：{message}", "this cannot be run: {message}")
MEANT = Text("，是不是“{name}”？", ", did you mean '{name}'?")
NOTHING = Text("", "")

REST = Text("启动及其他", "Starting up, and all else")
WHOLE = Text("合计", "Together")
LOOKING = Text("看哪些文件变了", "Looking at what has changed")
FOLLOWING = Text("跟进少数变动", "Following up a few changes")
READING = Text("读取和校验文件、模板", "Reading and validating files and templates")
SIGNATURES_AND_RULES = Text("签署和规则", "Signatures and rules")
HISTORY = Text("提交历史", "The history of commits")
SHEETS = Text("生成 Word", "Making Word files")
CONVERTING = Text("等待转换 PDF", "Waiting for PDFs")
CONVERTED = Text("转换 PDF", "Converting to PDF")
STAMPING = Text("给 PDF 盖章、定稿", "Stamping PDFs")
PAGES = Text("检查 PDF 页面", "Looking at the pages")
WRITING = Text("写入文件", "Writing files")
SLOWEST_SHEETS = Text("最慢的文件", "Slowest documents")
SLOWEST_RULES = Text("最慢的规则", "Slowest rules")
SLOWEST_RECORDS = Text("规则查得最慢的记录", "Records whose rules are slowest")
