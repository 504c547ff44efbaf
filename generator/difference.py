"""What two contents of one document say differently, told by its own titles, rows by their keys, text word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from generator.history import Parts
from generator.terms import Text

Cut = Callable[[str], list[str]]
KEYS = ("id", "key", "number", "role", "document", "copy_no")
"""Columns by which the rows of a table are told apart before any other."""
PARAGRAPH = "\n\n"


class Act(StrEnum):
    """What happened to a piece of text."""

    KEPT = "="
    GONE = "-"
    NEW = "+"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, went or came."""

    act: Act
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that reads differently: the field or heading, the way inside it (row, column), and the words."""

    title: Text
    place: str
    pieces: tuple[Piece, ...]


def of(before: Parts, after: Parts, cut: Cut) -> Iterator[Difference]:
    """Every place that differs, in the order of the later content; what is gone comes last."""
    for key in (*after, *(each for each in before if each not in after)):
        title, _ = after.get(key) or before[key]
        old = _leaves(before[key][1]) if key in before else {}
        new = _leaves(after[key][1]) if key in after else {}
        for place in (*new, *(each for each in old if each not in new)):
            if old.get(place) != new.get(place):
                yield from _places(title, place, old.get(place, ""), new.get(place, ""), cut)


def _places(title: Text, place: str, old: str, new: str, cut: Cut) -> Iterator[Difference]:
    """A text of several paragraphs differs in each of them for itself."""
    earlier, later = old.split(PARAGRAPH), new.split(PARAGRAPH)
    for act, start, end, begin, stop in SequenceMatcher(None, earlier, later, autojunk=False).get_opcodes():
        if act != "equal":
            words = pieces(PARAGRAPH.join(earlier[start:end]), PARAGRAPH.join(later[begin:stop]), cut)
            yield Difference(title, place, words)


def pieces(before: str, after: str, cut: Cut) -> tuple[Piece, ...]:
    """One text beside another, word by word."""
    old, new = cut(before), cut(after)
    found: list[Piece] = []
    for act, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Piece(Act.KEPT, "".join(old[start:end])))
            continue
        found += [Piece(Act.GONE, "".join(old[start:end]))] if end > start else []
        found += [Piece(Act.NEW, "".join(new[begin:stop]))] if stop > begin else []
    return tuple(found)


def _leaves(value: Any, at: str = "") -> dict[str, str]:
    """Every single value by the way to it."""
    if isinstance(value, Mapping):
        return _joined(_leaves(each, f"{at}.{key}" if at else str(key)) for key, each in value.items())
    if isinstance(value, list | tuple) and value and all(isinstance(each, Mapping) for each in value):
        return _joined(_leaves(row, f"{at}[{name}]") for name, row in zip(_names(value), value, strict=True))
    if isinstance(value, list | tuple):
        return {at: ", ".join(map(str, value))}
    return {at: "" if value is None else str(value)}


def _joined(found: Iterable[dict[str, str]]) -> dict[str, str]:
    return {place: text for each in found for place, text in each.items()}


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What tells the rows apart: the first column that does, or else their places."""
    columns = [*(key for key in KEYS if key in rows[0]), *(key for key in rows[0] if key not in KEYS)]
    for key in columns:
        names = [str(row.get(key, "")) for row in rows]
        if len(set(names)) == len(names) and all(names):
            return names
    return [str(place) for place in range(1, len(rows) + 1)]
