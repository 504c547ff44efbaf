"""A repository kept read: after each save what it says now, and the pages of what was touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from generator import changes, files, git, judgement, load, pdf, production, report, rulebook
from generator.changes import Change, Snapshot
from generator.errors import GeneratorError
from generator.model import Finding, Library
from generator.production import OUT, Piece, Press, Refusal
from generator.rulebook import Duty
from generator.shelf import Look, Shelf, look
from generator.terms import Text
from generator.world import World

MOST = 12
"""As many sheets are printed again after one change; for more there is `build`."""


@dataclass(frozen=True)
class Said:
    """What is said about the repository at a moment. `new` and `solved` is how the findings differ from before."""

    seen: World
    library: Library
    change: Change
    duties: tuple[Duty, ...]
    new: tuple[Finding, ...] = ()
    solved: int = 0
    last: str = ""
    """The number of the record that was saved last."""


@dataclass(frozen=True)
class Page:
    """A sheet that was printed again, or why it was not."""

    name: str
    path: str
    fault: Text | None = None


@dataclass
class Live:
    """Keeps what was read of a repository and looks again when told; GeneratorErrors are answers, not ends."""

    root: Path
    shelf: Shelf = field(default_factory=Shelf)
    snapshot: Snapshot = field(default_factory=dict)
    last: str = ""
    """The number of the record that was saved last."""
    _history: tuple[Finding, ...] = ()
    _said: Said | None = None
    _press: Press | None = None
    _engine: pdf.Engine | None = None

    def changed(self) -> Change:
        """What has changed on disk since this was asked before."""
        now = dict(_looks(self.root))
        found = changes.between(self.snapshot, now)
        self.snapshot = now
        return found

    def say(self, change: Change, now: datetime) -> Said:
        """What files, signatures and rules say now, with what the history said before; quick.

        Raises:
            GeneratorError: the repository cannot be read at all.
        """
        library = judgement.read(self.root, self.shelf)
        with _repository(self.root) as repository:
            library, _ = judgement.ruled(self.root, repository, library, now)
        kept = (each for each in self._history if each.path not in change.paths)
        saved = (each for each in changes.to_print(change, library, "", MOST) if library.record(each))
        self.last = next(saved, self.last)
        return self._tell(load.with_findings(library, kept), change, now)

    def say_all(self, change: Change, now: datetime) -> Said:
        """The same with what the history says now; this takes longer.

        Raises:
            GeneratorError: the repository cannot be read at all.
        """
        library = judgement.read(self.root, self.shelf)
        with _repository(self.root) as repository:
            ruled, standings = judgement.ruled(self.root, repository, library, now)
            library = judgement.by_history(self.root, repository, ruled, standings, now)
        self._history = tuple(set(library.findings) - set(ruled.findings))
        return self._tell(library, change, now)

    def touched(self, said: Said) -> tuple[str, ...]:
        """The names of what is to be printed again after a change."""
        return changes.to_print(said.change, said.library, self.last, MOST)

    def print(self, said: Said, names: tuple[str, ...]) -> Iterator[Page]:
        """Print records, forms and procedures by their names, as they stand in the tree.

        Raises:
            GeneratorError: nothing can be printed here.
        """
        if not names:
            return
        press = self._pressed(said)
        if self._engine is None:
            self._engine = pdf.engine(press.engine)
        for name in names:
            yield self._page(press, name, self._engine)

    def close(self) -> None:
        """End the engine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _tell(self, library: Library, change: Change, now: datetime) -> Said:
        seen = rulebook.world(library, now)
        duties = tuple(sorted(rulebook.duties(seen), key=lambda each: (each.due.due, each.record.number)))
        before = set(self._said.library.findings) if self._said else set()
        after = set(library.findings)
        new = tuple(each for each in library.findings if each not in before)
        self._said = Said(seen, library, change, duties, new, len(before - after), self.last)
        return self._said

    def _pressed(self, said: Said) -> Press:
        fresh = production.press_of(self.root, said.library, None)
        is_same = self._press is not None and not any(
            path.startswith(("forms/", "schemas/", "records/organization")) for path in said.change.paths
        )
        kept = self._press.templates if self._press and is_same else {}
        self._press = production.dated(replace(fresh, templates=kept), said.seen.now.date())
        return self._press

    def _page(self, press: Press, name: str, engine: pdf.Engine) -> Page:
        try:
            made = _piece(press, name)
            if isinstance(made, Refusal):
                return Page(name, made.path, made.findings[0].message)
            piece, content, _ = production.converted(made, engine)
        except GeneratorError as error:
            return Page(name, "", error.text)
        files.write(self.root / OUT / f"{piece.stem}.docx", piece.docx)
        files.write(self.root / OUT / f"{piece.stem}.pdf", content)
        return Page(name, f"{OUT}/{piece.stem}.pdf")


def _piece(press: Press, name: str) -> Piece | Refusal:
    library = press.library
    record = library.record(name)
    form = library.forms[record.form] if record else library.forms.get(name)
    path = record.path if record else form.path if form else library.procedures[name].path
    wrong = [each for each in library.findings if each.path == path and report.has_errors([each])]
    wrong += production.obstacles(library, form) if form else ()
    if wrong:
        return Refusal(path, tuple(wrong))
    if record:
        return press.record(record)
    return press.blank(form) if form else press.procedure(library.procedures[name])


def _looks(root: Path) -> Iterator[tuple[str, Look]]:
    """Every file that counts, with how it looks."""
    for folder in changes.FOLDERS:
        for place, inner, names in os.walk(root / folder):
            inner[:] = [each for each in inner if not changes.PASSING.search(each)]
            base = Path(place).relative_to(root).as_posix()
            for name in names:
                seen = look(Path(place, name)) if not changes.PASSING.search(name) else ()
                if seen:
                    yield f"{base}/{name}", seen


@contextmanager
def _repository(root: Path) -> Iterator[git.Repository | None]:
    repository = git.repository(root)
    try:
        yield repository
    finally:
        if repository is not None:
            repository.close()


def own_folder(root: Path) -> Path | None:
    """Where git keeps what is not part of the tree; None outside of git."""
    with _repository(root) as repository:
        return repository.own_folder if repository else None
