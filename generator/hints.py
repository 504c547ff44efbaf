"""`did you mean …?`: the known word that comes nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from generator.terms import Text, reading

NEAR = 0.65


def similar(word: str, known: Iterable[str]) -> Text:
    """The hint, or nothing where no known word is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=NEAR)
    return reading.SIMILAR.format(key=close[0]) if close else reading.NOTHING
