"""The README's way from a telephone call to a printed page, followed word by word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SECTIONS = {"README.md": "## The first ten minutes", "README.zh-CN.md": "## 最初十分钟"}


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text("utf-8").split(SECTIONS[readme])[1].split("\n## ")[0]
    return [
        re.sub(r"^   ", "", each, flags=re.MULTILINE)
        for each in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    ]


def typed(root: Path, line: str) -> str:
    home = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    kept = {name: value for name, value in home.items() if not name.startswith("GIT_")}
    done = subprocess.run(("sh", "-c", line), cwd=root, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode in ({0, 1} if line.startswith("wenkong check") else {0}), done.stdout + done.stderr
    return done.stdout


def filled(path: Path, lines: str) -> None:
    text = path.read_text("utf-8")
    for line in lines.splitlines():
        key = line.split(":")[0]
        text, count = re.subn(rf"^{key}: .*$", line.strip(), text, flags=re.MULTILINE)
        assert count == 1, f"the stub has no open line {key}"
    path.write_text(text, "utf-8")


def test_a_new_complaint_becomes_a_printed_page_as_the_readme_says(tree: Path) -> None:
    who, new, check, render, commit = (each.strip() for each in blocks("README.md", "sh"))
    (lines,) = blocks("README.md", "yaml")
    typed(tree, who)
    path = tree / re.findall(r"records/\S+\.yaml", typed(tree, new))[0]
    filled(path, lines)
    found = re.findall(r"\[(\S+)\]", typed(tree, check.replace("CC-2026-0012", path.stem)))
    assert all(rule.startswith("R-06-") for rule in found), "only deadlines may have run out since"
    typed(tree, render.replace("CC-2026-0012", path.stem))
    typed(tree, commit.replace("CC-2026-0012", path.stem))
    page = tree / f"out/complaint/{path.stem}.pdf"
    assert page.read_bytes().startswith(b"%PDF")


def test_both_readmes_take_the_same_way() -> None:
    for language in ("sh", "yaml"):
        assert blocks("README.md", language) == blocks("README.zh-CN.md", language)
