"""`wenkong report NUMBER --check`: the frozen figures computed again from the commit that froze them, and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import archive, git, historyindex, load, report, reportpress, yamlfile
from generator.commands import report as verb
from generator.errors import GeneratorError
from generator.git import Commit, Repository
from generator.model import Finding, Form, Record
from generator.terms import Language, Text
from generator.terms import registers as words
from generator.terms import repository as repository_words


@dataclass(frozen=True, slots=True)
class Recount:
    """What a commit gives today, and where the frozen figures say something else."""

    commit: Commit
    findings: tuple[Finding, ...]


def run(root: Path, name: str, *, language: Language, say: Callable[[str], None]) -> int:
    """Say whether the frozen figures of a record are what its commit gives; 1 if any is not.

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
    for line in report.lines(found.findings, language):
        say(line)
    said = words.DIFFERS if found.findings else words.AGREES
    count = len(keys & record.values.keys())
    said = said.format(number=record.number, count=count, wrong=len(found.findings), commit=found.commit.short)
    say(said.within(language))
    return 1 if found.findings else 0


def _recounts(repository: Repository, form: Form, keys: frozenset[str], record: Record) -> Iterator[Recount]:
    """What each commit that wrote frozen figures gives, the newest first, until one agrees."""
    for commit in _freezings(repository, record.path):
        with archive.at(repository, commit.id) as root:
            again = _again(root, record.number, commit)
        if again is None:
            continue
        found = Recount(commit, tuple(_differences(form, keys, record, again)))
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


def _again(root: Path, number: str, commit: Commit) -> Mapping[str, Any] | None:
    """The figures that a tree gives, read as if they were frozen; None where the record was not readable then."""
    library = load.library(root)
    record = library.record(number)
    report_ = library.forms[record.form].report if record else None
    if record is None or report_ is None:
        return None
    text = (root / record.path).read_text("utf-8")
    now = reportpress.moment(text) or commit.when
    wanted = verb.Wanted(library.forms[record.form], report_, record)
    span = verb.span_of(wanted, str(record.values.get(report_.field, "")))
    values = verb.computed(library, wanted, span, now)
    source, _ = yamlfile.load(reportpress.frozen(text, values, yamlfile.quoted, now).encode(), record.path)
    return load.typed_values(wanted.form, source) if source else None


def _differences(form: Form, keys: frozenset[str], record: Record, again: Mapping[str, Any]) -> Iterator[Finding]:
    """Each figure of the record that is another than what was computed again, on its line."""
    for key in sorted(keys & (record.values.keys() | again.keys())):
        label, kept, made = form.by_key[key].label, record.values.get(key), again.get(key)
        if isinstance(kept, list) and isinstance(made, list) and len(kept) == len(made):
            columns = form.by_key[key].column_by_key
            for place, (row, other) in enumerate(zip(kept, made, strict=True)):
                for name in sorted(row.keys() | other.keys()):
                    if row.get(name) != other.get(name):
                        said = words.CELL.format(label=label, row=place + 1, column=columns[name].label)
                        yield _finding(record, (key, place, name), said, row.get(name), other.get(name))
        elif kept != made:
            sizes = [len(each) if isinstance(each, list) else each for each in (kept, made)]
            yield _finding(record, (key,), label, *sizes)


def _finding(record: Record, steps: tuple[str | int, ...], label: Text, kept: Any, made: Any) -> Finding:
    place = yamlfile.place(record.source.marks, steps)
    shown = ["-" if each is None else each for each in (kept, made)]
    message = words.NOT_AS_COMPUTED.format(label=label, kept=shown[0], made=shown[1])
    return Finding(record.path, *place, "report.frozen", message)
