"""What a sheet turns out to be once it is known what it shows and where its content stands today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from generator.codes import Code
from generator.copies import Copy
from generator.status import SHORT, Standing, Status
from generator.terms import Text
from generator.terms import verify as words

AROUND = 12
"""So many characters are shown before and after the first that differ."""


class Outcome(StrEnum):
    """The answers, from good to bad."""

    CURRENT = "current"
    UNCONTROLLED = "uncontrolled"
    DRAFT = "draft"
    OBSOLETE = "obsolete"
    INCOMPLETE = "incomplete"
    RESAVED = "resaved"
    UNPROVEN = "unproven"
    ALTERED = "altered"
    FOREIGN = "foreign"

    @property
    def said(self) -> Text:
        """In words."""
        return words.OUTCOMES[self.value]


RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}
GOOD = frozenset({Outcome.CURRENT, Outcome.UNCONTROLLED})


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, the print that it is about, the commit that holds its content, and the reasons."""

    outcome: Outcome
    name: str = ""
    commit: str = ""
    says: tuple[Text, ...] = ()

    def worse(self, outcome: Outcome, *says: Text) -> Verdict:
        """The same print with more to be said of it; the outcome is never a better one."""
        worst = max(self.outcome, outcome, key=RANK.__getitem__)
        return Verdict(worst, self.name, self.commit, (*says, *self.says))


@dataclass(frozen=True)
class Content:
    """What a print shows: the commit that holds it, whether it is kept so today, and for a document where it stands.

    `changed` is the commit that changed it last; `held` the line of the ledger of a controlled copy, `holder` its name.
    """

    commit: str
    is_same: bool
    standing: Standing | None = None
    changed: str = ""
    is_copy: bool = False
    held: Copy | None = None
    holder: Text | None = None


def worst(verdicts: Sequence[Verdict]) -> Outcome:
    """The answer for all of them together."""
    return max((each.outcome for each in verdicts), key=RANK.__getitem__, default=Outcome.FOREIGN)


def judged(name: str, content: Content) -> Verdict:
    """What an unaltered sheet with this content is today."""
    if content.is_copy:
        return _copy(name, content)
    if content.standing is None:
        if content.is_same:
            return Verdict(Outcome.CURRENT, name, content.commit, (words.RECORD_SAME,))
        said = words.RECORD_CHANGED.format(commit=content.changed[:SHORT])
        return Verdict(Outcome.OBSOLETE, name, content.commit, (said,))
    standing = content.standing
    if standing.is_over:
        return Verdict(Outcome.OBSOLETE, name, content.commit, tuple(_superseded(standing)))
    label = standing.document.label
    if standing.status is Status.IN_FORCE:
        return Verdict(Outcome.UNCONTROLLED, name, content.commit, (words.PRINT_SAME.format(label=label),))
    said = words.UNSIGNED.format(label=label, status=standing.status.said)
    return Verdict(Outcome.DRAFT, name, content.commit, (said,))


def _superseded(standing: Standing) -> Iterator[Text]:
    successor = standing.successor or (standing.in_force.label if standing.in_force else "")
    yield words.SUCCESSOR.format(successor=successor) if successor else words.NO_LONGER


def _copy(name: str, content: Content) -> Verdict:
    """A controlled copy, by the ledger and by the status of its revision."""
    held, standing = content.held, content.standing
    if held is None:
        return Verdict(Outcome.ALTERED, name, content.commit, (words.NOT_IN_LEDGER,))
    who = {"copy": held.number, "ledger": held.record.number, "day": held.issued_on, "holder": content.holder or ""}
    says = [words.HELD.format(**who)]
    if held.result in words.GONE:
        says.insert(0, words.GONE[held.result].format(day=held.recalled_on))
    if held.result in words.GONE or (standing is not None and standing.is_over):
        says[:0] = _superseded(standing) if standing is not None and standing.is_over else ()
        return Verdict(Outcome.OBSOLETE, name, content.commit, tuple(says))
    if standing is not None and standing.status is Status.WAITING:
        says.append(words.WAITING)
    return Verdict(Outcome.CURRENT, name, content.commit, tuple(says))


def text_differences(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Text]:
    """How the pages of a file read otherwise than they should."""
    if len(ours) != len(theirs):
        yield words.PAGE_COUNT.format(ours=len(ours), theirs=len(theirs))
    for page, (right, found) in enumerate(zip_longest(ours, theirs), start=1):
        if right is not None and found is not None and right != found:
            yield words.PAGE_TEXT.format(page=page, **_first(right, found))


def _first(right: str, found: str) -> dict[str, str]:
    place = next((at for at, (one, other) in enumerate(zip(right, found, strict=False)) if one != other), None)
    start = min(len(right), len(found)) if place is None else place
    return {name: text[max(start - AROUND, 0) : start + AROUND] for name, text in (("right", right), ("found", found))}


def byte_differences(ours: bytes, theirs: bytes) -> Text:
    """How many bytes are otherwise and where the first is, counted from 1."""
    unlike = [at for at, (one, other) in enumerate(zip(ours, theirs, strict=False), start=1) if one != other]
    first = unlike[0] if unlike else min(len(ours), len(theirs)) + 1
    return words.BYTES.format(count=len(unlike) + abs(len(ours) - len(theirs)), first=first)


Codes = Sequence[tuple[Code | None, str]]
"""For each page the code of ours that it bears, and what a code that is none of ours says; neither where none is."""


def code_faults(codes: Codes, wanted: Code) -> Iterator[Text]:
    """What is wrong with the codes of the pages of a file whose first page should bear `wanted`."""
    for page, (code, text) in enumerate(codes, start=1):
        if code is None:
            yield words.PAGE_STRANGE_CODE.format(page=page, text=text) if text else words.PAGE_NO_CODE.format(page=page)
        elif code.sheet != wanted.sheet:
            yield words.PAGE_OTHER.format(page=page, name=code.named)
        elif code.page != page:
            yield words.PAGE_WRONG.format(page=page, said=code.page)
    if len(codes) != wanted.pages:
        yield words.PAGE_COUNT.format(ours=wanted.pages, theirs=len(codes))


def gaps(found: Sequence[Code]) -> Iterator[Text]:
    """Which pages of one print are missing or there twice; all codes are of that print."""
    counts = Counter(each.page for each in found)
    total = max(each.pages for each in found)
    lost = [page for page in range(1, total + 1) if page not in counts]
    twice = [page for page, count in counts.items() if count > 1]
    if lost:
        yield words.MISSING.format(pages=", ".join(map(str, lost)), total=total)
    if twice:
        yield words.DOUBLED.format(pages=", ".join(map(str, sorted(twice))))
