"""Records that were deleted before the time was over for which they must be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath

from generator import historyindex, retention
from generator.git import Commit, Repository
from generator.historyindex import Revision
from generator.model import Finding, Form, Library
from generator.terms import history as words

FORMER = "former_number"
"""The field that says under which number a record was kept before."""


def findings(repository: Repository, library: Library, today: date) -> Iterator[Finding]:
    """One for each record that the main line lost too early.

    A tombstone or a record with that former number accounts for one that is gone.

    Raises:
        GeneratorError: the clone is shallow.
    """
    with historyindex.opened(repository) as index:
        gone = [each for each in index.last_changes().values() if each.act == "D" and _form(each, library)]
        births = {each.path: index.of(each.path)[0] for each in gone}
    for each in gone:
        form = _form(each, library)
        number = PurePosixPath(each.path).stem
        if form is None or number in _known(form, library):
            continue
        until = retention.later(_day(births[each.path]), form.retention_years)
        if today < until:
            commit = Commit.of(each.commit)
            yield Finding(
                *(each.path, 1, 1, "record.deleted"),
                words.DELETED.format(
                    number=number,
                    commit=commit.short,
                    when=_day(each),
                    years=form.retention_years,
                    until=until,
                    path=each.path,
                ),
                clause=form.procedure,
            )


def _form(revision: Revision, library: Library) -> Form | None:
    parts = PurePosixPath(revision.path).parts
    is_record = parts[0] == "records" and len(parts) > len(("records", "form")) and revision.path.endswith(".yaml")
    form = library.forms.get(parts[1]) if is_record else None
    return form if form is not None and form.retention_years else None


def _known(form: Form, library: Library) -> frozenset[str]:
    records = library.records.get(form.key, {})
    former = {str(each.values[FORMER]) for each in records.values() if FORMER in each.values}
    disposed = frozenset(library.records.get(retention.TOMBSTONES, {}))
    return frozenset(records) | library.unread.get(form.key, frozenset()) | former | disposed


def _day(revision: Revision) -> date:
    return datetime.fromisoformat(revision.commit.committed).date()
