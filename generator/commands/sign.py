"""`wenkong sign`: put one's name under what a record or document says, with proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator import (
    calendars,
    flow,
    git,
    history,
    historyindex,
    journal,
    load,
    parts,
    proving,
    signaturecheck,
    signatures,
    signing,
    sshsig,
    yamlfile,
)
from generator.commands.diff import found
from generator.documents import Document
from generator.editions import Archive, Content
from generator.errors import GeneratorError
from generator.git import Repository
from generator.history import Parts
from generator.model import Library, Signature
from generator.proving import Fact
from generator.signatures import Bench
from generator.signed import Signed
from generator.signing import Subject
from generator.terms import Language, Text, control
from generator.terms import signing as words

LONGEST = 60
Ask = Callable[[str], bool]


@dataclass(frozen=True)
class Wanted:
    """What is to be signed and as what; by whom (empty: by whom git knows), for whom, with which key file."""

    number: str
    role: str
    person: str = ""
    principal: str = ""
    key: Path | None = None


@dataclass(frozen=True)
class _Request:
    """A signature that is about to be given."""

    document: Document
    subject: Subject
    entry: Signed
    bench: Bench


def run(
    root: Path,
    wanted: Wanted,
    *,
    now: datetime,
    ask: Ask | None,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Show what is signed, ask (where `ask` is None it has been answered) and commit the signature.

    Raises:
        GeneratorError: what is signed is not committed, or this person may not sign it now as this.
    """
    repository = _clone(root)
    try:
        request = _request(root, repository, wanted, now)
        for line in _shown(root, repository, request, language):
            say(line)
    finally:
        repository.close()
    if ask is not None and not ask(words.CONFIRM.within(language)):
        say(words.NOT_CONFIRMED.within(language))
        return 1
    with journal.opened(root, lambda text: say(text.within(language))) as clone:
        again = _request(root, clone, wanted, now)
        if again.subject.digest != request.subject.digest:
            raise GeneratorError(words.CHANGED.format(number=wanted.number))
        entry = _sealed(again, wanted, clone)
        said = {"number": entry.subject, "label": entry.revision, "role": entry.role, "person": entry.person}
        message = " ".join(words.MESSAGE.format(**said).within(language).split())
        journal.write(root, clone, {entry.path: written(entry).encode()}, message)
    say(words.SIGNED.format(path=entry.path).within(language))
    return 0


def _clone(root: Path) -> Repository:
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(control.NOT_A_CLONE)
    return repository


def _request(root: Path, repository: Repository, wanted: Wanted, now: datetime) -> _Request:
    library = load.library(root)
    document = found(library, wanted.number)
    if not document.boxes:
        raise GeneratorError(words.NO_BOXES.format(number=document.number))
    box = _box(document, wanted.role)
    _must_be_committed(repository, library, document)
    bench = signatures.bench(repository, library)
    subject = bench.subject(document, signatures.digest(root, document, library))
    local = now.astimezone(calendars.zone(library)) if now.tzinfo else now
    entry = Signed(
        number="",
        path="",
        subject=document.number,
        revision=document.label,
        role=box.role,
        person=_signer(repository, bench, wanted),
        on_behalf_of=wanted.principal,
        signed_at=f"{local:%Y-%m-%d %H:%M}",
        meaning=box.meaning.within(Language(library.organization.get("sheet_language", "both"))),
        digest=subject.digest,
        key="",
        ssh="",
    )
    name = signing.name(entry)
    entry = replace(entry, number=name, path=f"{signatures.FOLDER}/{document.number}/{name}.yaml")
    _must_hold(bench, subject, entry)
    _must_be_now(repository, bench, entry)
    return _Request(document, subject, entry, bench)


def _box(document: Document, named: str) -> Signature:
    """The box of that role, named by its key or by its label in either language, where only one has that.

    Raises:
        GeneratorError: there is none, or more than one.
    """
    wanted = named.strip().casefold()
    by_key = [each for each in document.boxes if each.role == wanted]
    by_label = [each for each in document.boxes if wanted in {each.label.zh.casefold(), each.label.en.casefold()}]
    if len(by_key or by_label) == 1:
        return (by_key or by_label)[0]
    known = Text(
        "、".join(f"{each.role} {each.label.zh}" for each in document.boxes),
        ", ".join(f"{each.role} “{each.label.en}”" for each in document.boxes),
    )
    raise GeneratorError(words.NO_BOX.format(number=document.number, role=named, known=known))


def _must_be_committed(repository: Repository, library: Library, document: Document) -> None:
    changed = repository.changed(signaturecheck.paths(library, document))
    if changed or repository.head() is None:
        raise GeneratorError(words.NOT_COMMITTED.format(number=document.number, paths=", ".join(sorted(changed))))


def _signer(repository: Repository, bench: Bench, wanted: Wanted) -> str:
    library, email = bench.library, repository.email()
    ours = flow.people_by_email(library).get(email.lower(), "")
    people = library.records.get(signatures.PEOPLE, {})
    for each in (wanted.person, wanted.principal):
        if each and each not in people:
            raise GeneratorError(words.UNKNOWN_PERSON.format(person=each))
    if not ours and not wanted.person:
        raise GeneratorError(words.UNKNOWN_SIGNER.format(email=email or "-"))
    if wanted.person and wanted.person != ours and not (wanted.key or bench.policy.needs_keys):
        raise GeneratorError(words.NOT_YOU.format(person=wanted.person, email=email or "-"))
    return wanted.person or ours


