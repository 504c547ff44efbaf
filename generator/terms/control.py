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
NOT_A_CLONE = Text(
    "这里不是 git 仓库，不能签署和发放: 请先运行 git init 并提交",
    "this is no git repository, so nothing can be signed or issued: run git init and commit",
)
NO_IDENTITY = Text(
    "git 不知道你是谁: 请运行 git config user.name 和 git config user.email",
    "git does not know who you are: run git config user.name and git config user.email",
)
NO_COMMIT = Text("没有提交 {name}", "there is no commit {name}")
