"""Where the standard pack lies: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from generator import __version__

PACKAGE = Path(__file__).resolve().parent


def folder() -> Path:
    """The folder that holds forms/, schemas/ and procedures/ of the pack."""
    inside = PACKAGE / "pack"
    return inside if inside.is_dir() else PACKAGE.parent


@cache
def program() -> str:
    """Which program this is: its version, and how its files look, so that nothing kept by another one is believed."""
    seen = sha256(__version__.encode())
    for path in sorted((*PACKAGE.rglob("*.py"), *(folder() / "schemas").glob("*.json"))):
        look = path.stat()
        seen.update(f"{path.name} {look.st_size} {look.st_mtime_ns}\n".encode())
    return f"{__version__} {seen.hexdigest()}"


def schema(name: str) -> bytes:
    """A schema of the program itself, such as form.schema.json."""
    return (folder() / "schemas" / name).read_bytes()
