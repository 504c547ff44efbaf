"""Further faces of a form: what a customer wants to see of the same record, in the customer's own layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.model import Field, Form, Group, Values
from generator.terms import Text

MARK = "."
"""Stands between a form's key and a view's, in the name of its template too."""


def of(form: Form, written: Mapping[str, Any]) -> Mapping[str, Form]:
    """The views that a definition declares, each a form of its own that shows some fields of the same record."""
    return {key: _view(form, key, each) for key, each in written.items()}


def _view(form: Form, key: str, written: Mapping[str, Any]) -> Form:
    fields = [each for group, about in written["groups"].items() for each in _fields(form, group, about["fields"])]
    named = frozenset(written.get("signatures", ()))
    return replace(
        form,
        key=f"{form.key}{MARK}{key}",
        number=written["number"],
        revision=written["revision"],
        title=Text(written["title"]["zh"], written["title"]["en"]),
        groups=tuple(Group(each, Text(about["zh"], about["en"])) for each, about in written["groups"].items()),
        fields=tuple(fields),
        signatures=tuple(each for each in form.signatures if each.role in named),
        is_compact=True,
        states=(),
        optional=frozenset(written.get("optional", ())),
    )


def _fields(form: Form, group: str, listed: Sequence[Any]) -> Iterator[Field]:
    for key, columns in _named(listed):
        field = form.by_key.get(key)
        if field is None:
            continue
        shown = tuple(each for each in field.columns if not columns or each.key in columns)
        yield replace(field, group=group, columns=shown)


def _named(listed: Sequence[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`team` or `team: [name, role]`: a field, and which of its columns."""
    for each in listed:
        if isinstance(each, Mapping):
            yield from ((key, tuple(columns)) for key, columns in each.items())
        else:
            yield each, ()


def unknown(form: Form, written: Values) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Fields, columns and roles that a view names and the form has not, with the steps to each."""
    roles = {each.role for each in form.signatures}
    for key, about in written.items():
        for group, block in about["groups"].items():
            for position, each in enumerate(block["fields"]):
                steps = ("x-form", "views", key, "groups", group, "fields", position)
                yield from ((steps, name) for name in _strange(form, each))
        for position, role in enumerate(about.get("signatures", ())):
            if role not in roles:
                yield ("x-form", "views", key, "signatures", position), role


def _strange(form: Form, listed: Any) -> Iterator[str]:
    for key, columns in _named([listed]):
        field = form.by_key.get(key)
        if field is None:
            yield key
            continue
        yield from (f"{key}.{column}" for column in columns if column not in field.column_by_key)
