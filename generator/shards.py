"""One of several machines that share the work of a build: each path is the business of exactly one of them."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from generator.errors import GeneratorError
from generator.terms import printing

WRITTEN = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The share of a machine, from 1, of so many."""

    place: int = 1
    count: int = 1

    def has(self, path: str) -> bool:
        """Whether what is made from a file is made here; the same on every system."""
        return zlib.crc32(path.encode()) % self.count == self.place - 1


def read(text: str) -> Shard:
    """The share that a person wrote, such as 3/8; all of it where nothing is written.

    Raises:
        GeneratorError: it is written otherwise, or there are not so many.
    """
    found = WRITTEN.fullmatch(text)
    shard = Shard(int(found[1]), int(found[2])) if found else Shard()
    if (text and not found) or shard.place > shard.count:
        raise GeneratorError(printing.SHARD_WRONG.format(value=text))
    return shard
