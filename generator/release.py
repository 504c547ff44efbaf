"""Which revision of a document is issued, and since when another must not be used any more."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from generator import control, documents, hints, signatures, signing, status
from generator.calendar import UnknownYearError
from generator.documents import Document, Keeper
from generator.durations import duration
from generator.errors import GeneratorError
from generator.git import Repository
from generator.model import Library, Record
from generator.signatures import Bench
from generator.status import Edition, Standing
from generator.terms import Text
from generator.terms import copies as words
from generator.world import World


def found(library: Library, number: str) -> Document:
    """The document of that number.

    Raises:
        GeneratorError: there is none.
    """
    every = documents.of(library)
    if number not in every:
        raise GeneratorError(words.NO_DOCUMENT.format(number=number, hint=hints.similar(number, every)))
    return every[number]


def newest(root: Path, repository: Repository, library: Library, number: str, today: date) -> Edition:
    """The revision that may be issued: the newest that all have signed, in force or waiting for its day.

    Raises:
        GeneratorError: a signature is missing, the document is withdrawn, or a register.
    """
    document = found(library, number)
    if document.keeper is Keeper.REGISTER:
        raise GeneratorError(words.IS_REGISTER.format(number=number, key=document.key))
    bench = signatures.bench(repository, library)
    known = control.standings(root, repository, library, today)[number].editions
    editions = [each for each in known if bench.signers(each.document, each.digest) is not None]
    if not editions:
        raise GeneratorError(_unsigned(root, bench, document))
    edition = max(editions, key=_order)
    if edition.document.withdrawn and edition.document.withdrawn <= today.isoformat():
        raise GeneratorError(words.WITHDRAWN.format(number=number, day=edition.document.withdrawn))
    return edition


def _unsigned(root: Path, bench: Bench, document: Document) -> Text:
    """Says which boxes of this content are open: nobody signed there, or the signature does not hold."""
    digest = signatures.digest(root, document, bench.library)
    subject = bench.subject(document, digest)
    missing = [each.label for each in signing.missing(subject, bench.verdicts(document, digest))]
    roles = Text("、".join(each.zh for each in missing), ", ".join(each.en for each in missing))
    return words.NOT_SIGNED.format(number=document.number, label=document.label, roles=roles)


def ended(standing: Standing | None, label: str, today: date) -> str:
    """Since which day a revision does not hold any more; empty while it does, and where nothing was ever signed."""
    if standing is None or not standing.editions:
        return ""
    begun = [each for each in standing.editions if each.since <= today]
    own = [each for each in standing.editions if each.label == label]
    if own and max(own, key=_order).since > today:
        return ""
    later = [each.since for each in begun if not own or _order(each) > _order(max(own, key=_order))]
    if later:
        return min(later).isoformat()
    is_withdrawn = standing.in_force is None and bool(begun)
    return max(begun, key=_order).document.withdrawn if is_withdrawn else ""


def due(seen: World, record: Record, since: str) -> date | None:
    """The day by which the copies of a ledger are to be back; None where the calendar of that year is not known."""
    length = duration(seen.held(seen.form(record).ledger["within"], record).value)
    try:
        return seen.calendar.end(datetime.fromisoformat(since), length).date() if length else None
    except UnknownYearError:
        return None


def _order(edition: Edition) -> tuple[tuple[int, int], date]:
    return status.order(edition.label), edition.released
