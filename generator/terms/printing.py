"""What is said while sheets are printed, and about templates that do not fit their form."""

from __future__ import annotations

from generator.terms import Text

NO_TEMPLATE = Text(
    "表单“{key}”没有模板 {path}: 请运行 wenkong form draw {key}",
    "form '{key}' has no template {path}: run wenkong form draw {key}",
)
NO_DEFINITION = Text(
    "模板 {path} 没有对应的表单定义: 请建 schemas/{key}.yaml,或删除模板",
    "template {path} has no form definition: make schemas/{key}.yaml, or delete the template",
)
NO_COMPANY = Text(
    "records/organization.yaml 有问题,无法打印: 请先运行 wenkong check 并改正",
    "records/organization.yaml has findings, so nothing can be printed: run wenkong check and correct it first",
)
UNKNOWN_TAG = Text(
    "模板里的标签“{tag}”在表单定义中不存在{hint}: 请改正或删除",
    "the template's tag '{tag}' does not exist in the form's definition{hint}: correct or delete it",
)
NEVER_PRINTED = Text(
    "字段“{label}”（{key}）不会被打印: 模板 {path} 里没有标签 {{{{ {key} }}}}",
    "field '{label}' ({key}) would never be printed: template {path} has no tag {{{{ {key} }}}}",
)
RESERVED = Text(
    "字段名“{key}”是表单版面专用的: 请换名", "'{key}' is a name of the sheet itself: give the field another"
)
MISSING_GLYPH = Text(
    "“{label}”里的字符“{character}”（{code}）打印字体中没有: 请换一个写法",
    "'{label}' holds '{character}' ({code}), which the printing font does not have: write it in another way",
)
NOT_PRINTED_FORM = Text("“{key}”是基础数据,没有可打印的表单", "'{key}' is master data and has no sheet to print")
UNKNOWN_TARGET = Text(
    "找不到“{name}”: 它不是记录编号、表单或程序文件{hint}",
    "'{name}' was not found: it is no record number, form or procedure{hint}",
)
TEMPLATE_KEPT = Text(
    "{path} 已被手工修改,没有覆盖: 确实要重画请加 --force",
    "{path} was edited by hand and is kept: add --force to draw it again all the same",
)
DRAWN = Text("已画出 {path}", "drew {path}")
WRITTEN = Text("已生成 {path}", "wrote {path}")
SKIPPED = Text("跳过 {path}: {reason}", "skipped {path}: {reason}")
SUMMARY = Text(
    "完成: {sheets} 份（Word {words} 个,PDF {pdfs} 个）,跳过 {skipped} 份,输出在 {folder}",
    "done: {sheets} sheets ({words} Word files, {pdfs} PDFs), {skipped} skipped, written to {folder}",
)
NOT_REPORTED = Text(
    "没有生成 {title} {period}: 报告印自它的记录。请用 wenkong new {key} --with period={period} 新建",
    "not made: {title} of {period}, since a report is printed from its record. Make one with"
    " wenkong new {key} --with period={period}",
)
BUILDING = Text("正在生成表单", "making sheets")
SKIPPED_FINDINGS = Text("有 {count} 个问题", "it has findings: {count}")
FOUND = Text(
    "检查了 {records} 条记录、{forms} 个表单、{procedures} 个程序文件: {errors} 个错误,{warnings} 个提醒",
    "checked {records} records, {forms} forms and {procedures} procedures: {errors} errors, {warnings} warnings",
)
CREATED = Text(
    "已新建 {path}: 请填写后运行 wenkong check {path}", "made {path}: fill it in, then run wenkong check {path}"
)
UNKNOWN_FORM = Text("没有名为“{key}”的表单{hint}", "there is no form '{key}'{hint}")
KNOWN_FORMS = Text("。请写下面的一个名字，或整个标题：{forms}", ". Write one of these names, or a whole title:{forms}")
FORMS_OF = Text("\n  {procedure}：{forms}", "\n  {procedure}: {forms}")
KEY_NEEDED = Text(
    "这个表单的编号由人来定: 请写 wenkong new {form} --number 编号",
    "numbers of this form are given by people: write wenkong new {form} --number NUMBER",
)
NUMBER_USED = Text("编号“{number}”已被用过,不能再用", "number '{number}' was used before and is never given again")
NOT_ASKED = Text(
    "“{name}”不是编号 {pattern} 的组成部分{hint}：--with 只给编号用的值，其他在文件中填写；自定编号用 --number",
    "“{name}” is not part of the number {pattern}{hint}: --with gives values for the number only, other fields are"
    " filled in the file; a number of one's own, such as that of a reissue, goes with --number",
)
NUMBER_WRONG = Text(
    "编号“{number}”不符合规则 {pattern}: {reason}", "number '{number}' does not follow {pattern}: {reason}"
)
SINGLE = Text("“{key}”只有一份,请直接编辑 {path}", "there is only one '{key}': edit {path}")
BUG = Text(
    "程序出错了（这是我们的缺陷,不是您的）: 详情已写入 {path}",
    "the program failed (a fault of ours, not yours): the details are in {path}",
)
BLANK_NEEDS_FORM = Text(
    "空白表单请指定表单名,例如 wenkong render complaint --blank",
    "for a blank form name the form, as in wenkong render complaint --blank",
)
ERROR = Text("错误", "error")
WARNING = Text("提醒", "warning")
DOCUMENT_TEXT = Text("正文", "the text")
IN_FORCE = Text(
    "{number}: 打印现行版本 {label}（工作区是未生效的另一版；打印它请加 --draft）",
    "{number}: prints {label}, which is in force (the working tree holds another; print that with --draft)",
)
UNCHANGED = Text("其中 {count} 份没有变化,没有重做", "{count} of them had not changed and were not made again")
SHARD_WRONG = Text(
    "--shard 应写成 3/8（8 份中的第 3 份）,不是“{value}”",
    "--shard is written like 3/8, the third of eight, not '{value}'",
)
