"""What an audit of the history says."""

from __future__ import annotations

from generator.terms import Text

AT = Text("提交 {commit}: {what}", "commit {commit}: {what}")
SET_BACK = Text(
    "{author} 的提交时间 {when} 早于它的上一个提交 {parent}，时间被倒填",
    "{author} committed at {when}, before the commit it follows ({parent}): the date was set back",
)
FUTURE = Text(
    "{author} 写于 {written}，却提交于更早的 {when}: 时间被改过",
    "{author} wrote it at {written} but committed it earlier, at {when}: a date was changed",
)
DROPPED = Text(
    "合并时丢掉了分支 {branch} 对 {path} 的更改: 请找回，或在说明里写明为何不要",
    "the merge dropped what branch {branch} changed in {path}: bring it back, or say why it is not wanted",
)
REUSED = Text(
    "编号 {number} 删除后又用于别的内容: 编号不得重复使用，请用 wenkong new 取新编号",
    "number {number} was deleted and came back with another content: a number is never used twice, "
    "take a new one with wenkong new",
)
REWRITTEN = Text(
    "历史被改写: {name} 处的提交 {commit} 已不在当前历史中; 请从其他克隆取回",
    "the history was rewritten: commit {commit}, held by {name}, is no longer in it; bring it back from another clone",
)
REPLACED = Text(
    "对象 {commit} 设有替身（refs/replace）: git 会显示别的内容; 请运行 git replace -d {commit}",
    "object {commit} has a replacement (refs/replace): git shows something else; run git replace -d {commit}",
)
GRAFTED = Text(
    "有 .git/info/grafts 文件: git 显示的历史被截短; 请删除该文件",
    "there is a file .git/info/grafts: git shows a history that was cut; remove that file",
)
CLEAN = Text(
    "已核对 {commits} 个提交、{anchors} 个锚点: 没有发现问题",
    "{commits} commits and {anchors} anchors looked at: nothing found",
)
FOUND = Text(
    "已核对 {commits} 个提交、{anchors} 个锚点: 发现 {count} 处",
    "{commits} commits and {anchors} anchors looked at: {count} found",
)
ANCHORED = Text(
    "已设锚点 {name}（提交 {commit}）: 请推送到另一处: git push origin {name}",
    "anchor {name} set at commit {commit}: push it somewhere else: git push origin {name}",
)
ANCHOR = Text("锚点 {name}", "anchor {name}")
LEDGER = Text("台账 {name}", "ledger {name}")
ALTERED = Text(
    "副本 {copy} 的文件与台账 {ledger} 登记的摘要不符: 请用 wenkong reissue 重做并比较",
    "the file of copy {copy} is not what ledger {ledger} says was issued: "
    "make it again with wenkong reissue and compare",
)
GIVEN = Text("打印件上的提交", "the commit on a print")
NO_COMMITS = Text("还没有提交，不能设锚点", "there is no commit to anchor yet")
