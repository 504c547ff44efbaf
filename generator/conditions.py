"""A condition taken apart: what of it does not hold on a record, field by field, and what the record says there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.model import Field, Form, Kind, Option, Record
from generator.pieces import QUOTED, bare, is_one_call, parts
from generator.terms import Text, house
from generator.terms import rules as words
from generator.world import World

WORD = re.compile(r"(?<![\w.])[a-z_]\w*")
COLUMN = re.compile(r"\.([a-z_]\w*)\b(?!\()")
TERM = r"(?:(?P<row>[a-z_]\w*)\.)?(?P<key>[a-z_]\w*)"
WANTED = r"(?P<wanted>'[^']*'|true|false)"
FILLED, HOLLOW = re.compile(rf"filled\({TERM}\)"), re.compile(rf"empty\({TERM}\)")
IS, IS_NOT = re.compile(rf"{TERM} == {WANTED}"), re.compile(rf"{TERM} != {WANTED}")
ONE_OF = re.compile(rf"{TERM} in \[(?P<wanted>[^\]]*)\]")
ROWS = re.compile(rf"size\({TERM}\) >= 1|(?P<table>[a-z_]\w*)\.size\(\) > 0")
LAST = re.compile(r"(?P<table>[a-z_]\w*)\[size\((?P=table)\) - 1\]\.")
OVER_ROWS = re.compile(r"(?P<table>[a-z_]\w*)\.(?P<how>all|exists)\((?P<name>[a-z_]\w*), (?P<body>.*)\)", re.DOTALL)
REFERRING = re.compile(r"(?:size\()?records\('(?P<form>[\w-]+)', '(?P<key>\w+)'\)(?:\) >= 1|\.exists\(.*\))")
CANNOT = (TypeError, KeyError, RuntimeError, IndexError)
"""What a part of a condition raises on values that the part before it would have kept from it."""
SHOWN = 4
QUOTE, LONGEST = 40, 100
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Want:
    """Something that a condition asks and the record does not say: where, which field, and what it should be.

    `is_told` is whether it says what to write; else it says what is in the way, or quotes the condition. `is_open` is
    whether nothing stands there yet, so that no answer that was given has to change.
    """

    steps: Steps
    what: Text
    field: Field | None = None
    is_told: bool = True
    is_open: bool = True


@dataclass(frozen=True)
class _Scope:
    """What a condition is asked of: a record, or one row of a table of it under the name that the condition gives."""

    record: Record
    world: World
    table: str = ""
    row: int = 0
    name: str = ""

    @property
    def form(self) -> Form:
        return self.world.form(self.record)

    def holds(self, condition: str) -> bool:
        """Whether it holds; an undecided one does not."""
        asked = f"[{self.table}[{self.row}]].all({self.name}, {condition})" if self.table else condition
        try:
            return self.world.holds(asked, self.record) is True
        except CANNOT:
            return False

    def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        return self.record.values.get(table) or ()

    def found(self, row: str | None, key: str) -> tuple[Field, Steps, Any] | None:
        """The field or column of a name, the steps to it, and what stands there; None for other names."""
        if row is not None:
            columns = self.form.by_key[self.table].column_by_key if self.table and row == self.name else {}
            said = self.rows(self.table)[self.row].get(key) if key in columns else None
            return (columns[key], (self.table, self.row, key), said) if key in columns else None
        field = self.form.by_key.get(key)
        return (field, (key,), self.record.values.get(key)) if field else None


def wants(condition: str, record: Record, world: World) -> tuple[Want, ...]:
    """What a condition still wants of a record; nothing where it holds."""
    found = _wants(condition, _Scope(record, world)) if condition else ()
    return tuple({(each.steps, each.what): each for each in found}.values())


def sentence(condition: str, record: Record, world: World, below: Steps) -> Text:
    """What it wants at the steps, or below them in a row: what can be written in plain words, or else as it stands."""
    every = wants(condition, record, world)
    found = [each for each in every if len(below) == 1 or each.steps[: len(below)] == below] or every
    shown = [each.what for each in found if each.is_told] or [each.what for each in found]
    return joined(shown[:SHOWN], words.ALSO)


def _wants(condition: str, scope: _Scope) -> Iterator[Want]:
    text = bare(condition)
    if scope.holds(text):
        return
    choices = parts(text, "||")
    if len(choices) > 1:
        yield from _either([tuple(_wants(each, scope)) for each in choices])
        return
    pieces = parts(text, "&&")
    if len(pieces) > 1:
        for each in pieces:
            yield from _wants(each, scope)
        return
    yield from _one(text, scope)


def _either(choices: Sequence[tuple[Want, ...]]) -> Iterator[Want]:
    """One want that says all ways to meet it, leaving out what cannot be filled in where something can.

    Where one way is open, no other is named that would change an answer: the condition is no reason to change facts.
    """
    told = [each for each in choices if all(want.is_told for want in each)] or list(choices)
    told = [each for each in told if all(want.is_open for want in each)] or told
    if len(told) == 1:
        yield from told[0]
        return
    ways = [joined([want.what for want in each], words.AND) for each in told]
    yield replace(told[0][0], what=joined(ways, words.OR), is_told=all(want.is_told for way in told for want in way))


def joined(texts: Sequence[Text], glue: Text) -> Text:
    """Several texts as one."""
    return Text(glue.zh.join(each.zh for each in texts), glue.en.join(each.en for each in texts))


def _one(text: str, scope: _Scope) -> Iterator[Want]:
    """What a condition wants that is made of no smaller ones."""
    over, last = OVER_ROWS.fullmatch(text), LAST.search(text)
    if over and over["table"] in scope.form.by_key and is_one_call(text[text.index("(") :]):
        yield from _over_rows(over, scope)
    elif last and last["table"] in scope.form.by_key:
        yield from _last_row(text, last, scope)
    else:
        yield _told(text, scope) or _referring(text, scope) or _quoted(text, scope)


def _last_row(text: str, last: re.Match[str], scope: _Scope) -> Iterator[Want]:
    rows = len(scope.rows(last["table"]))
    if not rows:
        yield from _one(f"size({last['table']}) >= 1", scope)
        return
    inner = replace(scope, table=last["table"], row=rows - 1, name="last")
    yield from _one(text.replace(last[0], "last."), inner)


def _referring(text: str, scope: _Scope) -> Want | None:
    """A record that should refer to this one, where none does yet."""
    found = REFERRING.fullmatch(text)
    other = scope.world.library.forms.get(found["form"]) if found else None
    if found is None or other is None or found["key"] not in other.by_key:
        return None
    if scope.world.referring(other.key, found["key"], scope.record.number):
        return None
    said = {"form": other.title, "label": other.by_key[found["key"]].label, "key": found["key"]}
    return Want(("number",), words.WANT_REFERRING.format(**said, number=scope.record.number))


def _over_rows(over: re.Match[str], scope: _Scope) -> Iterator[Want]:
    table, rows = scope.form.by_key[over["table"]], scope.rows(over["table"])
    if over["how"] == "all":
        for row in range(len(rows)):
            yield from _wants(over["body"], replace(scope, table=table.key, row=row, name=over["name"]))
        return
    asked = [_asked(each, table) for each in parts(bare(over["body"]), "&&")]
    said = joined([each for each in asked if each], words.AND) if any(asked) else Text(over["body"], over["body"])
    yield Want((table.key,), words.WANT_SUCH_ROW.format(label=table.label, path=table.key, asked=said), table)


def _asked(text: str, table: Field) -> Text | None:
    """What one row must say, in words; None where that cannot be said simply."""
    for pattern in (FILLED, IS, ONE_OF):
        found = pattern.fullmatch(text)
        column = table.column_by_key.get(found["key"]) if found else None
        if found and column:
            wanted = words.WRITTEN if pattern is FILLED else _options(column, found["wanted"])
            return words.HAS.format(label=column.label, value=wanted)
    return None


def _told(text: str, scope: _Scope) -> Want | None:
    """A want on one field of a kind that can be said in plain words."""
    for pattern, says in (
        (FILLED, words.WANT_FILLED),
        (HOLLOW, words.WANT_EMPTY),
        (IS, words.WANT_IS),
        (ONE_OF, words.WANT_IS),
        (IS_NOT, words.WANT_IS_NOT),
        (ROWS, words.WANT_ROW),
    ):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        given = found.groupdict()
        known = scope.found(given.get("row"), given["key"] or given.get("table") or "")
        if known is None:
            return None
        field, steps, value = known
        said = {"label": _label(field, scope, steps), "path": ".".join(str(each) for each in _counted(steps))}
        wanted = _options(field, given.get("wanted") or "")
        what = says.format(**said, wanted=wanted, value=_value(field, value))
        is_told, is_open = pattern not in {HOLLOW, IS_NOT}, value is None or value == []
        return Want(steps, what, field, is_told=is_told, is_open=is_open)
    return None


def _label(field: Field, scope: _Scope, steps: Steps) -> Text:
    if len(steps) == 1:
        return field.label
    return words.ROW_OF.format(table=scope.form.by_key[scope.table].label, row=scope.row + 1, label=field.label)


def _counted(steps: Steps) -> Iterator[str | int]:
    """Steps as people count: the first row is 1."""
    return (each + 1 if isinstance(each, int) else each for each in steps)


def _options(field: Field, written: str) -> Text:
    """The answers that a condition names, by label and key."""
    keys = [each[1:-1] for each in QUOTED.findall(written)]
    if not keys:
        answer = house.YES if written == "true" else house.NO
        return Text(f"{answer.zh} ({written})", f"{answer.en} ({written})")
    labels = {each.key: each.label for each in field.options}
    named = [(labels.get(each, Text("", "")), each) for each in keys]
    return joined(
        [Text(f"{label.zh} ({key})".strip(), f"{label.en} ({key})".strip()) for label, key in named], words.OR
    )


def _quoted(text: str, scope: _Scope) -> Want:
    """The condition itself, and what the record, or the row, says in the fields that it reads."""
    if scope.table:
        table = scope.form.by_key[scope.table]
        columns = [table.column_by_key[each] for each in COLUMN.findall(text) if each in table.column_by_key]
        says = words.ROW_HAS.format(
            row=scope.row + 1, label=table.label, says=said(columns, scope.rows(table.key)[scope.row])
        )
        return Want(
            (table.key, scope.row), words.WANT_CONDITION.format(condition=_short(text), says=says), is_told=False
        )
    read = fields_of(text, scope.form)
    here = next((each.key for each in read if each.key in scope.record.values), "state")
    what = words.WANT_CONDITION if read else words.WANT_ELSEWHERE
    return Want((here,), what.format(condition=_short(text), says=said(read, scope.record.values)), is_told=False)


def _short(condition: str) -> str:
    return condition if len(condition) <= LONGEST else f"{condition[:LONGEST]}…"


def fields_of(condition: str, form: Form) -> list[Field]:
    """The fields of a form that a condition reads, in its order."""
    named = dict.fromkeys(WORD.findall(QUOTED.sub("", condition)))
    return [form.by_key[each] for each in named if each in form.by_key]


def said(fields: Sequence[Field], values: Mapping[str, Any]) -> Text:
    """What stands in the first few of these fields."""
    found = [_said(each, values.get(each.key)) for each in fields[:SHOWN]]
    return Text("；".join(each.zh for each in found), "; ".join(each.en for each in found))


def _said(field: Field, value: Any) -> Text:
    if value is None or value == []:
        return words.EMPTY.format(label=field.label)
    return words.HAS.format(label=field.label, value=_value(field, value))


def _value(field: Field, value: Any) -> Text:
    if value is None or value == []:
        return words.UNWRITTEN
    if field.kind is Kind.BOOLEAN:
        return house.YES if value else house.NO
    option: Option | None = next((each for each in field.options if each.key == value), None)
    plain = str(len(value)) if isinstance(value, list) else str(value)[:QUOTE]
    return option.label if option else Text(plain, plain)
