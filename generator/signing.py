"""Whether signatures hold: who may sign what, after whom and with which proof; and which box is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator import authority, canonical, proving
from generator.authority import People, Policy
from generator.documents import Document
from generator.model import Record, Signature, Values
from generator.proving import Fact
from generator.signed import Signed
from generator.terms import Text
from generator.terms import signing as words
from generator.world import World

ROLE, VOID, ORDER, SEPARATION, REVISION = (
    f"signature.{each}" for each in ("role", "void", "order", "separation", "revision")
)
Facts = Mapping[str, Fact]
"""What is known of each entry by its path."""


@dataclass(frozen=True)
class Subject:
    """What is signed: a document or a record as it stands, its boxes, and those that must be signed."""

    number: str
    label: str
    digest: str
    boxes: tuple[Signature, ...]
    required: frozenset[str]
    values: Values

    @property
    def box(self) -> Mapping[str, Signature]:
        """The boxes by their role."""
        return {each.role: each for each in self.boxes}

    def before(self, role: str) -> tuple[Signature, ...]:
        """The boxes that must be signed before this one."""
        roles = [each.role for each in self.boxes]
        after = self.box[role].after
        wanted = roles[: roles.index(role)] if after is None else after
        return tuple(each for each in self.boxes if each.role in wanted and each.role in self.required)

    def is_complete(self, box: Signature, holding: Iterable[Signed]) -> bool:
        """Whether enough people signed a box."""
        return len({each.person for each in holding if each.role == box.role}) >= box.at_least


@dataclass(frozen=True)
class Verdict:
    """An entry, and what is wrong with it: rule and words, both empty where it holds.

    `is_over` says that it is of no more account: its box is signed by another, or it is for another revision.
    """

    entry: Signed
    rule: str = ""
    why: Text | None = None
    is_over: bool = False

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return not self.rule


def subject(document: Document, digest: str, seen: World) -> Subject:
    """A document or record as it is signed. A box whose condition is undecided must be signed."""
    record = document.record
    required = (each.role for each in document.boxes if each.at_least and _is_asked(each, record, seen))
    values = record.values if record else {}
    return Subject(document.number, document.label, digest, document.boxes, frozenset(required), values)


def _is_asked(box: Signature, record: Record | None, seen: World) -> bool:
    return not box.when or record is None or seen.holds(box.when, record) is not False


def verdicts(what: Subject, entries: Iterable[Signed], facts: Facts, policy: Policy) -> tuple[Verdict, ...]:
    """What is to be said of each entry, in the order of signing: one that does not hold carries none built on it."""
    holding: list[Signed] = []
    found: list[Verdict] = []
    for entry in ordered(what, entries):
        rule, why = _fault(what, entry, facts[entry.path], holding, policy)
        if not rule:
            holding.append(entry)
        found.append(Verdict(entry, rule, why))
    return tuple(replace(each, is_over=_is_over(what, each, holding)) for each in found)


def ordered(what: Subject, entries: Iterable[Signed]) -> list[Signed]:
    """Entries as they were signed one after another; those of one minute in the order of their boxes."""
    ranks = {role: rank for rank, role in enumerate(what.box)}
    return sorted(entries, key=lambda each: (each.signed_at, ranks.get(each.role, len(ranks)), each.number))


def _is_over(what: Subject, verdict: Verdict, holding: Sequence[Signed]) -> bool:
    if verdict.rule == REVISION:
        return True
    box = what.box.get(verdict.entry.role)
    is_ours = verdict.rule in {VOID, ORDER}
    return is_ours and box is not None and bool(box.at_least) and what.is_complete(box, holding)


def _fault(
    what: Subject, entry: Signed, fact: Fact, holding: Sequence[Signed], policy: Policy
) -> tuple[str, Text | None]:
    unproven = next(proving.faults(entry, fact, policy), None)
    return unproven or unfit(what, entry, fact.people, holding, policy)


def unfit(
    what: Subject, entry: Signed, people: People, holding: Sequence[Signed], policy: Policy
) -> tuple[str, Text | None]:
    """Why an entry, if it is proven, does not hold after those that do: rule and words, both empty where it does."""
    checks = (
        _content_faults(what, entry),
        _box_faults(what, entry, people, policy),
        _order_faults(what, entry, holding),
        _separation_faults(entry, holding, policy),
    )
    return next((each for faults in checks for each in faults), ("", None))


def _content_faults(what: Subject, entry: Signed) -> Iterator[tuple[str, Text]]:
    if entry.revision != what.label:
        yield REVISION, words.OTHER_REVISION.format(revision=entry.revision or "-", label=what.label or "-")
    if entry.digest != what.digest:
        yield VOID, words.VOID


def _box_faults(what: Subject, entry: Signed, people: People, policy: Policy) -> Iterator[tuple[str, Text]]:
    if entry.role not in what.box:
        yield ROLE, words.UNKNOWN_BOX.format(role=entry.role, known=", ".join(what.box))
        return
    box = what.box[entry.role]
    named = tuple(str(what.values.get(each, each)) for each in box.by or policy.roles.get(box.role, ()))
    yield from ((ROLE, text) for text in authority.faults(entry, people, named, policy))


def _order_faults(what: Subject, entry: Signed, holding: Sequence[Signed]) -> Iterator[tuple[str, Text]]:
    for box in what.before(entry.role):
        if not what.is_complete(box, holding):
            yield ORDER, words.OUT_OF_ORDER.format(before=box.label, role=what.box[entry.role].label)


def _separation_faults(entry: Signed, holding: Sequence[Signed], policy: Policy) -> Iterator[tuple[str, Text]]:
    ours = {entry.person, entry.on_behalf_of} - {""}
    for other in holding if entry.role in policy.separate else ():
        both = ours & {other.person, other.on_behalf_of}
        if other.role in policy.separate and other.role != entry.role and both:
            said = {"person": min(both), "other": other.role, "role": entry.role}
            yield SEPARATION, words.NOT_SEPARATE.format(**said)


def missing(what: Subject, judged: Iterable[Verdict]) -> tuple[Signature, ...]:
    """The boxes that must be signed and are not."""
    holding = [each.entry for each in judged if each.holds]
    return tuple(each for each in what.boxes if each.role in what.required and not what.is_complete(each, holding))


def complete(what: Subject, judged: Iterable[Verdict]) -> tuple[Signed, ...] | None:
    """The signatures that hold, the last of each box and person; None while a box is open or there is none."""
    judged = tuple(judged)
    if not what.required or missing(what, judged):
        return None
    last = {(each.entry.role, each.entry.person): each.entry for each in judged if each.holds}
    ranks = {role: rank for rank, role in enumerate(what.box)}
    return tuple(sorted(last.values(), key=lambda each: (ranks[each.role], each.signed_at)))


def name(entry: Signed) -> str:
    """The number of an entry, which is the stem of its file."""
    return f"{entry.role}-{entry.person}-{canonical.digest(proving.payload(entry))[:8]}"


def folder(entry: Signed) -> str:
    """The number that the folder of an entry says it belongs to."""
    return PurePosixPath(entry.path).parent.name
