"""What is said about copies that are made again."""

from __future__ import annotations

from generator.terms import Text

NEVER_ISSUED = Text(
    "没有发放过 {name} 的副本 {copy}: 请写 编号@版本，发放过的有 {known}",
    "copy {copy} of {name} was never issued: write NUMBER@LABEL, issued were {known}",
)
SAME = Text(
    "副本 {copy}: 由提交 {commit} 重做，与台账逐字节一致（{path}）",
    "copy {copy}: made again from commit {commit}, the same to the byte as the ledger says ({path})",
)
DIFFERENT = Text(
    "副本 {copy}: 由提交 {commit} 重做，与台账不一致（{path}）: {what}",
    "copy {copy}: made again from commit {commit}, not the same as the ledger says ({path}): {what}",
)
NO_ORIGINAL = Text(
    "发放的文件不在这里，无法比较内容；程序、字体或 PDF 引擎可能已更换",
    "the copy that was issued is not here to be compared; the program, its fonts or its PDF engine may have changed",
)
SAME_TEXT = Text(
    "{pages} 页文字全部相同，只是生成它的程序或 PDF 引擎已更换",
    "all {pages} pages read the same; only the program or the PDF engine has changed",
)
OTHER_TEXT = Text(
    "原 {before} 页，现 {after} 页，文字不同的页: {places}",
    "{before} pages were issued, {after} now; other text on: {places}",
)
