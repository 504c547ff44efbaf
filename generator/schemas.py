"""JSON Schema by jsonschema-rs: every fault of a value at once, in words of our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import jsonschema_rs

from generator import hints, stub
from generator.definition import BUILT_IN
from generator.model import Field, Form, Kind
from generator.terms import Text, reading

Fault = tuple[tuple[str | int, ...], bool, str, Text]
"""Steps to the value, whether the key is meant rather than the value, the rule, and what is said."""

LONGEST_QUOTE = 60
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}\Z")
DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?\Z")
WANTED: Mapping[str, Text] = {
    "number": reading.WANT_NUMBER,
    "integer": reading.WANT_INTEGER,
    "boolean": reading.WANT_BOOLEAN,
    "string": reading.WANT_TEXT,
    "array": reading.WANT_LIST,
    "object": reading.WANT_ROW,
}
FORMATS: Mapping[str, Text] = {
    "date": reading.WANT_DATE,
    "wall-time": reading.WANT_MOMENT,
    "attachment": reading.WANT_FILE_NAME,
}
LIMITS: Mapping[str, Text] = {
    "maxLength": reading.TOO_LONG,
    "minimum": reading.TOO_SMALL,
    "maximum": reading.TOO_LARGE,
    "minItems": reading.TOO_FEW,
}


def is_moment(text: str) -> bool:
    """`2026-08-31 14:05`: a date and a time of the clock on the wall, in the organisation's time zone."""
    return MOMENT.match(text) is not None and hints.is_moment(text)


def is_attachment(text: str) -> bool:
    """The bare name of a file, on any system."""
    return not (
        set('/\\:*?"<>|') & set(text) or text.startswith(".") or text.endswith((".", " ")) or DEVICE.match(text)
    )


