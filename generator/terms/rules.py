"""Words about rules, settings, states and clocks."""

from generator.terms import Text

UNITS = {
    "min": Text("{amount} 分钟", "{amount} min"),
    "h": Text("{amount} 小时", "{amount} h"),
    "wh": Text("{amount} 工作小时", "{amount} working hours"),
    "d": Text("{amount} 天", "{amount} days"),
    "wd": Text("{amount} 个工作日", "{amount} working days"),
    "w": Text("{amount} 周", "{amount} weeks"),
    "mo": Text("{amount} 个月", "{amount} months"),
    "y": Text("{amount} 年", "{amount} years"),
}

NOT_CEL = Text(
    "第 {column} 个字符处不是有效的 CEL 表达式：{reason}", "not a CEL expression at character {column}: {reason}"
)
NO_OPTION = Text("“{value}”不在可选值内：{options}", "“{value}” is not one of {options}")
NO_DURATION = Text(
    "“{value}”不是时长，应写成 30min、4h、8wh、2wd、1d、1w、6mo、1y 这样",
    "“{value}” is no length of time; write 30min, 4h, 8wh, 2wd, 1d, 1w, 6mo or 1y",
)
NO_DAY_OF_YEAR = Text(
    "“{value}”不是月日，应写成 07-15 这样（2 月 29 日除外）",
    "“{value}” is no day of each year; write month and day: 07-15",
)
NO_NUMBER = Text("“{value}”不是整数", "“{value}” is not a whole number")
TOO_LITTLE = Text("{value} 低于下限 {limit}", "{value} is less than the least allowed, {limit}")
TOO_MUCH = Text("{value} 超过上限 {limit}", "{value} is more than the most allowed, {limit}")
BY_CUSTOMER = Text(
    "{value}：{record} {clause} 第 {line} 行（顾客要求）；公司规定 {usual}",
    "{value}: {record} {clause}, line {line} (customer's demand); company {usual}",
)
BY_COMPANY = Text("{value}：公司规定", "{value}: set by the organisation")
BY_DEFAULT = Text("{value}：默认值", "{value}: default")
BY_FIELD = Text("本单所定：{label}", "set on the form: {label}")

