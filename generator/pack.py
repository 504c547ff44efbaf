"""Where the standard pack lies: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder() -> Path:
    """The folder that holds forms/, schemas/ and procedures/ of the pack."""
    inside = PACKAGE / "pack"
    return inside if inside.is_dir() else PACKAGE.parent


def schema(name: str) -> bytes:
    """A schema of the program itself, such as form.schema.json."""
    return (folder() / "schemas" / name).read_bytes()
