"""What cannot be true in the ledgers of copies: doubled numbers, edited hashes, copies that nobody asked back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import copies, historyindex, load, release, yamlfile
from generator.control import Standings
from generator.copies import Copy
from generator.git import Repository
from generator.model import Finding, Form, Library, Record, Values
from generator.terms import Text
from generator.terms import copies as words
from generator.world import World

CLAUSE = "ISO 9001 7.5.3.2"
FROZEN = ("copy", "holder", "outside", "person", "site", "medium", "copies", "issued_on", "issued_by", "sha256")
HEAD = ("document", "edition", "commit")
SAID = {"ledger.copy": words.DOUBLED, "ledger.received": words.RECEIVED_EARLY, "ledger.recalled": words.RECALLED_EARLY}


def findings(repository: Repository, seen: World, standings: Standings) -> Iterator[Finding]:
    """Everything that is wrong with the ledgers.

    Raises:
        GeneratorError: the clone is shallow.
    """
    library = seen.library
    every = tuple(copies.of(library))
    for copy, rule, column, said in copies.faults(every):
        yield _finding(copy, library, column, rule, SAID[rule].format(**said))
    for copy in every:
        yield from _late(copy, seen, standings)
    yield from _changed(repository, library)


def _finding(copy: Copy, library: Library, column: str, rule: str, text: Text) -> Finding:
    ledger = library.forms[copy.record.form].ledger
    steps = (ledger["lines"], copy.position, ledger["columns"][column])
    return Finding(copy.record.path, *yamlfile.place(copy.record.source.marks, steps), rule, text, clause=CLAUSE)


def _late(copy: Copy, seen: World, standings: Standings) -> Iterator[Finding]:
    """An open copy of an edition that ended, where nobody has entered so; once entered, the ledger's own rule tells."""
    since = release.ended(standings.get(copy.document), copy.edition, seen.now.date())
    if not since or not copy.is_open or copy.since:
        return
    due = release.due(seen, copy.record, since)
    if due is not None and due < seen.now.date():
        said = {"copy": copy.number, "since": since, "due": due, "number": copy.document}
        text = words.LATE.format(**said, holder=copies.named(copy.holder, seen.library))
        yield _finding(copy, seen.library, "copy", "ledger.recall", text)


def _changed(repository: Repository, library: Library) -> Iterator[Finding]:
    """What `wenkong issue` wrote and somebody changed afterwards, compared with the commit that first held it."""
    issued = [
        (record, form)
        for form in library.forms.values()
        if form.ledger
        for record in library.records.get(form.key, {}).values()
        if form.ledger["commit"] in record.values
    ]
    with historyindex.opened(repository) as index:
        first = {record.number: index.named(f"records/{record.form}", f"{record.number}.yaml") for record, _ in issued}
    kept = [(record, form, first[record.number][0]) for record, form in issued if first[record.number]]
    contents = repository.contents(revision.blob for *_, revision in kept)
    for (record, form, revision), content in zip(kept, contents, strict=True):
        source, _ = yamlfile.load(content, record.path)
        before = load.record(form, source)[0] if source else None
        if before is not None:
            yield from _differences(record, before, form, revision.commit.id[:10])


def _differences(record: Record, before: Record, form: Form, commit: str) -> Iterator[Finding]:
    ledger, marks = form.ledger, record.source.marks
    for key in HEAD:
        was = before.values.get(ledger[key], "")
        if record.values.get(ledger[key], "") != was:
            label = form.by_key[ledger[key]].label
            text = words.CHANGED.format(copy=record.number, column=label, commit=commit, before=was)
            yield Finding(record.path, *yamlfile.place(marks, (ledger[key],)), "ledger.edited", text, clause=CLAUSE)
    now, then = (_rows(each, form) for each in (record, before))
    for number, (position, row) in now.items():
        steps = (ledger["lines"], position)
        if number not in then:
            text = words.UNISSUED.format(copy=number, commit=commit)
            yield Finding(record.path, *yamlfile.place(marks, steps), "ledger.unissued", text, clause=CLAUSE)
            continue
        for key in FROZEN:
            column, was = ledger["columns"][key], then[number][1].get(ledger["columns"][key], "")
            if row.get(column, "") != was:
                label = form.by_key[ledger["lines"]].column_by_key[column].label
                text = words.CHANGED.format(copy=number, column=label, commit=commit, before=was)
                place = yamlfile.place(marks, (*steps, column))
                yield Finding(record.path, *place, "ledger.edited", text, clause=CLAUSE)
    for number in sorted(then.keys() - now.keys()):
        text = words.DROPPED.format(copy=number, commit=commit)
        yield Finding(record.path, *yamlfile.place(marks, (ledger["lines"],)), "ledger.dropped", text, clause=CLAUSE)


def _rows(record: Record, form: Form) -> Mapping[str, tuple[int, Values]]:
    rows = record.values.get(form.ledger["lines"], ())
    return {str(row.get(form.ledger["columns"]["copy"], "")): (place, row) for place, row in enumerate(rows)}
