"""`wenkong audit`: go through the whole history and say what was tampered with, by commit and clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import anchors, audit, canonical, copies, git, historyindex, issuing, judgement, report
from generator.audit import History, Node, Touch
from generator.errors import GeneratorError
from generator.git import Repository
from generator.historyindex import Index
from generator.model import Finding, Library
from generator.terms import Language
from generator.terms import audit as words
from generator.terms import control as control_words

CONTROL = ("signature.", "number.", "state.", "record.", "revision.", "copies.", "ledger.", "scan.")
"""What the check finds and an auditor asks for; the rest is about what people fill in."""


@dataclass(frozen=True)
class Wanted:
    """Whether an anchor is to be set first, and a commit printed on a sheet that the history must hold."""

    is_anchoring: bool
    head: str
    as_json: bool


def run(root: Path, wanted: Wanted, *, now: datetime, language: Language, say: Callable[[str], None]) -> int:
    """Show what is wrong with the history; 1 if anything is.

    Raises:
        GeneratorError: this is no clone, it is shallow, or there is no commit to anchor.
    """
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(control_words.NOT_A_CLONE)
    try:
        if wanted.is_anchoring:
            anchor = anchors.put(repository, now, "wenkong audit")
            said = words.ANCHORED.format(name=anchor.name, commit=anchor.commit[: audit.SHORT])
            say(said.within(language))
        with historyindex.opened(repository) as index:
            told = _history(index)
        held = anchors.found(repository)
        found = {*_findings(root, repository, told, wanted.head, now), *_anchor_findings(held)}
    finally:
        repository.close()
    ordered = sorted(found, key=lambda each: (each.path, each.line, each.rule, each.message.en))
    if wanted.as_json:
        say(report.as_json(ordered))
        return 1 if ordered else 0
    for line in report.lines(ordered, language):
        say(line)
    text = words.FOUND if ordered else words.CLEAN
    say(text.format(commits=len(told), anchors=len(held), count=len(ordered)).within(language))
    return 1 if ordered else 0


def _history(index: Index) -> History:
    touches: dict[str, list[Touch]] = {}
    for each in index.below(""):
        touches.setdefault(each.commit.id, []).append(Touch(each.path, each.act, each.blob))
    return tuple(Node(commit, tuple(touches.get(commit.id, ())), is_main=main) for commit, main in index.nodes())


def _anchor_findings(held: tuple[anchors.Anchor, ...]) -> Iterator[Finding]:
    lost = (each for each in held if not each.is_held)
    return audit.missing((words.ANCHOR.format(name=each.name), each.commit) for each in lost)


def _findings(root: Path, repository: Repository, told: History, head: str, now: datetime) -> Iterator[Finding]:
    yield from audit.findings(told)
    yield from audit.disguises(anchors.replacements(repository), is_grafted=anchors.is_grafted(repository))
    if head and not anchors.is_held(repository, head):
        yield from audit.missing([(words.GIVEN, head)])
    library = judgement.of(root, repository, now)
    yield from (each for each in library.findings if each.rule.startswith(CONTROL))
    yield from _issued_findings(root, repository, library)


def _issued_findings(root: Path, repository: Repository, library: Library) -> Iterator[Finding]:
    """The commits that copies were made from are there, and copies that lie here are what was issued."""
    every = tuple(copies.of(library))
    for ledger, commit in sorted({(each.record.number, each.commit) for each in every if each.commit}):
        if not anchors.is_held(repository, commit):
            yield from audit.missing([(words.LEDGER.format(name=ledger), commit)])
    for each in every:
        path = issuing.path(each.document, each.edition, each.serial)
        if each.digest and (root / path).is_file() and canonical.digest((root / path).read_bytes()) != each.digest:
            yield audit.altered(path, each.record.number, each.number)
