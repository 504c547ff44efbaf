"""`did you mean …?`: the known word that comes nearest to an unknown one, and a date as it should be written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from unicodedata import normalize

from generator.terms import Text, reading

NEAR = 0.65
DATE, MOMENT = "2026-08-31", "2026-08-31 14:05"
PARTS = re.compile(r"([0-9]{4})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})(?:\D{0,2}|\D{1,3}([0-9]{1,2})\D([0-9]{2})?\D?)")


def similar(word: str, known: Iterable[str]) -> Text:
    """The hint, or nothing where no known word is near."""
    close = get_close_matches(normalize("NFKC", word), list(known), n=1, cutoff=NEAR)
    return reading.SIMILAR.format(key=close[0]) if close else reading.NOTHING


def dated(written: str, *, has_clock: bool) -> str:
    """What was meant by 2026/11/5, 2026.11.5 or 2026-11-5 9.05, as it should be written; else an example."""
    found = PARTS.fullmatch(normalize("NFKC", written).strip())
    if not found or (has_clock and not found[4]):
        return MOMENT if has_clock else DATE
    day = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    clock = f" {int(found[4]):02}:{found[5] or '00'}" if has_clock else ""
    try:
        datetime.fromisoformat(day + clock)
    except ValueError:
        return MOMENT if has_clock else DATE
    return day + clock
