"""The states of records as the commits tell them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from generator import canonical, flow, git, historyindex, load, statelog, states, yamlfile
from generator.errors import GeneratorError
from generator.flow import Step
from generator.git import Repository
from generator.model import Finding, Record, Severity
from generator.statelog import STATE
from generator.terms import rules as words
from generator.world import World


def of(root: Path, repository: Repository, world: World, records: Collection[Record]) -> Mapping[str, tuple[Step, ...]]:
    """The steps of these records, which have a flow, by path, oldest first; a change not yet committed stands last."""
    people = flow.people_by_email(world.library)
    found: dict[str, list[Step]] = {}
    for change in statelog.read(root, repository).of(each.path for each in records):
        who = people.get(change.email.lower(), "") or change.email
        commit = git.Commit(change.commit, datetime.fromisoformat(change.when))
        step = Step(change.before, change.after, who, commit.short, f"{commit.when:%Y-%m-%d %H:%M}")
        found.setdefault(change.path, []).append(step)
    for record in records:
        path = found.get(record.path)
        state = record.values.get(STATE, "")
        if path and path[-1].end != state:
            path.append(Step(path[-1].end, state, "", "", ""))
    return {path: tuple(steps) for path, steps in found.items()}


def findings(root: Path, repository: Repository, world: World, records: Iterable[Record]) -> Iterator[Finding]:
    """Jumps, movers without the role, and changes after history saw the end, of these records.

    A record that came in ended, taken over from before, may still be corrected.
    """
    flowing = tuple(each for each in records if world.form(each).transitions)
    if not flowing:
        return
    walked = of(root, repository, world, flowing)
    for record in flowing:
        path = walked.get(record.path, ())
        accepted = {row["rule"] for row in record.values.get("accepted", ())}
        for rule, text in flow.faults(record, path, world):
            severity = Severity.WARNING if rule == flow.AUTHOR else Severity.ERROR
            if rule not in accepted:
                yield Finding(record.path, *yamlfile.place(record.source.marks, (STATE,)), rule, text, severity)
    with historyindex.opened(repository) as index:
        for record in flowing:
            yield from _ended(record, walked.get(record.path, ()), repository, index, world)


def _ended(
    record: Record, path: tuple[Step, ...], repository: Repository, index: historyindex.Index, world: World
) -> Iterator[Finding]:
    """A change after the end that history saw."""
    ended = path[-1] if path and path[-1].commit and path[-1].start else None
    form = world.form(record)
    if ended is None or not states.is_final(form, record.values[STATE]):
        return
    last = index.last_change(record.path)
    is_accepted = any(row["rule"] == flow.ENDED for row in record.values.get("accepted", ()))
    if last and not is_accepted and _is_changed(record, ended.commit, repository, world):
        said = flow.title(form, record.values[STATE])
        text = words.HISTORY_CLOSED.format(end=said, commit=git.Commit.of(last.commit).short)
        yield Finding(record.path, *yamlfile.place(record.source.marks, (STATE,)), flow.ENDED, text)


def _is_changed(record: Record, commit: str, repository: Repository, world: World) -> bool:
    """Whether more than an acceptance or a signature came after the commit that ended the record."""
    try:
        content = repository.content(commit, record.path)
    except GeneratorError:
        return False
    source, _ = yamlfile.load(content, record.path)
    if source is None:
        return False
    then = load.typed_values(world.form(record), source)
    kept = {key: value for key, value in record.values.items() if key != "accepted"}
    before = {key: value for key, value in then.items() if key != "accepted"}
    return bool(canonical.content(before) != canonical.content(kept))
