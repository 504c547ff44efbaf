"""Words about copies: who holds them, what was done with them, and what stands in the way."""

from __future__ import annotations

from generator.terms import Text

NO_DOCUMENT = Text("没有编号为“{number}”的受控文件{hint}", "there is no controlled document {number}{hint}")
NO_LEDGER = Text(
    "没有表单写明 x-form.ledger，不知道把分发登记在哪里: 请从标准包取回分发回收记录的定义",
    "no form says x-form.ledger, so there is no ledger: take the distribution record from the standard pack",
)
NOT_SIGNED = Text(
    "{number} {label} 还不能发放: 缺少签署 {roles}。请先运行 wenkong sign {number}",
    "{number} {label} cannot be issued yet: signatures are missing: {roles}. Run wenkong sign {number} first",
)
IS_REGISTER = Text(
    "{number} 是台账，每次打印都是当时的数据，不发放受控副本。请用 wenkong register {key}",
    "{number} is a register: each print holds the entries of its day, so no copies of it are issued."
    " Use wenkong register {key}",
)
WITHDRAWN = Text("{number} 已于 {day} 作废，不能发放", "{number} was withdrawn on {day} and is not issued")
DIRTY = Text(
    "有未提交的改动，不能发放: 请先提交或还原（git status 可查看）",
    "there are changes that are not committed, so nothing is issued: commit or undo them first (see git status)",
)
HAS_FINDINGS = Text(
    "{number} 有 {count} 个错误，不能发放: 请先改正",
    "{number} has {count} errors and is not issued: correct them first",
)
NO_HOLDERS = Text(
    "没有写明 {number} 发给谁: 请填写 records/distribution/{number}.yaml（wenkong new distribution --number {number}）",
    "nothing says who is to hold {number}: fill in records/distribution/{number}.yaml"
    " (wenkong new distribution --number {number})",
)
NO_SUCH_HOLDER = Text(
    "{number} 的分发名单里没有“{holder}”。名单上有: {known}",
    "{holder} is not on the distribution list of {number}. On it are: {known}",
)
NOT_MADE = Text("{number} 的副本没有做成: {path} 有以上问题", "the copies of {number} were not made: see {path} above")
NOTHING_TO_ISSUE = Text(
    "{number} {label}: 名单上的持有者都已有副本，没有要发放的",
    "{number} {label}: everybody on the list has a copy, nothing to issue",
)
ISSUED = Text(
    "{number} {label}: 发放 {count} 份，登记在 {ledger}", "{number} {label}: {count} copies issued, entered in {ledger}"
)
MADE = Text("{copy}  {holder}  {path}", "{copy}  {holder}  {path}")
DIFFERENT = Text(
    "{copy} 再次制作后与登记的摘要不同，未写出: 程序或字体已更换",
    "{copy} made again is not what the ledger says, and was not written: the program or its fonts have changed",
)
NO_COPY = Text(
    "没有登记 {number} 的分发号 {copy}。已登记: {known}", "no copy {copy} of {number} is entered. There are: {known}"
)
WHICH_COPY = Text(
    "{number} 有多份分发号 {copy}: {known}。请写完整的分发号",
    "{number} has more than one copy {copy}: {known}. Write the whole copy number",
)
EDITED = Text(
    "{path} 有未提交的改动: 请先提交或还原，再登记",
    "{path} has changes that are not committed: commit or undo them first",
)
IS_PAPER = Text(
    "{copy} 是纸质副本，请用 wenkong receive 登记签收", "{copy} is on paper: enter its receipt with wenkong receive"
)
IS_ELECTRONIC = Text(
    "{copy} 是电子副本，由持有者用 wenkong acknowledge 确认",
    "{copy} is electronic: its holder confirms it with wenkong acknowledge",
)
ALREADY_RECEIVED = Text("{copy} 已由 {by} 于 {on} 签收", "{copy} was signed for by {by} on {on}")
ALREADY_BACK = Text("{copy} 已于 {on} 登记为{result}", "{copy} was entered as {result} on {on}")
NOT_RECEIVED = Text(
    "{copy} 还没有签收，不能先登记{result}: 请先登记签收",
    "{copy} was never signed for, so it cannot be entered as {result}: enter the receipt first",
)
TOO_EARLY = Text("{copy}: {on} 早于{what} {day}", "{copy}: {on} is before {what} {day}")
IN_FUTURE = Text("{copy}: {on} 还没有到", "{copy}: {on} is in the future")
ON_ISSUE = Text("发放日期", "the day of issue")
ON_RECEIPT = Text("签收日期", "the day of receipt")
SAME_PERSON = Text("{copy}: 见证人不得是销毁人 {by}", "{copy}: the witness may not be {by}, who destroyed it")
NOT_OBSOLETE = Text(
    "{copy} 的版本仍然有效，不需要作废留用",
    "{copy} is of an edition that is in force, so there is nothing obsolete to keep",
)
NOT_YOURS = Text(
    "{copy} 由“{holder}”持有，只能由持有者确认（外部接收方用 --by 姓名）",
    "{copy} is held by {holder}, who alone can confirm it (for somebody outside: --by NAME)",
)
ENTERED = Text("{copy} {act}: {by}，{on}", "{copy} {act}: {by}, {on}")
ACTS = {
    "received": Text("已签收", "received"),
    "acknowledged": Text("已阅读确认", "read and acknowledged"),
    "returned": Text("收回", "returned"),
    "lost": Text("遗失", "lost"),
    "destroyed": Text("销毁", "destroyed"),
    "kept": Text("作废留用", "kept as obsolete"),
}
ADVANCED = Text("{ledger}: {start} → {end}", "{ledger}: {start} → {end}")
NOTHING_TO_RECALL = Text("{number}: 没有要收回的副本", "{number}: no copy is to be brought back")
NO_CALENDAR = Text(
    "{day} 之后的工作日历未知，算不出应收回日期: 请补 records/calendars",
    "the calendar after {day} is not known, so no day of return can be told: complete records/calendars",
)
RECALLED = Text(
    "{number}: {count} 份待收回，其中逾期 {overdue} 份",
    "{number}: {count} copies to bring back, {overdue} of them overdue",
)
COLUMNS = (
    Text("分发号", "Copy"),
    Text("持有者", "Holder"),
    Text("地点", "Site"),
    Text("发放", "Issued"),
    Text("签收", "Received"),
    Text("去向", "Where it went"),
)
AGEING = (
    Text("分发号", "Copy"),
    Text("持有者", "Holder"),
    Text("失效", "Not valid since"),
    Text("天数", "Days"),
    Text("应收回", "Due"),
    Text("是否逾期", "Overdue"),
)
OVERDUE = Text("逾期", "overdue")
NOBODY = Text("没有人持有副本", "nobody holds a copy")
NO_DEPARTMENT = Text("没有部门“{key}”{hint}", "there is no department {key}{hint}")
NUMBER_OR_DEPARTMENT = Text("请写文件编号或 --department", "name a document or a --department")
DOUBLED = Text("分发号 {copy} 重复: {other} 已登记", "copy number {copy} is entered twice: {other} has it already")
RECEIVED_EARLY = Text(
    "{copy} 在发放（{issued}）之前签收（{day}）", "{copy} was received ({day}) before it was issued ({issued})"
)
RECALLED_EARLY = Text(
    "{copy} 在发放（{issued}）之前收回（{day}）", "{copy} came back ({day}) before it was issued ({issued})"
)
LATE = Text(
    "{copy} 的版本自 {since} 失效，应于 {due} 前收回，由 {holder} 持有: 请运行 wenkong recall {number}",
    "{copy} is of an edition that ended on {since} and had to be back by {due}; {holder} holds it:"
    " run wenkong recall {number}",
)
CHANGED = Text(
    "{copy} 的“{column}”与发放时（提交 {commit}）不同: 当时是“{before}”。发放事项不得改动，请还原",
    "{column} of {copy} is not what was issued (commit {commit}): it was “{before}”."
    " What was issued may not be changed: undo it",
)
UNISSUED = Text(
    "{copy} 不在发放时（提交 {commit}）的登记里: 收回或签收的比发放的多，请删除该行，用 wenkong issue 发放",
    "{copy} was not among what was issued (commit {commit}), so more is entered than was issued: delete the line and"
    " run wenkong issue",
)
DROPPED = Text(
    "{copy} 发放过（提交 {commit}），却从登记里消失: 请还原该行",
    "{copy} was issued (commit {commit}) and has vanished from the ledger: put the line back",
)
SLIP = Text("{department}: {path}", "{department}: {path}")
IN_FORCE_ON = Text("{day} 现行有效: {count} 份文件", "in force on {day}: {count} documents")
IN_FORCE_COLUMNS = (
    Text("编号", "Number"),
    Text("名称", "Title"),
    Text("版本", "Revision"),
    Text("生效", "Since"),
    Text("提交", "Commit"),
)
HELD_ON = Text("{day} 在外副本: {count} 份", "held on {day}: {count} copies")
HELD_INVALID = Text(
    "{copy} 是 {edition} 版，当日现行有效的是 {label}", "{copy} is of {edition}; in force on that day was {label}"
)
