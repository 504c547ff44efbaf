"""What is said about the repository itself: git, clones, folders."""

from __future__ import annotations

from generator.terms import Text

NO_ROOT = Text(
    "这里不是文控仓库: 从 {folder} 往上都找不到 schemas/ 和 records/。请先 cd 到仓库,或用 --root 指定",
    "this is no document control repository: no schemas/ and records/ from {folder} upwards. "
    "Go into the repository, or name it with --root",
)
NO_GIT = Text(
    "没有装 git,或它不能运行: 请安装 git（https://git-scm.com）后再试",
    "git is not installed or does not run: install git (https://git-scm.com) and try again",
)
NOT_TRUSTED = Text(
    "git 不信任这个文件夹（属于别的用户）: 请运行 git config --global --add safe.directory {folder}",
    "git does not trust this folder (it belongs to another user): "
    "run git config --global --add safe.directory {folder}",
)
SHALLOW = Text(
    "这是浅克隆,历史不完整: 请运行 git fetch --unshallow --tags",
    "this is a shallow clone, its history is cut off: run git fetch --unshallow --tags",
)
GIT_FAILED = Text("git 出错: {reason}", "git failed: {reason}")