SAYS = Text("{says}：{what}", "{says}: {what}")
OVERDUE = Text("“{what}”应于 {due} 前完成，尚未填写（{why}）", "“{what}” was due by {due} and is still empty ({why})")
RUN_OUT = Text("“{what}”已于 {due} 到期", "“{what}” ran out on {due}")
LATE = Text("“{what}”为 {done}，期限是 {due}（{why}）", "“{what}” is {done}, the limit was {due} ({why})")
BACKWARDS = Text("“{what}”{done} 早于起点 {start}", "“{what}” {done} lies before its start {start}")
UNKNOWN_YEAR = Text(
    "{year} 年的工作日历未知：在 records/calendars 增加该年日历",
    "the working calendar of {year} is not known: add one for that year in records/calendars",
)
NOT_AGAIN = Text("上次 {last}，应于 {due} 前再次进行（{why}）", "last on {last}, due again by {due} ({why})")
LEFT_OUT = Text("“{label}”未填，而后续步骤已填", "“{label}” is empty though a later step is filled")
OUT_OF_ORDER = Text("“{label}”{value} 早于“{other}”{then}", "“{label}” {value} lies before “{other}” {then}")
SAME_PERSON = Text("{who}同时是“{label}”和“{other}”", "{who} is both “{label}” and “{other}”")
TWICE = Text("{value} 已在 {other} 中使用", "{value} is already used in {other}")
ROW = Text("第 {number} 行", "row {number}")
WRONG_STATE = Text("{number} 的状态是“{state}”，应为“{expected}”", "{number} is “{state}” and should be “{expected}”")
NOT_FIT = Text("{number} 不符合要求：{what}", "{number} does not meet the condition: {what}")
NOT_THE_SAME = Text("“{label}”是 {here}，而 {number} 上是 {there}", "“{label}” is {here}, but {number} has {there}")
NO_WAY_BACK = Text("{number} 的“{label}”没有指回本单", "“{label}” of {number} does not point back to this record")
NO_RECORD = Text("没有对应的“{form}”", "no “{form}” belongs to it")
NO_ROW = Text("“{label}”缺少：{missing}", "“{label}” lacks {missing}")
AT_LEAST = Text("至少 {limit}", "at least {limit}")
AT_MOST = Text("至多 {limit}", "at most {limit}")
MORE_THAN = Text("大于 {limit}", "more than {limit}")
LESS_THAN = Text("小于 {limit}", "less than {limit}")
BEYOND = Text("“{label}”是 {value}，应{expected}", "“{label}” is {value} and should be {expected}")
TOO_SHORT = Text(
    "表单保存 {years} 年，应至少 {expected} 年", "the form is kept {years} years and should be at least {expected}"
)
ROW_HAS = Text("“{label}”第 {row} 行 {says}", "in row {row} of “{label}” {says}")
EMPTY = Text("{label} 空", "{label} empty")
HAS = Text("{label} = {value}", "{label} = {value}")
NOTHING = Text("无", "nothing")
AND, OR, ALSO = Text("，且", ", and "), Text("，或 ", ", or "), Text("；", "; ")
SILENCE = Text("", "")
WRITTEN, UNWRITTEN = Text("已填", "filled"), Text("空", "empty")
ROW_OF = Text("{table}第 {row} 行 {label}", "{table}, row {row}, {label}")
WANT_FILLED = Text("“{label}”（{path}）未填", "“{label}” ({path}) is empty")
WANT_EMPTY = Text("“{label}”（{path}）应留空，现为 {value}", "“{label}” ({path}) must be empty and is {value}")
WANT_IS = Text("“{label}”（{path}）应为 {wanted}，现为 {value}", "“{label}” ({path}) must be {wanted} and is {value}")
WANT_IS_NOT = Text("“{label}”（{path}）不应为 {wanted}", "“{label}” ({path}) must not be {wanted}")
WANT_ROW = Text("“{label}”（{path}）还没有一行", "“{label}” ({path}) has no row yet")
WANT_SUCH_ROW = Text("“{label}”（{path}）没有这样的行：{asked}", "“{label}” ({path}) has no row with {asked}")
WANT_REFERRING = Text(
    "还没有引用本单的{form}：新建一张，其“{label}”（{key}）填 {number}",
    "no {form} refers to this record yet: make one whose “{label}” ({key}) is {number}",
)
WANT_CONDITION = Text("本单：{says}（条件 {condition}）", "the record has {says} (condition: {condition})")
WANT_ELSEWHERE = Text("条件 {condition} 不满足", "{condition} does not hold")
WANT_AT = Text("{path}:{line}: {what}{todo}", "{path}:{line}: {what}{todo}")
WANT_UNCOMMENT = Text("；去掉这一行开头的 # 后填写{about}", "; take the # off this line and fill it in{about}")
WANT_HERE = Text("；就写在这一行{about}", "; write it on this line{about}")
WANT_BELOW = Text("；在这一行下面加一行 {key}:{about}", "; add a line {key}: below this one{about}")
WANT_IN_ROW = Text("；在这一行表格里加 {key}:{about}", "; add {key}: to this row{about}")
WANT_ANSWERS = Text("（{answers}）", " ({answers})")
NOT_ENTERED = Text("进入“{state}”的条件未满足：{needs}", "what “{state}” asks for is not there: {needs}")

