"""The entry of a signature, one file each, so that people sign on branches and all merge clean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

SIGNATURES = "signatures"
"""The folder of records in which they stand."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed what as what, when and over which content.

    `subject` is the number of the record or document, `revision` the label of a document, `digest` the SHA-256 of the
    canonical content; `on_behalf_of` names whom a delegate signs for; `key` and `ssh` prove it where policy asks.
    """

    number: str
    path: str
    subject: str
    revision: str
    role: str
    person: str
    on_behalf_of: str
    signed_at: str
    meaning: str
    digest: str
    key: str
    ssh: str

    @classmethod
    def of(cls, number: str, path: str, values: Mapping[str, Any]) -> Self:
        """The entry that a record of signatures holds."""
        return cls(
            number=number,
            path=path,
            subject=values["of"],
            revision=values.get("revision", ""),
            role=values["role"],
            person=values["person"],
            on_behalf_of=values.get("on_behalf_of", ""),
            signed_at=values["signed_at"],
            meaning=values["meaning"],
            digest=values["sha256"],
            key=values.get("key", ""),
            ssh=values.get("ssh", ""),
        )


def by_subject(entries: Iterable[Signed]) -> Mapping[str, tuple[Signed, ...]]:
    """The entries by the number of what they sign, oldest first."""
    found: dict[str, list[Signed]] = {}
    for entry in entries:
        found.setdefault(entry.subject, []).append(entry)
    return {key: tuple(sorted(each, key=lambda one: (one.signed_at, one.number))) for key, each in found.items()}
