"""Where the content that a code names stands: in the history, in the ledgers, among the signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from generator import control, copies, documents, editions, historyindex, proof, signatures, status
from generator.codes import Code
from generator.copies import Copy
from generator.documents import Document
from generator.git import Repository
from generator.historyindex import Index
from generator.model import Library
from generator.proof import Content, Outcome, Verdict
from generator.status import Edition
from generator.terms import Text
from generator.terms import verify as words

GONE = "D"


@dataclass(frozen=True)
class Evidence:
    """All that prints of one repository are judged by on a day."""

    root: Path
    repository: Repository
    library: Library
    editions: Mapping[str, tuple[Edition, ...]]
    today: date

    def verdict(self, code: Code) -> Verdict:
        """What an unaltered print with this code is."""
        if any(each.number == code.number for each in self.library.registers.values()):
            return Verdict(Outcome.UNPROVEN, code.named, "", (words.REGISTER.format(number=code.number),))
        document = signatures.document(self.library, code.number)
        with historyindex.opened(self.repository) as index:
            if document is None:
                return _unknown(code, index)
            return self._known(code, document, index)

    def _known(self, code: Code, document: Document, index: Index) -> Verdict:
        now = signatures.digest(self.root, document, self.library)
        found = [
            each
            for each in editions.Archive(self.repository, index, self.library).contents(document)
            if each.digest.startswith(code.digest)
        ]
        if not found:
            if now.startswith(code.digest):
                return Verdict(Outcome.DRAFT, code.named, "", (words.OUR_DRAFT, words.DRAFT_SAME))
            return Verdict(Outcome.FOREIGN, code.named, "", (words.NO_CONTENT.format(number=code.number),))
        content = found[-1]
        signed = self.library.signed.get(code.number, ())
        standing = status.standing(
            content.document,
            content.digest,
            self.editions.get(code.number, ()),
            is_signed=any(each.digest == content.digest for each in signed),
            today=self.today,
        )
        held = self.held(code)
        changed = [each.commit.id for each in index.of(document.paths[0]) if each.is_main]
        shown = Content(
            commit=content.commit.id,
            is_same=content.digest == now,
            standing=standing if code.number in documents.of(self.library) else None,
            changed=changed[-1] if changed else "",
            is_copy=bool(code.copy),
            held=held,
            holder=copies.named(held.holder, self.library) if held else None,
        )
        judged = proof.judged(code.named, shown)
        return judged.worse(judged.outcome, *self._signers(document, content.digest))

    def held(self, code: Code) -> Copy | None:
        """The line of the ledger of the copy that a code names."""
        lines = (each for each in copies.of(self.library) if (each.document, each.edition) == code.sheet[:2])
        return next((each for each in lines if code.copy and each.serial == code.serial), None)

    def by_digest(self, digest: str) -> Copy | None:
        """The line of the ledger that names this hash of a file."""
        return next((each for each in copies.of(self.library) if each.digest == digest), None)

    def _signers(self, document: Document, digest: str) -> Iterator[Text]:
        """Who signed this content, as far as their signatures hold."""
        roles = {each.role: each.label for each in document.boxes}
        for each in self.library.holding.get(document.number, ()):
            if each.digest == digest:
                person = self.library.record(each.person)
                values = person.values if person else {}
                name = Text(str(values.get("name_zh", each.person)), str(values.get("name_en", each.person)))
                role = roles.get(each.role, Text(each.role, each.role))
                yield words.SIGNED_BY.format(role=role, person=name, when=each.signed_at)


def _unknown(code: Code, index: Index) -> Verdict:
    """A number that is not kept: deleted once, or never there."""
    for path, last in index.last_changes().items():
        if PurePosixPath(path).stem == code.number and path.startswith("records/") and last.act == GONE:
            said = words.DELETED.format(number=code.number, commit=last.commit.id[: status.SHORT])
            return Verdict(Outcome.OBSOLETE, code.named, last.commit.id, (said,))
    return Verdict(Outcome.FOREIGN, code.named, "", (words.NO_NUMBER.format(number=code.number),))


def of(root: Path, repository: Repository, library: Library, today: date) -> Evidence:
    """The evidence of a repository.

    Raises:
        GeneratorError: the clone is shallow.
    """
    judged = signatures.judged(root, repository, library)
    return Evidence(root, repository, judged, control.editions(repository, judged), today)
