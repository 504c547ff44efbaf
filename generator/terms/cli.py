"""The help texts of the command line."""

from __future__ import annotations

from generator.terms import Text

ABOUT = Text(
    "文控: 把 git 里的 YAML 记录变成编号受控的 Word 和 PDF 表单。",
    "Document control: YAML records under git become numbered, controlled Word and PDF forms.",
)
ROOT = Text("仓库所在文件夹（默认: 从当前文件夹向上找）。", "The repository (default: upwards from here).")
LANG = Text("提示语言（默认按公司设置）。", "Language of messages (default: the organisation's).")
CHECK = Text("检查全部或指定的文件,列出所有问题。", "Check everything, or the files named, and list all findings.")
NEW = Text("按编号规则新建一条记录。", "Make a new record with the next number.")
NUMBER = Text("由人来定的编号。", "The number, where people give it.")
WITH = Text("编号规则需要的值,例如 department=QA。", "A value that the number needs, e.g. department=QA.")
EDITOR = Text(
    "为编辑器写好各表单的字段说明、选项和片段（out/schemas/）。",
    "Describe every form for the editor: help, options, snippets (out/schemas/).",
)
RENDER = Text("打印指定的记录、空白表单或程序文件到 out/。", "Print records, blank forms or procedures into out/.")
BLANK = Text("打印空白表单。", "Print the blank form.")
NEWER_DRAFT = Text("打印尚未生效的新版草稿。", "Print the newer draft, not what is in force.")
VIEW = Text(
    "按顾客的版式打印；customer 指顾客特殊要求规定的版式。",
    "Print a customer's own layout; 'customer' takes the one that the customer's requirement names.",
)
SHEET_LANG = Text("表单语言（默认按公司设置）。", "Language of the sheets (default: the organisation's).")
BUILD = Text("生成全部表单的 Word 和 PDF 到 out/。", "Make the Word and PDF sheets of everything into out/.")
REGISTER = Text("台账：显示或导出记录清单", "Show a register of records, or write it out")
START = Text("从这一天起", "From this day on")
END = Text("到这一天止", "Until this day")
PERIOD = Text("期间：2026、2026-H1、2026-Q1、2026-07、2026-W07", "Period: 2026, 2026-H1, 2026-Q1, 2026-07, 2026-W07")
ONLY_CUSTOMER = Text("只看此顾客", "Only this customer")
REGISTER_VIEW = Text("台账定义里的视图", "A view that the register defines")
EXPORT = Text("导出表单或台账到 Excel，可填写后送回", "Write a form or register to Excel, to fill and send back")
PROFILE = Text("最后说明时间花在哪里", "Say at the end where the time went")
DASK = Text(
    "在这个地址的 Dask 集群上转换 PDF，例如 tcp://10.0.0.5:8786",
    "Convert on the Dask cluster at this address, such as tcp://10.0.0.5:8786",
)
SHARD = Text("只做第几份，例如 8 台机器中的第 3 台", "Make only this share, as the third of eight machines")
IMPORT = Text(
    "读回填好的 Excel，逐格与记录合并；或按映射文件收入已有台账",
    "Take a filled workbook back, merged cell by cell, or a ledger of your own by a mapping",
)
MAPPING = Text("已有台账的映射文件：哪一列是哪个字段", "The mapping of your own ledger: which column is which field")
DRY_RUN = Text("只显示差异，不写入", "Only show what would change")
SIDE_OURS = Text("冲突处保留记录的值", "In a conflict keep the record's value")
SIDE_THEIRS = Text("冲突处取工作簿的值", "In a conflict take the workbook's value")
DESPITE_RULES = Text("违反规则也先收进来，由 check 列出", "Take in what breaks rules too; check lists it")
SKIP_BAD_ROWS = Text(
    "有错的行不收，连同原因写到 out/import/",
    "Leave out rows with faults; out/import/ says why",
)
REPORT = Text("报告：算出数据并写入记录", "Compute a report's figures, show or freeze them")
FREEZE = Text("把数据写入报告记录", "Write the figures into the report's record")
RECOUNT = Text("由写入数据的提交重算，逐项核对", "Compute frozen figures again from their commit, and compare each")
FORM = Text("表单模板。", "Templates of forms.")
FORM_DRAW = Text("按表单定义画出 Word 模板。", "Lay out the Word template from the form's definition.")
FORCE = Text("覆盖手工修改过的模板。", "Draw over a template that was edited by hand.")
FORM_CHECK = Text("核对模板标签与表单定义。", "Compare template tags and definition, both ways.")
DOCTOR = Text("检查这台电脑是否准备好。", "See whether this machine is ready.")

