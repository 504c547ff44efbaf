"""A repository kept read: after each save what it says now, and the pages of what was touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from generator import (
    byname,
    calendars,
    changes,
    control,
    facecheck,
    files,
    followup,
    git,
    judgement,
    load,
    pdf,
    production,
    rulebook,
    verdict,
)
from generator.changes import Change, Snapshot
from generator.errors import GeneratorError
from generator.model import Finding, Library, Record
from generator.pressed import Ingredients
from generator.production import OUT, Press, Refusal
from generator.rulebook import Duty
from generator.shelf import Look, Shelf, look
from generator.terms import Text
from generator.verdict import State, Verdict
from generator.world import World

SUFFIXES = (".docx", ".pdf")
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
    faced: Library | None = None
    """What the files alone say, which decides what can be printed."""
    _before: Snapshot = field(default_factory=dict)
    _printed: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name, the stem of every sheet that was printed here and the state of what it was made from."""
    _ruled: tuple[Library, control.Standings] | None = None
    """What was judged and said since files were looked at last; asking the history judges nothing again."""
    _seen: State | None = None
    """How everything looked before it was read."""
    _is_followed: bool = False
    """Whether what was said last is the whole answer already, but for what is due."""
    _history: tuple[Finding, ...] = ()
    _said: Said | None = None
    _press: Press | None = None
    _engine: pdf.Engine | None = None

    def changed(self) -> Change:
        """What has changed on disk since this was asked before."""
        now = dict(_looks(self.root))
        found = changes.between(self.snapshot, now)
        self._before, self.snapshot, self._ruled, self._is_followed = self.snapshot, now, None, False
        return found

    def has_moved(self) -> bool:
        """Whether something has changed since; if so, what had changed before will be told with it."""
        if not changes.between(self.snapshot, dict(_looks(self.root))):
            return False
        self.snapshot = self._before
        return True

    def say(self, change: Change, now: datetime) -> Said:
        """What files, signatures and rules say now, with what the history said before; quick.

        Raises:
            GeneratorError: the repository cannot be read at all.
        """
        with _repository(self.root) as repository:
            followed = self._follow(repository, change, now)
            if followed is not None:
                return followed
            ruled = self._judged(repository, now)
        library, _ = ruled
        kept = (each for each in self._history if each.path not in change.paths)
        self._note_last(change, library)
        said = self._tell(load.with_findings(library, kept), change, now)
        self._ruled = ruled
        return said

    def say_all(self, change: Change, now: datetime) -> Said:
        """The same with what the history says now; this takes longer.

        Raises:
            GeneratorError: the repository cannot be read at all.
        """
        if self._is_followed and self._said:
            return self._tell(self._said.library, change, now)
        with _repository(self.root) as repository:
            ruled, standings = self._ruled or self._judged(repository, now)
            library = judgement.by_history(self.root, repository, ruled, standings, now)
        self._history = tuple(set(library.findings) - set(ruled.findings))
        self._keep(library, now)
        known = self._said.duties if self._ruled and self._said else None
        return self._tell(library, change, now, known, () if known is not None else None)

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

    def outdated(self, said: Said, *, is_moved: bool) -> tuple[str, ...]:
        """The names of what was printed here and would come out otherwise now; what could not be printed is removed.

        Where HEAD has not moved a tree with changes tells nothing: each save would make a draft of every sheet.

        Raises:
            GeneratorError: nothing can be printed here.
        """
        if not self._printed or (not is_moved and _is_draft(self.root)):
            return ()
        press = self._pressed(said)
        parts, names = Ingredients(press), []
        for name, (stem, state) in tuple(self._printed.items()):
            if byname.wrong(press, name) is not None:
                for suffix in SUFFIXES:
                    (self.root / OUT / f"{stem}{suffix}").unlink(missing_ok=True)
                del self._printed[name]
            elif byname.state(parts, press.library, name) != state:
                names.append(name)
        return tuple(names)

    def close(self) -> None:
        """End the engine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _judged(self, repository: git.Repository | None, now: datetime) -> tuple[Library, control.Standings]:
        self._seen = verdict.state(self.root, repository)
        self.faced = facecheck.read(self.root, self.shelf)
        library = judgement.with_mentions(self.root, self.faced, self.shelf)
        return judgement.ruled(self.root, repository, library, now)

    def _follow(self, repository: git.Repository | None, change: Change, now: datetime) -> Said | None:
        """What follows from a few saved records, the history included, of which nobody else is asked again."""
        if self.faced is None or self._said is None or not change:
            return None
        found = followup.of(self.root, repository, self.faced, change.paths, now, shelf=self.shelf)
        if found is None:
            return None
        self.faced, self._is_followed = found.faced, True
        self._note_last(change, found.library)
        left = tuple(each for each in self._said.duties if each.record.path not in found.paths)
        said = self._tell(found.library, change, now, left, found.changed)
        self._history = tuple(set(self._history) & set(found.library.findings))
        return said

    def _keep(self, library: Library, now: datetime) -> None:
        """Keep the whole answer, from which a few saves are followed, here and by a check."""
        ground = verdict.ground(self._seen, library) if self._seen else None
        if self._seen and ground:
            zone = calendars.zone(library)
            verdict.keep(self.root, Verdict.of(library), self._seen, ground, now=now, zone=zone)

    def _note_last(self, change: Change, library: Library) -> None:
        saved = (each for each in changes.to_print(change, library, "", MOST) if library.record(each))
        self.last = next(saved, self.last)

    def _tell(
        self,
        library: Library,
        change: Change,
        now: datetime,
        known: tuple[Duty, ...] | None = None,
        asked: Iterable[Record] | None = None,
    ) -> Said:
        """What is said; of what is due some is `known`, and only of the records asked the rest is reckoned."""
        seen = rulebook.world(library, now)
        duties = tuple(sorted((*(known or ()), *rulebook.duties(seen, asked)), key=_by_time))
        before = set(self._said.library.findings) if self._said else set()
        after = set(library.findings)
        new = tuple(each for each in library.findings if each not in before)
        self._said = Said(seen, library, change, duties, new, len(before - after), self.last)
        return self._said

    def _pressed(self, said: Said) -> Press:
        fresh = production.press_of(self.root, self.faced or said.library, None)
        is_same = self._press is not None and not any(
            path.startswith(("forms/", "schemas/", "records/organization")) for path in said.change.paths
        )
        kept = self._press.templates if self._press and is_same else {}
        self._press = production.dated(replace(fresh, templates=kept), said.seen.now.date())
        return self._press

    def _page(self, press: Press, name: str, engine: pdf.Engine) -> Page:
        try:
            wrong = byname.wrong(press, name)
            state = "" if wrong else byname.state(Ingredients(press), press.library, name)
            made = wrong or byname.piece(press, name)
            if isinstance(made, Refusal):
                return Page(name, made.path, made.findings[0].message)
            piece, content, _ = production.converted(made, engine)
        except GeneratorError as error:
            return Page(name, "", error.text)
        for suffix, written in zip(SUFFIXES, (piece.docx, content), strict=True):
            files.write(self.root / OUT / f"{piece.stem}{suffix}", written)
        self._printed[name] = (piece.stem, state)
        return Page(name, f"{OUT}/{piece.stem}.pdf")


def _by_time(duty: Duty) -> tuple[datetime, str]:
    return duty.due.due, duty.record.number


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


def _is_draft(root: Path) -> bool:
    with _repository(root) as repository:
        return repository is None or repository.is_dirty()


def own_folder(root: Path) -> Path | None:
    """Where git keeps what is not part of the tree; None outside of git."""
    with _repository(root) as repository:
        return repository.own_folder if repository else None
