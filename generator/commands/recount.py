"""`wenkong report NUMBER --check`: the frozen figures computed again from the commit that froze them, and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator import archive, drift, git, historyindex, load, report, reportpress, yamlfile
from generator.commands import report as verb
from generator.commands.report import Wanted
from generator.drift import Difference
from generator.errors import GeneratorError
from generator.git import Commit, Repository
from generator.model import Finding, Form, Library, Record, Values
from generator.terms import Language, Text
from generator.terms import registers as words
from generator.terms import repository as repository_words


@dataclass(frozen=True, slots=True)
class Recount:
    """What a commit gives today, and where the frozen figures say something else."""

    commit: Commit
    findings: tuple[Finding, ...]


def run(root: Path, name: str, *, language: Language, say: Callable[[str], None]) -> int:
    """Say whether the frozen figures of a record are what its commit gives, 1 if any is not; and why today's differ.

    Raises:
        GeneratorError: it is no report with frozen figures, it was never committed, or the clone is shallow.
    """
    library = load.library(root)
    wanted = verb.named(library, name)
    record = wanted.record
    keys = reportpress.computed_keys(wanted.report)
    if record is None or not keys & record.values.keys():
        raise GeneratorError(words.NOT_FROZEN.format(name=name))
    repository = git.repository(root)
    if repository is None or repository.head() is None:
        raise GeneratorError(words.NEVER_COMMITTED.format(path=record.path))
    with closing(repository):
        if repository.is_shallow():
            raise GeneratorError(repository_words.SHALLOW)
        found = min(_recounts(repository, wanted.form, keys, record), key=lambda each: len(each.findings), default=None)
        if found is None:
            raise GeneratorError(words.NEVER_COMMITTED.format(path=record.path))
        since = [] if found.findings else list(_since(root, repository, library, wanted, found.commit))
    said = words.DIFFERS if found.findings else words.AGREES
    count = len(keys & record.values.keys())
    said = said.format(number=record.number, count=count, wrong=len(found.findings), commit=found.commit.short)
    for line in (*report.lines(found.findings, language), *(each.within(language) for each in (said, *since))):
        say(line)
    return 1 if found.findings else 0


def _since(root: Path, repository: Repository, library: Library, wanted: Wanted, commit: Commit) -> Iterator[Text]:
    """In which places the records of today give other figures than the frozen ones, and which records make it so."""
    now = verb.again(root, library, wanted, commit.when)
    places = list(verb.drifted(wanted, now)) if now else []
    if not places or now is None or wanted.record is None:
        return
    yield words.TODAY_DIFFERS.format(count=len(places))
    yield from drift.lines(places)
    said = repository.ask("diff", "--name-only", "-z", "--no-renames", commit.id, "--", f":(top){repository.prefix}")
    changed = frozenset(PurePosixPath(each).stem for each in said.split("\0") if each)
    before, today = (each.get(wanted.report.evidence) or [] for each in (wanted.record.values, now))
    yield from drift.reasons(wanted.form, places, before, today, changed)
    if wanted.form.key in changed:
        yield words.DEFINED_ANEW.format(key=wanted.form.key)


def _recounts(repository: Repository, form: Form, keys: frozenset[str], record: Record) -> Iterator[Recount]:
    """What each commit that wrote frozen figures gives, the newest first, until one agrees."""
    for commit in _freezings(repository, record.path):
        with archive.at(repository, commit.id) as root:
            again = _again(root, record.number, commit)
        if again is None:
            continue
        places = drift.differences(form, keys, record.values, again)
        found = Recount(commit, tuple(_finding(record, each) for each in places))
        yield found
        if not found.findings:
            return


def _freezings(repository: Repository, path: str) -> Iterator[Commit]:
    """The commits in which the frozen part of a record's file is another than before, the newest first."""
    with historyindex.opened(repository) as index:
        commits = [Commit.of(each.commit) for each in reversed(index.of(path)) if each.act != "D"]
    parts = [reportpress.tail(repository.content(each.id, path).decode()) for each in commits]
    for commit, part, older in zip(commits, parts, [*parts[1:], ""], strict=True):
        if part and part != older:
            yield commit


def _again(root: Path, number: str, commit: Commit) -> Values | None:
    """The figures that the tree of a commit gives; None where the record was not readable then."""
    library = load.library(root)
    record = library.record(number)
    report_ = library.forms[record.form].report if record else None
    if record is None or report_ is None:
        return None
    return verb.again(root, library, Wanted(library.forms[record.form], report_, record), commit.when)


def _finding(record: Record, each: Difference) -> Finding:
    place = yamlfile.place(record.source.marks, each.steps)
    return Finding(record.path, *place, "report.frozen", each.said(words.NOT_AS_COMPUTED))
