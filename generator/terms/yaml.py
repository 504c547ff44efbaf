"""What is said about a YAML file that cannot be read, or cannot be changed, as it stands."""

from __future__ import annotations

from generator.terms import Text

SIZE = Text(
    "文件太大: 最多 1 MiB。大段内容请放进附件",
    "the file is too large: at most 1 MiB. Put what is long into an attachment",
)
BOM = Text(
    "文件开头有看不见的 BOM 标记: 请另存为“UTF-8（无 BOM）”",
    "the file begins with an invisible BOM: save it as UTF-8 without BOM",
)
ENCODING = Text(
    "这里的字不是 UTF-8 编码（可能是 GBK 或 UTF-16）: 请另存为“UTF-8（无 BOM）”",
    "the text here is not UTF-8 (perhaps GBK or UTF-16): save the file as UTF-8 without BOM",
)
CHARACTER = Text(
    "这里有看不见的字符 {code}: 请删去,再重新输入这几个字",
    "there is an invisible character {code} here: delete it and type these words again",
)
ESCAPE = Text(
    "引号里的反斜杠写法表示的不是能打印的字: 请直接写出文字; 要写反斜杠本身,请用单引号",
    "the backslash code in these quotes stands for nothing that can be printed: write the text itself; "
    "for a backslash as such use single quotes",
)
RETURN = Text(
    "这里的换行是 CR（Windows 格式）: 请在编辑器里改成 LF 换行再保存",
    "the line ends in CR (as on Windows): set line ends to LF in the editor and save again",
)
TAB = Text("这里有制表符（Tab）: 请改用空格", "there is a tab here: use blanks instead")
CONFLICT = Text(
    "这里有还没解决的合并冲突: 留下要的内容,并删去 <<<<<<<、=======、>>>>>>> 这几行",
    "a merge conflict is left here: keep what is right and delete the lines <<<<<<<, =======, >>>>>>>",
)
ANCHOR = Text(
    "值不能以 & 或 * 开头（不支持锚点和引用）: 请把内容完整写出; 如果是文字,请加引号",
    "a value may not begin with & or * (anchors and aliases are not used): write it in full; if it is text, quote it",
)
TAG = Text(
    "值不能以 ! 开头（不支持标签）: 如果是文字,请加引号",
    "a value may not begin with ! (tags are not used): if it is text, quote it",
)
DIRECTIVE = Text(
    "行首不能是 %（不支持指令）: 请删去这一行",
    "a line may not begin with % (directives are not used): delete this line",
)
DOCUMENTS = Text(
    "一个文件只能有一份内容: 请删去这里的 ---,或把后面的内容另存为一个文件",
    "a file holds one document: delete this ---, or move what follows to a file of its own",
)
DEPTH = Text(
    "一层套一层太深: 最多 {limit} 层。请减少缩进的层数",
    "nested too deeply: at most {limit} levels. Use fewer levels",
)
NODES = Text(
    "一个文件里的内容太多: 最多 {limit} 项。请分成几个文件",
    "too much in one file: at most {limit} entries. Split it into several files",
)
KEY = Text(
    "冒号前面应是一个名称,不能是列表或 {{…}}: 请写成“名称: 值”; 如果整个是文字,请加引号",
    "a name belongs before the colon, not a list or {{…}}: write `name: value`; if all of it is text, quote it",
)
TWICE = Text(
    "“{key}”重复了,第一次出现在第 {line} 行: 请删去一个",
    "'{key}' stands here twice, first on line {line}: remove one",
)
QUOTE = Text(
    "这里的引号没有配对: 请在文字末尾补上同样的引号",
    "the quote that opens here is never closed: put the same quote at the end of the text",
)
BRACKET = Text(
    "括号 [ ] 或 { } 没有配对,或各项之间缺逗号: 请检查这一处前面的括号",
    "a bracket [ ] or { } is not closed, or a comma is missing between its entries: look before this place",
)
NO_COLON = Text(
    "这一行缺少“: ”: 请写成“名称: 值”,用半角冒号,冒号后空一格",
    "this line lacks ': ': write `name: value`, with a plain colon and a blank after it",
)
COLON = Text(
    "文字里有“: ”,读不清哪里是名称哪里是值: 请给整段文字加引号; 或检查缩进",
    "the text holds ': ', so it is not clear what is name and what is value: quote the whole text, or check the indent",
)
HASH = Text(
    "“#”前有空格,从这里到行末会当作注释丢掉: 如果是内容,请给整段文字加引号; 如果是注释,请在 # 后空一格",
    "a blank stands before this #, so the rest of the line would be lost as a comment: if it is text, quote the whole "
    "text; if it is a comment, put a blank after the #",
)
START = Text(
    "值不能以这个符号开头: 请给整段文字加引号",
    "a value may not begin with this sign: quote the whole text",
)
INDENT = Text(
    "这里的缩进与上面不一致: 同一层的各行左边要对齐; 引号后面不能再有文字",
    "the indent does not fit what is above: lines of one level begin in one column; nothing may follow a closing quote",
)
SYNTAX = Text(
    "从这里起读不懂: 常见原因是引号没有配对、缩进不齐、冒号后没有空格",
    "this cannot be read from here on: often a quote is open, an indent is off, or the blank after a colon is missing",
)

UNREADABLE = Text(
    "文件有问题（第 {line} 行）,没有改动: {reason}",
    "the file was left as it is, because of line {line}: {reason}",
)
NO_PLACE = Text(
    "文件里没有“{place}”: 没有改动。请先手工加上",
    "there is no '{place}' in the file: nothing was changed. Add it by hand first",
)
NOT_ONE_VALUE = Text(
    "“{place}”不是单个值: 没有改动。请手工修改",
    "'{place}' is not a single value: nothing was changed. Edit it by hand",
)
NO_ROOM = Text(
    "“{place}”不是可以添加内容的地方: 没有改动。请手工修改",
    "nothing can be added at '{place}': nothing was changed. Edit it by hand",
)
KEY_THERE = Text(
    "“{place}”里已经有“{key}”: 没有改动。请修改已有的那一项",
    "'{place}' already has '{key}': nothing was changed. Change the one that is there",
)
NOT_CHANGED = Text(
    "程序没有把握只改“{place}”而不动别处: 没有改动。请手工修改",
    "'{place}' cannot be changed without touching something else: nothing was changed. Edit it by hand",
)
TOP = Text("整个文件", "the whole file")
