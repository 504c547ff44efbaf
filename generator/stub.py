"""The first lines of a new record: what must be filled, what may be, and which answers there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from generator.definition import BUILT_IN
from generator.model import Field, Form, Kind
from generator.presence import printed
from generator.terms import Language

HINTS = {
    Kind.DATE: "2026-08-31",
    Kind.DATETIME: "2026-08-31 14:05",
    Kind.NUMBER: "12.5",
    Kind.INTEGER: "12",
    Kind.BOOLEAN: "true / false",
    Kind.FILES: "[a.pdf]",
    Kind.PHOTOS: "[a.jpg]",
}
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def text(
    form: Form,
    number: str,
    *,
    today: str,
    modeline: str,
    quoted: Callable[[str], str],
    filled: Mapping[str, tuple[str, ...]] = NOTHING,
) -> str:
    """A record's file with its head filled, required fields open, and optional ones as comments.

    `filled` are values that are known already, by key: what stands behind the key, and the lines below it.
    """
    lines = [f"# yaml-language-server: $schema={modeline}", f"# {form.title.zh} {form.title.en}"]
    lines += [f"number: {quoted(number)}", f"created_on: {today}"]
    if form.states:
        first = filled.get("state", (form.states[0].key,))[0]
        lines += [f"state: {first}  # {_options(form.by_key['state'])}"]
    for group in form.groups:
        fields = [each for each in printed(form) if each.group == group.key and each.key not in BUILT_IN]
        if form.report is not None:  # what the program writes when the report is frozen
            fields = [each for each in fields if not each.is_computed]
            if not fields:
                continue
        lines += ["", f"# ---- {group.title.zh} {group.title.en} ----"]
        for field in fields:
            if field.key in filled:
                lines += _filled(field, *filled[field.key])
            else:
                lines += _field(field) if field.required else [f"# {line}" for line in _field(field)]
    return "\n".join(lines) + "\n"


def _filled(field: Field, value: str, *below: str) -> Iterator[str]:
    yield next(_field(field)).replace(":", f": {value}".rstrip(), 1)
    yield from below


def about(field: Field) -> str:
    """What can be written in a field: its answers, where it leads, or an example; empty for plain text."""
    if field.refers_to or field.refers_if_kept:
        return "→ " + ", ".join(field.refers_to + field.refers_if_kept)
    return _options(field) or HINTS.get(field.kind, "")


def _field(field: Field) -> Iterator[str]:
    label = f"{field.label.zh} {field.label.en}"
    unit = f" [{field.unit}]" if field.unit else ""
    computed = " (=)" if field.is_computed else ""
    answers = about(field)
    yield f"{field.key}:  # {label}{unit}{computed}" + (f": {answers}" if answers else "")
    if field.kind is Kind.ROWS:
        for row in _rows(field):
            yield from row


def _rows(field: Field) -> Iterator[Iterator[str]]:
    first, *_ = field.columns
    options = first.options if field.has_preset else ()
    for option in options or (None,):
        yield _row(field.columns, option.key if option else "")


def _row(columns: tuple[Field, ...], first: str) -> Iterator[str]:
    for index, column in enumerate(columns):
        line, *_ = _field(column)
        if index == 0 and first:
            line = line.replace(":", f": {first}", 1)
        start = "  - " if index == 0 else "    "
        yield f"{start}{line}" if column.required or index == 0 else f"    # {line}"


def _options(field: Field) -> str:
    return " | ".join(f"{each.key} {each.label.within(Language.ZH)}" for each in field.options)
