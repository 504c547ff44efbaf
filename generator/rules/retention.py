"""retention: records of a form are kept long enough."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Record, Rule
from generator.rules.base import Breach, Kind
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """The form's retention period is shorter than what is demanded of this record."""
    demanded = rule.keys["at_least"]
    years = int(world.held(demanded, record).value) if isinstance(demanded, str) else int(demanded)
    kept = world.form(record).retention_years
    if kept < years:
        yield Breach(("number",), words.TOO_SHORT.format(years=kept, expected=years))


KIND = Kind(keys={"at_least": "limit"}, required=frozenset({"at_least"}), check=check)
