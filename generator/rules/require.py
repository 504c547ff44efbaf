"""require: a condition holds, written in CEL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.model import Field, Record, Rule
from generator.rules.base import Breach, Kind
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
WORD = re.compile(r"(?<![\w.])[a-z_]\w*")
SHOWN = 4
QUOTE = 40


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """The condition is false; an undecided one finds nothing."""
    condition = rule.keys["then"]
    if world.holds(condition, record) is not False:
        return
    fields = world.form(record).by_key
    read = [fields[each] for each in dict.fromkeys(WORD.findall(QUOTED.sub("", condition))) if each in fields]
    said = [_said(each, record.values.get(each.key)) for each in read[:SHOWN]]
    text = Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))
    here = next((each.key for each in read if each.key in record.values), "number")
    yield Breach((here,), words.NOT_MET.format(condition=condition, says=text))


def _said(field: Field, value: Any) -> Text:
    if value is None or value == []:
        return words.EMPTY.format(label=field.label)
    option = next((each.label for each in field.options if each.key == value), None)
    plain = str(len(value)) if isinstance(value, list) else str(value)[:QUOTE]
    return words.HAS.format(label=field.label, value=option or Text(plain, plain))


KIND = Kind(keys={"then": "condition"}, required=frozenset({"then"}), check=check)