UNKNOWN_KIND = Text("没有“{kind}”这种规则{hint}", "there is no kind of rule “{kind}”{hint}")
UNKNOWN_KEY = Text("“{kind}”规则没有“{key}”{hint}", "a “{kind}” rule has no “{key}”{hint}")
MISSING_KEY = Text("“{kind}”规则缺少：{keys}", "a “{kind}” rule needs {keys}")
UNKNOWN_FIELD = Text("没有字段“{path}”{hint}", "there is no field “{path}”{hint}")
WRONG_FIELD = Text("字段“{path}”的类型不能用在这里", "field “{path}” is of a kind that cannot stand here")
UNKNOWN_SETTING = Text("没有设定“{key}”{hint}", "there is no setting “{key}”{hint}")
UNKNOWN_FORM = Text("没有表单“{key}”{hint}", "there is no form “{key}”{hint}")
UNKNOWN_STATE = Text("没有状态“{key}”{hint}", "there is no state “{key}”{hint}")
UNKNOWN_FUNCTION = Text("表达式里没有函数“{key}”{hint}", "expressions have no function “{key}”{hint}")
UNKNOWN_CLAUSE = Text("{procedure} 里没有第 {section} 条", "{procedure} has no section {section}")
CLAUSE_WITHOUT_RULE = Text(
    "{procedure} 第 {section} 条没有提到 {id}", "section {section} of {procedure} does not name {id}"
)
UNKNOWN_WHO = Text("“{key}”不是部门、角色或字段", "“{key}” is no department, role or field")
RULE_TWICE = Text("规则编号 {id} 已在 {other} 中使用", "rule id {id} is already used in {other}")
SETTING_TWICE = Text("设定 {key} 已在 {other} 中声明", "setting {key} is already declared in {other}")
BAD_SETTING = Text("设定 {key}：{reason}", "setting {key}: {reason}")
BAD_DEFAULT = Text("默认值不合规定：{reason}", "the default cannot be: {reason}")
UNREACHABLE = Text("从“{start}”到不了状态“{state}”", "state “{state}” cannot be reached from “{start}”")
CANNOT_EVALUATE = Text(
    "规则 {id} 的表达式无法计算：{reason}", "the expression of rule {id} cannot be evaluated: {reason}"
)
TWO_OVERLAYS = Text(
    "{name} 已由 {other} 为该顾客规定：撤回其一",
    "{name} is already set for this customer by {other}: withdraw one of them",
)
OVERLAY_CYCLE = Text("替换关系成环：{path}", "the replacements run in a circle: {path}")
UNKNOWN_ACCEPTED = Text("没有规则“{id}”{hint}", "there is no rule “{id}”{hint}")
CUSTOMER_FIELD = Text("顾客要求填写“{label}”（{record}）", "the customer demands that “{label}” is filled ({record})")
CUSTOMER_SIGNATURE = Text(
    "顾客要求“{label}”签署（{record}）", "the customer demands the signature “{label}” ({record})"
)
PERIOD = Text("失效日期 {until} 早于生效日期 {since}", "the last day {until} lies before the first, {since}")
NO_LANGUAGE = Text("“{value}”不是语言，应为 zh、en 或 both", "“{value}” is no language; write zh, en or both")
UNKNOWN_ROLE = Text("没有签署角色“{key}”{hint}", "there is no signature role “{key}”{hint}")
CALENDAR_GAP = Text(
    "缺少 {year} 年的日历，前后年份都有", "there is no calendar for {year}, though the years around it have one"
)
BAD_CALENDAR_TIME = Text("工作时间“{start}–{end}”不成立", "“{start}–{end}” is no working time")
BAD_ZONE = Text("未知时区“{zone}”", "unknown time zone “{zone}”")

