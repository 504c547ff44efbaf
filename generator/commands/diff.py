"""`wenkong diff`: what two revisions of a document or record say differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import (
    difference,
    diffsheet,
    documents,
    files,
    git,
    hints,
    historyindex,
    load,
    parts,
    references,
    segments,
    signatures,
)
from generator.diffsheet import Report
from generator.documents import Document
from generator.editions import Archive, Content
from generator.errors import GeneratorError
from generator.history import Parts
from generator.model import Library
from generator.signatures import Bench
from generator.terms import Language
from generator.terms import control as words
from generator.terms import history as history_words
from generator.terms import rules as rule_words
from generator.wording import Printer

SHORTEST = 4
"""Digits of a commit that may stand for it."""


@dataclass(frozen=True)
class Wanted:
    """What is compared (labels or commits; empty: signed last, and the working tree), and how and where to write it."""

    number: str
    before: str
    after: str
    form: str
    output: Path | None


def run(root: Path, wanted: Wanted, *, language: Language, say: Callable[[str], None]) -> int:
    """Show the differences.

    Raises:
        GeneratorError: there is no such document, revision or commit, or it was never committed.
    """
    library = load.library(root)
    document = found(library, wanted.number)
    contents, bench = _contents(root, library, document)
    before = _chosen(contents, wanted.before, document) if wanted.before else _base(bench, contents)
    after = _chosen(contents, wanted.after, document) if wanted.after else None
    printer = Printer(library, language)

    def read(held: Mapping[str, bytes]) -> Parts:
        pieces = (parts.readable(library, path, content, printer) for path, content in sorted(held.items()))
        return {key: part for each in pieces for key, part in each.items()}

    heading = words.DIFF_HEAD.format(
        number=document.number,
        title=document.title,
        before=_named(before),
        after=_named(after) if after else words.TREE,
    )
    now = after.files if after else _tree(root, library, document)
    report = Report(heading, tuple(difference.of(read(before.files), read(now), segments.words)), words.DIFF_NOTHING)
    _write(report, wanted, language, say)
    return 0


def found(library: Library, number: str) -> Document:
    """The document or record of that number.

    Raises:
        GeneratorError: there is none.
    """
    known = documents.of(library)
    by_key = {
        each.key: each for each in known.values() if each.keeper in {documents.Keeper.FORM, documents.Keeper.REGISTER}
    }
    document = known.get(number) or by_key.get(number)
    record = library.record(number)
    if document is not None:
        return document
    if any(number in unread for unread in library.unread.values()):
        raise GeneratorError(rule_words.UNREAD_RECORD.format(number=number))
    if record is None:
        hint = hints.similar(number, [*known, *by_key, *(each for kept in library.records.values() for each in kept)])
        raise GeneratorError(history_words.NOT_KNOWN.format(name=number, hint=hint))
    return documents.of_record(record, library.forms[record.form])


def _contents(root: Path, library: Library, document: Document) -> tuple[tuple[Content, ...], Bench]:
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(history_words.NO_CLONE)
    try:
        with historyindex.opened(repository) as index:
            contents = tuple(Archive(repository, index, library).contents(document))
        bench = signatures.bench(repository, library)
    finally:
        repository.close()
    if not contents:
        raise GeneratorError(history_words.NO_HISTORY.format(name=document.number))
    return contents, bench


def _base(bench: Bench, contents: tuple[Content, ...]) -> Content:
    """What was signed last, or else what was committed last."""
    signed = [each for each in contents if bench.signers(each.document, each.digest)]
    return (signed or contents)[-1]


def _chosen(contents: tuple[Content, ...], name: str, document: Document) -> Content:
    labelled = [each for each in contents if each.document.label == name]
    committed = [each for each in contents if len(name) >= SHORTEST and each.commit.id.startswith(name)]
    if not labelled and not committed:
        labels = dict.fromkeys(each.document.label or each.commit.id[:10] for each in contents)
        raise GeneratorError(words.NO_REVISION.format(number=document.number, name=name, known=", ".join(labels)))
    return (labelled or committed)[-1]


def _named(content: Content) -> str:
    return f"{content.document.label} ({content.commit.id[:10]})".strip()


def _tree(root: Path, library: Library, document: Document) -> dict[str, bytes]:
    paths = list(document.paths)
    record = library.record(document.number)
    if record is not None:
        names = references.attachments(record, library.forms[record.form])
        paths += [f"{references.folder(record)}/{name}" for _, name in names]
    return {each: (root / each).read_bytes() for each in paths if (root / each).is_file()}


def _write(report: Report, wanted: Wanted, language: Language, say: Callable[[str], None]) -> None:
    if wanted.form == "text" and wanted.output is None:
        for line in diffsheet.text(report, language):
            say(line)
        return
    if wanted.form == "docx":
        content = diffsheet.docx(report, language)
    elif wanted.form == "html":
        content = diffsheet.html(report, language).encode()
    else:
        content = "\n".join((*diffsheet.text(report, language), "")).encode()
    place = wanted.output or Path("out", "diff", f"{wanted.number}.{wanted.form}")
    files.write(place, content)
    say(str(place))
