"""What is said about records, definitions and references that do not hold together."""

from __future__ import annotations

from generator.terms import Text

NOT_A_MAPPING = Text(
    "这里应当是“名称: 值”的列表,每行一个字段",
    "expected fields here, one `name: value` on each line",
)
REQUIRED = Text(
    "必填项“{label}”（{key}）没有填写: 请补上{about}", "'{label}' ({key}) is required and not filled: fill it in{about}"
)
ANSWERS = Text("（{answers}）", " ({answers})")
UNKNOWN_FIELD = Text(
    "表单里没有“{key}”这个字段{hint}: 请改名或删除", "the form has no field '{key}'{hint}: rename or remove it"
)
SIMILAR = Text(",是不是“{key}”？", ", did you mean '{key}'?")
COLUMNS = Text("，这个表格的列是 {columns}", ", the columns of this table are {columns}")
TITLED = Text("，标题相近的有：{found}", ", by their titles you may mean {found}")
NOTHING = Text("", "")
WANT_NUMBER = Text(
    "“{label}”应填数字,现在是“{value}”: 只写半角数字,不加引号、单位和千分位",
    "'{label}' wants a number, found '{value}': write plain digits only, without quotes, unit or separators",
)
WANT_INTEGER = Text(
    "“{label}”应填整数,现在是“{value}”: 只写半角数字,不加引号和小数点",
    "'{label}' wants a whole number, found '{value}': write plain digits only, without quotes or decimals",
)
WANT_BOOLEAN = Text(
    "“{label}”应填 true（是）或 false（否）,现在是“{value}”", "'{label}' wants true or false, found '{value}'"
)
WANT_TEXT = Text(
    '“{label}”应填文字,现在是“{value}”: 请加引号,例如 "{value}"',
    "'{label}' wants text, found '{value}': put it in quotes, \"{value}\"",
)
WANT_LIST = Text(
    "“{label}”应是列表: 每项一行,以“- ”开头", "'{label}' wants a list: one line an entry, each begins with '- '"
)
WANT_ROW = Text("“{label}”的这一行应由“名称: 值”组成", "this row of '{label}' should be made of `name: value` lines")
WANT_DATE = Text(
    "“{label}”不是有效日期: “{value}”。请写成 {wanted}", "'{label}' is no valid date: '{value}'. Write {wanted}"
)
WANT_MOMENT = Text(
    "“{label}”不是有效时间: “{value}”。请写成 {wanted}",
    "'{label}' is no valid time: '{value}'. Write {wanted}",
)
WANT_OPTION = Text(
    "“{label}”没有“{value}”这个选项。可选: {options}{hint}",
    "'{label}' has no option '{value}'. Choose one of: {options}{hint}",
)
OPTION_BY_LABEL = Text("“{label}”的“{value}”请写成 {key}", "'{value}' in '{label}' is written {key}")
WANT_FILE_NAME = Text(
    "“{label}”里的“{value}”不能作附件名: 只写文件名,不带路径",
    "'{value}' in '{label}' is no attachment name: write the file's name only, without a path",
)
TOO_LONG = Text("“{label}”太长: 最多 {limit} 个字符", "'{label}' is too long: at most {limit} characters")
TOO_SMALL = Text("“{label}”的值太小: 不得小于 {limit}", "'{label}' is too small: not below {limit}")
TOO_LARGE = Text("“{label}”的值太大: 不得大于 {limit}", "'{label}' is too large: not above {limit}")
TOO_FEW = Text("“{label}”至少要有 {limit} 项", "'{label}' wants at least {limit} entries")
TWICE = Text("“{label}”有重复的项: 请删去一项", "'{label}' holds one entry twice: remove one")
MISMATCH = Text("“{label}”的写法不对: “{value}”", "'{label}' is not written as it should be: '{value}'")

