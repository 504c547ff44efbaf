"""The states of records as the commits tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import canonical, flow, git, historyindex, load, states, yamlfile
from generator.errors import GeneratorError
from generator.flow import Step
from generator.git import Repository
from generator.model import Finding, Record, Severity
from generator.terms import rules as words
from generator.world import World

STATE = "state"


def of(repository: Repository, world: World) -> Mapping[str, tuple[Step, ...]]:
    """The steps of each record by its path, oldest first; a change not yet committed stands last."""
    people = flow.people_by_email(world.library)
    found: dict[str, list[Step]] = {}
    for change in repository.changes_of(STATE, "records"):
        before, after = yamlfile.scalar(change.before), yamlfile.scalar(change.after)
        if before == after:
            continue  # a comment beside it
        who = people.get(change.who.lower(), "")
        step = Step(before, after, who or change.who, change.commit.short, f"{change.commit.when:%Y-%m-%d %H:%M}")
        found.setdefault(change.path, []).append(step)
    for record in _flowing(world):
        path = found.get(record.path)
        state = record.values.get(STATE, "")
        if path and path[-1].end != state:
            path.append(Step(path[-1].end, state, "", "", ""))
    return {path: tuple(steps) for path, steps in found.items()}


def findings(repository: Repository, world: World) -> Iterator[Finding]:
    """Jumps, movers without the role, and records that were changed after history saw them end.

    A record that came in ended, taken over from before, may still be corrected.
    """
    walked = of(repository, world)
    with historyindex.opened(repository) as index:
        changes = index.last_changes()
    for record in _flowing(world):
        path = walked.get(record.path, ())
        line, column = yamlfile.place(record.source.marks, (STATE,))
        accepted = {row["rule"] for row in record.values.get("accepted", ())}
        for rule, text in flow.faults(record, path, world):
            severity = Severity.WARNING if rule == flow.AUTHOR else Severity.ERROR
            if rule not in accepted:
                yield Finding(record.path, line, column, rule, text, severity)
        last = changes.get(record.path)
        ended = path[-1] if path and path[-1].commit and path[-1].start else None
        form = world.form(record)
        is_over = states.is_final(form, record.values[STATE]) and flow.ENDED not in accepted
        if is_over and ended and last and _is_changed(record, ended.commit, repository, world):
            said = flow.title(form, record.values[STATE])
            text = words.HISTORY_CLOSED.format(end=said, commit=git.Commit.of(last.commit).short)
            yield Finding(record.path, line, column, flow.ENDED, text)


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


def _flowing(world: World) -> Iterator[Record]:
    for form in world.library.forms.values():
        if form.transitions:
            yield from world.library.records.get(form.key, {}).values()
