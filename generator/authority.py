"""Who may sign as what on a day: the roles and departments of a person, delegates and their dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.model import Values
from generator.signed import Signed
from generator.terms import Text
from generator.terms import signing as words
from generator.world import World

DAY = len("2026-01-01")
SETTINGS, OFF = "signing", "off"
People = Mapping[str, tuple[Values, ...]]
"""What is known of people by their key: their record as it is and as it was when they signed."""


@dataclass(frozen=True)
class Policy:
    """What the organisation asks of signatures: its settings."""

    needs_keys: bool = False
    keys_since: str = ""
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    separate: frozenset[str] = frozenset()
    has_standing_deputies: bool = True
    required: str = OFF
    doing: Callable[[str], str] = str
    """The department that does the duty of another."""

    def asks_key(self, entry: Signed) -> bool:
        """Whether an entry must be proven by a key."""
        return self.needs_keys and entry.signed_at[:DAY] >= self.keys_since

    @property
    def tells_missing(self) -> bool:
        """Whether the organisation wants to hear of records that ended without all their signatures."""
        return self.required != OFF


def policy_of(seen: World) -> Policy:
    """The policy that the settings of a library make."""
    if f"{SETTINGS}.proof" not in seen.settings.declared:
        return Policy(separate=frozenset({"prepared", "reviewed", "approved"}), doing=seen.doing)

    def held(key: str) -> object:
        return seen.held(f"{SETTINGS}.{key}", None).value

    roles = held("roles")
    separate = held("separate")
    return Policy(
        needs_keys=held("proof") == "ssh",
        keys_since=str(held("keys_since") or ""),
        roles={key: tuple(str(each).split()) for key, each in roles.items()} if isinstance(roles, Mapping) else {},
        separate=frozenset(map(str, separate)) if isinstance(separate, list) else frozenset(),
        has_standing_deputies=held("delegates") == "deputy",
        required=str(held("required")),
        doing=seen.doing,
    )


def faults(entry: Signed, people: People, named: Iterable[str], policy: Policy) -> Iterator[Text]:
    """Why the signer, or whom they sign for, may not sign that box on that day; `named` may (empty: anybody)."""
    day = entry.signed_at[:DAY]
    principal = entry.on_behalf_of or entry.person
    if entry.on_behalf_of and not _is_delegate(entry, people.get(entry.on_behalf_of, ()), policy):
        yield words.NO_DELEGATE.format(person=entry.person, principal=principal, day=day)
    keys = tuple(named)
    if keys and not any(is_one_of(principal, each, keys, day, policy) for each in people.get(principal, ())):
        yield words.NOT_ENTITLED.format(person=principal, day=day, role=entry.role, by=", ".join(keys))


def _is_delegate(entry: Signed, principals: Iterable[Values], policy: Policy) -> bool:
    day = entry.signed_at[:DAY]
    for known in principals:
        if policy.has_standing_deputies and known.get("deputy") == entry.person:
            return True
        for row in known.get("delegations", ()):
            is_on = row["to"] == entry.person and row["from"] <= day <= row["until"]
            if is_on and entry.role in str(row.get("boxes", entry.role)).replace(",", " ").split():
                return True
    return False


def is_one_of(person: str, known: Values, keys: tuple[str, ...], day: str, policy: Policy) -> bool:
    """Whether a person was one of these on a day, or held one of these roles, or was of one of these departments."""
    department = str(known.get("department", ""))
    roles = {row["role"] for row in known.get("roles", ()) if row["from"] <= day <= row.get("until", day)}
    return any(each == person or each in roles or (department and policy.doing(each) == department) for each in keys)


def is_employed(known: Iterable[Values], day: str) -> bool:
    """Whether a person was with the company on a day, by all that is known of them."""
    every = tuple(known)
    has_come = any(str(each.get("from", day)) <= day for each in every)
    return has_come and all(day <= str(each.get("until", day)) for each in every)
