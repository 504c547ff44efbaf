"""A tray of scanned pages sorted into prints: which are whole, what is missing, doubled or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.codes import Code
from generator.terms import Text
from generator.terms import scans as words

SCANS = "scans"
"""The folder of records in which scans are filed."""


class Leaf(NamedTuple):
    """A page of a scan: the file's name, its page from 1, the code of ours on it or what another code says."""

    source: str
    page: int
    code: Code | None
    text: str = ""


@dataclass(frozen=True)
class Sheaf:
    """The pages of one print, in the order of the print."""

    leaves: tuple[Leaf, ...]

    @property
    def code(self) -> Code:
        """A code of the print."""
        (code, *_) = (each.code for each in self.leaves if each.code)
        return code

    @property
    def stem(self) -> str:
        """What it is filed as: once for each content and copy of a number."""
        code = self.code
        copy = f"-{code.serial:02d}" if code.copy else ""
        return f"scan-{code.digest[:8]}{copy}"

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that its pages come from, each once."""
        return tuple(dict.fromkeys(each.source for each in self.leaves))

    def pages(self, source: str) -> tuple[int, ...]:
        """Which pages of a file are its own, in the order of the print."""
        return tuple(each.page for each in self.leaves if each.source == source)


def sorted_out(leaves: Iterable[Leaf]) -> tuple[tuple[Sheaf, ...], tuple[Leaf, ...]]:
    """The prints by their number, and the pages that belong to none."""
    found: dict[tuple[str, str, str, str], list[Leaf]] = {}
    strangers: list[Leaf] = []
    for each in leaves:
        if each.code is None:
            strangers.append(each)
        else:
            found.setdefault(each.code.sheet, []).append(each)
    sheaves = (Sheaf(tuple(sorted(every, key=_order))) for every in found.values())
    return tuple(sorted(sheaves, key=lambda each: each.code.sheet)), tuple(strangers)


def _order(leaf: Leaf) -> int:
    return leaf.code.page if leaf.code else 0


def where(leaves: Sequence[Leaf]) -> Text:
    """Where pages lie in the scans: `a.pdf, page 3, 4; b.pdf, page 1`."""
    sources = dict.fromkeys(each.source for each in leaves)
    parts = [
        words.WHERE.format(source=source, pages=", ".join(str(each.page) for each in leaves if each.source == source))
        for source in sources
    ]
    return Text("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))


def unsigned(values: Any) -> Iterator[tuple[str, str]]:
    """The boxes of a filed scan that are not signed, and what was seen there."""
    for each in values.get("boxes", ()):
        if each["ink"] != "signed":
            yield each["role"], each["ink"]
