"""What is said about workbooks that come back, and about ledgers of a company that are taken over."""

from __future__ import annotations

from generator.terms import Text

NO_WORKBOOK = Text(
    "{name} 不是Excel工作簿（.xlsx）: 请用Excel打开,另存为“Excel 工作簿”",
    "{name} is no Excel workbook (.xlsx): open it in Excel and save it as 'Excel workbook'",
)
OLD_OR_LOCKED = Text(
    "{name} 是旧版Excel文件（.xls）或设了打开密码: 请用Excel打开,去掉密码,另存为 .xlsx",
    "{name} is an old Excel file (.xls) or locked by a password: open it in Excel, unlock it, save it as .xlsx",
)
MACROS = Text(
    "{name} 带有宏: 不读取。请另存为不带宏的 .xlsx",
    "{name} holds macros and is not read: save it as .xlsx, without macros",
)
TOO_LARGE = Text(
    "{name} 展开后超过 {limit} MB: 不读取。请删去空行和图片,或分成几个文件",
    "{name} is larger than {limit} MB once unpacked and is not read: delete empty rows and pictures, or split it",
)
TOO_MANY = Text(
    "{name} 超过 {most} 个单元格（含合并的）: 不读取。请删去空行、空列,取消合并,或分成几个文件",
    "{name} has more than {most} cells, merged ones included, and is not read: delete empty rows and columns, unmerge, "
    "or split it",
)
LINKED = Text(
    "{name} 链接到别的文件: 不读取。请在Excel里“数据 → 编辑链接 → 断开链接”再保存",
    "{name} links to other files and is not read: in Excel choose Data → Edit Links → Break Link, then save",
)
IS_SERIAL = Text(
    "“{label}”是没有日期格式的数字 {value}（Excel 的 {day}）: 请把单元格设为日期格式",
    "'{label}' is the number {value} (Excel's {day}) without a date format: give the cell one",
)
WANT_DATE = Text(
    "“{label}”不是有效日期: “{value}”。请写成 2026-08-31,或把单元格设为日期格式",
    "'{label}' is no valid date: '{value}'. Write 2026-08-31, or give the cell a date format",
)

NOT_OURS = Text(
    "{name} 不是 wenkong export 导出的工作簿: 自己的台账请用 --mapping 说明各列对应的字段",
    "{name} was not exported by wenkong: for a ledger of your own, say with --mapping which column is which field",
)
NO_LONGER = Text(
    "工作簿是 {key} 的导出,但现在没有这个表单或台账{hint}",
    "the workbook is an export of {key}, but there is no such form or register{hint}",
)
NO_SHEET = Text(
    "缺少工作表“{name}”: 被删除或改名了。请改回原名,或重新导出",
    "sheet '{name}' is missing, deleted or renamed: give it its name again, or export once more",
)
OTHER_SHEET = Text("工作表“{name}”不是导出的: 没有读取", "sheet '{name}' is not of the export: it was not read")
NO_HEAD = Text(
    "第 2 行（隐藏的列名）或隐藏的列被删除或移动: 请重新导出,把改动抄过去",
    "row 2 (the hidden column keys) or the hidden columns are gone or moved: export again and copy the changes over",
)
UNKNOWN_COLUMN = Text(
    "列名“{key}”不存在{hint}: 表单已改版或列名被改动,请重新导出",
    "there is no column '{key}'{hint}: the form has a new revision or the key was changed, export again",
)
COLUMN_TWICE = Text("列“{key}”出现两次: 请删去一列", "column '{key}' stands there twice: remove one")
COLUMN_GONE = Text("列“{key}”不在工作表中: 不改动", "column '{key}' is not on the sheet: nothing of it changes")
OWN_COLUMN = Text("这一列没有列名: 没有读取", "this column has no key: it was not read")
NEWER = Text(
    "工作簿按版本 {old} 导出,表单现在是 {new}",
    "the workbook was exported at revision {old}, the form is at {new} now",
)
MERGED = Text("合并的单元格 {range}: 请取消合并,每格各填各的", "merged cells {range}: unmerge them and fill each cell")
HIDDEN_ROWS = Text(
    "{count} 行被隐藏或筛掉,也一并读取", "{count} rows are hidden or filtered out; they are read as well"
)
IS_FORMULA = Text(
    "这里是公式 {formula}: 请复制后“选择性粘贴 → 数值”",
    "this is the formula {formula}: copy it and paste it as a value",
)
IS_UNCOUNTED = Text(
    "公式 {formula} 没有保存结果: 用 Excel 打开、保存后再导入，或“选择性粘贴 → 数值”",
    "the formula {formula} was saved without its result: open and save it in Excel, or paste it as a value",
)
IS_ERROR = Text("这里是错误值 {value}: 请改正", "this is the error {value}: correct it")
TWO_ROWS = Text(
    "记录 {number} 在 {other} 已有一行: 请只留一行",
    "record {number} has a row at {other} already: keep one of them",
)
NUMBER_CHANGED = Text(
    "编号不能改: 原来是 {old}。请改回；要新增记录,请写在最后一行之后",
    "a number does not change: it was {old}. Put it back; a new record goes below the last row",
)
LOCKED_CHANGED = Text(
    "“{label}”由程序计算或由别的命令改（状态用 wenkong move）: 请恢复原值,或重新导出",
    "'{label}' is computed, or changed by another command (a state by wenkong move): put it back, or export again",
)
NO_RECORD = Text(
    "没有记录 {number}{hint}: 可能已删除,或文件有错。请重新导出",
    "there is no record {number}{hint}: it was deleted, or its file is wrong. Export again",
)
ROW_MOVED = Text(
    "{number} 的这一行在导出后被改动或移位,对不上了: 请重新导出,把改动抄过去",
    "this row of {number} was changed or moved since the export and cannot be found: export again and copy it over",
)
NOTHING_NEW = Text(
    "这份台账由程序汇总,不能在这里新增: 请导出相应的表单,在那里新增",
    "this register is computed, nothing new is entered here: export the form itself and add it there",
)
NO_OWNER = Text("请在“编号”列写明这一行属于哪条记录", "say in the number column which record this row belongs to")
THERE_ALREADY = Text(
    "{number} 已有同样的内容: 这一行已经收过,没有再收",
    "{number} says the same already: this row was taken in before and is not taken in again",
)
EMPTIED = Text(
    "这一行被清空: 没有删除任何内容。要删除请在YAML里删除",
    "this row was emptied: nothing was deleted. To delete it, do so in the YAML file",
)
MISSING = Text(
    "{count} 条记录（{numbers}）不在工作簿里: 保持不变",
    "{count} records ({numbers}) are not in the workbook: they stay as they are",
)
CLOSED = Text(
    "{number} 已结束（{state}）: 结束的记录不再修改,请走更正流程",
    "{number} has ended ({state}): a record that has ended is changed no more, follow the way of corrections",
)
AT = Text("{path}:{line}:{column}: {text}", "{path}:{line}:{column}: {text}")
NO_FILE = Text("没有文件 {path}", "there is no file {path}")

