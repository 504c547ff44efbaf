"""The one spelling of a record's content, for hashes that survive comments, order and line breaks of the file."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def content(values: Mapping[str, Any]) -> bytes:
    """Sorted JSON in UTF-8, text in NFC, numbers as written; signatures are about the content, not part of it."""
    kept = {key: value for key, value in values.items() if key != "signatures"}
    return json.dumps(_plain(kept), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
