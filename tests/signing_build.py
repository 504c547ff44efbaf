"""A small company whose people sign: a form with boxes, a procedure, keys, and clocks that tests set."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from generator import git as repositories
from generator import load, signaturecheck, signatures
from generator.commands import sign
from generator.model import Library
from generator.signing import Verdict
from generator.terms import Language
from tests import build
from tests.conftest import ROOT

RECORD, PROCEDURE = "TL-2026-0001", "CP-99"
RECORD_PATH = f"records/loan/2026/{RECORD}.yaml"
FOLDER = f"records/signatures/{RECORD}"
ANNA, BO, CHEN, DORA = "anna", "bo", "chen", "dora"
PERSON = """\
number: {key}
created_on: 2020-01-06
staff_no: {key}
name_zh: {key}
department: {department}
position: 职员
roles:
  - role: {role}
    from: 2020-01-06
email: {key}@example.com
customer_facing: false
from: 2020-01-06
{more}
"""
ROLES = {ANNA: "clerk", BO: "engineer", CHEN: "manager", DORA: "engineer"}
TEXT = """\
---
number: CP-99
revision: A/0
title: {zh: 借用程序, en: Lending}
owner: quality
effective: "2026-03-01"
reason: {zh: 首次发布, en: First issue}
---

## 1 目的 / Purpose

借出的工具都要登记。

What is lent is written down.
"""


def firm(root: Path, *, settings: Mapping[str, str] | None = None, boxes: str = "") -> Path:
    """The company in a clone of its own with one commit."""
    build.repository(root)
    for name in ("people", "signatures"):
        text = (ROOT / "schemas" / f"{name}.yaml").read_text("utf-8")
        (root / "schemas" / f"{name}.yaml").write_text(_alone(text), "utf-8")
    if boxes:
        loan = root / "schemas" / "loan.yaml"
        start, _, rest = loan.read_text("utf-8").partition("  signatures:\n")
        _, _, end = rest.partition("  states:\n")
        loan.write_text(f"{start}  signatures:\n{boxes}  states:\n{end}", "utf-8")
    if settings:
        put(root, settings)
    for key in ROLES:
        person(root, key)
    (root / "procedures").mkdir()
    (root / "procedures" / "CP-99-lending.md").write_text(TEXT, "utf-8")
    command(root, "init", "-q", "-b", "main")
    commit(root, "first", CHEN, "2026-03-01T08:00")
    return root


def _alone(schema: str) -> str:
    """A schema of the pack whose references are not looked up, except to people."""
    return schema.replace("x-ref: [", "x-ref-if-kept: [").replace("x-ref-if-kept: [people]", "x-ref: [people]")


def put(root: Path, settings: Mapping[str, str]) -> None:
    """Write settings of the organisation."""
    rows = [
        f"  - {{setting: {key}, value: '{value}', reason: 测试, by: anna, on: 2026-01-05}}"
        for key, value in settings.items()
    ]
    path = root / "records" / "organization.yaml"
    path.write_text(build.ORGANIZATION + "\n".join(["settings:", *rows, ""]), "utf-8")


def person(root: Path, key: str, *, more: str = "may_sign: false", **changes: str) -> None:
    """Write the record of a person."""
    path = root / "records" / "people" / f"{key}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"key": key, "role": ROLES.get(key, "clerk"), "department": "quality", "more": more, **changes}
    path.write_text(PERSON.format(**said), "utf-8")


def key(root: Path, name: str, kind: str = "ed25519") -> tuple[Path, str, str]:
    """A new key: its file, its public part and its fingerprint."""
    place = root.parent / f"key-{name}"
    subprocess.run(("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", str(place)), check=True)
    told = subprocess.run(("ssh-keygen", "-l", "-f", str(place)), check=True, capture_output=True).stdout.decode()
    return place, " ".join(place.with_suffix(".pub").read_text().split()[:2]), told.split()[1]


def keyed(root: Path, name: str, *, start: str = "2026-01-01", until: str = "", old: str = "", **said: str) -> Path:
    """Give a person a new key and write it into the record."""
    place, public, fingerprint = key(root, said.pop("file", name), said.pop("kind", "ed25519"))
    lines = [f"key_kind: ssh\nsigning_key: {public}\nkey_fingerprint: {fingerprint}\nkey_from: {start}"]
    lines += [f"key_until: {until}"] if until else []
    person(root, name, more="\n".join(["may_sign: true", *lines, old]), **said)
    return place


@contextmanager
def clock(person: str, when: str, committer: str = "") -> Iterator[None]:
    """Who git says commits, and when."""
    names = {"AUTHOR": person, "COMMITTER": committer or person}
    said = {f"GIT_{side}_NAME": name for side, name in names.items()}
    said |= {f"GIT_{side}_EMAIL": f"{name}@example.com" for side, name in names.items()}
    said |= {f"GIT_{side}_DATE": f"{when}:00+08:00" for side in names}
    with mock.patch.dict(os.environ, said):
        yield


def command(root: Path, *arguments: str) -> str:
    """What git answers."""
    done = subprocess.run(("git", *arguments), cwd=root, check=True, capture_output=True)
    return done.stdout.decode()


def commit(root: Path, message: str, who: str, when: str, *, committer: str = "") -> None:
    """Commit everything by a person at a time."""
    with clock(who, when, committer):
        command(root, "add", "-A")
        command(root, "commit", "-q", "-m", message)


def signed(root: Path, role: str, who: str, when: str, number: str = RECORD, **more: Any) -> Path:
    """Sign as a person does, and give the file that it made."""
    before = set((root / "records/signatures").rglob("*.yaml"))
    command(root, "config", "user.name", who)
    command(root, "config", "user.email", f"{who}@example.com")
    with clock(who, when):
        sign.run(
            root,
            sign.Wanted(number, role, **more),
            now=datetime.fromisoformat(f"{when}:00+08:00"),
            ask=None,
            language=Language.EN,
            say=lambda _: None,
        )
    (made,) = set((root / "records/signatures").rglob("*.yaml")) - before
    return made


def changed(root: Path, path: str, before: str, after: str, by: tuple[str, str] | None = None) -> None:
    """Change a file, and commit it where somebody is named."""
    text = (root / path).read_text("utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after, 1), "utf-8")
    if by:
        commit(root, f"change {path}", *by)


def verdicts(root: Path, number: str = RECORD) -> dict[str, Verdict]:
    """What is said of each entry, by role and person."""
    repository = repositories.repository(root)
    assert repository is not None
    try:
        found = signatures.verdicts(root, repository, load.library(root))[number]
    finally:
        repository.close()
    return {f"{each.entry.role} {each.entry.person}": each for each in found}


def faults(root: Path) -> list[tuple[str, str]]:
    """What check says of signatures: rule and words."""
    library = readable(root)
    repository = repositories.repository(root)
    assert repository is not None
    try:
        library = signatures.judged(root, repository, library)
        found = tuple(signaturecheck.findings(root, repository, library))
    finally:
        repository.close()
    return [(each.rule, each.message.en) for each in found]


def readable(root: Path) -> Library:
    """The library, which must have no findings of its own."""
    library = load.library(root)
    assert not library.findings, library.findings
    return library
