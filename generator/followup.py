"""What a few saves change in what was said before: the whole answer and the library, without asking the rest again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator import amended, attachments, later, load, news, pack, references, verdict
from generator.git import Repository
from generator.kept import Kept
from generator.model import Finding, Library, Record
from generator.shelf import Shelf, place


@dataclass(frozen=True)
class Followed:
    """The library with everything that is to be said, and with what files and templates alone say.

    Most records are read when somebody asks for one. `paths` are the files of those that were saved, with or without
    their attachments, `changed` those of them that can be read.
    """

    library: Library
    faced: Library
    paths: frozenset[str]
    changed: tuple[Record, ...]


def of(
    root: Path, repository: Repository | None, faced: Library, paths: Iterable[str], now: datetime, *, shelf: Shelf
) -> Followed | None:
    """What follows from the change of these files; None where all must be asked. `faced` is how it was before.

    The shelf holds what was read then.
    """
    last = verdict.last(root)
    if last is None:
        return None
    seen = verdict.state(root, repository)
    answer = amended.of(root, repository, last, seen, now, shelf=shelf)
    if answer is None:
        return None
    owners = frozenset(news.owner(each, seen.looks) for each in paths)
    sure = frozenset(seen.records) - last.ground.unread - owners
    library, records = later.library(root, seen.records, Kept(pack.program()), sure, shelf)
    library = replace(library, unproven=last.ground.unproven)
    places = [place(path) for path in owners if place(path)[0] in records]
    changed = tuple(record for form, number in places if (record := records[form].get(number)) is not None)
    plain: list[Finding] = [each for form, number in places for each in records[form].findings(number)]
    plain += attachments.missing(root, library, changed)
    plain += (each for each in answer.findings if each.rule == references.UNKNOWN)
    plain += (each for each in faced.findings if each.path not in owners and each.rule != references.UNKNOWN)
    return Followed(replace(library, findings=answer.findings), load.with_findings(library, plain), owners, changed)
