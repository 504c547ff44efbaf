"""Where the records of a form say what holds for one customer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overlays:
    """How the records of a form change what holds for one customer.

    `customer`, `product`, `since` and `until` are fields, `table` has the columns kind, name and value; only records
    in the states `in_force` count.
    """

    customer: str
    product: str
    table: str
    in_force: tuple[str, ...]
    clause: str
    successor: str
    since: str
    until: str
