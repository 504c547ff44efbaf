"""Repositories for tests of registers: the pack with its good examples, and a small one with a short register."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests import build
from tests.conftest import ROOT

EXAMPLES = ROOT / "tests" / "examples"
MASTERS = ("customer-file", "people", "departments", "product", "roles", "sites", "calendars")
REGISTER = """\
title: 借用台账
x-register:
  number: EX-02
  revision: A/0
  title: {zh: 借用台账, en: Register of loans}
  procedure: CP-99
  from: {form: loan, period: lent_on}
  order: [-price]
  columns:
    number: {}
    tool: {}
    kind: {}
    lent_on: {}
    price: {total: sum}
    pieces: {total: sum}
    value: {value: "price * pieces", kind: number, zh: 总值, en: Value, total: sum}
  views:
    hand: {zh: 手动, en: Hand tools, where: "kind == 'hand'"}
  tables:
    by_kind:
      zh: 按类别
      en: By kind
      from: loan
      by: {kind: kind}
      measures:
        count: {kind: count, zh: 件数, en: Loans}
        pieces: {kind: sum, value: pieces, zh: 件, en: Pieces}
"""


def examples(root: Path) -> Path:
    """The pack with its master records and the good example of each form, and nothing of the sample plant's story."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    shutil.copytree(ROOT / "procedures", root / "procedures")
    for key in MASTERS:
        shutil.copytree(ROOT / "records" / key, root / "records" / key)
    shutil.copy(ROOT / "records" / "organization.yaml", root / "records")
    for example in sorted(EXAMPLES.glob("*/good/*.yaml")):
        year = re.search(r"-(20\d\d)-", example.stem)
        path = root.joinpath("records", example.parts[-3], *([year[1]] if year else []), example.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(example, path)
    return root


def small(root: Path, register: str = REGISTER, **records: str) -> Path:
    """The small repository with a register."""
    build.repository(root, **records)
    (root / "schemas" / "loans.yaml").write_text(register, "utf-8")
    return root


def loan(**changes: str) -> str:
    """A record of the small repository with other values; one that is None is left out."""
    lines = build.RECORD.splitlines()
    for key, value in changes.items():
        lines = [f"{key}: {value}" if line.startswith(f"{key}:") else line for line in lines]
    return "\n".join(lines) + "\n"
