"""Whether the rules, settings and flows of all definitions fit together, and what companies and customers set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_lowercase

from generator import demands, expressions, flow, hints, states
from generator.model import Finding, Form, Library, Record
from generator.rules.shape import Shape, field_at
from generator.settings import KEY, TABLE, Settings
from generator.settingvalues import SettingError, parsed
from generator.terms import Text, signing
from generator.terms import rules as words
from generator.world import FUNCTIONS, NAMES

CITED = re.compile(r"(?P<procedure>\S+) (?P<section>[0-9]+(?:\.[0-9]+)*)")
CALLED_SETTING = re.compile(r"setting\(\s*['\"]([^'\"]*)['\"]\s*\)")
CALLED_FIELDS = re.compile(r"\b(?:rank|share)\(\s*['\"]([^'\"]*)['\"]\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
CALLED_RECORDS = re.compile(r"(?:records(?:_like)?|following)\(\s*['\"]([^'\"]*)['\"]\s*,\s*['\"]([^'\"]*)['\"]\s*[,)]")
OF_FIELD = re.compile(r"(?<![\w.])of\(\s*([a-z_]\w*)\s*\)\.([a-z_]\w*)(?!\w*\()")
Steps = tuple[str | int, ...]


def faults(library: Library, only: frozenset[str] | None = None) -> Iterator[tuple[str, Steps, str, Text]]:
    """What is wrong with the definitions, or with those of some forms: form, steps within its schema, rule, words."""
    settings = Settings(library)
    ids: dict[str, str] = {}
    for form in (each for each in library.forms.values() if only is None or each.key in only):
        for rule in form.rules:
            start: Steps = ("x-form", "rules", rule.position)
            shape = Shape(rule, form, library, settings, lambda text, of, table: conditions(text, of, table, settings))
            for steps, text in shape.faults():
                yield form.key, (*start, *steps), "rule.definition", text
            if rule.id in ids:
                yield form.key, (*start, "id"), "rule.twice", words.RULE_TWICE.format(id=rule.id, other=ids[rule.id])
            ids.setdefault(rule.id, form.path)
            for text in _clause(rule.clause, rule.id, library):
                yield form.key, (*start, "clause"), "rule.clause", text
            if rule.who and not _is_known(rule.who, form, library):
                yield form.key, (*start, "who"), "rule.who", words.UNKNOWN_WHO.format(key=rule.who)
        yield from ((form.key, steps, "rule.definition", text) for steps, text in _flow(form, library, settings))
        yield from ((form.key, steps, "box.definition", text) for steps, text in _boxes(form, library, settings))
        yield from ((form.key, steps, "setting.definition", text) for steps, text in _settings(form, settings))


def _settings(form: Form, settings: Settings) -> Iterator[tuple[Steps, Text]]:
    for setting in form.settings:
        steps: Steps = ("x-form", "settings", setting.key)
        declared = settings.declared[setting.key][0]
        if declared is not form:
            yield steps, words.SETTING_TWICE.format(key=setting.key, other=declared.path)
        try:
            parsed(setting, setting.default)
        except SettingError as error:
            yield (*steps, "default"), words.BAD_DEFAULT.format(reason=error.text)


def _flow(form: Form, library: Library, settings: Settings) -> Iterator[tuple[Steps, Text]]:
    known = {each.key for each in form.states}
    for position, way in enumerate(form.transitions):
        start: Steps = ("x-form", "transitions", position)
        for key in (*way.start, way.end):
            if key not in known:
                yield start, words.UNKNOWN_STATE.format(key=key, hint=hints.similar(key, known))
        for key in way.by:
            if not _is_known(key, form, library):
                yield (*start, "by"), words.UNKNOWN_WHO.format(key=key)
        yield from (((*start, "clause"), text) for text in _clause(way.clause, "", library))
        if way.when:
            yield from (((*start, "when"), text) for text in conditions(way.when, form, "", settings))
    if form.transitions:
        first = states.initial(form)
        for key in sorted(known - states.reachable(form)):
            yield ("x-form", "states", key), words.UNREACHABLE.format(start=first, state=key)


def _boxes(form: Form, library: Library, settings: Settings) -> Iterator[tuple[Steps, Text]]:
    """What the boxes of a form ask for and nobody has."""
    roles = [each.role for each in form.signatures]
    for position, box in enumerate(form.signatures):
        start: Steps = ("x-form", "signatures", position)
        for role in box.after or ():
            if role not in roles:
                yield (*start, "after"), signing.UNKNOWN_BOX.format(role=role, known=", ".join(roles))
        for key in box.by:
            if not _is_known(key, form, library):
                yield (*start, "by"), words.UNKNOWN_WHO.format(key=key)
        if box.when:
            yield from (((*start, "when"), text) for text in conditions(box.when, form, "", settings))


def _is_known(key: str, form: Form, library: Library) -> bool:
    masters = ("departments", "roles")
    duties = Settings(library).company.get("department.does_duty_of", "")
    return (
        key in form.by_key
        or any(key in library.records.get(each, {}) for each in masters)
        or key in re.findall(r"[a-z_]+", str(duties))
        or not any(library.records.get(each) for each in masters)
    )


def _clause(clause: str, number: str, library: Library) -> Iterator[Text]:
    match = CITED.match(clause)
    procedure = library.procedures.get(match["procedure"]) if match else None
    if procedure is None or match is None:
        return
    section = match["section"]
    text = _section(procedure.body, section)
    if text is None:
        yield words.UNKNOWN_CLAUSE.format(procedure=procedure.number, section=section)
    elif number.rstrip(ascii_lowercase) not in text:
        yield words.CLAUSE_WITHOUT_RULE.format(procedure=procedure.number, section=section, id=number)


@lru_cache(maxsize=4096)
def _section(body: str, section: str) -> str | None:
    """The text of a section with those below it."""
    pattern = rf"^(#+) {re.escape(section)}(?: |\.? )[^\n]*\n(.*?)(?=^#{{1,6}} (?!{re.escape(section)}\.)|\Z)"
    match = re.search(pattern, body, re.MULTILINE | re.DOTALL)
    return match[2] if match else None


def conditions(text: str, form: Form, table: str, settings: Settings) -> Iterator[Text]:
    """What is wrong with an expression on a form, or on the rows of one of its tables."""
    try:
        read = expressions.compiled(text)
    except expressions.ExpressionError as error:
        yield error.text
        return
    columns = form.by_key[table].column_by_key if table in form.by_key else {}
    known = {*form.by_key, *columns, *NAMES}
    for name in sorted(read.names - known):
        yield words.UNKNOWN_FIELD.format(path=name, hint=hints.similar(name, known))
    for name in sorted(read.functions - FUNCTIONS):
        yield words.UNKNOWN_FUNCTION.format(key=name, hint=hints.similar(name, FUNCTIONS))
    for rows, name in read.tables:
        field = form.by_key.get(rows)
        for column in sorted(read.columns(name)) if field and field.columns else ():
            if column not in field.column_by_key:  # type: ignore[union-attr]
                path = f"{rows}.{column}"
                yield words.UNKNOWN_FIELD.format(path=path, hint=hints.similar(column, field.column_by_key))  # type: ignore[union-attr]
    for key in CALLED_SETTING.findall(text):
        if key not in settings.declared:
            yield words.UNKNOWN_SETTING.format(key=key, hint=hints.similar(key, settings.declared))
    yield from _elsewhere(text, form, settings.library)


def _elsewhere(text: str, form: Form, library: Library) -> Iterator[Text]:
    for key, path in CALLED_RECORDS.findall(text):
        other = library.forms.get(key)
        if other is None:
            yield words.UNKNOWN_FORM.format(key=key, hint=hints.similar(key, library.forms))
        elif field_at(other, path) is None:
            yield words.UNKNOWN_FIELD.format(path=f"{key}.{path}", hint=hints.similar(path, other.by_key))
    for path in (each for pair in CALLED_FIELDS.findall(text) for each in pair):
        if path not in form.by_key:
            yield words.UNKNOWN_FIELD.format(path=path, hint=hints.similar(path, form.by_key))
    for path, name in OF_FIELD.findall(text):
        field = form.by_key.get(path)
        keys = (field.refers_to + field.refers_if_kept) if field else ()
        targets = [library.forms[each] for each in keys if each in library.forms]
        if targets and not any(name in {*each.by_key, *NAMES} for each in targets):
            yield words.UNKNOWN_FIELD.format(path=f"{path}.{name}", hint=hints.similar(name, targets[0].by_key))


def set_by_people(library: Library) -> Iterator[Finding]:
    """What is wrong with the organisation's settings and the customers' demands."""
    settings = Settings(library)
    record = library.records.get("organization", {}).get("organization")
    for position, row in enumerate(record.values.get(TABLE, ()) if record else ()):
        yield from (
            demands.at(record, (TABLE, position, KEY), "setting.value", text)
            for text in demands.value_faults(row[KEY], row.get("value", ""), settings)
            if record
        )
    yield from demands.findings(settings)


def accepted(library: Library, records: Iterable[Record]) -> Iterator[Finding]:
    """What these records accept and no rule demands."""
    rules = {rule.id for form in library.forms.values() for rule in form.rules}
    rules |= {flow.PATH, flow.AUTHOR, flow.ENDED, flow.GUARD}
    for each in records:
        for position, row in enumerate(each.values.get("accepted", ())):
            if row["rule"] not in rules:
                text = words.UNKNOWN_ACCEPTED.format(id=row["rule"], hint=hints.similar(row["rule"], rules))
                yield demands.at(each, ("accepted", position, "rule"), "rule.accepted", text)
