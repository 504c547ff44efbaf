"""The text of a condition cut into the conditions that it is made of, without asking them of anything."""

from __future__ import annotations

import re
from itertools import accumulate

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def parts(text: str, sign: str) -> list[str]:
    """A condition cut at a sign that stands in no bracket and no quotes; one that chooses (a ? b : c) is not cut."""
    depths, blank = _depths(text), _blank(text)
    is_choosing = any(each == "?" and depth == 0 for each, depth in zip(blank, depths, strict=True))
    found = () if is_choosing else re.finditer(re.escape(sign), blank)
    cuts = [each.start() for each in found if depths[each.start()] == 0]
    starts, ends = [0, *(each + len(sign) for each in cuts)], [*cuts, len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def bare(text: str) -> str:
    """A condition without the brackets around all of it."""
    text = text.strip()
    while text.startswith("(") and is_one_call(text):
        text = text[1:-1].strip()
    return text


def is_one_call(text: str) -> bool:
    """Whether the bracket that opens a text is closed by its last letter."""
    return _depths(text).index(0) == len(text) - 1 if 0 in _depths(text) else False


def _depths(text: str) -> list[int]:
    """In how many brackets each letter stands, one that closes counted as outside."""
    return list(accumulate((each in "([") - (each in ")]") for each in _blank(text)))


def _blank(text: str) -> str:
    return QUOTED.sub(lambda each: "_" * len(each[0]), text)