LEFT_OVERDUE = Text("已超期", "overdue")
LEFT_TODAY = Text("今天", "today")
LEFT_DAYS = Text("还有 {days} 天", "in {days} days")
DUE_LINE = Text(
    "{due} {left} {record} {what}，{who} [{rule}]（{clause}；{why}）",
    "{due} {left} {record} {what}, {who} [{rule}] ({clause}; {why})",
)
DUE_NOTHING = Text("没有到期事项", "nothing is due")
DUE_SUMMARY = Text(
    "{overdue} 项超期，{today} 项今天到期，{later} 项以后到期", "{overdue} overdue, {today} due today, {later} later"
)
UNREAD_RECORD = Text(
    "记录 {number} 有错误，还读不出来：运行 wenkong check {number}，按提示改好",
    "record {number} has errors and cannot be read yet: run wenkong check {number} and correct what it says",
)
NO_SUCH_RECORD = Text("没有记录 {number}{hint}", "there is no record {number}{hint}")
NO_FLOW = Text("表单“{form}”没有状态流程", "form “{form}” has no flow")
WHY_STATE = Text("{number} {title}：{state}", "{number} {title}: {state}")
WHY_CAME = Text("怎样到这里", "How it came here")
WHY_NEXT = Text("下一步", "What comes next")
WHY_OPEN = Text("可以", "open")
WHY_BLOCKED = Text("尚不满足", "not yet")
WHY_BY = Text("由 {by}", "by {by}")
WHY_FINAL = Text("流程已结束", "the flow has ended")
WHY_FOUND = Text("规则所见", "What the rules find")
WHY_DUE = Text("期限", "What is due")
WHY_SIGNED = Text("签署", "Signatures")
WHY_HOLDS = Text("{role}: {who}，{when}", "{role}: {who}, {when}")
WHY_VOID = Text("{said}，无效: {why}", "{said}, void: {why}")
WHY_UNSIGNED = Text("{role}: 尚未签署", "{role}: not signed yet")
WHY_ACCEPTED = Text("已认可的偏离", "Accepted departures")
WHY_CUSTOMER = Text("顾客要求的改变", "What the customer's demands change")
WHY_VIEWS = Text("顾客报告的完整度", "How complete the customer's reports are")
WHY_WANTED = Text("{said}（顾客要求）", "{said} (the customer asks for this one)")
WHY_NONE = Text("无", "none")
WHY_STEP = Text("{when} {who}：{start} → {end}", "{when} {who}: {start} → {end}")
WHY_FIRST = Text("{when} {who}：建立时为 {end}", "{when} {who}: begun as {end}")
ALREADY = Text("{number} 已经是“{end}”", "{number} already is “{end}”")
NO_WAY = Text(
    "{number} 不能从“{start}”到“{end}”；可以到：{ways}",
    "{number} cannot go from “{start}” to “{end}”; it can go to: {ways}",
)
GUARD = Text("进入“{end}”需要：{needs}", "“{end}” needs: {needs}")
NO_MOVER = Text("{who} 不能作此变更，应由：{by}", "{who} may not do this; it takes {by}")
UNKNOWN_MOVER = Text(
    "不知道谁在操作：git 的 user.email（{email}）不在 records/people 中，或用 --as 指定人员",
    "not known who does this: git's user.email ({email}) is not among records/people; or name the person with --as",
)
BLOCKED_BY_RULES = Text(
    "{number} 到“{end}”后会违反规则，未变更：", "as “{end}” {number} would break rules, nothing was changed:"
)
MOVED = Text("{number}：{start} → {end}", "{number}: {start} → {end}")
RULES_HEAD = Text(
    "| 规则 | 种类 | 条款 | 表单 | 要求 | 级别 | 例子 |",
    "| Rule | Kind | Clause | Form | Demand | Severity | Examples |",
)
IMPACT_HEAD = Text("{record} 影响 {count} 条记录：", "{record} touches {count} records:")
IMPACT_LINE = Text("{record}（{form}，{state}）：{names}", "{record} ({form}, {state}): {names}")
NO_OVERLAYS = Text("{record} 没有规定任何设定或要求", "{record} sets nothing for its customer")
NOT_IN_FORCE = Text("（尚未生效，生效后影响）", " (not in force; this is what it will touch)")
HISTORY_JUMP = Text(
    "历史中从“{start}”直接到“{end}”（{commit}），流程不允许",
    "in history it went from “{start}” to “{end}” ({commit}), which the flow does not allow",
)
NOT_YET = Text("还不能从“{start}”到“{end}”：{what}", "it cannot go from “{start}” to “{end}” yet: {what}")
HISTORY_MOVER = Text(
    "“{start}”到“{end}”由 {who} 提交（{commit}），应由：{by}",
    "“{start}” to “{end}” was committed by {who} ({commit}); it takes {by}",
)
HISTORY_CLOSED = Text(
    "已结束（“{end}”）后仍被修改（{commit}），应先重开",
    "changed after it had ended as “{end}” ({commit}); reopen it first",
)
NEEDS_FILE = Text("Excel 表需用 -o 指定文件", "a table for Excel needs a file: -o FILE.xlsx")
DUE_COLUMNS = (
    Text("期限", "Due"),
    Text("剩余", "Left"),
    Text("记录", "Record"),
    Text("事项", "What"),
    Text("责任", "Who"),
    Text("规则", "Rule"),
    Text("条款", "Clause"),
    Text("依据", "Why"),
)
REMIND_SUBJECT = Text("文控：{count} 项待办", "wenkong: {count} things to do")
REMIND_WOULD = Text(
    "将发给 {target}（{count} 项，尚未发送；加 --send 发送）：",
    "would go to {target} ({count}, not sent; --send sends):",
)
REMIND_SENT = Text("已发给 {target}：{count} 项", "sent to {target}: {count}")
REMIND_FAILED = Text("发给 {target} 失败：{reason}", "sending to {target} failed: {reason}")
REMIND_NONE = Text("没有新的提醒", "no new reminders")
REMIND_NO_TARGET = Text(
    "没有提醒对象：在 records/organization.yaml 的 reminders 中写明",
    "nobody to remind: name them in records/organization.yaml under reminders",
)
REMIND_NO_SECRET = Text("环境变量 {name} 没有设置", "the environment variable {name} is not set")
REMIND_BAD_TARGET = Text("地址不能识别", "the address is not understood")
REMIND_NOT_TAKEN = Text("对方没有接收", "the receiver did not take it")
REMIND_BAD_MEMORY = Text(
    "提醒记录 {path} 已损坏：删除它会重发提醒",
    "the memory of reminders {path} is damaged: deleting it sends them again",
)
NUMBER = Text("数值", "the number")
IN_ROW = Text("{label}（第 {row} 行）", "{label} (row {row})")
NEEDS_ROWS = Text(
    "“{path}”在表格里有多行：用 rows 指明表格，再写列名",
    "“{path}” has many rows: name the table under rows, then the column",
)
