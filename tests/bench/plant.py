"""The sample plant after many years: as many records on disk as are wanted, mixed as they are there."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path

from generator import load
from tests.conftest import ROOT, git

PATTERN = "seq:04d"
"""Numbers with room for thousands a year."""
SERIAL = re.compile(r"(.*-)([0-9]{4})\Z")
APART = 100
"""How far the serials of one copy are from those of the next."""


def grown(root: Path, count: int) -> Path:
    """A clone of the plant with so many records in one commit, each copy referring to copies."""
    for name in ("forms", "schemas", "procedures", "records"):
        shutil.copytree(ROOT / name, root / name)
    library = load.library(root)
    kept = [key for key, form in library.forms.items() if form.rules and PATTERN in form.pattern]
    usual = [record for key in kept for record in library.records[key].values() if SERIAL.match(record.number)]
    known = re.compile("|".join(sorted((re.escape(each.number) for each in usual), key=len, reverse=True)))
    there = sum(map(len, library.records.values()))
    texts = [(each, (root / each.path).read_text("utf-8")) for each in usual]
    for place in range(max(count - there, 0)):
        record, text = texts[place % len(texts)]
        copy = place // len(texts) + 1
        path = root / Path(record.path).with_name(f"{_copied(record.number, copy)}.yaml")
        path.write_text(known.sub(partial(_again, copy), text), "utf-8")
        beside = (root / record.path).with_suffix("")
        if beside.is_dir():
            path.with_suffix("").symlink_to(beside.name)
    git(root, "init", "-q", "-b", "main")
    for pair in ("user.name=Anna", "user.email=anna@example.com"):
        git(root, "config", *pair.split("="))
    (root / ".gitignore").write_text("out/\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "years later")
    return root


def _again(copy: int, found: re.Match[str]) -> str:
    return _copied(found[0], copy)


def _copied(number: str, copy: int) -> str:
    found = SERIAL.match(number)
    return f"{found[1]}{int(found[2]) + APART * copy:04d}" if found else number
