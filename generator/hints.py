"""`did you mean …?`: the known word that comes nearest to an unknown one, and a date as it should be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from unicodedata import normalize

from generator.terms import Text, reading

NEAR, NEAR_TITLE = 0.65, 0.5
MOST = 5
DATE, MOMENT, CLOCK = "2026-08-31", "2026-08-31 14:05", "hh:mm"
PARTS = re.compile(r"([0-9]{4})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})(?:\D{0,2}|\D{1,3}([0-9]{1,2})\D([0-9]{2})?\D?)")


def similar(word: str, known: Iterable[str]) -> Text:
    """The hint, or nothing where no known word is near."""
    close = get_close_matches(normalize("NFKC", word), list(known), n=1, cutoff=NEAR)
    return reading.SIMILAR.format(key=close[0]) if close else reading.NOTHING


def entitled(word: str, titles: Mapping[str, Text]) -> list[str]:
    """The keys whose title in either language is just this, with or without what it has in brackets."""
    wanted = _folded(word)
    return [
        key
        for key, title in titles.items()
        if any(wanted in {each, each.partition("(")[0].strip()} for each in map(_folded, (title.zh, title.en)))
    ]


def titled(word: str, titles: Mapping[str, Text]) -> list[str]:
    """The keys whose title in either language has the word in it, or else comes near it: the best first."""
    wanted = _folded(word)
    faces = [(_folded(each), key) for key, title in titles.items() for each in (title.zh, title.en)]
    inside = sorted((len(face), key) for face, key in faces if wanted and wanted in face)
    near = get_close_matches(wanted, [face for face, _ in faces], n=MOST, cutoff=NEAR_TITLE)
    found = [key for _, key in inside] or [key for each in near for face, key in faces if face == each]
    return list(dict.fromkeys(found))[:MOST]


def among(word: str, titles: Mapping[str, Text], *, also: Iterable[str] = ()) -> Text:
    """The hint by key, or else the few whose titles come near, with these; or nothing. `also` have no title."""
    by_key = similar(word, (*titles, *also))
    found = [] if by_key.en else titled(word, titles)
    if not found:
        return by_key
    zh, en = (f"{titles[each].zh} ({each})" for each in found), (f"{titles[each].en} ({each})" for each in found)
    return reading.TITLED.format(found=Text("、".join(zh), ", ".join(en)))


def _folded(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()


def dated(written: str, *, has_clock: bool) -> str:
    """What was meant by 2026/11/5, 2026.11.5 or 2026-11-5 9.05, as it should be written; else an example.

    Where only the clock is missing, the day with a clock to be put in: `2026-11-05 hh:mm`.
    """
    found = PARTS.fullmatch(normalize("NFKC", written).strip())
    if not found:
        return MOMENT if has_clock else DATE
    day = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if has_clock and not found[4]:
        return f"{day} {CLOCK}" if is_moment(day) else MOMENT
    clock = f" {int(found[4]):02}:{found[5] or '00'}" if has_clock else ""
    return day + clock if is_moment(day + clock) else MOMENT if has_clock else DATE


def is_moment(text: str) -> bool:
    """Whether a date, or a date with a clock, exists."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
