"""Sheets as they were made before: one of which nothing has changed is neither converted nor written again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import __version__, canonical, findings
from generator.model import Finding
from generator.production import OUT, Piece

SHEETS = "sheets"
Written = bytes


@dataclass
class Pressed:
    """Entries by the stem of a sheet: the hash of all that went into it, of both its files, and what was found on it.

    `engine` is the converter's name and version; `stored` is what was kept before, `fresh` what is to be kept.
    """

    root: Path
    engine: str
    stored: Mapping[str, Written] = field(default_factory=dict)
    fresh: dict[str, Written] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)

    def recalled(self, piece: Piece) -> tuple[Finding, ...] | None:
        """What was found on a sheet whose files are there as they would be made again; None where they are not."""
        state = self._states[piece.stem] = self._state(piece)
        written = self.stored.get(piece.stem)
        if written is None:
            return None
        known, files, found = json.loads(written)
        if known != state or files != self._files(piece.stem):
            return None
        self.fresh[piece.stem] = written
        return tuple(map(findings.finding, found))

    def remember(self, piece: Piece, found: Iterable[Finding]) -> None:
        """Keep what was found on a sheet that was asked about and whose files are written now."""
        entry = [self._states[piece.stem], self._files(piece.stem), list(map(findings.row, found))]
        self.fresh[piece.stem] = json.dumps(entry, ensure_ascii=False).encode()

    def _files(self, stem: str) -> list[str]:
        paths = (self.root / OUT / f"{stem}{suffix}" for suffix in (".docx", ".pdf"))
        return [canonical.digest(path.read_bytes()) if path.is_file() else "" for path in paths]

    def _state(self, piece: Piece) -> str:
        """The hash of everything that the two files of a piece come from."""
        marks = [piece.marks.text.zh, piece.marks.text.en, piece.marks.kind, piece.marks.qr(1, 1)]
        parts = [__version__, self.engine, canonical.digest(piece.docx), marks]
        told = [repr(piece.properties), repr(piece.expected), repr(piece.boxes), piece.path]
        return canonical.digest(json.dumps([parts, told], ensure_ascii=False).encode())