CHANGE = Text("{place}  {number}  {label}: {old} → {new}", "{place}  {number}  {label}: {old} → {new}")
NEW_RECORD = Text("{place}  新记录 {number}: {count} 个字段", "{place}  new record {number}: {count} fields")
NEW_ROW = Text("{place}  {number}  {label} 新增一行", "{place}  {number}  {label}: a row more")
CONFLICT = Text(
    "{place}  {number}  {label}: 冲突。工作簿里是“{theirs}”,记录里已改为“{ours}”",
    "{place}  {number}  {label}: conflict. The workbook says '{theirs}', the record now says '{ours}'",
)
FAULT = Text("{place}  {text}", "{place}  {text}")
BROKEN = Text("{place}  {text} [{rule}]", "{place}  {text} [{rule}]")
NOTHING = Text("（空）", "(empty)")
SOLVE = Text(
    "{count} 处冲突,没有写入: 用 --theirs 取工作簿的值,用 --ours 保留记录的值,或逐处改好再导入",
    "{count} conflicts, nothing was written: --theirs takes the workbook's values, --ours keeps the records', or "
    "settle them one by one and import again",
)
STOPPED = Text("{count} 处有错,没有写入任何内容", "{count} faults, nothing was written")
BROKEN_RULES = Text(
    "{count} 处不符合规则,没有写入: 请改正,或用 --despite-rules 先收进来再逐条处理",
    "{count} rules are broken, nothing was written: correct them, or take the records in with --despite-rules and "
    "work through the findings",
)
SUMMARY = Text(
    "{changed} 条记录改动 {fields} 个字段；新记录 {new} 条；新行 {rows} 行",
    "{fields} fields of {changed} records change; {new} new records; {rows} new rows",
)
DRY = Text("（试运行,没有写入）", "(dry run, nothing was written)")
WRITTEN = Text("已写入并提交 {commit}", "written and committed as {commit}")
UNCHANGED = Text("没有差异", "no difference")
DIRTY = Text(
    "{path} 有未提交的改动: 请先提交或撤销,再导入",
    "{path} has changes that are not committed: commit or undo them, then import",
)
MORE = Text("…还有 {count} 处", "… and {count} more")
LEFT = Text("{count} 行没有收进来,原因写在 {path}", "{count} rows were not taken in; {path} says why")
REASON = Text("未收入的原因", "Why it was not taken in")

MAPPING_WRONG = Text("映射文件有误,“{place}”: {reason}", "the mapping is wrong at '{place}': {reason}")
MAPPING_FORM = Text("映射文件里的表单 {key} 不存在{hint}", "the mapping's form {key} does not exist{hint}")
MAPPING_FIELD = Text("表单没有字段“{key}”{hint}", "the form has no field '{key}'{hint}")
MAPPING_OPTION = Text("“{label}”没有选项“{key}”{hint}", "'{label}' has no option '{key}'{hint}")
MAPPING_SHEET = Text("工作簿里没有工作表“{name}”; 有: {known}", "the workbook has no sheet '{name}'; it has: {known}")
MAPPING_HEAD = Text(
    "工作表“{sheet}”找不到表头: 没有一行同时有这些列: {columns}",
    "no header on sheet '{sheet}': no row holds all of these columns: {columns}",
)
UNPLACED = Text(
    "列“{title}”没有对应的字段,{count} 个值没有收入: 请写进映射,或写进 ignore",
    "column '{title}' has no field, {count} values have no place: put it into the mapping, or into ignore",
)
LACKING = Text(
    "新记录必须填这些字段,但没有列给出: {fields}。请在 columns 里对应一列,或在 fixed 里写一个值",
    "new records must fill these fields, which no column gives: {fields}. Give each a column, or a value under fixed",
)
SCALARS_DIFFER = Text(
    "“{label}”与同一记录的 {other} 不一致: “{here}”与“{there}”",
    "'{label}' differs from {other} of the same record: '{here}' and '{there}'",
)
