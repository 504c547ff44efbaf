"""Which parts of a form stand on a sheet at its moment: what has content, and what is to be filled in now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.definition import BUILT_IN
from generator.model import Field, Form, Group, Kind, Values


@dataclass(frozen=True, slots=True)
class Presence:
    """`groups` and `fields` that are printed, `open` fields to be filled in now, `absent` the groups left out."""

    groups: frozenset[str]
    fields: frozenset[str]
    open: frozenset[str]
    absent: tuple[Group, ...]


def everything(form: Form) -> Presence:
    """On a blank form all stands, to be filled in."""
    groups, fields = frozenset(each.key for each in form.groups), frozenset(each.key for each in printed(form))
    return Presence(groups, fields, fields, ())


def at_its_moment(form: Form, values: Values) -> Presence:
    """On a filled form: groups without states as ever, the others once they hold something or their state has come.

    A group whose state has passed leaves out what was never filled in; where a pen is expected, room stays.
    """
    standing = [group for group in form.groups if _stands(group, form, values)]
    now = {group.key for group in standing if values.get("state") in group.at}
    always = {group.key for group in standing if not group.at}
    keys = frozenset(group.key for group in standing)
    fields = frozenset(
        each.key
        for each in printed(form)
        if each.group in keys and (each.group in now | always or _is_filled(values.get(each.key)) or _has_pen(each))
    )
    opened = frozenset(each.key for each in printed(form) if each.group in now and not _is_filled(values.get(each.key)))
    return Presence(keys, fields, opened, tuple(each for each in form.groups if each.key not in keys))


def printed(form: Form) -> tuple[Field, ...]:
    """The fields that stand in the groups of the sheet."""
    return tuple(each for each in form.fields if each.key not in BUILT_IN)


def names(form: Form, presence: Presence) -> Mapping[str, Mapping[str, bool]]:
    """What templates ask: `show.<group>` and `has.<field>`."""
    return {
        "show": {each.key: each.key in presence.groups for each in form.groups},
        "has": {each.key: each.key in presence.fields for each in printed(form)},
    }


def tags(form: Form) -> Iterator[str]:
    """The names that templates may ask."""
    yield from (f"show.{each.key}" for each in form.groups)
    yield from (f"has.{each.key}" for each in printed(form))


def _stands(group: Group, form: Form, values: Values) -> bool:
    if not group.at or values.get("state") in group.at:
        return True
    return any(_is_filled(values.get(each.key)) for each in printed(form) if each.group == group.key)


def _is_filled(value: object) -> bool:
    return value not in (None, "", [], ())


def _has_pen(field: Field) -> bool:
    return field.kind is Kind.INK
