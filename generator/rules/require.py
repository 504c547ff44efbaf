"""require: a condition holds, written in CEL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from generator.model import Field, Record, Rule
from generator.rules.base import Breach, Kind
from generator.terms import Text
from generator.terms import rules as words
from generator.world import World

EVERY = re.compile(r"(?P<table>[a-z_]\w*)\.all(?=\()")
"""What a condition on all rows of a table begins with."""
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
WORD = re.compile(r"(?<![\w.])[a-z_]\w*")
COLUMN = re.compile(r"\.([a-z_]\w*)\b(?!\()")
SHOWN = 4
QUOTE = 40


def check(rule: Rule, record: Record, world: World) -> Iterator[Breach]:
    """The condition is false; an undecided one finds nothing."""
    condition = rule.keys["then"]
    if world.holds(condition, record) is not False:
        return
    fields = world.form(record).by_key
    plain = QUOTED.sub("", condition)
    read = [fields[each] for each in dict.fromkeys(WORD.findall(plain)) if each in fields]
    row = _row(condition, record, world)
    if row is None:
        here = next((each.key for each in read if each.key in record.values), "number")
        yield Breach((here,), words.NOT_MET.format(condition=condition, says=_all_said(read, record.values)))
        return
    table = read[0]
    columns = [
        table.column_by_key[each] for each in dict.fromkeys(COLUMN.findall(plain)) if each in table.column_by_key
    ]
    said = words.ROW_HAS.format(row=row + 1, label=table.label, says=_all_said(columns, record.values[table.key][row]))
    yield Breach((table.key, row), words.NOT_MET.format(condition=condition, says=said))


def _row(condition: str, record: Record, world: World) -> int | None:
    """The first row that is at fault, where a condition speaks of all rows of a table and of nothing else."""
    every = EVERY.match(condition)
    if every is None or not _is_one_call(condition[every.end() :]):
        return None
    table, call = every["table"], condition[every.end("table") :]
    rows = range(len(record.values.get(table, ())))
    return next((each for each in rows if world.holds(f"[{table}[{each}]]{call}", record) is False), None)


def _is_one_call(text: str) -> bool:
    """Whether the bracket that opens a text is closed by its last letter."""
    depths = list(accumulate((each == "(") - (each == ")") for each in QUOTED.sub("", text)))
    return depths.index(0) == len(depths) - 1


def _all_said(fields: Sequence[Field], values: Mapping[str, Any]) -> Text:
    said = [_said(each, values.get(each.key)) for each in fields[:SHOWN]]
    return Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))


def _said(field: Field, value: Any) -> Text:
    if value is None or value == []:
        return words.EMPTY.format(label=field.label)
    option = next((each.label for each in field.options if each.key == value), None)
    plain = str(len(value)) if isinstance(value, list) else str(value)[:QUOTE]
    return words.HAS.format(label=field.label, value=option or Text(plain, plain))


KIND = Kind(keys={"then": "condition"}, required=frozenset({"then"}), check=check)
