"""What is said about Word templates that cannot be used, and about pictures that cannot be printed."""

from __future__ import annotations

from generator.terms import Text

BODY = Text("正文", "the body")
HEADER = Text("页眉（{name}）", "the header ({name})")
FOOTER = Text("页脚（{name}）", "the footer ({name})")
NOTES = Text("脚注或尾注（{name}）", "the notes ({name})")
PROPERTIES = Text("文档属性", "the document's properties")

IS_PDF = Text(
    "模板不是Word文件,而是改了名的PDF: 请用Word打开原稿,另存为 .docx",
    "the template is no Word file but a renamed PDF: open the original in Word and save it as .docx",
)
IS_OLD = Text(
    "模板是旧版Word文件（.doc）或设了打开密码: 请用Word打开,去掉密码,另存为 .docx",
    "the template is an old Word file (.doc) or locked by a password: open it in Word, unlock it, save it as .docx",
)
NOT_A_PACKAGE = Text(
    "模板不是Word文件（.docx）,或文件已损坏: 请用Word打开并另存为 .docx",
    "the template is no Word file (.docx), or is damaged: open it in Word and save it as .docx",
)
NO_DOCUMENT = Text(
    "模板里没有 {name},不是Word文件: 请用Word另存为 .docx",
    "the template holds no {name}, so it is no Word file: save it from Word as .docx",
)
WRONG_TYPE = Text(
    "模板是另一种Word文件（例如 .docm 或 .dotx）,只是改了扩展名: 请用Word打开并另存为 .docx",
    "the template is another kind of Word file (as .docm or .dotx) under a new name: save it from Word as .docx",
)
BROKEN_XML = Text(
    "模板内部的 {name} 已损坏（{reason}）: 请用Word打开并另存一次",
    "{name} inside the template is damaged ({reason}): open the template in Word and save it once more",
)
TOO_BIG = Text(
    "模板解压后超过 {limit} MB: 请压缩或删去里面的大图片",
    "the template is over {limit} MB when unpacked: shrink or remove the large pictures in it",
)
MACROS = Text(
    "模板里有宏或控件（{name}）,不允许: 请在Word中另存为不含宏的 .docx",
    "the template holds macros or controls ({name}), which are not allowed: save it from Word as .docx without macros",
)
EXTERNAL = Text(
    "模板链接了外部文件“{target}”: 请把它插入到模板里,或断开链接",
    "the template is linked to '{target}' outside of it: put it into the template, or break the link",
)

SYNTAX = Text(
    "{part}里的标签“{tag}”写法有误（{reason}）: 请在Word中改正",
    "the tag '{tag}' in {part} is not written as it should be ({reason}): correct it in Word",
)
FORBIDDEN = Text(
    "{part}里的标签“{tag}”用了不允许的写法: {what}。只能写字段名、{{% for 行 in 表 %}} 和 {{% if 字段 %}}",
    "the tag '{tag}' in {part} is not allowed: {what}. Only names, {{% for row in table %}} and {{% if name %}} are",
)
NO_TEXT_PLACE = Text(
    "{part}里的标签“{tag}”不在普通文字中（例如在域代码、修订或替代文字里）: 请移到普通文字中",
    "the tag '{tag}' in {part} does not stand in plain text (but in a field code, a tracked change or an "
    "alternative text): move it into plain text",
)
CROSSING = Text(
    "{part}里的“{tag}”和它的结束标签不在同一层: 两个标签要在同一段、同一单元格,或各占一整行（{{%tr … %}}）",
    "'{tag}' in {part} and its end do not stand on the same level: put both into one paragraph or one cell, or each "
    "into a row of its own ({{%tr … %}})",
)
TOO_DEEP = Text("{part}里的标签套得太深: 请简化", "the tags in {part} are nested too deeply: make them simpler")

CALL = Text("调用函数", "a call of a function")
FILTER = Text("过滤器 {name}", "the filter {name}")
STATEMENT = Text("语句 {name}", "the statement {name}")
ARITHMETIC = Text("运算", "arithmetic")
EXPRESSION = Text("表达式 {name}", "the expression {name}")
INNER_NAME = Text("名称 {name}", "the name {name}")
PRINTED_TEST = Text("打印一个判断的结果", "printing the outcome of a test")
LOOP_OVER = Text("循环的对象不是一个表名", "a loop over something that is not the name of a table")
LOOP_EXTRAS = Text("循环带有条件或递归", "a loop with a condition or recursion")
LOOP_DEEP = Text("循环套了 {limit} 层以上", "loops nested more than {limit} deep")
LOOP_AGAIN = Text("在同一个表的循环里再次循环它", "a loop over a table inside a loop over the same table")
CONSTANT = Text("常量 {name}", "the constant {name}")

UNKNOWN_NAME = Text(
    "模板 {path} 的{part}里有标签“{name}”,但没有这个值: 请改正标签,或在表单定义中加上这个字段",
    "{part} of template {path} has the tag '{name}', for which there is no value: correct the tag or add the field",
)
UNPRINTABLE = Text(
    "“{name}”里有不能打印的字符 {code}: 请在记录里删去",
    "'{name}' holds the character {code}, which cannot be printed: remove it from the record",
)
NOT_A_TABLE = Text(
    "模板 {path} 里的循环用了“{name}”,但它不是表: 请用表的字段名",
    "template {path} loops over '{name}', which is no table: use the name of a table",
)
NOT_A_TEXT = Text(
    "模板 {path} 的{part}里有标签打印了整个表或一组值（{name}）: 请写出其中的某一项,例如 {{{{ row.xxx }}}}",
    "a tag in {part} of template {path} prints a whole table or group ({name}): name one thing in it, as "
    "{{{{ row.xxx }}}}",
)

NO_PICTURE = Text(
    "“{name}”不是可用的图片: 请换成 JPEG 或 PNG（也可用 WebP、BMP、TIFF）",
    "'{name}' is no picture that can be used: replace it by a JPEG or PNG (WebP, BMP and TIFF will do as well)",
)
BROKEN_PICTURE = Text(
    "图片“{name}”已损坏或不完整: 请重新导出或重新拷贝",
    "picture '{name}' is damaged or cut off: export or copy it once more",
)
HUGE_PICTURE = Text(
    "图片“{name}”像素太多,最多 {limit} 百万像素: 请先缩小",
    "picture '{name}' has too many pixels, at most {limit} megapixels: make it smaller first",
)
