"""Whether a signature was given by whom it names: the commit that added it, or a key of that person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from generator import authority, canonical
from generator.authority import DAY, People, Policy
from generator.gitlog import Logged
from generator.model import Values
from generator.signed import Signed
from generator.terms import Text
from generator.terms import signing as words

PLACE, EDITED, PERSON, KEY, TIME = (f"signature.{each}" for each in ("place", "edited", "person", "key", "time"))
SKEW = timedelta(hours=1)
"""Clocks of two honest machines may differ so much."""
SHORT = 10
OPEN = "9999-12-31"


@dataclass(frozen=True)
class Fact:
    """What is known of an entry beside its file.

    `added` is the commit that brought it (None: not committed), `edited` one that changed it later, `is_dirty` whether
    the tree holds something else; `when` is the time of the first, in the organisation's zone; `people` are signer and
    principal as they are and as they were then; `key` is the fingerprint of the key that signed it well, if one did.
    """

    added: Logged | None = None
    edited: Logged | None = None
    is_dirty: bool = False
    when: str = ""
    people: People = field(default_factory=dict)
    key: str = ""


def payload(entry: Signed) -> bytes:
    """What a key signs."""
    return canonical.content(
        {
            "of": entry.subject,
            "revision": entry.revision,
            "role": entry.role,
            "person": entry.person,
            "on_behalf_of": entry.on_behalf_of,
            "meaning": entry.meaning,
            "signed_at": entry.signed_at,
            "sha256": entry.digest,
        }
    )


def faults(entry: Signed, fact: Fact, policy: Policy) -> Iterator[tuple[str, Text]]:
    """Why it is not proven that this person signed this."""
    place = PurePosixPath(entry.path).parent.name
    if place != entry.subject:
        yield PLACE, words.MISPLACED.format(subject=entry.subject, folder=place)
    if fact.edited is not None:
        yield EDITED, words.EDITED.format(**said(fact.edited))
    if fact.is_dirty:
        yield EDITED, words.EDITED_TREE
    yield from absence(entry, fact.people)
    if entry.ssh or policy.asks_key(entry):
        yield from ((KEY, text) for text in key_faults(entry, fact))
        yield from _late(entry, fact)
    else:
        yield from _author_faults(entry, fact)


def absence(entry: Signed, people: People) -> Iterator[tuple[str, Text]]:
    """Whether the signer was there to sign on that day."""
    known = people.get(entry.person, ())
    day = entry.signed_at[:DAY]
    if not known:
        yield PERSON, words.UNKNOWN_PERSON.format(person=entry.person)
    elif not authority.is_employed(known, day):
        yield PERSON, words.NOT_EMPLOYED.format(person=entry.person, day=day)


def key_faults(entry: Signed, fact: Fact) -> Iterator[Text]:
    """What is wrong with the digital signature of an entry."""
    known = fact.people.get(entry.person, ())
    day = entry.signed_at[:DAY]
    if not entry.ssh:
        yield words.NO_KEY
        return
    if not fact.key:
        yield words.BAD_KEY
        return
    spans = next((found for found in (tuple(_spans(each, fact.key)) for each in known) if found), ())
    if not spans:
        yield words.OTHER_KEY.format(key=fact.key, person=entry.person)
        return
    start, end = spans[0]
    days = {day} if not fact.when or is_author(entry, fact) else {day, fact.when[:DAY]}
    if not all(start <= each <= end for each in days):
        yield words.KEY_NOT_VALID.format(key=fact.key, day=max(days), start=start, end="…" if end == OPEN else end)
    if not any(each.get("may_sign") for each in known):
        yield words.MAY_NOT_SIGN.format(person=entry.person)


def _spans(known: Values, fingerprint: str) -> Iterator[tuple[str, str]]:
    """From when until when a person had this key."""
    if known.get("key_fingerprint") == fingerprint:
        yield str(known.get("key_from", "")), str(known.get("key_until", OPEN))
    for row in known.get("old_keys", ()):
        if row["fingerprint"] == fingerprint:
            yield row["from"], row["until"]


def _author_faults(entry: Signed, fact: Fact) -> Iterator[tuple[str, Text]]:
    if fact.added is None:
        yield PERSON, words.UNCOMMITTED
        return
    commit = fact.added
    if not is_author(entry, fact):
        yield (
            PERSON,
            words.OTHER_AUTHOR.format(person=entry.person, commit=commit.id[:SHORT], email=commit.email or "-"),
        )
    elif commit.committer != commit.author and _is_first_hand(commit):
        names = {"commit": commit.id[:SHORT], "author": commit.author, "committer": commit.committer}
        yield PERSON, words.FORGED.format(**names)
    yield from _late(entry, fact)


def _is_first_hand(commit: Logged) -> bool:
    """Whether it was committed when it was written, and not taken over later by a rebase."""
    return datetime.fromisoformat(commit.committed) == datetime.fromisoformat(commit.authored)


def is_author(entry: Signed, fact: Fact) -> bool:
    """Whether the signer made the commit that added the entry."""
    emails = {str(each.get("email", "")).lower() for each in fact.people.get(entry.person, ())} - {""}
    return fact.added is not None and fact.added.email.lower() in emails


def _late(entry: Signed, fact: Fact) -> Iterator[tuple[str, Text]]:
    """A signature bears the time of its commit; one that another took in may be older than that, but never younger."""
    if fact.added is None or not fact.when:
        return
    if is_off(entry, fact.when, is_own=is_author(entry, fact)):
        said = {"signed": entry.signed_at, "committed": fact.when, "commit": fact.added.id[:SHORT]}
        yield TIME, words.BACK_DATED.format(**said)


def is_off(entry: Signed, committed: str, *, is_own: bool) -> bool:
    """Whether an entry bears another time than a commit at this local time allows; `is_own`: the signer's commit."""
    signed, then = datetime.fromisoformat(entry.signed_at), datetime.fromisoformat(committed)
    return signed > then + SKEW or (is_own and signed < then - SKEW)


def said(commit: Logged) -> dict[str, str]:
    """A commit for a sentence."""
    return {"commit": commit.id[:SHORT], "who": commit.author, "when": commit.authored[:DAY]}
