"""`wenkong doctor`: say in plain words whether this machine and this clone are right, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from generator import fonts, git, load, office, pdf
from generator.errors import GeneratorError
from generator.terms import Language, Text
from generator.terms import doctor as words
from generator.terms import repository as repository_words

Point = tuple[Text, Text]
"""How it stands, and what about it."""


def run(root: Path, *, language: Language, path: str, say: Callable[[str], None]) -> int:
    """Say a line for each point; 1 if something keeps the program from working."""
    points = [(words.GOOD, words.FOLDER.format(root=root)), *_git(root), *_fonts(), *_engines(root, path)]
    points += _editor(root)
    for state, text in points:
        say(f"[{state.within(language)}] {text.within(language)}")
    bad = sum(state == words.BAD for state, _ in points)
    say((words.NOT_READY.format(count=bad) if bad else words.READY).within(language))
    return 1 if bad else 0


def _git(root: Path) -> Iterator[Point]:
    try:
        yield words.GOOD, words.GIT.format(version=git.version())
        repository = git.repository(root)
    except GeneratorError as error:
        yield words.BAD, error.text
        return
    if repository is None:
        yield words.CARE, words.NO_REPOSITORY
        return
    try:
        yield from _clone(repository)
    except GeneratorError as error:
        yield words.BAD, error.text
    finally:
        repository.close()


def _clone(repository: git.Repository) -> Iterator[Point]:
    if repository.is_shallow():
        yield words.BAD, repository_words.SHALLOW
    elif repository.head() is None:
        yield words.CARE, words.NO_COMMIT
    else:
        yield words.GOOD, words.CLONE
    yield (words.CARE, words.DIRTY) if repository.is_dirty() else (words.GOOD, words.CLEAN)
    name = repository.user("name") if repository.email() else ""
    yield (words.GOOD, words.IDENTITY.format(name=name)) if name else (words.CARE, words.NO_IDENTITY)


def _fonts() -> Iterator[Point]:
    has_both = all((fonts.folder() / f"NotoSansSC-{style}.ttf").is_file() for style in ("Regular", "Bold"))
    yield (words.GOOD, words.FONTS.format(family=fonts.FAMILY)) if has_both else (words.BAD, words.NO_FONTS)


def _engines(root: Path, path: str) -> Iterator[Point]:
    name = load.library(root).organization.get("pdf_engine", "rdocx")
    try:
        with closing(pdf.engine(name)) as engine:
            yield words.GOOD, words.ENGINE.format(name=engine.name, version=engine.version())
    except GeneratorError as error:
        yield words.BAD, words.NO_ENGINE.format(name=name, reason=error.text)
    found = office.find(path)
    yield (words.GOOD, words.OFFICE.format(path=found)) if found else (words.CARE, words.NO_OFFICE)


def _editor(root: Path) -> Iterator[Point]:
    settings = root / ".editorconfig"
    yield (words.GOOD, words.EDITOR) if settings.is_file() else (words.CARE, words.NO_EDITOR)
    attributes = root / ".gitattributes"
    if not attributes.is_file() or "eol=lf" not in attributes.read_text("utf-8", "replace"):
        yield words.CARE, words.LINE_ENDS