NO_SUCH_PATH = Text(
    "没有文件“{path}”，也没有这个编号的记录{hint}", "there is no file '{path}', and no record of that number{hint}"
)
STEM_IS_NUMBER = Text(
    "文件名“{stem}”与编号“{number}”不一致: 文件名必须就是编号",
    "the file is named '{stem}' and its number is '{number}': a record's file is named by its number",
)
BAD_NUMBER = Text(
    "编号“{number}”不符合规则 {pattern}: {reason}", "number '{number}' does not follow {pattern}: {reason}"
)
UNSAFE_NUMBER = Text(
    "编号“{number}”含有文件名不允许的字符", "number '{number}' holds characters that no file name may have"
)
NUMBER_TWICE = Text(
    "编号“{number}”已被 {other} 使用: 请换号", "number '{number}' is already used by {other}: give another"
)
NUMBER_COPIED = Text(
    "编号“{number}”已被 {other} 使用: 如果这是复制来的，用 wenkong new 取新号再填，或删去这个文件",
    "number '{number}' is already used by {other}: if this is a copy, take a new number with wenkong new, or remove it",
)
UNKNOWN_REFERENCE = Text(
    "“{label}”指向的“{value}”不存在{hint}: 在 {forms} 里没有这个编号",
    "'{label}' points to '{value}', which does not exist{hint}: no such number in {forms}",
)
UNREAD_REFERENCE = Text(
    "“{label}”指向的“{value}”自身有问题: 请先改正那个文件",
    "'{label}' points to '{value}', which has findings itself: correct that file first",
)
NO_ATTACHMENT = Text("附件“{value}”不存在: 请放到 {folder}", "attachment '{value}' is not there: put it into {folder}")
ATTACHMENT_OUTSIDE = Text(
    "“{value}”是指向仓库以外的链接: 请换成真正的文件",
    "'{value}' is a link out of the repository: put a real file there",
)
NO_FORM = Text(
    "文件夹“{key}”没有对应的表单定义: 请建 schemas/{key}.yaml,或把文件移走",
    "folder '{key}' has no form definition: make schemas/{key}.yaml, or move the file away",
)
WRONG_PLACE = Text(
    "记录应放在 records/<表单>/ 或 records/<表单>/<年份>/ 下",
    "a record belongs in records/<form>/ or records/<form>/<year>/",
)
LINK_OUTSIDE = Text("这是一个指向仓库以外的链接: 不读取", "this is a link out of the repository: it is not read")
NO_ORGANIZATION = Text(
    "缺少 records/organization.yaml: 公司名称、语言和PDF引擎都写在那里",
    "records/organization.yaml is missing: company name, languages and PDF engine stand there",
)

DEFINITION = Text("表单定义有误,“{place}”: {reason}", "the form's definition is wrong at '{place}': {reason}")
DEFINITION_UNKNOWN_STATE = Text(
    "分组“{key}”的 at 写了不存在的状态“{state}”: 请改为 x-form.states 里的状态",
    "group '{key}' names state '{state}' under at, which does not exist: use a state of x-form.states",
)
DEFINITION_UNKNOWN_GROUP = Text(
    "字段“{key}”属于不存在的分组“{group}”: 请在 x-form.groups 里加上",
    "field '{key}' belongs to group '{group}', which does not exist: add it to x-form.groups",
)
DEFINITION_NO_GROUP = Text("字段“{key}”没有分组: 请写 x-group", "field '{key}' has no group: write x-group")
DEFINITION_UNKNOWN_REQUIRED = Text(
    "required 里的“{key}”不是本表单的字段", "'{key}' in required is no field of this form"
)
DEFINITION_UNKNOWN_REFERENCE = Text(
    "字段“{key}”指向不存在的表单“{form}”: 请改正,或用 x-ref-if-kept",
    "field '{key}' refers to form '{form}', which does not exist: correct it, or use x-ref-if-kept",
)
DEFINITION_OPTION_LABEL = Text(
    "字段“{key}”的选项“{option}”没有中英文名称: 请在 x-options 里补上",
    "option '{option}' of field '{key}' has no words: add them to x-options",
)
DEFINITION_BUILT_IN = Text(
    "“{key}”是每条记录自带的字段,表单不能再定义: 请给这个字段换名",
    "'{key}' is a field that every record has by itself: give this field another name",
)
DEFINITION_PATTERN = Text("编号规则“{pattern}”有误: {reason}", "record_number '{pattern}' is wrong: {reason}")
DEFINITION_NUMBER_TWICE = Text(
    "表单编号“{number}”已被 {other} 使用", "form number '{number}' is already used by {other}"
)

PROCEDURE_NO_FRONT = Text(
    "程序文件开头缺少“---”之间的信息（编号、版本、标题…）",
    "the procedure does not begin with its front matter between '---' lines (number, revision, title …)",
)
PROCEDURE_FRONT = Text("程序文件开头的信息有误,“{place}”: {reason}", "the front matter is wrong at '{place}': {reason}")
LABEL_NUMBER = Text("编号", "Number")
LABEL_CREATED = Text("填表日期", "Created on")
