"""Words of signing: what is signed, and why a signature does not hold."""

from __future__ import annotations

from generator.terms import Text

UNKNOWN_SIGNER = Text(
    "git 的邮箱 {email} 不属于任何人员: 请核对 git config user.email 与人员档案",
    "the git e-mail {email} belongs to no person: compare git config user.email with the records of people",
)
UNKNOWN_PERSON = Text("没有人员 {person}", "there is no person {person}")
NOT_YOU = Text(
    "git 的邮箱是 {email}，不是 {person} 的: 请由本人签署，或用 --key 以本人的密钥签署",
    "the git e-mail is {email}, which is not that of {person}: sign yourself, or with the person's key (--key)",
)
NO_BOXES = Text("{number} 没有签署栏", "{number} has no boxes to sign")
NO_BOX = Text(
    "{number} 没有签署栏“{role}”: 有 {known}；--role 后写键或栏名",
    "{number} has no box '{role}': there are {known}; write the key or the label after --role",
)
NOT_COMMITTED = Text(
    "{number} 有未提交的内容（{paths}）: 请先提交，再签署",
    "{number} has content that is not committed ({paths}): commit it, then sign",
)
CHANGED = Text(
    "{number} 在确认期间变了: 请重新查看后再签署",
    "{number} changed while you were looking: look again, then sign",
)
NOT_ASKED = Text(
    "没有终端可以确认: 请先查看，再加 --yes",
    "there is no terminal to confirm at: look first, then add --yes",
)
NOT_CONFIRMED = Text("没有签署", "not signed")
ALREADY = Text(
    "{person} 已经以“{role}”签署了这一内容",
    "{person} has signed this content as {role} already",
)
WOULD_NOT_HOLD = Text("不能签署: {why}", "this cannot be signed: {why}")
NOT_NOW = Text(
    "签署时间 {signed} 与提交时间 {committed} 相差超过一小时，写下即无效: "
    "请去掉 --today，按现在的时间签署；电脑的时钟不准时请先校准",
    "the time of signing, {signed}, is more than an hour from that of the commit, {committed}, so it would be void at "
    "once: leave out --today and sign as of now; if the clock of this computer is wrong, set it first",
)
BEFORE_OTHERS = Text(
    "签署时间 {signed} 早于应先签署的 {person}（{role}，{last}），写下即无效: "
    "请核对 --today 与电脑的时钟，在那之后再签署",
    "the time of signing, {signed}, is before {person} ({role}, {last}), who must have signed first, so it would be "
    "void at once: look at --today and the clock of this computer, and sign after that",
)
SHOWN = Text("{number} {title} {label}", "{number} {title} {label}")
SHOWN_DIGEST = Text("内容摘要 {digest}", "hash of the content {digest}")
SHOWN_FIRST = Text("此前没有人签署过", "nobody signed it before")
SHOWN_SAME = Text(
    "与 {when} {person}（{role}）所签的内容相同",
    "the same content as {person} ({role}) signed on {when}",
)
SHOWN_CHANGED = Text(
    "与 {when} {person}（{role}）所签的内容相比，改了:",
    "changed since {person} ({role}) signed on {when}:",
)
SHOWN_UNKNOWN = Text(
    "{when} {person}（{role}）所签的内容不在历史中",
    "what {person} ({role}) signed on {when} is not in the history",
)
SHOWN_AS = Text("{person} 以“{role}”签署: {meaning}", "{person} signs as {role}: {meaning}")
SHOWN_FOR = Text(
    "{person} 代 {principal} 以“{role}”签署: {meaning}", "{person} for {principal} signs as {role}: {meaning}"
)
CONFIRM = Text("确认签署?", "Sign it?")
SIGNED = Text("已签署 {path}", "signed: {path}")
MESSAGE = Text("签署 {number} {label}: {role} {person}", "sign {number} {label}: {role} {person}")

