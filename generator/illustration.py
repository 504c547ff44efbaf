"""The pictures of a sheet in the place of their names: photos and the logo from files, charts drawn from figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from generator import flowchart, flowplan, printing, reports, sheet
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
    """The pictures by their fields: flows, and for a report its charts as far as the figures are there."""
    drawn = dict(flows(form, library, language))
    if form.report is None:
        return drawn
    owner = import_module("generator.charts")  # it takes half a second, which no other sheet should wait for
    printer = Printer(library, language)
    drawings = ((key, reports.drawing(chart, form, values, printer)) for key, chart in form.report.charts.items())
    return drawn | {key: owner.png(drawing, language) for key, drawing in drawings if drawing is not None}


def flows(form: Form, library: Library, language: Language) -> Mapping[str, bytes]:
    """The flows that a form shows, by their fields, drawn from the states of the forms that they are of."""
    known = {key: library.forms[of] for key, of in flowplan.asked(form).items() if of in library.forms}
    return {key: flowchart.drawn(each, language)[0] for key, each in known.items() if each.states}
