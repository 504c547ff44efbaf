"""Signed documents for tests: entries as `wenkong sign` writes them, committed by their signers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from generator import canonical, documents, load, signatures
from tests.conftest import PINNED

ROLES = {"prepared": "lin-xiaoyun", "reviewed": "chen-guoliang", "approved": "zhou-jianping"}
PROCEDURE = "procedures/CP-06-complaints.md"


def committed(root: Path, message: str, *, person: str = "", when: str = "2026-03-02T09:00:00+08:00") -> None:
    """Commit everything, by a person of the sample plant."""
    environment = {**os.environ, **PINNED, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    if person:
        email = load.library(root).records["people"][person].values["email"]
        for side in ("AUTHOR", "COMMITTER"):
            environment |= {f"GIT_{side}_NAME": person, f"GIT_{side}_EMAIL": email}
    subprocess.run(("git", "add", "-A"), cwd=root, env=environment, check=True)
    subprocess.run(("git", "commit", "-q", "-m", message), cwd=root, env=environment, check=True)


def sign(root: Path, number: str, role: str, *, day: str, person: str = "") -> None:
    """Write and commit one signature on what the tree holds of a document."""
    library = load.library(root)
    document = documents.of(library)[number]
    signer = person or ROLES[role]
    name = f"{role}-{signer}-{canonical.digest(f'{number} {document.label} {day}'.encode())[:8]}"
    path = root / "records" / "signatures" / number / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = signatures.digest(root, document, library)
    path.write_text(
        f"number: {name}\ncreated_on: {day}\nof: {number}\nrevision: {document.label}\nrole: {role}\n"
        f"person: {signer}\nsigned_at: {day} 10:00\nmeaning: 同意\nsha256: {digest}\n",
        "utf-8",
    )
    committed(root, f"sign {number} {role}", person=signer, when=f"{day}T10:00:00+08:00")


def released(root: Path, number: str, *, day: str) -> None:
    """Sign what the tree holds of a document by everybody who must."""
    for role in ROLES:
        sign(root, number, role, day=day)


def edited(root: Path, path: str, *changes: tuple[str, str], message: str = "", day: str = "2026-04-01") -> None:
    """Change a file by pieces of its text and commit it, where there is a message."""
    text = (root / path).read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    (root / path).write_text(text, "utf-8")
    if message:
        committed(root, message, when=f"{day}T09:00:00+08:00")
