"""The pictures of a sheet in the place of their names: photos and the logo from files, charts drawn from figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from generator import printing, reports, sheet
from generator.model import Finding, Form, Library, Values
from generator.terms import Language
from generator.wording import Printer

LOGO_FOLDER = "records/organization"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True)
class Shelf:
    """Where the pictures of a sheet come from; `place` says where in the file at `path` a field stands."""

    root: Path
    folder: str
    path: str
    place: Callable[[str], tuple[int, int]]
    charts: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, key: str, name: str) -> bytes | None:
        """The bytes of one; None for what is no picture."""
        if key in self.charts:
            return self.charts[key]
        file = self.root / (LOGO_FOLDER if key == "logo" else self.folder) / name
        return file.read_bytes() if file.suffix.lower() in PICTURES and file.is_file() else None


def illustrated(made: sheet.Sheet, shelf: Shelf) -> tuple[sheet.Sheet, tuple[Finding, ...]]:
    """The sheet with its pictures, and what is wrong with them."""
    drawn, faults = printing.illustrated(made, shelf.read)
    return drawn, tuple(
        replace(each, path=LOGO_FOLDER + ".yaml", line=1, column=1)
        if key == "logo"
        else replace(each, path=shelf.path, line=shelf.place(key)[0], column=shelf.place(key)[1])
        for key, each in faults
    )


def charts(form: Form, values: Values, library: Library, language: Language) -> Mapping[str, bytes]:
    """The pictures by their fields; nothing for a record that is no report, or whose figures are not there yet."""
    if form.report is None:
        return {}
    owner = import_module("generator.charts")  # it takes half a second, which no other sheet should wait for
    printer = Printer(library, language)
    drawings = ((key, reports.drawing(chart, form, values, printer)) for key, chart in form.report.charts.items())
    return {key: owner.png(drawing, language) for key, drawing in drawings if drawing is not None}
