"""Words of document control: the boxes of a document, and what stands in its way."""

from __future__ import annotations

from generator.terms import Text

BOXES = {
    "prepared": (Text("编制", "Prepared by"), Text("本人编制，内容属实", "I wrote this and it is true")),
    "reviewed": (Text("审核", "Reviewed by"), Text("本人已核对内容", "I checked the content")),
    "approved": (Text("批准", "Approved by"), Text("同意发布实施", "Released for use")),
}
LOCKED = Text(
    "git 正被占用（{path}），请等待其他 git 程序结束后重试; 若没有 git 在运行，请删除该文件",
    "git is busy ({path}): wait for the other git program and try again; if none is running, remove that file",
)
UNFINISHED = Text("上次中断的写入已补完: {message}", "a write that was cut off has been finished: {message}")
BEGUN_BY_ANOTHER = Text(
    "{who} 的写入中断未完: 请由本人再运行一次补完，或删除 {path} 放弃",
    "a write of {who} was cut off: let that person run it again to finish it, or remove {path} to give it up",
)
NOT_A_CLONE = Text(
    "这里不是 git 仓库，不能签署和发放: 请先运行 git init 并提交",
    "this is no git repository, so nothing can be signed or issued: run git init and commit",
)
NO_IDENTITY = Text(
    "git 不知道你是谁: 请运行 git config user.name 和 git config user.email",
    "git does not know who you are: run git config user.name and git config user.email",
)
NO_COMMIT = Text("没有提交 {name}", "there is no commit {name}")

NONE = "none"
"""Written as the successor of a document that nothing takes the place of."""
STATUS = {
    "draft": Text("草稿", "draft"),
    "in_review": Text("审核中", "in review"),
    "waiting": Text("已批准待生效", "approved, not yet effective"),
    "in_force": Text("现行有效", "in force"),
    "obsolete": Text("作废", "obsolete"),
    "obsolete_retained": Text("作废保留", "obsolete, retained"),
}
OTHER_SCHEME = Text(
    "版本 {label} 不是本公司的版本样式（{scheme}）: 请改，或修改设定 documents.label_scheme",
    "revision {label} is not of the company's style ({scheme}): change it, or the setting documents.label_scheme",
)
SAME_LABEL = Text(
    "内容已不同于签署的 {label}（提交 {commit}），版本号却没有变: 请运行 wenkong revise 换成 {following} 并写明原因",
    "the content is not what was signed as {label} (commit {commit}), but the label is the same: "
    "run wenkong revise to make it {following} and say why",
)
LOWER_LABEL = Text(
    "版本 {label} 低于已签署的 {highest}: 请改为 {following} 或更高",
    "revision {label} is lower than {highest}, which was signed: make it {following} or higher",
)
NO_REASON = Text(
    "{number} 的版本 {label} 没有写更改原因: 请填写 reason（zh 和 en）",
    "revision {label} of {number} does not say why it was made: fill in reason (zh and en)",
)
SAME_REASON = Text(
    "版本 {label} 的更改原因与 {before} 的相同: 请写这一次更改的原因",
    "revision {label} gives the same reason as {before}: say why this change was made",
)
NO_SUCCESSOR = Text(
    "{number} 已撤销，但没有写由什么替代: 请填写 successor（没有替代文件写 none）",
    "{number} is withdrawn but does not name what takes its place: fill in successor (none where nothing does)",
)
UNKNOWN_SUCCESSOR = Text("没有替代文件 {successor}", "there is no document {successor} to take its place")
TREE = Text("工作区", "working tree")
DIFF_HEAD = Text("{number} {title}: {before} 与 {after} 的差异", "{number} {title}: from {before} to {after}")
DIFF_NOTHING = Text("没有差异", "no difference")
NO_REVISION = Text(
    "{number} 没有版本或提交“{name}”: 有的是 {known}",
    "{number} has no revision or commit '{name}': there are {known}",
)
REVISED = Text(
    "{path}: 版本 {before} → {label}；修改完成后请提交并签署",
    "{path}: {before} → {label}; change it, commit and have it signed",
)
EFFECTIVE_STANDS = Text(
    "生效日期仍是上一版的 {date}：请改成新日期，或用 --effective 重来",
    "the effective date is still that of the last revision, {date}: change it, or begin again with --effective",
)
REASON_NEEDED = Text(
    "换版必须写明原因: --reason 中文 --reason-en English",
    "a revision needs its reason: --reason 中文 --reason-en English",
)
NOT_A_DOCUMENT = Text(
    "{number} 是记录，没有版本: 更正已签的记录请直接修改并在提交说明里写明原因",
    "{number} is a record and has no revisions: correct a signed record in its file and give the reason in the commit",
)
LAST_LABEL = Text("{label} 之后没有下一个版本: {reason}", "nothing follows {label}: {reason}")
STATUS_HEAD = (
    Text("编号", "Number"),
    Text("名称", "Title"),
    Text("现行版本", "In force"),
    Text("自", "Since"),
    Text("工作区", "Working tree"),
    Text("状态", "Status"),
    Text("替代", "Successor"),
)
