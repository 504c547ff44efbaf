"""`wenkong verify`: what a print, a scan or a code turns out to be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from generator import canonical, copies, evidence, git, issuing, load, pades, pagecode, paper, pdffile, proof, raster
from generator import reprint as again
from generator.codes import Code
from generator.commands.sign_pdf import trusted
from generator.copies import Copy
from generator.errors import GeneratorError
from generator.evidence import Evidence
from generator.pagecode import PageCode
from generator.pdffile import Claim
from generator.proof import GOOD, Outcome, Verdict
from generator.raster import DPI, Raster
from generator.status import SHORT
from generator.terms import Language, Text
from generator.terms import control as control_words
from generator.terms import verify as words

KINDS = ("uncontrolled", "draft", "obsolete", "retained")
"""How the print of a document may be marked; a record is only ever uncontrolled."""
END = b"%%EOF"


@dataclass(frozen=True)
class _File:
    name: str
    content: bytes
    claim: Claim
    codes: Sequence[PageCode]

    @property
    def code(self) -> Code | None:
        """A code of the print that most pages bear, of the number that the file claims to be."""
        every = [each.code for each in self.codes if each.code and each.code.number == self.claim.number]
        sheets = Counter(each.sheet for each in every)
        return max(every, key=lambda each: sheets[each.sheet], default=None)

    @property
    def beginnings(self) -> tuple[bytes, ...]:
        """What the file may have been before somebody signed it, the shortest first, and the file itself."""
        if b"/ByteRange" not in self.content:
            return (self.content,)
        ends, place = [], self.content.find(END)
        while place >= 0:
            ends.append(place + len(END))
            place = self.content.find(END, place + 1)
        parts = chain.from_iterable((self.content[:end], self.content[: end + 1]) for end in ends)
        return (*parts, self.content)


def run(root: Path, name: str, *, today: date, as_json: bool, language: Language, say: Callable[[str], None]) -> int:
    """Say what a file or the text of a code is; 1 if it must not be used as it is.

    Raises:
        GeneratorError: there is no such file, it cannot be read, or this is no clone with a whole history.
    """
    repository = git.repository(root)
    if repository is None:
        raise GeneratorError(control_words.NOT_A_CLONE)
    with closing(repository):
        known = evidence.of(root, repository, load.library(root), today)
        verdicts = _verdicts(known, name)
    outcome = proof.worst(verdicts)
    if as_json:
        say(json.dumps({"file": name, "outcome": outcome.value, "prints": [*map(_row, verdicts)]}, ensure_ascii=False))
    else:
        for line in chain.from_iterable(_lines(each, name, language) for each in verdicts):
            say(line)
    return 0 if outcome in GOOD else 1


def _row(verdict: Verdict) -> dict[str, object]:
    says = [{"zh": each.zh, "en": each.en} for each in verdict.says]
    return {"outcome": verdict.outcome.value, "print": verdict.name, "commit": verdict.commit, "says": says}


def _lines(verdict: Verdict, name: str, language: Language) -> Iterator[str]:
    at = words.AT.format(commit=verdict.commit[:SHORT]) if verdict.commit else Text("", "")
    head = words.LINE.format(name=verdict.name or Path(name).name, outcome=verdict.outcome.said, commit=at)
    yield head.within(language)
    yield from (f"  {each.within(language)}" for each in verdict.says)


def _verdicts(known: Evidence, name: str) -> list[Verdict]:
    path = Path(name)
    code = Code.parse(name)
    if code is not None and not path.exists():
        return [known.verdict(code)]
    if not path.is_file():
        raise GeneratorError(words.NOT_A_FILE.format(name=name))
    content = path.read_bytes()
    codes = [code for _, code in pagecode.of_file(content, path.name)]
    claim = pdffile.claim(content) if raster.is_pdf(content) else None
    verdicts = (
        _scan(known, content, codes) if claim is None else [_print(known, _File(path.name, content, claim, codes))]
    )
    verdicts[0] = _signed(known, content, verdicts[0])
    return verdicts


def _scan(known: Evidence, content: bytes, codes: Sequence[PageCode]) -> list[Verdict]:
    """Pages of paper, each print among them by its codes."""
    sheets: dict[tuple[str, ...], list[Code]] = {}
    for each in codes:
        if each.code:
            sheets.setdefault(each.code.sheet, []).append(each.code)
    if not sheets:
        texts = [
            words.PAGE_STRANGE_CODE.format(page=page, text=each.text) for page, each in enumerate(codes, 1) if each.text
        ]
        return [Verdict(Outcome.FOREIGN, "", "", (words.NO_CODE, *texts))]
    bare = tuple(words.PAGE_NO_CODE.format(page=page) for page, each in enumerate(codes, 1) if not each.code)
    is_text = raster.is_pdf(content) and any(paper.read(content).pages)
    made = [_by_code(known, found) for found in sheets.values()]
    made[0] = made[0].worse(Outcome.INCOMPLETE, *bare) if bare else made[0]
    return [each.worse(Outcome.RESAVED, words.NO_CLAIM) for each in made] if is_text else made


def _by_code(known: Evidence, found: list[Code]) -> Verdict:
    verdict = known.verdict(found[0])
    gaps = tuple(proof.gaps(found))
    return verdict.worse(Outcome.INCOMPLETE if gaps else verdict.outcome, *gaps, words.BY_CODE)


def _print(known: Evidence, file: _File) -> Verdict:
    """A file of ours, by making it again."""
    claim = file.claim
    if not claim.commit:
        return _draft(known, file)
    if any(each.number == claim.number for each in known.library.registers.values()):
        return Verdict(Outcome.UNPROVEN, claim.number, claim.commit, (words.REGISTER.format(number=claim.number),))
    try:
        known.repository.found(claim.commit)
    except GeneratorError:
        return Verdict(Outcome.FOREIGN, claim.number, "", (words.NO_COMMIT.format(commit=claim.commit[:SHORT]),))
    held = _held(known, file)
    first: bytes | None = None
    for made in _made(known, file, held):
        first = first or made
        base = next((each for each in file.beginnings if each == made), None)
        if base is not None and file.code is not None:
            return _genuine(known, file, held, base)
    if first is None:
        said = words.NOT_MADE.format(number=claim.number, commit=claim.commit[:SHORT])
        return Verdict(Outcome.FOREIGN, claim.number, claim.commit, (said,))
    return _compared(known, file, held, first)


def _held(known: Evidence, file: _File) -> Copy | None:
    exact = (known.by_digest(canonical.digest(each)) for each in file.beginnings)
    return next((each for each in exact if each), None) or (known.held(file.code) if file.code else None)


def _made(known: Evidence, file: _File, held: Copy | None) -> Iterator[bytes]:
    form = copies.form(known.library)
    if held is not None and form is not None:
        kinds = (issuing.CONTROLLED, *((issuing.RETAINED,) if held.result == "kept" else ()))
        return again.copy(known.repository, form, held, kinds)
    is_record = known.library.record(file.claim.number) is not None
    kinds = KINDS[:1] if is_record else KINDS
    return again.prints(known.repository, file.claim.commit, file.claim.number, kinds=kinds, title=file.claim.title)


def _genuine(known: Evidence, file: _File, held: Copy | None, base: bytes) -> Verdict:
    """A file that begins with the very bytes that were printed."""
    verdict = known.verdict(file.code) if file.code else Verdict(Outcome.FOREIGN)
    verdict = Verdict(verdict.outcome, verdict.name, file.claim.commit, verdict.says)
    verdict = verdict.worse(verdict.outcome, words.GENUINE.format(commit=file.claim.commit[:SHORT]))
    if held is not None and canonical.digest(base) != held.digest and held.result != "kept":
        verdict = verdict.worse(Outcome.ALTERED, words.LEDGER_OTHER.format(ledger=held.record.number))
    extra = len(file.content) - len(base)
    if extra and not any(each.is_good for each in pades.signatures(file.content, ())):
        verdict = verdict.worse(Outcome.ALTERED, words.AFTER.format(count=extra))
    return verdict


def _signed(known: Evidence, content: bytes, verdict: Verdict) -> Verdict:
    """The same with what is to be said of the digital signatures in the file."""
    for each in pades.signatures(content, [root for _, root in trusted(known.root)]):
        said = {"role": each.field, "name": each.certificate.name, "issuer": each.certificate.issuer}
        if not each.is_good:
            verdict = verdict.worse(Outcome.ALTERED, words.KEY_BROKEN.format(**said))
            continue
        when = f"{each.when:%Y-%m-%d %H:%M}" if each.when else ""
        verdict = verdict.worse(verdict.outcome, words.KEY_SIGNED.format(**said, when=when))
        if not each.is_trusted:
            verdict = verdict.worse(verdict.outcome, words.KEY_UNKNOWN.format(**said))
    return verdict


def _compared(known: Evidence, file: _File, held: Copy | None, made: bytes) -> Verdict:
    """A file that is not what was printed: what differs, page by page."""
    ours, theirs = paper.read(made).pages, paper.read(file.content).pages
    pages = list(pagecode.of_file(made, file.name, dpi=DPI))
    wanted = next(code.code for _, code in pages if code.code)
    faults = [
        *proof.code_faults([(each.code, each.text) for each in file.codes], wanted),
        *proof.text_differences(ours, theirs),
        *_looks([page for page, _ in pages], file),
    ]
    what = proof.byte_differences(made, file.content)
    name, commit = wanted.named, file.claim.commit
    if faults:
        return Verdict(Outcome.ALTERED, name, commit, (*dict.fromkeys(faults), what))
    verdict = known.verdict(wanted)
    engine = pdffile.claim(made)
    if engine is not None and engine.producer != file.claim.producer:
        said = words.ENGINE.format(theirs=file.claim.producer, ours=engine.producer)
        is_proven = held is not None and canonical.digest(file.content) == held.digest
        return verdict.worse(verdict.outcome if is_proven else Outcome.UNPROVEN, said)
    return verdict.worse(Outcome.RESAVED, words.RESAVED, what)


def _looks(ours: Sequence[Raster], file: _File) -> Iterator[Text]:
    theirs = raster.pages(file.content, file.name, dpi=DPI)
    for page, (right, found) in enumerate(zip(ours, theirs, strict=False), start=1):
        place = raster.differing(right, found)
        if place is not None:
            yield words.PAGE_LOOKS.format(page=page, left=place[0], top=place[1])


def _draft(known: Evidence, file: _File) -> Verdict:
    """A print of something that had not been committed."""
    name = file.claim.number
    if file.code is None:
        return Verdict(Outcome.DRAFT, name, "", (words.OUR_DRAFT,))
    now = known.verdict(file.code)
    said = words.DRAFT_OTHER if now.outcome in {Outcome.FOREIGN, Outcome.OBSOLETE} else words.DRAFT_SAME
    return Verdict(Outcome.DRAFT, file.code.named, "", (words.OUR_DRAFT, said))