TODAY = Text("当作此时检查（默认：现在）", "The moment to judge by (default: now)")
MOVE = Text("把记录移到下一状态", "Take a record to its next state")
AS = Text("操作人（默认按 git 的 user.email）", "Who does this (default: by git's user.email)")
WHY = Text(
    "一屏说明一条记录：状态、经过、下一步、期限、规则",
    "One screen about a record: state, path, next step, limits, rules",
)
DUE = Text("到期清单：超期、今天、即将到期", "What is overdue, due today and due soon")
PERSON = Text("只看此人", "Only this person")
DEPARTMENT = Text("只看此部门", "Only this department")
WITHIN = Text("只看这段时间内", "Only within this time")
REMIND = Text("发送到期提醒（默认只显示）", "Send reminders (shows them only, unless --send)")
SEND = Text("真正发送", "Really send")
RULES = Text("规则一览：种类、条款、例子", "All rules with kind, clause and examples")
COVERAGE = Text(
    "哪些来源行由哪个表单、字段、状态或规则回答", "Which source rows are answered by which form, field, state or rule"
)
PROCEDURE = Text("只看这个程序，可重复", "Only this procedure; may be repeated")
IMPACT = Text("顾客要求影响哪些记录", "Which records a customer's demand touches")
LOG = Text("文控日志；给出编号则只看一条记录或一份文件", "The document control log, or that of one record or document")
SINCE = Text("从这一天起", "From this day on")
STATUS = Text("每份文件的现行版本和状态", "Which revision of each document is in force")
REVISE = Text("文件换版：写下一个版本号和更改原因", "Begin a document's next revision: its label and the reason")
CHANGE_REASON = Text("更改原因（中文）", "Reason for the change (Chinese)")
CHANGE_REASON_EN = Text("更改原因（英文；默认同中文）", "Reason in English (default: the same)")
EFFECTIVE = Text("生效日期", "Effective from")
NEXT_VERSION = Text("换大版本（A/3 → B/0）", "The next version (A/3 → B/0)")
DIFF = Text(
    "比较两个版本（默认：最近签署的与工作区）", "Compare two revisions (default: signed last, and the working tree)"
)
AUDIT = Text("核对全部历史: 签署、编号、日期、合并、台账", "Look through the history for what was tampered with")
ANCHOR = Text("先设一个锚点（带注释的标签）", "Set an anchor first (an annotated tag)")
PRINTED_HEAD = Text("打印件上的提交号，历史中必须还有它", "A commit printed on a sheet, which must still be there")
ISSUE = Text(
    "发放受控副本: 按分发名单逐份编号、盖受控章、登记",
    "issue controlled copies: numbered, stamped, entered in the ledger",
)
ISSUE_TO = Text("只发给这些部门、人员或外部接收方", "only to these departments, people or outside parties")
ACT_COPY = Text("分发号，或其末尾的序号", "the copy number, or the serial at its end")
ACT_ON = Text("日期，默认今天", "the day, today unless given")
RECEIVE = Text("登记纸质副本的签收", "enter who signed for a paper copy")
RECEIVE_BY = Text("签收人（人员键名或姓名）", "who signed for it (key of a person, or a name)")
ACKNOWLEDGE = Text("电子副本的持有者确认已阅读", "confirm having read an electronic copy, as its holder")
ACKNOWLEDGE_BY = Text("外部接收方的姓名", "the name of somebody outside who holds it")
RETURN = Text("登记收回的副本", "enter a copy that came back")
RETURN_BY = Text("经手人（人员键名），默认本人", "who took care of it (key of a person), yourself unless given")
LOST = Text("登记遗失的副本", "enter a copy that was lost")
DESTROY = Text("登记在见证下销毁的副本", "enter a copy that was destroyed before a witness")
WITNESS = Text("见证人（人员键名或姓名），不得是经手人", "the witness (key of a person, or a name), somebody else")
KEEP = Text("登记留用的作废副本，并加盖作废保留再印一份", "enter an obsolete copy that stays, and print it so stamped")
KEEP_REASON = Text("留用原因", "why it stays")
RECALL = Text(
    "收回失效版本的副本: 各部门收回单、账龄和逾期清单", "bring back copies that do not hold: slips, age, what is late"
)
HOLDERS = Text("谁持有哪些副本", "who holds which copies")
HOLDERS_ON = Text("哪一天，默认今天", "on which day, today unless given")
SIGN = Text("签署记录或文件：先显示所签内容，再写入签署并提交", "Sign a record or document: shows what, asks, commits")
SIGN_ROLE = Text("签署栏，如 prepared、reviewed、approved", "The box, such as prepared, reviewed, approved")
SIGN_AS = Text("签署人（默认: git 邮箱所属的人员）", "Who signs (default: the person with git's e-mail)")
SIGN_FOR = Text("代谁签署", "On whose behalf")
SIGN_KEY = Text("SSH 密钥文件（默认: git 的 user.signingkey）", "SSH key file (default: git's user.signingkey)")
SIGN_YES = Text("已看过，不再询问", "Looked at it already: do not ask")
RETENTION = Text("保存期满、可处置的记录", "Records whose retention is over")
DISPOSE = Text("处置一条期满的记录，留下摘要", "Dispose of a record whose time is over, leaving its hash")
AS_OF = Text("某一天现行有效的版本和各副本的持有者", "what was in force on a day, and who held which copy")
AS_OF_NUMBER = Text("只看这份文件", "only this document")
REISSUE = Text("由提交重做发放过的副本，并与台账比较", "Make issued copies again and compare them with the ledger")
DOSSIER = Text(
    "把属于一个顾客、一条记录或一段期间的全部表单和附件装订成一个 PDF",
    "Bind everything of a customer, a record or a period into one PDF",
)
DOSSIER_CUSTOMER = Text("此顾客的全部记录，不含其他顾客", "all records of this customer and of no other")
DOSSIER_RECORD = Text("此记录及与它相连的记录", "this record and all that is connected with it")
