"""Prints of a small plant, and what they look like after the scanner and the pen."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from generator import raster, signaturefields
from generator.commands import render
from generator.terms import Language
from tests.conftest import commit
from tests.copies_build import unheld

TODAY = date(2026, 11, 24)
KIND = "publicity-material"
"""A form whose records refer to nothing, with three boxes to be signed."""


def plant_with_records(plant: Path, root: Path) -> Path:
    """A plant with a signed procedure and a few records."""
    unheld(plant, root)
    shutil.copytree(plant / "records" / KIND, root / "records" / KIND)
    shutil.copy(plant / "forms" / f"{KIND}.docx", root / "forms")
    commit(root, "records")
    return root


def printed(root: Path, *names: str) -> None:
    """Print into out/."""
    said: list[str] = []
    wanted = render.Wanted(names, frozenset({"pdf"}), is_blank=False, view="", is_draft=False, language=None)
    assert render.run(root, wanted, today=TODAY, speech=Language.EN, say=said.append) == 0, said


def sheet(number: str) -> str:
    """Where the print of a record lies."""
    return f"out/{KIND}/{number}.pdf"


def scanned(
    root: Path,
    path: str,
    *,
    turn: float = 0,
    dpi: int = 150,
    pages: tuple[int, ...] = (),
    signed: tuple[str, ...] = (),
    name: str = "scan.pdf",
) -> Path:
    """A print that was signed with a pen in some boxes and went through a scanner."""
    images = images_of(root / path, turn=turn, dpi=dpi, signed=signed)
    place = root / "out" / name
    stacked(place, [images[page - 1] for page in pages or range(1, len(images) + 1)], dpi)
    return place


def stacked(place: Path, images: list[Any], dpi: int = 150) -> None:
    """Pictures as the pages of one PDF, as a scanner writes it."""
    images[0].save(place, save_all=True, append_images=images[1:], resolution=dpi)


def images_of(path: Path, *, turn: float = 0, dpi: int = 150, signed: tuple[str, ...] = ()) -> list[Any]:
    """The pages of a print as pictures, with a name written into some boxes, turned as paper lies."""
    content = path.read_bytes()
    drawn = list(raster.pages(content, path.name, dpi=dpi))
    for place in signaturefields.places(content):
        if place.role in signed:
            write(drawn[place.page - 1], place.area, dpi)
    return [
        each.image.rotate(turn, expand=abs(turn) > 45, fillcolor=255, resample=Image.Resampling.BICUBIC)
        for each in drawn
    ]


def write(page: raster.Raster, area: tuple[float, float, float, float], dpi: int, seed: int = 1) -> None:
    """A name in ballpoint, half a millimetre wide."""
    rng = random.Random(seed)  # noqa: S311  no secret hangs on it
    left, bottom, right, top = area
    steps = range(14)
    across = [left + (right - left) * (0.15 + 0.6 * step / len(steps)) for step in steps]
    up = [page.height - top + (top - bottom) * (0.3 + 0.4 * rng.random()) for _ in steps]
    points = [(x * dpi / 72, y * dpi / 72) for x, y in zip(across, up, strict=True)]
    ImageDraw.Draw(page.image).line(points, fill=50, width=max(round(dpi / 50), 1), joint="curve")
