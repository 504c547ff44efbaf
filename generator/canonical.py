"""The one spelling of a content, for hashes that survive comments, order and line breaks of the file."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

STATE = "state"


def content(values: Mapping[str, Any]) -> bytes:
    """Sorted JSON in UTF-8, text in NFC, numbers as written."""
    return json.dumps(_plain(values), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def record(values: Mapping[str, Any], attachments: Mapping[str, str]) -> bytes:
    """What is signed of a record: its values and the hashes of its attachments by name.

    The state is no part of it: a record goes on in its flow after it was signed, and history proves that way.
    """
    kept = {key: value for key, value in values.items() if key != STATE}
    return content({"record": kept, "attachments": attachments})


def procedure(front: Mapping[str, Any], body: str) -> bytes:
    """What is signed of a procedure: its front matter and its text."""
    return content({"procedure": front, "text": body})


def form(schema: Mapping[str, Any], template: str) -> bytes:
    """What is signed of a form: its definition and the hash of its template."""
    return content({"form": schema, "template": template})


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
