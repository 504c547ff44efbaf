"""Words of dossiers: the cover, the contents, what stays out and why."""

from __future__ import annotations

from generator.terms import Text

DOSSIER = Text("卷宗", "Dossier")
OF_CUSTOMER = Text("顾客 {number} {name}", "Customer {number} {name}")
OF_RECORD = Text("{number} {title}", "{number} {title}")
OF_PERIOD = Text("期间 {period}", "Period {period}")
BOTH = Text("{first}，{second}", "{first}, {second}")
ABOUT = Text("范围", "About")
CUSTOMERS = Text("顾客", "Customers")
NOBODY = Text("不涉及顾客", "none")
RECORDS = Text("记录", "Records")
ATTACHMENTS = Text("附件", "Attachments")
SIGNATURES = Text("签署", "Signatures")
PAGES = Text("页数", "Pages")
HOLDS = Text("内容", "What it holds")
COUNT = Text("{count}", "{count}")
CONTENTS = Text("目录", "Contents")
NUMBER = Text("编号", "No.")
TITLE = Text("名称", "Title")
PAGE = Text("页", "Page")
FILE = Text("文件", "File")
HASH = Text("SHA-256", "SHA-256")
NOT_PRINTED = Text("未印", "not printed")
SIGNED_LIST = Text("签署清单", "Signatures")
ROLE = Text("签署栏", "Box")
PERSON = Text("签署人", "Signed by")
WHEN = Text("时间", "When")
STANDS = Text("效力", "Standing")
VALID = Text("有效", "holds")
VOID = Text("失效", "void")
LEFT_OUT = Text("未收入", "Left out")
WHY = Text("原因", "Why")
PRINTED_AT = Text("印自", "Printed from")
OTHER = Text("属于另一顾客", "belongs to another customer")
SEVERAL = Text("涉及多个顾客", "concerns several customers")
GENERAL = Text("不属于任何顾客，另行管理", "belongs to no customer and is kept by itself")
MENTIONS = Text("“{label}”提到另一顾客", "names another customer in {label}")
WITH_FINDINGS = Text("有 {count} 个问题，不能打印", "has {count} findings and cannot be printed")
ON_ITS_PAGES = Text(
    "{number} {reason}: 交给外人之前先看一看", "{number} {reason}: look at it before it leaves the house"
)
NO_SCOPE = Text(
    "要写明卷宗的范围: --customer、--record 或 --period（--customer 可与 --period 同用）",
    "say what the dossier is about: --customer, --record or --period (--customer goes with --period)",
)
UNKNOWN_CUSTOMER = Text("没有编号为“{number}”的顾客{hint}", "there is no customer {number}{hint}")
UNKNOWN_RECORD = Text("没有编号为“{number}”的可打印记录{hint}", "there is no printed record {number}{hint}")
MIXED = Text(
    "{number} 不能成为卷宗: {reason}。卷宗只收一个顾客的资料",
    "there is no dossier of {number}: it {reason}. A dossier holds the data of one customer",
)
EMPTY = Text("没有属于“{about}”的记录", "there are no records of {about}")
IS_ENCRYPTED = Text("附件 {name} 加了密码，读不出来", "the attachment {name} is encrypted and cannot be read")
IS_BROKEN = Text("附件 {name} 已损坏，读不出来", "the attachment {name} is damaged and cannot be read")
IN_ATTACHMENT = Text(
    "附件 {name} 第 {page} 页提到另一顾客 {customer}: 交给外人之前先看一看",
    "the attachment {name} names another customer, {customer}, on page {page}: look at it before it leaves the house",
)
PAGES_UNSEARCHED = Text(
    "附件 {name} 第 {pages} 页没有可检索的文字（扫描件或图片），查不出是否提到另一顾客: 交给外人之前须由人看过",
    "the attachment {name} has no text that can be searched on page {pages} (a scan or a picture), so nobody knows yet "
    "whether it names another customer: a person must look at it before it leaves the house",
)
IN_FILE = Text(
    "附件 {name} 提到另一顾客 {customer}: 交给外人之前先看一看",
    "the attachment {name} names another customer, {customer}: look at it before it leaves the house",
)
FILE_UNSEARCHED = Text(
    "附件 {name} 无法检索（图片、加密或其他格式），查不出是否提到另一顾客: 交给外人之前须由人看过",
    "the attachment {name} cannot be searched (a picture, encrypted, or of another kind), so nobody knows yet whether "
    "it names another customer: a person must look at it before it leaves the house",
)
PICTURE_UNSEARCHED = Text(
    "附件 {name} 是图片，查不出是否提到另一顾客: 交给外人之前须由人看过",
    "the attachment {name} is a picture that cannot be searched, so nobody knows yet whether it names another "
    "customer: a person must look at it before it leaves the house",
)
IN_ITS_PLACE = Text("此页代替读不出来的附件", "This page stands for an attachment that cannot be read")
ATTACHMENT_OF = Text("{number} 的附件 {name}", "Attachment of {number}: {name}")
WROTE = Text(
    "已生成 {path}: {records} 条记录，{pages} 页，{left} 条未收入",
    "wrote {path}: {records} records, {pages} pages, {left} left out",
)
