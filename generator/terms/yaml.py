"""What is said about a YAML file that cannot be read as it stands."""

from __future__ import annotations

from generator.terms import Text

SIZE = Text("文件太大: 最多 1 MiB", "the file is too large: at most 1 MiB")
BOM = Text("文件开头有 BOM: 请保存为不带 BOM 的 UTF-8", "the file begins with a BOM: save it as UTF-8 without BOM")
ENCODING = Text("文件不是 UTF-8 编码: 请另存为 UTF-8", "the file is not UTF-8: save it as UTF-8")
CHARACTER = Text("这里有看不见的字符 {code}: 请删去", "there is an invisible character {code} here: delete it")
RETURN = Text("换行是 CRLF: 请保存为 LF 换行", "the line ends in CR: save the file with LF line ends")
TAB = Text("这里有制表符: 请改用空格", "there is a tab here: use blanks")
CONFLICT = Text("这里有没解决的合并冲突: 请选好内容并删去标记", "a merge conflict is left here: choose and remove the marks")
ANCHOR = Text("不支持 &锚点 和 *引用: 请直接写内容", "anchors (&) and aliases (*) are not used here: write the value itself")
TAG = Text("不支持 ! 标签: 文字请加引号", "tags (!) are not used here: put the text in quotes")
DIRECTIVE = Text("不支持 % 指令: 请删去", "directives (%) are not used here: delete the line")
DOCUMENTS = Text("一个文件只能有一份内容: 请删去 ---", "one file holds one document: delete the ---")
DEPTH = Text("嵌套太深: 最多 {limit} 层", "nested too deep: at most {limit} levels")
NODES = Text("内容太多: 最多 {limit} 项", "too much in one file: at most {limit} values")
KEY = Text("名称必须是一个词: 冒号前面不能是列表", "a key must be one word: no list may stand before the colon")
TWICE = Text("“{key}”重复了,第一次在第 {line} 行: 请删去一个", "'{key}' stands twice, first on line {line}: remove one")
SYNTAX = Text(
    "写法有误（{reason}）: 常见原因是引号没有成对、缩进不齐、冒号后没有空格",
    "this cannot be read ({reason}): often a quote is not closed, an indent is off, or the blank after a colon is missing",
)
