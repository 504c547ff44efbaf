"""A schema, once it is known to be well formed, read as the form that it defines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator import ledgerdefinition, views
from generator.model import (
    Field,
    Form,
    Group,
    Kind,
    Option,
    Rule,
    Setting,
    Severity,
    Signature,
    Transition,
)
from generator.overlays import Overlays
from generator.terms import Text, reading
from generator.terms import views as view_words

BUILT_IN = frozenset({"number", "created_on", "former_number", "accepted", "state"})
"""Fields that every record has; they stand in the head of a sheet, not in a group."""

COMMON = frozenset({"id", "kind", "clause", "zh", "en", "severity", "when", "at", "needs_forms", "who", "covers"})

Steps = tuple[str | int, ...]


def form(key: str, path: str, schema: Mapping[str, Any], marks: Any = None) -> Form:
    """The form that `schema` defines; `marks` say where its parts stand. The schema has passed form.schema.json."""
    about = schema["x-form"]
    required = frozenset(schema.get("required", ()))
    made = Form(
        key=key,
        path=path,
        number=about.get("number", ""),
        revision=about.get("revision", ""),
        title=words(about["title"]),
        procedure=about.get("procedure", ""),
        pattern=about["record_number"],
        groups=tuple(Group(each, words(title), tuple(title.get("at", ()))) for each, title in about["groups"].items()),
        fields=tuple(
            field(each, definition, required=each in required) for each, definition in schema["properties"].items()
        ),
        signatures=tuple(signature(each) for each in about.get("signatures", ())),
        retention_years=about.get("retention", {}).get("years", 0),
        states=tuple(Option(each, words(label)) for each, label in about.get("states", {}).items()),
        shows=about.get("shows", ""),
        is_single=about.get("single", False),
        is_compact=about.get("layout", "") == "compact",
        settings=tuple(setting(each, written) for each, written in about.get("settings", {}).items()),
        rules=tuple(rule(written, position) for position, written in enumerate(about.get("rules", ()))),
        transitions=tuple(map(transition, about.get("transitions", ()))),
        overlays=overlays(about["overlays"]) if "overlays" in about else None,
        document=about.get("document", {}),
        report=ledgerdefinition.report(schema["x-report"]) if "x-report" in schema else None,
        ledger=about.get("ledger", {}),
        schema=schema,
        marks=marks,
    )
    return replace(made, views=views.of(made, about["views"])) if "views" in about else made


def setting(key: str, written: Mapping[str, Any]) -> Setting:
    """A figure that a company may change."""
    return Setting(
        key=key,
        label=words(written),
        default=written["default"],
        unit=words(written["unit"]) if "unit" in written else None,
        least=written.get("at_least"),
        most=written.get("at_most"),
        options=tuple(written.get("options", ())),
        also_stated=tuple(written.get("also_stated", ())),
    )


def rule(written: Mapping[str, Any], position: int) -> Rule:
    """A demand; what is not common to all rules belongs to its kind."""
    return Rule(
        id=written["id"],
        kind=written["kind"],
        clause=written["clause"],
        says=words(written),
        severity=Severity(written.get("severity", "error")),
        when=written.get("when", ""),
        at=tuple(written.get("at", ())),
        needs_forms=tuple(written.get("needs_forms", ())),
        who=written.get("who", ""),
        covers=tuple(written.get("covers", ())),
        keys={key: value for key, value in written.items() if key not in COMMON},
        position=position,
    )


def transition(written: Mapping[str, Any]) -> Transition:
    """A way from one state, or some, to another."""
    start = written["from"]
    return Transition(
        start=tuple(start) if isinstance(start, list) else (start,),
        end=written["to"],
        by=tuple(written["by"]),
        when=written.get("when", ""),
        needs=words(written["needs"]) if "needs" in written else None,
        clause=written.get("clause", ""),
        covers=tuple(written.get("covers", ())),
    )


def overlays(written: Mapping[str, Any]) -> Overlays:
    """How records of this form change what holds for one customer."""
    return Overlays(
        customer=written["customer"],
        product=written.get("product", ""),
        table=written["table"],
        in_force=tuple(written["in_force"]),
        clause=written.get("clause", ""),
        successor=written.get("successor", ""),
        since=written.get("from", ""),
        until=written.get("until", ""),
    )


def field(key: str, definition: Mapping[str, Any], *, required: bool) -> Field:
    """One field, with its columns where it is a table."""
    inside = definition.get("items", {})
    needed = frozenset(inside.get("required", ()))
    labels = definition.get("x-options", {})
    return Field(
        key=key,
        label=words(definition["x-label"]),
        kind=kind(definition),
        group=definition.get("x-group", ""),
        required=required,
        unit=definition.get("x-unit", ""),
        options=tuple(
            Option(each, words(labels[each]) if each in labels else Text(each, each))
            for each in definition.get("enum", inside.get("enum", ()))
        ),
        refers_to=tuple(definition.get("x-ref", ())),
        refers_if_kept=tuple(definition.get("x-ref-if-kept", ())),
        columns=tuple(
            field(each, column, required=each in needed) for each, column in inside.get("properties", {}).items()
        ),
        is_computed=definition.get("x-computed", False),
        has_preset=definition.get("x-preset", False),
        covers=tuple(definition.get("x-covers", ())),
        width=definition.get("x-width", 0),
        is_enclosed=definition.get("x-enclosed", False),
        if_empty=words(definition["x-if-empty"]) if "x-if-empty" in definition else None,
    )


def kind(definition: Mapping[str, Any]) -> Kind:
    """How a field is filled: named by its reference into record.schema.json, or seen from its shape."""
    if "$ref" in definition:
        return Kind(definition["$ref"].rpartition("/")[2])
    if "enum" in definition:
        return Kind.CHOICE
    return Kind.CHOICES if "enum" in definition["items"] else Kind.ROWS


def signature(definition: Mapping[str, Any]) -> Signature:
    """A box of the signature block."""
    label = Text(definition["zh"], definition["en"])
    return Signature(
        role=definition["role"],
        label=label,
        meaning=words(definition["meaning"]) if "meaning" in definition else label,
        by=tuple(definition.get("by", ())),
        at_least=definition.get("at_least", 1),
        when=definition.get("when", ""),
        after=tuple(definition["after"]) if "after" in definition else None,
    )


def words(pair: Mapping[str, str]) -> Text:
    """The two languages of a label."""
    return Text(pair["zh"], pair["en"])


def faults(read: Form, forms: frozenset[str]) -> Iterator[tuple[Steps, Text]]:
    """What form.schema.json cannot see: names that point to nothing. `forms` are the keys of all forms."""
    groups = {each.key for each in read.groups}
    known = {each.key for each in read.states}
    for group in read.groups:
        for position, state in enumerate(group.at):
            if state not in known:
                yield (
                    ("x-form", "groups", group.key, "at", position),
                    reading.DEFINITION_UNKNOWN_STATE.format(key=group.key, state=state),
                )
    for steps, name in views.unknown(read, read.schema["x-form"].get("views", {})):
        yield steps, view_words.UNKNOWN_PART.format(key=name)
    for each in read.fields:
        yield from _group_faults(each, groups)
        yield from _field_faults(each, forms, ("properties", each.key))
    for key in sorted((BUILT_IN - {"state"}) & read.schema.get("properties", {}).keys()):
        yield ("properties", key), reading.DEFINITION_BUILT_IN.format(key=key)
    yield from _flow_faults(read, forms)
    for position, key in enumerate(read.schema.get("required", ())):
        if key not in read.by_key:
            yield ("required", position), reading.DEFINITION_UNKNOWN_REQUIRED.format(key=key)


def _flow_faults(read: Form, forms: frozenset[str]) -> Iterator[tuple[Steps, Text]]:
    for key, each in read.schema.get("properties", {}).items():
        if each.get("x-flow", "") not in {"", *forms}:
            text = reading.DEFINITION_UNKNOWN_REFERENCE.format(key=key, form=each["x-flow"])
            yield ("properties", key, "x-flow"), text


def _group_faults(each: Field, groups: set[str]) -> Iterator[tuple[Steps, Text]]:
    if each.key in BUILT_IN:
        return
    if not each.group:
        yield ("properties", each.key), reading.DEFINITION_NO_GROUP.format(key=each.key)
    elif each.group not in groups:
        steps: Steps = ("properties", each.key, "x-group")
        yield steps, reading.DEFINITION_UNKNOWN_GROUP.format(key=each.key, group=each.group)


def _field_faults(each: Field, forms: frozenset[str], steps: Steps) -> Iterator[tuple[Steps, Text]]:
    for position, target in enumerate(each.refers_to):
        if target not in forms and target != "document":
            text = reading.DEFINITION_UNKNOWN_REFERENCE.format(key=each.key, form=target)
            yield (*steps, "x-ref", position), text
    for option in each.options:
        if option.label == Text(option.key, option.key) and not option.key.isupper():
            yield steps, reading.DEFINITION_OPTION_LABEL.format(key=each.key, option=option.key)
    for column in each.columns:
        yield from _field_faults(column, forms, (*steps, "items", "properties", column.key))