def definitions(
    meta: dict[str, Any], *others: dict[str, Any]
) -> Callable[[Any], Iterator[tuple[tuple[str | int, ...], str]]]:
    """A check of definitions against a schema that may refer to others: steps and the validator's own English words."""
    registry = jsonschema_rs.Registry([(each["$id"], each) for each in others])
    validator = jsonschema_rs.Draft202012Validator(meta, registry=registry, offline=True)

    def check(schema: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for error in validator.iter_errors(schema):
            yield tuple(error.instance_path), error.message[:300]

    return check


def records(form: Form, common: dict[str, Any]) -> Callable[[Any], tuple[Fault, ...]]:
    """A check of records of one form. `common` is record.schema.json."""

    @cache
    def validator() -> Any:
        return jsonschema_rs.Draft202012Validator(
            dict(form.schema),
            registry=jsonschema_rs.Registry([("record.schema.json", common)]),
            formats={"wall-time": is_moment, "attachment": is_attachment},
            validate_formats=True,
            ignore_unknown_formats=False,
            offline=True,
        )

    def check(values: Any) -> tuple[Fault, ...]:
        return tuple(fault for error in validator().iter_errors(values) for fault in _faults(form, error))

    return check


def _faults(form: Form, error: Any) -> Iterator[Fault]:
    steps = tuple(error.instance_path)
    name = error.kind.name
    details = error.kind.as_dict()
    here = _columns(form, steps)
    if name == "required":
        key = details["property"]
        text = reading.REQUIRED.format(label=_label(here, key), key=key, about=_about(here.get(key)))
        yield (*steps, key), True, "schema.required", text
    elif name in {"unevaluatedProperties", "additionalProperties"}:
        for key in details["unexpected"]:
            if key not in here and key not in BUILT_IN:
                hint = hints.similar(key, here)
                hint = hint if hint.en or not steps else _columns_said(here)
                text = reading.UNKNOWN_FIELD.format(key=key, hint=hint)
                yield (*steps, key), True, "schema.unknown-field", text
    elif name == "pattern" and _is_moment_field(form, steps):
        return  # the format of the same field says it in better words
    else:
        yield steps, False, f"schema.{_rule(name)}", _words(form, steps, error)


def _rule(name: str) -> str:
    return re.sub(r"([A-Z])", lambda match: "-" + match[1].lower(), name)


def _words(form: Form, steps: tuple[str | int, ...], error: Any) -> Text:
    name, details = error.kind.name, error.kind.as_dict()
    field = _field(form, steps)
    label = field.label if field else Text(str(steps[-1]) if steps else "", str(steps[-1]) if steps else "")
    value = _short(error.instance)
    if not steps:
        return reading.NOT_A_MAPPING
    if name == "type":
        kinds = details["types"]
        wanted = reading.WANT_ROW if kinds == ["object"] else WANTED[kinds[0]]
        return wanted.format(label=label, value=value)
    if name == "format":
        kind = details["format"]
        return FORMATS[kind].format(label=label, value=value, wanted=hints.dated(value, has_clock=kind == "wall-time"))
    if name == "enum":
        meant = [each.key for each in field.options if value in {each.label.zh, each.label.en}] if field else []
        if meant:
            return reading.OPTION_BY_LABEL.format(label=label, value=value, key=meant[0])
        hint = _likely(field, value)
        return reading.WANT_OPTION.format(
            label=label, value=value, hint=hint, options=_options(field, details["options"])
        )
    if name in LIMITS:
        return LIMITS[name].format(label=label, limit=details["limit"])
    if name == "minLength":
        return reading.REQUIRED.format(label=label, key=steps[-1], about=_about(field))
    if name == "uniqueItems":
        return reading.TWICE.format(label=label)
    return reading.MISMATCH.format(label=label, value=value)


def _likely(field: Field | None, value: str) -> Text:
    """The one option whose words have what was written in them, or that comes near by its key."""
    labels = {each.key: each.label for each in field.options} if field else {}
    meant = [
        key for key, label in labels.items() if value and (value in label.zh or value.casefold() in label.en.casefold())
    ]
    return reading.SIMILAR.format(key=meant[0]) if len(meant) == 1 else hints.similar(value, labels)


def _options(field: Field | None, keys: Sequence[str]) -> Text:
    options = field.options if field else ()
    if not options:
        return Text(", ".join(map(str, keys)), ", ".join(map(str, keys)))
    return Text(
        "、".join(f"{each.key}（{each.label.zh}）" for each in options),
        ", ".join(f"{each.key} ({each.label.en})" for each in options),
    )


def _about(field: Field | None) -> Text:
    """What can be written in a field that is empty."""
    if field is None or not (field.options or stub.about(field)):
        return reading.NOTHING
    answers = _options(field, ()) if field.options else Text(stub.about(field), stub.about(field))
    return reading.ANSWERS.format(answers=answers)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _columns(form: Form, steps: tuple[str | int, ...]) -> Mapping[str, Field]:
    field = _field(form, steps)
    return field.column_by_key if field else form.by_key


def _columns_said(fields: Mapping[str, Field]) -> Text:
    """The columns of a table by key and label, where none has a name like the one that was written."""
    return reading.COLUMNS.format(
        columns=Text(
            "、".join(f"{key} {each.label.zh}" for key, each in fields.items()),
            ", ".join(f"{key} {each.label.en}" for key, each in fields.items()),
        )
    )


def _label(fields: Mapping[str, Field], key: str) -> Text:
    return fields[key].label if key in fields else BUILT_IN_LABELS.get(key, Text(key, key))


BUILT_IN_LABELS: Mapping[str, Text] = {"number": reading.LABEL_NUMBER, "created_on": reading.LABEL_CREATED}


def _is_moment_field(form: Form, steps: tuple[str | int, ...]) -> bool:
    field = _field(form, steps)
    return field is not None and field.kind is Kind.DATETIME


def _field(form: Form, steps: tuple[str | int, ...]) -> Field | None:
    """The field that the steps lead to or into; None at the top and in what every record has."""
    names = [step for step in steps if isinstance(step, str)]
    if not names or names[0] not in form.by_key:
        return None
    field = form.by_key[names[0]]
    return field.column_by_key.get(names[1], field) if len(names) > 1 else field
