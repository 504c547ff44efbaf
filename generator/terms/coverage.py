"""The words about which source rows are answered."""

from __future__ import annotations

from generator.terms import Text

LINE = Text("{procedure}：{percent}%（{answered}/{rows} 行）", "{procedure}: {percent}% ({answered}/{rows} rows)")
MISSING = Text("  没有回答：{rows}", "  not answered: {rows}")
SILENT = Text("  程序正文没有写到：{rules}", "  not named in the procedure's text: {rules}")
NO_SOURCES = Text(
    "没有 {path}：请在里面列出每个程序须回答的来源行", "there is no {path}: list there what each procedure must answer"
)
BAD_SOURCES = Text("{path} 读不懂：\n{lines}", "{path} cannot be read:\n{lines}")
NOT_LISTED = Text("{path} 没有列出 {procedure}", "{path} does not list {procedure}")