def _must_hold(bench: Bench, subject: Subject, entry: Signed) -> None:
    """Refuse what would not hold, whatever proof comes with it."""
    others = bench.library.signed.get(entry.subject, ())
    judged = signing.verdicts(subject, others, bench.facts, bench.policy)
    holding = [each.entry for each in judged if each.holds]
    if any((each.role, each.person) == (entry.role, entry.person) for each in holding):
        raise GeneratorError(words.ALREADY.format(person=entry.person, role=entry.role))
    people = bench.people(entry)
    _, why = next(proving.absence(entry, people), signing.unfit(subject, entry, people, holding, bench.policy))
    if why is not None:
        raise GeneratorError(words.WOULD_NOT_HOLD.format(why=why))
    order = signing.ordered(subject, (*holding, entry))
    _, why = signing.unfit(subject, entry, people, order[: order.index(entry)], bench.policy)
    if why is not None:
        last = order[-1]
        said = {"signed": entry.signed_at, "person": last.person, "role": last.role, "last": last.signed_at}
        raise GeneratorError(words.WOULD_NOT_HOLD.format(why=words.BEFORE_OTHERS.format(**said)))


def _must_be_now(repository: Repository, bench: Bench, entry: Signed) -> None:
    """Refuse a time of signing that the commit, which git dates, will belie."""
    repository.must_know_author()
    identity, seconds, _ = repository.ask("var", "GIT_AUTHOR_IDENT").rsplit(" ", 2)
    zone = calendars.zone(bench.library)
    committed = f"{datetime.fromtimestamp(int(seconds), zone):%Y-%m-%d %H:%M}"
    email = identity.rpartition("<")[2].rstrip(">").lower()
    is_own = flow.people_by_email(bench.library).get(email) == entry.person
    if proving.is_off(entry, committed, is_own=is_own):
        why = words.NOT_NOW.format(signed=entry.signed_at, committed=committed)
        raise GeneratorError(words.WOULD_NOT_HOLD.format(why=why))


def _sealed(request: _Request, wanted: Wanted, repository: Repository) -> Signed:
    """The entry with the digital signature that the organisation or the signer asks for."""
    entry, policy = request.entry, request.bench.policy
    configured = repository.user("signingkey") if policy.asks_key(entry) else ""
    key = wanted.key or (Path(configured) if configured else None)
    if key is None:
        if policy.asks_key(entry):
            raise GeneratorError(words.KEY_NEEDED)
        return entry
    armoured, fingerprint = sshsig.sign(proving.payload(entry), key)
    fact = Fact(people=request.bench.people(entry), key=fingerprint)
    sealed = replace(entry, key=fingerprint, ssh=armoured)
    for why in proving.key_faults(sealed, fact):
        raise GeneratorError(words.WOULD_NOT_HOLD.format(why=why))
    return sealed


def written(entry: Signed) -> str:
    """The file of an entry."""
    said = {
        "number": entry.number,
        "created_on": entry.signed_at[: len("2026-01-01")],
        "of": entry.subject,
        "revision": entry.revision,
        "sha256": entry.digest,
        "role": entry.role,
        "person": entry.person,
        "on_behalf_of": entry.on_behalf_of,
        "signed_at": entry.signed_at,
        "meaning": entry.meaning,
        "key": entry.key,
        "ssh": entry.ssh,
    }
    lines = [f"{key}: {yamlfile.quoted(value)}" for key, value in said.items() if value]
    return "\n".join(["# yaml-language-server: $schema=../../../schemas/signatures.yaml", *lines, ""])


def _shown(root: Path, repository: Repository, request: _Request, language: Language) -> Iterator[str]:
    document, entry, library = request.document, request.entry, request.bench.library
    here = {
        path: (root / path).read_bytes() for path in signaturecheck.paths(library, document) if (root / path).is_file()
    }
    now = _parts(library, here)
    title = words.SHOWN.format(number=document.number, title=document.title, label=document.label)
    yield title.within(language).rstrip()
    yield f"  {words.SHOWN_DIGEST.format(digest=entry.digest[:16]).within(language)}"
    yield from _difference(repository, request, now, language)
    role = request.subject.box[entry.role].label
    said = {"person": entry.person, "principal": entry.on_behalf_of, "role": role, "meaning": entry.meaning}
    line = words.SHOWN_FOR if entry.on_behalf_of else words.SHOWN_AS
    yield line.format(**said).within(language)


def _difference(repository: Repository, request: _Request, now: Parts, language: Language) -> Iterator[str]:
    document, library = request.document, request.bench.library
    signed = library.signed.get(document.number, ())
    if not signed:
        yield f"  {words.SHOWN_FIRST.within(language)}"
        yield from _summary(now, language)
        return
    last = signed[-1]
    said = {"when": last.signed_at, "person": last.person, "role": last.role}
    if last.digest == request.subject.digest:
        yield f"  {words.SHOWN_SAME.format(**said).within(language)}"
        yield from _summary(now, language)
        return
    before = _signed_content(repository, library, document, last.digest)
    if before is None:
        yield f"  {words.SHOWN_UNKNOWN.format(**said).within(language)}"
        return
    yield f"  {words.SHOWN_CHANGED.format(**said).within(language)}"
    for title in history.differing(_parts(library, before.files), now):
        yield f"    {title.within(language)}"


def _signed_content(repository: Repository, library: Library, document: Document, digest: str) -> Content | None:
    with historyindex.opened(repository) as index:
        contents = Archive(repository, index, library).contents(document)
        return next((each for each in contents if each.digest == digest), None)


def _parts(library: Library, contents: Mapping[str, bytes]) -> Parts:
    found = (parts.of(library, path, content) for path, content in sorted(contents.items()))
    return {key: part for each in found for key, part in each.items()}


def _summary(found: Parts, language: Language) -> Iterator[str]:
    """Each part with the beginning of what stands in it."""
    for title, value in found.values():
        text = " ".join(value.split()) if isinstance(value, str) else ""
        text = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
        yield f"    {title.within(language)}" + (f": {text}" if text else "")
