"""Schemas as an editor's YAML language server understands them: bilingual help, options, snippets, rules by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.definition import BUILT_IN
from generator.model import Field, Form, Kind, Library, Rule
from generator.presence import printed
from generator.terms import Language, Text
from generator.terms import editor as words

Schema = dict[str, Any]

COMMON = "record.schema.json"
MOST_OFFERED = 300
"""So many records are offered by name where a field refers to them; more would bury the one that is wanted."""
LOOSE = ["string", "number", "boolean"]
OURS = re.compile(r"x-")
TOKEN = re.compile(r"\{([a-z_]+)(?::[^}]*)?\}")
YEARS = {"year": "$CURRENT_YEAR", "yy": "$CURRENT_YEAR_SHORT"}
STARTS: Mapping[Kind, str] = {Kind.DATE: "2026-08-31", Kind.DATETIME: "2026-08-31 14:05"}


def of_form(form: Form, library: Library) -> Schema:
    """The schema of one form: what its definition says, and the help of each field."""
    kept: Schema = _plain(form.schema)
    written = form.schema["properties"]
    return {
        **kept,
        "title": f"{form.number} {_both(form.title)}".strip(),
        "description": _about(form),
        "properties": {each.key: _field(each, written[each.key], form, library) for each in form.fields},
        "defaultSnippets": [_snippet(form)],
    }


def of_records(common: Mapping[str, Any]) -> Schema:
    """What every record has, with its labels as titles and the wanted shape of days and times in words.

    A text may look like a number: the program takes it as it is written, and so must the editor.
    """
    made: Schema = _labelled(common)
    for each in (Kind.TEXT, Kind.LONGTEXT, Kind.REFERENCE, Kind.INK):
        made["$defs"][each]["type"] = LOOSE
    made["$defs"]["date"]["errorMessage"] = _both(words.DATE)
    made["$defs"]["datetime"]["patternErrorMessage"] = _both(words.MOMENT)
    return made


def _labelled(part: Any) -> Any:
    if isinstance(part, Mapping):
        made = {key: _labelled(value) for key, value in part.items() if not OURS.match(key)}
        return {**made, "title": f"{part['x-label']['zh']} {part['x-label']['en']}"} if "x-label" in part else made
    return [_labelled(each) for each in part] if isinstance(part, list) else part


def _plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: _plain(value) for key, value in part.items() if not OURS.match(key)}
    return [_plain(each) for each in part] if isinstance(part, list) else part


def _both(text: Text) -> str:
    return text.within(Language.BOTH)


def _about(form: Form) -> str:
    return " · ".join(each for each in (form.procedure, _both(words.PATTERN.format(pattern=form.pattern))) if each)


def _field(field: Field, written: Mapping[str, Any], form: Form | None, library: Library) -> Schema:
    made: Schema = _plain(written)
    lines = list(_help(field, library))
    rules = [_rule(each) for each in form.rules if _reads(each, field.key)] if form else []
    made["title"] = _both(field.label)
    made["description"] = "\n".join([made["title"], *lines, *rules])
    made["markdownDescription"] = "\n\n".join([*lines, *(f"- {each}" for each in rules)])
    if field.options:
        inside = made["items"] if field.kind is Kind.CHOICES else made
        inside["enumDescriptions"] = [_both(each.label) for each in field.options]
        inside["errorMessage"] = _both(words.CHOOSE.format(options=", ".join(each.key for each in field.options)))
    if field.kind is Kind.ROWS:
        columns = written["items"]["properties"]
        inside = made["items"]
        inside["properties"] = {each.key: _field(each, columns[each.key], None, library) for each in field.columns}
        inside["defaultSnippets"] = [_row_snippet(field)]
    offered = _offered(field, library)
    if offered:
        del made["$ref"]  # beside anyOf, a server no longer sees through it what is to be written
        made["type"] = LOOSE
        made["anyOf"] = [{"enum": list(offered), "enumDescriptions": list(offered.values())}, {"type": LOOSE}]
    return made


def _help(field: Field, library: Library) -> Iterator[str]:
    if field.is_computed:
        yield _both(words.COMPUTED)
    elif field.required:
        yield _both(words.REQUIRED)
    if field.unit:
        yield f"[{field.unit}]"
    if field.kind in STARTS:
        yield STARTS[field.kind]
    targets = [library.forms[each] for each in field.refers_to + field.refers_if_kept if each in library.forms]
    if targets:
        forms = Text("、".join(each.title.zh for each in targets), ", ".join(each.title.en for each in targets))
        yield _both(words.REFERS.format(forms=forms))


def _rule(rule: Rule) -> str:
    return f"{rule.clause} · {rule.id} · {_both(rule.says)}"


def _reads(rule: Rule, key: str) -> bool:
    """Whether a rule speaks of a field of its own form: by name in a list, or in an expression and not behind a dot."""
    name = re.compile(rf"(?<![\w.'\"]){re.escape(key)}(?![\w'\"(])")
    return any(name.search(each) for each in (rule.when, *_texts(rule.keys)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)


def _offered(field: Field, library: Library) -> Mapping[str, str]:
    """The records that a field may name, each with its name, where they are few and have names."""
    found = {
        record.number: str(record.values[library.forms[key].shows])
        for key in field.refers_to
        if key in library.forms and library.forms[key].shows
        for record in library.records.get(key, {}).values()
        if library.forms[key].shows in record.values
    }
    return found if field.kind is Kind.REFERENCE and len(found) <= MOST_OFFERED else {}


def _snippet(form: Form) -> Schema:
    """A whole new record: its head and every field that must be filled, in the order of the form."""
    wanted = [each for each in printed(form) if each.required and each.key not in BUILT_IN]
    number = TOKEN.sub(lambda token: YEARS.get(token[1], token[1].upper()), form.pattern)
    body: Schema = {"number": f"${{1:{number}}}"}
    body["created_on"] = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
    if form.states:
        body["state"] = form.states[0].key
    for position, each in enumerate(wanted, 2):
        body[each.key] = _stop(each, position)
    return {"label": _both(words.NEW_RECORD.format(title=form.title)), "description": _about(form), "body": body}


def _row_snippet(field: Field) -> Schema:
    columns = [each for each in field.columns if each.required] or list(field.columns)
    body = {each.key: _stop(each, position) for position, each in enumerate(columns, 1)}
    return {"label": _both(words.NEW_ROW.format(label=field.label)), "body": body}


def _stop(field: Field, position: int) -> Any:
    """Where the cursor stops: on a list of options, or on the label of what is wanted."""
    if field.options:
        stop = f"${{{position}|{','.join(each.key for each in field.options)}|}}"
        return [stop] if field.kind is Kind.CHOICES else stop
    if field.kind in {Kind.FILES, Kind.PHOTOS}:
        return [f"${{{position}:a.jpg}}"]
    if field.kind is Kind.ROWS:
        return [{field.columns[0].key: f"${position}"}]
    return f"${{{position}:{STARTS.get(field.kind, field.label.zh)}}}"
