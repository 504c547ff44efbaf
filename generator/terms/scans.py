"""Words of the scan tray: which pages were recognised, filed, and what is still unsigned."""

from __future__ import annotations

from collections.abc import Mapping

from generator.terms import Text

READ = Text("{pages} 页，{prints} 份打印件", "{pages} pages, {prints} prints")
WHERE = Text("{source} 第 {pages} 页", "{source}, page {pages}")
FILED = Text("{name}: 已归档到 {path}（{where}）", "{name}: filed as {path} ({where})")
WOULD = Text("{name}: 将归档到 {path}（{where}）", "{name}: would be filed as {path} ({where})")
ALREADY = Text("{name}: 早已归档，没有变化（{path}）", "{name}: filed before, nothing changed ({path})")
REPLACED = Text(
    "{name}: 以这次扫描代替了以前的（{path}）", "{name}: this scan took the place of the earlier one ({path})"
)
NOT_FILED = Text("{name}: 没有归档（{where}）: {reason}", "{name}: not filed ({where}): {reason}")
NO_CODE = Text(
    "{where}: 没有可读的二维码，没有归档: 请放平重扫",
    "{where}: no code that can be read, not filed: scan it flat again",
)
STRANGE = Text(
    "{where}: 不是本程序的二维码（“{text}”），没有归档", "{where}: a code that is none of ours ('{text}'), not filed"
)
NOT_WHOLE = Text("{faults}。请补齐后整份重扫", "{faults}. Scan the whole print again")
UNSIGNED = Text("{name}: “{role}”处{ink}", "{name}: box '{role}' {ink}")
INK: Mapping[str, Text] = {
    "blank": Text("空白", "is blank"),
    "unsure": Text("看不清，请人工查看（{path}）", "must be looked at ({path})"),
}
ALL_SIGNED = Text("归档的签署栏都已签", "every box that was filed is signed")
CHANGED = Text(
    "扫描件 {file} 在归档后被改动: 摘要与记录的不符。请从历史中恢复，或重新扫描归档",
    "scan {file} was changed after it was filed: its hash is another. Restore it from history or file it again",
)
NO_SUBJECT = Text("没有编号 {number}: 扫描件不属于任何记录或文件", "there is no {number}: the scan belongs to nothing")
FILE_SCAN = Text(
    "把扫描的打印件按二维码分拣归档，并查看签署栏。",
    "Sort scanned prints by their codes, file them, and look into the boxes to be signed.",
)
DRY_RUN = Text("只说会做什么，不写入", "Only say what would be done")
ONLY_UNSIGNED = Text("只列出已归档打印件里未签的签署栏", "Only list the boxes of filed prints that are not signed")
NOTHING_GIVEN = Text("请给出扫描文件，或用 --unsigned", "name a scan, or say --unsigned")
