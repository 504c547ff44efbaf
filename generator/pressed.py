"""Sheets as they were made before: one of which nothing has changed is neither converted nor written again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from generator import canonical, findings, pack, printing
from generator.model import Finding, Form, Procedure, Record
from generator.production import OUT, Piece, Press

SHEETS = "sheets"
Written = bytes


@dataclass
class Pressed:
    """Entries by the stem of a sheet: the state of what it is made from, the hashes of its files, what was found on it.

    `engine` is the converter's name and version; `stored` is what was kept before, `fresh` what is to be kept.
    """

    root: Path
    engine: str
    stored: Mapping[str, Written] = field(default_factory=dict)
    fresh: dict[str, Written] = field(default_factory=dict)

    def recalled(self, stem: str, state: str) -> tuple[Finding, ...] | None:
        """What was found on a sheet whose files are there as they would be made again; None where they are not."""
        written = self.stored.get(stem)
        if written is None:
            return None
        known, files, found = json.loads(written)
        if known != self._whole(state) or files != self._files(stem):
            return None
        self.fresh[stem] = written
        return tuple(map(findings.finding, found))

    def remember(self, stem: str, state: str, found: Iterable[Finding]) -> None:
        """Keep what was found on a sheet whose files are written now."""
        entry = [self._whole(state), self._files(stem), list(map(findings.row, found))]
        self.fresh[stem] = json.dumps(entry, ensure_ascii=False).encode()

    def _whole(self, state: str) -> str:
        return f"{pack.program()} {self.engine} {state}"

    def _files(self, stem: str) -> list[str]:
        paths = (self.root / OUT / f"{stem}{suffix}" for suffix in (".docx", ".pdf"))
        return [canonical.digest(path.read_bytes()) if path.is_file() else "" for path in paths]


class Ingredients:
    """The hash of everything that a sheet is made from, before it is made; each file is read once."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._digest = cache(self._read)

    def record(self, record: Record) -> str:
        """Of a record's sheet, in the language that its customer demands."""
        press = self._press
        form = press.library.forms[record.form]
        wanted = press.demands.language(record) if press.demands else ""
        signed = [each.path for each in press.library.holding.get(record.number, ())]
        return self._of((*printing.inputs(record, press.library), printing.template_path(form)), wanted, signed)

    def blank(self, form: Form) -> str:
        """Of an empty form."""
        return self._of(printing.shared_inputs(form, self._press.library), form.number)

    def procedure(self, procedure: Procedure) -> str:
        """Of a procedure with its revision table."""
        editions = self._press.editions.get(procedure.number, ())
        paths = printing.procedure_inputs(procedure, self._press.library)
        return self._of(paths, procedure.number, list(map(repr, editions)))

    def _of(self, paths: Iterable[str], *also: object) -> str:
        every = tuple(dict.fromkeys(paths))
        origin = self._press.origins.of(every)
        commit = origin.commit.id if origin.commit else ""
        kind = [self._press.kinds.get(each, "") for each in also if isinstance(each, str)]
        made = [
            self._press.language.value,
            commit,
            origin.is_draft,
            kind,
            also,
            [(each, self._digest(each)) for each in every],
        ]
        return canonical.digest(json.dumps(made, ensure_ascii=False).encode())

    def _read(self, path: str) -> str:
        place = self._press.root / path
        return canonical.digest(place.read_bytes()) if place.is_file() else ""


def state(piece: Piece) -> str:
    """The same of a piece that was made already, for what is made from too many files to name them."""
    marks = [piece.marks.text.zh, piece.marks.text.en, piece.marks.kind, piece.marks.qr(1, 1)]
    told = [repr(piece.properties), repr(piece.expected), repr(piece.boxes), piece.path]
    return canonical.digest(json.dumps([canonical.digest(piece.docx), marks, told]).encode())
