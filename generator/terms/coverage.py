"""The words about which source rows are answered."""

from __future__ import annotations

from generator.terms import Text

LINE = Text("{procedure}：{percent}%（{answered}/{rows} 行）", "{procedure}: {percent}% ({answered}/{rows} rows)")
MISSING = Text("  没有回答：{rows}", "  not answered: {rows}")
SILENT = Text("  程序正文没有写到：{rules}", "  not named in the procedure's text: {rules}")
NO_FORM = Text(
    "程序写了不存在的表单 {number}{hint}：请改正，或在 procedures/sources.yaml 的 open 里注明尚未建立",
    "the procedure names form {number}, which does not exist{hint}: correct it, or list it under open in "
    "procedures/sources.yaml while it is not built",
)
NO_RULE = Text(
    "程序写了不存在的规则 {number}{hint}：请改正，或在 procedures/sources.yaml 的 open 里注明尚未建立",
    "the procedure names rule {number}, which does not exist{hint}: correct it, or list it under open in "
    "procedures/sources.yaml while it is not built",
)
NO_PROCEDURE = Text(
    "程序写了不存在的程序 {number}：请改正，或在 procedures/sources.yaml 的 open 里注明尚未建立",
    "the procedure names {number}, which does not exist: correct it, or list it under open in procedures/sources.yaml",
)
NO_CLAUSE = Text("{procedure} 没有第 {clause} 条：请改正", "{procedure} has no clause {clause}: correct it")
NOBODY = Text(
    "“{name}”不是部门、岗位或表单上的人：请改正，或在 procedures/sources.yaml 的 people 里说明",
    "'{name}' is no department, role or person of a form: correct it, or list it under people in "
    "procedures/sources.yaml",
)
NO_FLOW = Text(
    "流程图要画的表单“{key}”不存在或没有状态{hint}",
    "the flow chart asks for form '{key}', which does not exist or has no states{hint}",
)
NO_SOURCES = Text(
    "没有 {path}：请在里面列出每个程序须回答的来源行", "there is no {path}: list there what each procedure must answer"
)
BAD_SOURCES = Text("{path} 读不懂：\n{lines}", "{path} cannot be read:\n{lines}")
NOT_LISTED = Text("{path} 没有列出 {procedure}", "{path} does not list {procedure}")
