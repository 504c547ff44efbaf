"""A small repository with rules, for tests of the kinds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator import load, rulebook
from generator.model import Finding
from tests import build

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it
SETTINGS = """\
    loan.back_within: {default: 2wd, zh: 归还时限, en: Time to return}
    loan.most: {default: 3, at_least: 1, at_most: 9, zh: 件数, en: Pieces}
    loan.parts: {default: [screw], options: [screw, nut], zh: 部件, en: Parts}
"""


def rule(kind: str, keys: str, number: str = "R-1") -> str:
    """One rule in YAML."""
    return f'  - {{id: {number}, kind: {kind}, clause: "CP-99 5", zh: 甲, en: A, {keys}}}\n'


def repository(root: Path, rules: str, *, flow: str = "", settings: str = SETTINGS, **records: str) -> Path:
    """The small repository with these rules; keywords are records as in build."""
    build.repository(root, **records)
    path = root / "schemas" / "loan.yaml"
    block = f"  settings:\n{settings}"
    block += f"  transitions:\n{flow}" if flow else ""
    block += f"  rules:\n{rules}" if rules else ""
    path.write_text(path.read_text("utf-8").replace("type: object\n$ref", f"{block}type: object\n$ref", 1), "utf-8")
    return root


def judged(root: Path, now: datetime = NOW) -> list[Finding]:
    """Everything that is found."""
    return list(rulebook.judged(load.library(root), now).findings)


def said(root: Path, now: datetime = NOW) -> list[tuple[int, str, str]]:
    """Line, rule and English words of everything that is found."""
    return [(each.line, each.rule, each.message.en) for each in judged(root, now)]
