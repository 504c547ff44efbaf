"""A plant with one signed document that nobody holds yet, and somebody who issues it."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

from generator import yamlfile
from generator.commands import issue, ledger, recall
from generator.commands.ledger import Act
from generator.terms import Language
from tests import signed_build
from tests.conftest import commit, git

DOCUMENT = "CP-06"
LIST = f"records/distribution/{DOCUMENT}.yaml"
HOLDERS = """\
number: CP-06
created_on: 2026-01-09
holders:
  - {department: quality, site: suzhou, copies: 2, medium: paper}  # 两份
  - {department: production, site: taicang, copies: 1, medium: paper}
  - {department: engineering, person: zhou-jianping, copies: 1, medium: electronic}
  - {department: sales, customer: C0004, copies: 1, medium: electronic}
"""
SIGNED, ISSUED = "2026-02-20", "2026-02-25"
EFFECTIVE = 'effective: "2026-03-01"'


MASTERS = ("organization", "people", "departments", "roles", "sites", "calendars", "customer-file")


def unheld(source: Path, root: Path) -> Path:
    """The sample plant with CP-06 signed, a short distribution list, and no records but people and places."""
    for folder in ("schemas", "procedures", *(f"records/{each}" for each in MASTERS)):
        shutil.copytree(source / folder, root / folder)
    procedure = root / signed_build.PROCEDURE
    since = re.compile(r'^effective: ".*"$', re.MULTILINE)
    procedure.write_text(since.sub(EFFECTIVE, procedure.read_text("utf-8")), "utf-8")
    (root / "forms").mkdir()
    for each in ("distribution-record", "recall-slip"):
        shutil.copy(source / "forms" / f"{each}.docx", root / "forms")
    shutil.copy(source / "records" / "organization.yaml", root / "records")
    (root / LIST).parent.mkdir()
    (root / LIST).write_text(HOLDERS, "utf-8")
    (root / ".gitignore").write_text("out/\n", "utf-8")
    commit(root, "nobody holds anything")
    acting(root, "马晓敏", "ma.xiaomin@hengyue.example")
    signed_build.released(root, DOCUMENT, day=SIGNED)
    return root


def acting(root: Path, name: str, email: str) -> None:
    """From now on this person commits."""
    git(root, "config", "user.name", name)
    git(root, "config", "user.email", email)


def copied(source: Path, place: Path) -> Path:
    """A clone of its own of a plant."""
    shutil.copytree(source, place)
    return place


def at(day: str) -> datetime:
    """Noon of a day, local time."""
    return datetime.fromisoformat(f"{day} 12:00")


def issued(root: Path, *to: str, day: str = ISSUED) -> list[str]:
    """Issue, and what was said."""
    said: list[str] = []
    assert issue.run(root, DOCUMENT, to=to, now=at(day), language=Language.EN, say=said.append) == 0, said
    return said


def entered(root: Path, kind: str, copy: str, day: str, **more: str) -> list[str]:
    """Enter an act on a copy, and what was said."""
    said: list[str] = []
    act = Act(kind, on=day, **more)
    assert ledger.run(root, DOCUMENT, copy, act, now=at(day), language=Language.EN, say=said.append) == 0
    return said


def recalled(root: Path, day: str) -> tuple[int, list[str]]:
    """Recall, and what was said."""
    said: list[str] = []
    return recall.run(root, DOCUMENT, now=at(day), language=Language.EN, say=said.append), said


def revised(root: Path, *, effective: str = "2026-04-15") -> None:
    """Sign a new revision that holds from a day on."""
    signed_build.edited(
        root,
        signed_build.PROCEDURE,
        ("revision: A/0", "revision: A/1"),
        (EFFECTIVE, f'effective: "{effective}"'),
        ("首次发布", "改动回收"),
        ("First issue", "Recall changed"),
        message="A/1",
    )
    signed_build.released(root, DOCUMENT, day="2026-04-03")


def lines(root: Path, position: int = 0) -> list[dict[str, str]]:
    """The lines of a ledger as written."""
    path = sorted((root / "records" / "distribution-record").rglob("*.yaml"))[position]
    source, _ = yamlfile.load(path.read_bytes(), path.name)
    assert source is not None
    return list(source.values["lines"])


def edit(root: Path, before: str, after: str, message: str = "by hand") -> None:
    """Change the first ledger by hand and commit it."""
    path = next((root / "records" / "distribution-record").rglob("*.yaml"))
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    if message:
        commit(root, message)
