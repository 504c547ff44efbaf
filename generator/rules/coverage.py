"""coverage: each one that should be there is there: a record of another form, or a row for each of a list."""

from __future__ import annotations

from collections.abc import Iterator

from generator.formulas import values_of
from generator.model import Record, Rule
from generator.rules.base import Breach, Kind
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """What is missing."""
    if "of" in rule.keys:
        others = world.referring(rule.keys["of"], rule.keys["link"], record.number)
        condition = rule.keys.get("where", "")
        if not any(not condition or world.holds(condition, each) is True for each in others):
            yield Breach(("number",), words.NO_RECORD.format(form=world.library.forms[rule.keys["of"]].title))
        return
    table, column = rule.keys["table"], rule.keys["column"]
    field = world.form(record).by_key[table]
    there = set(map(str, values_of(record.values, f"{table}.{column}")))
    labels = {each.key: each.label for each in field.column_by_key[column].options}
    wanted = rule.keys["all_of"]
    listed = wanted if isinstance(wanted, list) else world.held(wanted, record).value
    missing = [labels.get(each, Text(each, each)) for each in listed if each not in there]
    if missing:
        said = Text("、".join(each.zh for each in missing), ", ".join(each.en for each in missing))
        yield Breach((table,), words.NO_ROW.format(label=field.label, missing=said))


KIND = Kind(
    keys={
        "of": "form",
        "link": "link",
        "where": "other-condition",
        "table": "table",
        "column": "column",
        "all_of": "list-or-setting",
    },
    required=frozenset(),
    alternatives=(frozenset({"of", "link"}), frozenset({"table", "column", "all_of"})),
    check=check,
)
