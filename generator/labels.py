"""Revision labels: A/0 and its kin, in order, and what comes next."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from generator.terms import Text, numbers


class LabelError(ValueError):
    """A text that is no revision label, or a label that nothing follows."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Scheme(StrEnum):
    """The styles of labels, each named by its first label."""

    SLASH = "A/0"
    LETTER_DIGIT = "A0"
    LETTER = "A"
    NUMBER = "01"
    POINT = "1.0"


SHAPES = {
    Scheme.SLASH: re.compile(r"([A-Z])/([0-9])"),
    Scheme.LETTER_DIGIT: re.compile(r"([A-Z])([0-9])"),
    Scheme.LETTER: re.compile(r"([A-Z])"),
    Scheme.NUMBER: re.compile(r"([0-9]{2})"),
    Scheme.POINT: re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})"),
}
SIGNS = {Scheme.SLASH: "/", Scheme.POINT: "."}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A revision label. Labels order by version, then revision; the style decides only between equals."""

    steps: tuple[int, int]
    scheme: Scheme

    @classmethod
    def parse(cls, text: str) -> Self:
        """The label that `text` is, read strictly: `a/0` and `A／0` are refused with a hint."""
        label = cls._of(text)
        if label is None:
            clean = unicodedata.normalize("NFKC", text).strip().upper()
            hint = numbers.SIMILAR.format(key=clean) if cls._of(clean) else numbers.NOTHING
            raise LabelError(numbers.LABEL.format(found=text, hint=hint))
        return label

    @classmethod
    def _of(cls, text: str) -> Self | None:
        for scheme, shape in SHAPES.items():
            fit = shape.fullmatch(text)
            if fit:
                version, *revision = fit.groups()
                return cls((_count(version), int("".join(revision) or 0)), scheme)
        return None

    @property
    def version(self) -> str:
        """The letter of A/0, the 1 of 1.0, all of 01."""
        count = self.steps[0]
        if self.scheme is Scheme.POINT:
            return str(count)
        return f"{count:02d}" if self.scheme is Scheme.NUMBER else chr(ord("A") + count - 1)

    @property
    def revision(self) -> str:
        """The digit of A/0; empty where the style has none."""
        return "" if self._is_single else str(self.steps[1])

    @property
    def _is_single(self) -> bool:
        return self.scheme in {Scheme.LETTER, Scheme.NUMBER}

    def __str__(self) -> str:
        return self.version + SIGNS.get(self.scheme, "") + self.revision

    def next_revision(self) -> Self:
        """A/0 → A/1, A/9 → B/0, A → B, 01 → 02, 1.9 → 1.10; LabelError after the last."""
        version, revision = self.steps
        step = self._at(version, revision + 1)
        return self.next_version() if self._is_single or step is None else step

    def next_version(self) -> Self:
        """A/3 → B/0, A → B, 01 → 02, 1.4 → 2.0; LabelError after the last."""
        step = self._at(self.steps[0] + 1, 0)
        if step is None:
            raise LabelError(numbers.LABEL_LAST.format(label=self))
        return step

    def _at(self, version: int, revision: int) -> Self | None:
        step = type(self)((version, revision), self.scheme)
        return step if SHAPES[self.scheme].fullmatch(str(step)) else None


def _count(version: str) -> int:
    return int(version) if version.isdigit() else ord(version) - ord("A") + 1
