"""Where a document stands on a day: computed from its signed revisions and their dates, never written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.documents import Document
from generator.labels import Label, LabelError, Scheme
from generator.signed import Signed
from generator.terms import Text
from generator.terms import control as words


class Status(StrEnum):
    """The states of a document (ISO 9001 7.5.2, 7.5.3)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    WAITING = "waiting"
    IN_FORCE = "in_force"
    OBSOLETE = "obsolete"
    RETAINED = "obsolete_retained"

    @property
    def said(self) -> Text:
        """In words."""
        return words.STATUS[self.value]


@dataclass(frozen=True)
class Edition:
    """A revision that was signed by all: what it says of itself, who signed, and the commit that holds both."""

    document: Document
    digest: str
    commit: str
    signed: tuple[Signed, ...]
    changed: tuple[Text, ...] = ()
    """The headings and fields that differ from the revision signed before it."""

    @property
    def label(self) -> str:
        """Its label."""
        return self.document.label

    @property
    def released(self) -> date:
        """The day of the last signature."""
        return max(date.fromisoformat(each.signed_at[: len("2026-01-01")]) for each in self.signed)

    @property
    def since(self) -> date:
        """From when it holds: its effective date, never before the last signature."""
        effective = self.document.effective
        return max(self.released, date.fromisoformat(effective)) if effective else self.released


@dataclass(frozen=True)
class Standing:
    """A document of the tree on a day: the status of what the tree holds, and the revision in force beside it."""

    document: Document
    digest: str
    status: Status
    in_force: Edition | None
    editions: tuple[Edition, ...]

    @property
    def is_newer_draft(self) -> bool:
        """Whether the tree holds something else than the revision in force."""
        return self.in_force is not None and self.in_force.digest != self.digest

    @property
    def successor(self) -> str:
        """What took the place of what the tree holds; empty where nothing did."""
        if self.document.successor:
            return self.document.successor
        return self.in_force.label if self.is_newer_draft and self.in_force and self.is_over else ""

    @property
    def is_over(self) -> bool:
        """Whether what the tree holds must not be used any more."""
        return self.status in {Status.OBSOLETE, Status.RETAINED}


def order(label: str) -> tuple[int, int]:
    """The place of a label among all; what is no label comes before every label."""
    try:
        return Label.parse(label).steps
    except LabelError:
        return (-1, -1)


def in_force(editions: Iterable[Edition], today: date) -> Edition | None:
    """The revision that holds on a day: the highest that has begun, unless that one says it is withdrawn."""
    begun = [each for each in editions if each.since <= today]
    if not begun:
        return None
    newest = max(begun, key=lambda each: (order(each.label), each.released))
    return None if _is_withdrawn(newest.document, today) else newest


def standing(document: Document, digest: str, editions: Sequence[Edition], *, is_signed: bool, today: date) -> Standing:
    """Where a document stands; `is_signed` says whether anybody signed what the tree holds."""
    holding = in_force(editions, today)
    own = next((each for each in editions if each.digest == digest), None)
    return Standing(document, digest, _status(own, holding, is_signed=is_signed, today=today), holding, tuple(editions))


def _status(own: Edition | None, holding: Edition | None, *, is_signed: bool, today: date) -> Status:
    if own is None:
        return Status.IN_REVIEW if is_signed else Status.DRAFT
    if own == holding:
        return Status.IN_FORCE
    if own.since > today and not _is_withdrawn(own.document, today):
        return Status.WAITING
    return Status.RETAINED if own.document.retained else Status.OBSOLETE


def _is_withdrawn(document: Document, today: date) -> bool:
    return bool(document.withdrawn) and date.fromisoformat(document.withdrawn) <= today


def faults(standing: Standing, scheme: Scheme, known: frozenset[str]) -> Iterator[tuple[str, Text]]:
    """What is wrong with the label of a document and what it says of its change; `known` are all documents' numbers."""
    document = standing.document
    try:
        label = Label.parse(document.label)
    except LabelError as error:
        yield "revision.label", error.text
        return
    if label.scheme is not scheme:
        yield "revision.scheme", words.OTHER_SCHEME.format(label=label, scheme=scheme.value)
    yield from _order_faults(standing, label)
    yield from _change_faults(standing, label)
    if document.withdrawn and not document.successor:
        yield "revision.successor", words.NO_SUCCESSOR.format(number=document.number)
    if document.successor and document.successor not in known | {words.NONE}:
        yield "revision.successor", words.UNKNOWN_SUCCESSOR.format(successor=document.successor)


def _order_faults(standing: Standing, label: Label) -> Iterator[tuple[str, Text]]:
    others = [each for each in standing.editions if each.digest != standing.digest]
    is_signed = any(each.digest == standing.digest for each in standing.editions)
    for each in others:
        if each.label == str(label):
            text = words.SAME_LABEL.format(label=label, commit=each.commit[:SHORT], following=following(label))
            yield "revision.unchanged", text
            return
    highest = max(others, key=lambda each: order(each.label), default=None)
    if highest is not None and not is_signed and order(highest.label) > label.steps:
        text = words.LOWER_LABEL.format(
            label=label, highest=highest.label, following=following(Label.parse(highest.label))
        )
        yield "revision.order", text


def _change_faults(standing: Standing, label: Label) -> Iterator[tuple[str, Text]]:
    document = standing.document
    before = [each for each in standing.editions if order(each.label) < label.steps]
    if document.reason is None:
        if before or label.steps > FIRST[label.scheme].steps:
            yield "revision.reason", words.NO_REASON.format(label=label, number=document.number)
    elif before and max(before, key=lambda each: order(each.label)).document.reason == document.reason:
        yield "revision.reason", words.SAME_REASON.format(label=label, before=before[-1].label)


SHORT = 10
"""Digits of a commit as they are printed."""
FIRST = {each: Label.parse(each.value) for each in Scheme}


def following(label: Label) -> str:
    """The next label, or nothing after the last."""
    try:
        return str(label.next_revision())
    except LabelError:
        return ""
