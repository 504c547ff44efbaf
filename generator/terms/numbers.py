"""What is said about numbers, their patterns and revision labels."""

from __future__ import annotations

from collections.abc import Mapping

from generator.terms import Text

NUMERALS = "一二三四五六七八九"
TEN = "十"

TOKENS: Mapping[str, Text] = {
    "year": Text("年份（四位数字,如 2026）", "year (four digits, such as 2026)"),
    "yy": Text("两位年份（如 26）", "two-digit year (such as 26)"),
    "month": Text("月份（1 至 12）", "month (1 to 12)"),
    "week": Text("周数（1 至 53）", "week (1 to 53)"),
    "quarter": Text("季度（1 至 4）", "quarter (1 to 4)"),
    "department": Text("部门代码", "department code"),
    "function": Text("部门代码", "department code"),
    "customer": Text("客户代码", "customer code"),
    "product": Text("产品编号", "product number"),
    "site": Text("厂区代码", "site code"),
    "org": Text("公司代码", "company code"),
    "type": Text("文件类别代码", "document type code"),
    "process": Text("过程代码", "process code"),
    "clause": Text("条款号（如 7.3）", "clause (such as 7.3)"),
    "class": Text("等级（一个大写字母）", "class (one capital letter)"),
    "edition": Text("版本（如 A/0）", "edition (such as A/0)"),
    "title": Text("标题", "title"),
    "seq": Text("流水号", "serial number"),
    "parent": Text("原编号", "number it belongs to"),
    "n": Text("分号（从 1 起）", "sub-number (from 1)"),
    "zh_n": Text("中文数字（如 一、二）", "Chinese numeral (一, 二 …)"),
    "key": Text(
        "代号（小写字母开头,只含小写字母、数字、- 和 _）",
        "key (begins with a small letter; small letters, digits, - and _ only)",
    ),
    "number": Text("编号", "number"),
}
WITH_DIGITS = Text("{token},{width} 位数字", "{token}, {width} digits")
WITH_CHARACTERS = Text("{token},{width} 个字符", "{token}, {width} characters")

PATTERN_EMPTY = Text(
    "编号规则是空的: 请写一条,例如 CC-{{year}}-{{seq:04d}}",
    "the pattern is empty: write one, such as CC-{{year}}-{{seq:04d}}",
)
PATTERN_LONG = Text("编号规则太长: 最多 {limit} 个字符", "the pattern is too long: at most {limit} characters")
PATTERN_BLANK = Text("编号规则首尾不能有空格: 请删去", "a pattern neither begins nor ends with a blank: remove it")
PATTERN_CONTROL = Text(
    "编号规则里有打印不出来的字符: 请删去后重新输入", "the pattern holds a character that cannot be printed: remove it"
)
PATTERN_BRACE = Text(
    "“{sign}”没有成对: 每个 {{ 都要有 }},每个 [ 都要有 ]",
    "'{sign}' has no partner: every {{ needs a }}, every [ needs a ]",
)
PATTERN_TAIL = Text(
    "方括号只能用一次,放在最后,里面要有一个 {{…}}: 例如 …[-{{year}}]",
    "square brackets stand once, at the end, around at least one {{…}}: such as …[-{{year}}]",
)
PATTERN_TOKEN = Text(
    "不认识“{{{name}}}”{hint}。可用: {tokens}", "'{{{name}}}' is not known{hint}. Use one of: {tokens}"
)
PATTERN_WIDTH = Text("“{token}”的位数写法不对: {allowed}", "the width in '{token}' is wrong: {allowed}")
WIDTH_NONE = Text("这里不写位数,只写 {{{name}}}", "it takes no width, write {{{name}}} only")
WIDTH_TWO = Text("请写 {{{name}:02d}} 或 {{{name}}}", "write {{{name}:02d}} or {{{name}}}")
WIDTH_DIGITS = Text("请写 {{{name}:0Nd}},N 为 1 至 9", "write {{{name}:0Nd}} with N from 1 to 9")
WIDTH_CHARACTERS = Text("请写 {{{name}:N}},N 为 1 至 9", "write {{{name}:N}} with N from 1 to 9")
PATTERN_TWICE = Text("“{token}”出现了两次: 只留一个", "'{token}' stands twice: keep one")
PATTERN_TOGETHER = Text(
    "“{left}”与“{right}”连在一起,读的时候分不开: 中间加一个符号,或写明位数",
    "'{left}' and '{right}' run together and cannot be told apart: put a sign between them, or give a width",
)

SIMILAR = Text("（是不是 {key}？）", " (did you mean {key}?)")
NOTHING = Text("", "")
NO_CODE = Text(
    "“{found}”不是{token}: 请改正,或先登记这个代码",
    "'{found}' is no {token}: correct it, or add it to the list of codes",
)
NO_CODE_SIMILAR = Text("“{found}”不是{token}; 是不是 {key}？", "'{found}' is no {token}; did you mean {key}?")
UNFIT = Text("“{found}”不是{token}", "'{found}' is no {token}")
MISSING = Text("缺少{token}: 请补上", "the {token} is missing: put it in")
SIGN_MISSING = Text("缺少“{sign}”: 请补上", "'{sign}' is missing: put it in")
OTHER_SIGN = Text("这里应是“{sign}”,现在是“{found}”", "'{sign}' should stand here, found '{found}'")
MORE = Text("编号到此应结束,后面还有“{found}”: 请删去", "the number should end here, but '{found}' follows: remove it")
NOT_CLEAN = Text(
    "有全角符号、长横线或多余的空格: 请写成“{clean}”",
    "it has full-width signs, long dashes or stray blanks: write '{clean}'",
)
NOT_PRINTED = Text(
    "有打印不出来的字符: 请删去后重新输入", "it holds a character that cannot be printed: remove it and type again"
)
EMPTY = Text("编号是空的: 请填写", "the number is empty: fill it in")
LONG = Text("编号太长: 最多 {limit} 个字符", "the number is too long: at most {limit} characters")

VALUE_MISSING = Text(
    "按规则 {pattern} 编号需要{token}: 请先填写", "a number like {pattern} needs the {token}: fill it in first"
)
VALUE_UNFIT = Text(
    "“{value}”不能用于编号 {pattern}: 它不是{token}",
    "'{value}' cannot stand in a number like {pattern}: it is no {token}",
)
READS_OTHERWISE = Text(
    "编号“{number}”按规则 {pattern} 会被读成别的意思: 请在各部分之间加符号,或增加流水号位数",
    "'{number}' would be read differently by {pattern}: put a sign between its parts, or give the serial more digits",
)
NO_COUNTER = Text(
    "规则 {pattern} 没有流水号: 这种编号请自己填写", "{pattern} has no serial number: such a number is written by hand"
)

LABEL = Text(
    "“{found}”不是版本号{hint}: 请写成 A/0、A0、A、01 或 1.0",
    "'{found}' is no revision label{hint}: write A/0, A0, A, 01 or 1.0",
)
LABEL_LAST = Text(
    "“{label}”之后没有下一个版本号了: 请换一种版本写法,例如 1.0",
    "no label follows '{label}': change to another style of labels, such as 1.0",
)
