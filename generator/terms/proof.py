"""Words of proof: what a file, a scan or a code turns out to be."""

from __future__ import annotations

from generator.terms import Text

EMPTY = Text(
    "{name} 是空文件（0 字节）: 请重新扫描或取得原件", "{name} is empty (0 bytes): scan it again or get the original"
)
NEITHER = Text(
    "{name} 不是 PDF，也不是图片: 请给出 PDF、PNG、JPEG 或 TIFF",
    "{name} is neither a PDF nor a picture: give a PDF, PNG, JPEG or TIFF",
)
ENCRYPTED = Text(
    "{name} 有密码保护，无法读取: 请先去掉密码再试", "{name} is protected by a password: take it away and try again"
)
BROKEN = Text("{name} 是损坏的 PDF，无法打开: 请重新取得", "{name} is a broken PDF and cannot be opened: get it again")
NO_PAGE = Text("{name} 没有任何页面: 请重新扫描", "{name} has no page: scan it again")
SIGNED_ALREADY = Text(
    "文件已有电子签名，盖章或改写会使签名失效: 请从记录重新打印一份",
    "the file is signed; a stamp or any rewrite would break the signature: print the record anew",
)
BAD_KEY = Text(
    "无法打开 {name}: 口令不对，或不是含私钥的 PKCS#12 文件（.p12/.pfx）",
    "{name} cannot be opened: the pass phrase is wrong, or it is no PKCS#12 file (.p12/.pfx) with a private key",
)
BAD_ROOT = Text(
    "信任的证书文件无法读取: 请放入 PEM 或 DER 格式的证书",
    "a file of a trusted certificate cannot be read: put in a certificate as PEM or DER",
)
NO_TIME = Text(
    "时间戳服务器 {server} 没有给出时间戳: 请检查地址和网络，或不带 --tsa 签署",
    "the time stamp server {server} gave no time stamp: check address and network, or sign without --tsa",
)
NOT_SIGNED_PDF = Text("无法签署: {reason}", "this could not be signed: {reason}")
NO_FIELDS = Text(
    "{name} 没有签名域: 请先提交记录，再用 wenkong render 打印（草稿没有签名域）",
    "{name} has no signature fields: commit the record and print it with wenkong render (a draft has none)",
)
NO_SUCH_FIELD = Text("没有“{role}”签名域: 有的是 {known}{hint}", "there is no field '{role}': there are {known}{hint}")
BROKEN_BEFORE = Text(
    "“{role}”处 {name} 的签名已失效（文件在签名后被改动）: 不能在其上再签，请重新打印",
    "the signature of {name} as '{role}' is broken (the file was changed after it): print the record anew",
)
FIELD_TAKEN = Text("“{role}”已经签署", "'{role}' is signed already")
NOT_YET = Text("“{role}”之前还没有签署: {missing}", "before '{role}' these must sign: {missing}")
KEY_NOT_VALID = Text(
    "{name} 的证书只在 {starts} 至 {ends} 有效", "the certificate of {name} is valid from {starts} to {ends} only"
)
SAME_SIGNER = Text(
    "{name} 已签署“{role}”: 编制、审核、批准须由不同的人",
    "{name} has signed as '{role}': each role needs another person",
)
BEGUN = Text(
    "{path} 已有签名: 请在该文件上继续签署，或先移走它",
    "{path} holds signatures: go on with that file, or move it away",
)
DIGITALLY = Text("电子签名", "digitally signed")
PDF_SIGNED = Text("{path}: {name} 已签署“{role}”", "{path}: signed by {name} as '{role}'")
SIGN_PDF = Text("用 PKCS#12 证书在 PDF 的签名域中签署", "Sign a PDF in the field of a role with a PKCS#12 certificate")
ROLE = Text("签署角色，如 prepared", "The role to sign as, e.g. prepared")
PASSPHRASE = Text("从此环境变量取证书口令（默认询问）", "Take the pass phrase from this variable (default: ask)")
PASSPHRASE_PROMPT = Text("证书口令", "Pass phrase of the certificate")
NO_VARIABLE = Text("没有环境变量 {name}", "there is no environment variable {name}")
TSA = Text("时间戳服务器地址（RFC 3161）", "Address of a time stamp server (RFC 3161)")
