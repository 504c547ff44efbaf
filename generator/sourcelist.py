"""The list of sources beside the procedures: which rows each must answer, and what in its text is not kept here."""

from __future__ import annotations

from pathlib import Path

from generator import coverage, report, yamlfile
from generator.coverage import Sources
from generator.errors import GeneratorError
from generator.terms import Language
from generator.terms import coverage as words

PATH = "procedures/sources.yaml"


def read(root: Path) -> tuple[Sources, ...]:
    """The list of a repository.

    Raises:
        GeneratorError: there is none, or it cannot be read.
    """
    path = root / PATH
    if not path.is_file():
        raise GeneratorError(words.NO_SOURCES.format(path=PATH))
    source, faults = yamlfile.load(path.read_bytes(), PATH)
    shape = () if source is None else coverage.faults(source.values)
    if source is None or faults or shape:
        lines = [*report.lines(faults, Language.EN), *shape]
        raise GeneratorError(words.BAD_SOURCES.format(path=PATH, lines="\n".join(lines)))
    return coverage.sources(source.values)


def read_if_kept(root: Path) -> tuple[Sources, ...]:
    """The list, or nothing where a repository has none."""
    return read(root) if (root / PATH).is_file() else ()
