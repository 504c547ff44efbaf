"""What the doctor says about a machine and a clone, to people who do not program."""

from __future__ import annotations

from generator.terms import Text

GOOD = Text("正常", "good")
CARE = Text("注意", "note")
BAD = Text("需处理", "to do")

GIT = Text("git {version} 可用", "git {version} works")
NO_REPOSITORY = Text(
    "这个文件夹还不在 git 里: 打印的表单只能标为草稿。请运行 git init,然后提交",
    "this folder is not under git yet: sheets can only be drafts. Run git init and commit",
)
NO_COMMIT = Text("还没有任何提交: 打印的表单只能标为草稿", "there is no commit yet: sheets can only be drafts")
CLONE = Text("克隆完整,历史没有缺失", "the clone is whole, no history is missing")
DIRTY = Text("有尚未提交的修改: 现在打印会标为草稿", "there are changes not committed: what is printed now is a draft")
CLEAN = Text("没有未提交的修改", "everything is committed")
IDENTITY = Text("git 里的姓名和邮箱已设置（{name}）", "name and e-mail are set in git ({name})")
NO_IDENTITY = Text(
    "git 里没有姓名或邮箱: 请运行 git config user.name 您的姓名 和 git config user.email 您的邮箱",
    "git knows no name or e-mail: run git config user.name YOUR-NAME and git config user.email YOUR-EMAIL",
)
FONTS = Text("打印字体随程序提供: {family}", "the printing fonts come with the program: {family}")
NO_FONTS = Text("打印字体缺失: 请重新安装 wenkong", "the printing fonts are missing: install wenkong again")
ENGINE = Text("PDF 引擎 {name} {version} 可用", "the PDF engine {name} {version} works")
NO_ENGINE = Text("PDF 引擎 {name} 不可用: {reason}", "the PDF engine {name} does not work: {reason}")
OFFICE = Text("另有 LibreOffice 可作对照: {path}", "LibreOffice is there too, for comparison: {path}")
NO_OFFICE = Text(
    "没有安装 LibreOffice（不是必需的,只用于对照）", "LibreOffice is not installed (not needed, only for comparison)"
)
EDITOR = Text("编辑器设置正确: 保存为 UTF-8、LF 换行", "the editor settings are right: UTF-8 and LF line ends")
NO_EDITOR = Text(
    "没有 .editorconfig: 编辑器可能存成别的编码或换行。请从 wenkong 的仓库复制一份",
    "there is no .editorconfig: an editor may save other encodings or line ends. Copy the one of wenkong",
)
LINE_ENDS = Text(
    "git 会把换行改成 CRLF: 请在 .gitattributes 里加上 *.yaml text eol=lf",
    "git turns line ends into CRLF: add `*.yaml text eol=lf` to .gitattributes",
)
FOLDER = Text("仓库: {root}", "repository: {root}")
READY = Text("这台电脑可以使用。", "This machine is ready.")
NOT_READY = Text("请先处理上面标为“需处理”的 {count} 项。", "Please see to the points marked 'to do' first: {count}.")
