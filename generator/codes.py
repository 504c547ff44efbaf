"""What the QR of a page says, read back into its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

SHAPE = re.compile(r"WK1 (\S+) (\S+) ([1-9]\d{0,4})/([1-9]\d{0,4}) ([0-9a-f]{16})(?: ([1-9]\d{0,4}/[1-9]\d{0,4}))?")
DIGITS = 16
"""So many digits of the hash stand in a code."""


@dataclass(frozen=True, slots=True)
class Code:
    """Number, revision, page of pages, the first digits of the hash of the content, and the copy: 3/12, or nothing."""

    number: str
    revision: str
    page: int
    pages: int
    digest: str
    copy: str = ""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The parts of a code; None where it is none of ours."""
        fit = SHAPE.fullmatch(text.strip())
        if fit is None:
            return None
        number, revision, page, pages, digest, copy = fit.groups()
        return cls(number, revision, int(page), int(pages), digest, copy or "")

    @property
    def sheet(self) -> tuple[str, str, str, str]:
        """What all pages of one print have in common."""
        return self.number, self.revision, self.digest, self.copy

    @property
    def named(self) -> str:
        """The print in one word: number, revision, and copy if it is one."""
        return "@".join(filter(None, (self.number, self.revision, self.copy)))

    @property
    def serial(self) -> int:
        """The number of the copy, 0 for what is none."""
        return int(self.copy.partition("/")[0] or 0)
