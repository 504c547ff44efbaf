"""What a print, a scan or a code turns out to be."""

from __future__ import annotations

from collections.abc import Mapping

from generator.terms import Text

OUTCOMES: Mapping[str, Text] = {
    "current": Text("现行", "current"),
    "uncontrolled": Text("内容现行，非受控打印件", "current content, an uncontrolled print"),
    "draft": Text("草稿，不得使用", "a draft, not to be used"),
    "obsolete": Text("已作废", "obsolete"),
    "incomplete": Text("不完整", "incomplete"),
    "resaved": Text("不是原文件", "not the original file"),
    "unproven": Text("无法证明", "cannot be proven"),
    "altered": Text("被改动过", "altered"),
    "foreign": Text("不是本库的文件", "not ours"),
}
LINE = Text("{name}: {outcome}{commit}", "{name}: {outcome}{commit}")
AT = Text("（提交 {commit}）", " (commit {commit})")
GENUINE = Text(
    "由提交 {commit} 重做的文件与它逐字节一致",
    "made again from commit {commit}, it is the same to the byte",
)
ENGINE = Text(
    "文字、二维码和外观与重做的一致；当时的程序是 {theirs}，现在是 {ours}",
    "text, codes and looks are those of a print made again; it was made by {theirs}, now it is {ours}",
)
RESAVED = Text(
    "文字、二维码和外观与原件一致，但字节不同: 被别的程序另存过。请用原件，或重新打印",
    "text, codes and looks are the original's, its bytes are not: another program saved it. Use the original",
)
BYTES = Text("有 {count} 个字节不同，首个在第 {first} 字节", "{count} bytes differ, the first is byte {first}")
PAGE_COUNT = Text("应有 {ours} 页，现有 {theirs} 页", "it should have {ours} pages and has {theirs}")
PAGE_TEXT = Text(
    "第 {page} 页应为“…{right}…”，现为“…{found}…”", "page {page} should read '…{right}…', reads '…{found}…'"
)
PAGE_LOOKS = Text(
    "第 {page} 页外观不同，在距上 {top}%、距左 {left}% 处",
    "page {page} looks otherwise, {top}% from the top, {left}% from the left",
)
PAGE_NO_CODE = Text("第 {page} 页没有可读的二维码", "page {page} has no code that can be read")
PAGE_STRANGE_CODE = Text(
    "第 {page} 页的二维码不是本程序的: “{text}”", "the code of page {page} is none of ours: '{text}'"
)
PAGE_OTHER = Text("第 {page} 页属于另一份: {name}", "page {page} belongs to another print: {name}")
PAGE_WRONG = Text("第 {page} 页的二维码写的是第 {said} 页", "the code of page {page} says page {said}")
MISSING = Text("缺第 {pages} 页（共 {total} 页）", "page {pages} of {total} is missing")
DOUBLED = Text("第 {pages} 页重复", "page {pages} is there twice")
BY_CODE = Text(
    "只凭二维码判断: 扫描件上的文字没有比对",
    "judged by its codes alone: what the scan reads was not compared",
)
NO_CODE = Text(
    "没有本程序的二维码，文件属性也不说明来自本库",
    "no code of ours on it, and its properties do not say that it is ours",
)
NO_CLAIM = Text(
    "文件属性里没有来源: 被别的程序另存过，或属性被删去。请用原件",
    "its properties name no origin: another program saved it, or they were taken away. Use the original",
)
LEDGER_OTHER = Text(
    "台账 {ledger} 里这份副本的摘要是另一个: 台账被改动过（wenkong audit）",
    "ledger {ledger} names another hash for this copy: the ledger was changed (wenkong audit)",
)
NO_COMMIT = Text(
    "它说打印自提交 {commit}，本库没有这个提交: 来自别的库，或历史被改写（wenkong audit）",
    "it says that it was printed from commit {commit}, which is not here: another repository's, or history was"
    " rewritten (wenkong audit)",
)
NO_NUMBER = Text("本库从来没有编号 {number}", "there never was a number {number} here")
NO_CONTENT = Text(
    "编号 {number} 从来没有过这样的内容: 二维码或内容是伪造的，或没有提交过",
    "{number} never had this content: code or content is made up, or it was never committed",
)
DELETED = Text("编号 {number} 已被删除（提交 {commit}）", "{number} was deleted (commit {commit})")
OUR_DRAFT = Text("打印时尚未提交: 不能作为证据", "it was printed before it was committed and proves nothing")
DRAFT_SAME = Text("内容与现在的相同: 请重新打印", "its content is what is kept now: print it anew")
DRAFT_OTHER = Text("内容与现在的不同", "its content is not what is kept now")
REGISTER = Text(
    "这是登记表 {number} 的打印件: 取数范围不在文件里，无法重做比对。请重新打印",
    "a print of register {number}: what it was asked for is not in it, so it cannot be made again. Print it anew",
)
NOT_MADE = Text("提交 {commit} 里无法重做 {number}", "{number} cannot be made from commit {commit}")
RECORD_SAME = Text("记录至今没有改动", "the record has not changed since")
RECORD_CHANGED = Text(
    "记录此后有改动（提交 {commit}）: 请重新打印", "the record has changed since (commit {commit}): print it anew"
)
PRINT_SAME = Text("{label} 是现行版本，但这不是受控副本", "{label} is in force, but this is no controlled copy")
UNSIGNED = Text("{label} 的状态是“{status}”", "{label} is: {status}")
SUCCESSOR = Text("已由 {successor} 代替", "{successor} took its place")
NO_LONGER = Text("已不再有效，没有后继", "it is not valid any more and has no successor")
WAITING = Text("尚未到生效日期", "it is not in force yet")
NOT_IN_LEDGER = Text("发放台账里没有这份副本", "no ledger knows this copy")
HELD = Text(
    "副本 {copy}，台账 {ledger}，{day} 发给 {holder}",
    "copy {copy}, ledger {ledger}, issued on {day} to {holder}",
)
GONE: Mapping[str, Text] = {
    "returned": Text(
        "台账说它已于 {day} 收回: 不应再使用", "the ledger says it came back on {day}: it must not be in use"
    ),
    "destroyed": Text(
        "台账说它已于 {day} 销毁: 不应存在", "the ledger says it was destroyed on {day}: it should not exist"
    ),
    "lost": Text(
        "台账说它已于 {day} 丢失: 请交还文控", "the ledger says it was lost on {day}: give it to document control"
    ),
    "kept": Text("作废保留件，只供参考", "kept for reference only"),
}
SIGNED_BY = Text("{role}: {person} {when}", "{role}: {person} {when}")
KEY_SIGNED = Text("电子签名 {role}: {name}（{issuer}）{when}", "digital signature {role}: {name} ({issuer}) {when}")
KEY_UNKNOWN = Text("签发者 {issuer} 不在信任的证书之列", "the issuer {issuer} is not among the trusted ones")
KEY_BROKEN = Text(
    "“{role}”处 {name} 的电子签名已失效: 签名后文件被改动",
    "the digital signature of {name} as '{role}' is broken: the file was changed after it",
)
AFTER = Text("签名之后又加了 {count} 个字节的内容", "{count} bytes were added that no signature covers")
NOT_A_FILE = Text(
    "没有文件 {name}，它也不是二维码的文字（WK1 …）", "there is no file {name}, and it is no text of a code (WK1 …)"
)
VERIFY = Text(
    "核对打印件、扫描件或二维码: 现行、作废、被改动、非受控、草稿，还是不是本库的。",
    "What a print, a scan or a code is: current, obsolete, altered, uncontrolled, a draft, or not ours.",
)