UNCOMMITTED = Text("签署尚未提交", "the signature is not committed yet")
MISPLACED = Text(
    "这份签署属于 {subject}，却放在 {folder} 下: 它被移动或复制过",
    "this signature belongs to {subject} but stands below {folder}: it was moved or copied",
)
EDITED = Text(
    "签署在加入后被改过（提交 {commit}，{who}，{when}）",
    "the signature was edited after it was added (commit {commit}, {who}, {when})",
)
EDITED_TREE = Text("工作区里的签署被改过", "the signature was edited in the working tree")
NOT_EMPLOYED = Text("{person} 在 {day} 不在职", "{person} was not with the company on {day}")
OTHER_AUTHOR = Text(
    "签署人是 {person}，加入签署的提交 {commit} 却是 {email} 做的",
    "the signer is {person}, but commit {commit}, which added the signature, is by {email}",
)
FORGED = Text(
    "提交 {commit} 写着由 {author} 所做，当时提交的却是 {committer}",
    "commit {commit} says it is by {author}, but {committer} committed it at that moment",
)
BACK_DATED = Text(
    "签署时间写的是 {signed}，提交却在 {committed}（提交 {commit}）",
    "it says it was signed at {signed}, but it was committed at {committed} (commit {commit})",
)
NO_KEY = Text(
    "按规定须用密钥签署，这里没有数字签名: 请用 wenkong sign --key",
    "the organisation asks for a key, and there is no digital signature: use wenkong sign --key",
)
NO_SSH_KEYGEN = Text(
    "没有 ssh-keygen: 请安装 OpenSSH（Windows 可选功能“OpenSSH 客户端”）",
    "there is no ssh-keygen: install OpenSSH (on Windows the optional feature OpenSSH Client)",
)
CANNOT_SIGN = Text("不能用密钥 {key} 签名: {reason}", "cannot sign with key {key}: {reason}")
KEY_NEEDED = Text(
    "按规定须用密钥签署: 请用 --key 指明密钥文件，或设置 git config user.signingkey",
    "the organisation asks for a key: name its file with --key, or set git config user.signingkey",
)
BAD_KEY = Text(
    "数字签名与内容不符: 不是这份内容、这个角色、这个人、这个时间的签名",
    "the digital signature is not for this content, role, person and time",
)
OTHER_KEY = Text("密钥 {key} 不是 {person} 的", "key {key} is not a key of {person}")
KEY_NOT_VALID = Text(
    "密钥 {key} 在 {day} 无效（{start} 至 {end}）",
    "key {key} was not valid on {day} ({start} to {end})",
)
MAY_NOT_SIGN = Text("{person} 没有密钥签署权限（may_sign）", "{person} may not sign with a key (may_sign)")

UNKNOWN_BOX = Text("没有签署栏“{role}”: 有的是 {known}", "there is no box '{role}': there are {known}")
VOID = Text("内容在签署后改了，签署失效", "the content changed after it was signed, so the signature is void")
OTHER_REVISION = Text("签的是版本 {revision}，不是 {label}", "revision {revision} was signed, not {label}")
OUT_OF_ORDER = Text(
    "“{before}”还没有有效签署，不能以“{role}”签署",
    "the box '{before}' is not validly signed, so '{role}' cannot be",
)
NOT_ENTITLED = Text(
    "{person} 在 {day} 不能以“{role}”签署: 可以的是 {by}",
    "{person} may not sign as {role} on {day}: those who may are {by}",
)
NOT_SEPARATE = Text(
    "{person} 已以“{other}”签署，“{role}”须由另一人签署",
    "{person} signed as {other}, so somebody else must sign as {role}",
)
NO_DELEGATE = Text(
    "{person} 在 {day} 不是 {principal} 的代理人",
    "{person} is no delegate of {principal} on {day}",
)

NO_SUBJECT = Text("没有编号为 {number} 的记录或文件", "there is no record or document {number}")
VOID_BY = Text(
    "内容在签署后改了，签署失效: 提交 {commit}（{who}，{when}）改了 {changed}",
    "the content changed after it was signed, so this is void: commit {commit} ({who}, {when}) changed {changed}",
)
VOID_BY_TREE = Text(
    "内容在签署后改了，签署失效: 未提交的修改改了 {changed}",
    "the content changed after it was signed, so this is void: an uncommitted change of {changed}",
)
NEVER_SIGNED = Text(
    "所签的内容从未在主线历史中出现过: 这份签署是从别处抄来的，或历史被改写过",
    "what was signed never stood in the main history: the signature comes from elsewhere, or history was rewritten",
)
NOTHING_NAMED = Text("内容", "the content")
REMOVED = Text(
    "{person} 以“{role}”对 {subject} 的签署被删除（提交 {commit}，{who}，{when}）: 请恢复",
    "the signature of {person} as {role} on {subject} was deleted (commit {commit}, {who}, {when}): bring it back",
)
REMOVED_TREE = Text("工作区里删除了这份签署: 请恢复", "this signature is deleted in the working tree: bring it back")
MISSING = Text(
    "{number} 已结束，却缺少签署: {boxes}",
    "{number} has ended but is not signed: {boxes}",
)
