"""Whether what customers demand can be, and whether only one demand holds where only one can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator import hints, yamlfile
from generator.model import Finding, Library, Record
from generator.settings import (
    FIELD,
    LANGUAGE,
    REPORT,
    SETTING,
    SIGNATURE,
    SINGLE,
    Overlay,
    Settings,
    Steps,
)
from generator.settingvalues import SettingError, parsed
from generator.terms import Language, Text, views
from generator.terms import rules as words

ROLES = "roles"


def findings(settings: Settings) -> Iterator[Finding]:
    """Demands that name what does not exist, contradict each other, end before they begin or run in a circle."""
    for overlay in settings.overlays:
        for text in _faults(overlay, settings):
            yield at(overlay.record, overlay.steps, "setting.value", text)
        if overlay.since and overlay.until and overlay.until < overlay.since and overlay.position == 0:
            text = words.PERIOD.format(since=overlay.since, until=overlay.until)
            yield at(overlay.record, (overlay.form.until,), "setting.period", text)
    yield from _twice(settings)
    yield from _circles(settings.library)


def at(record: Record, steps: Steps, rule: str, text: Text) -> Finding:
    """A finding on a value of a record."""
    line, column = yamlfile.place(record.source.marks, steps)
    return Finding(record.path, line, column, rule, text)


def value_faults(key: str, value: object, settings: Settings) -> Iterator[Text]:
    """Why a setting cannot have a value."""
    if key not in settings.declared:
        yield words.UNKNOWN_SETTING.format(key=key, hint=hints.similar(key, settings.declared))
        return
    try:
        parsed(settings.declared[key][1], value)
    except SettingError as error:
        yield words.BAD_SETTING.format(key=key, reason=error.text)


def _faults(overlay: Overlay, settings: Settings) -> Iterator[Text]:
    checks: Mapping[str, Callable[[str, str, Library], Iterator[Text]]] = {
        SETTING: lambda name, value, _: value_faults(name, value, settings),
        FIELD: _field_faults,
        SIGNATURE: _signature_faults,
        LANGUAGE: _language_faults,
        REPORT: _report_faults,
    }
    if overlay.kind in checks:
        yield from checks[overlay.kind](overlay.name, overlay.value, settings.library)


def _form_faults(name: str, library: Library) -> Iterator[Text]:
    if name not in library.forms:
        yield words.UNKNOWN_FORM.format(key=name, hint=hints.similar(name, library.forms))


def _field_faults(name: str, _: str, library: Library) -> Iterator[Text]:
    key, _, field = name.partition(".")
    yield from _form_faults(key, library)
    if key in library.forms and field not in library.forms[key].by_key:
        yield words.UNKNOWN_FIELD.format(path=name, hint=hints.similar(field, library.forms[key].by_key))


def _signature_faults(name: str, _: str, library: Library) -> Iterator[Text]:
    key, _, role = name.partition(".")
    yield from _form_faults(key, library)
    if key in library.forms:
        known = {*(each.role for each in library.forms[key].signatures), *library.records.get(ROLES, {})}
        if role not in known:
            yield words.UNKNOWN_ROLE.format(key=role, hint=hints.similar(role, known))


def _language_faults(name: str, value: str, library: Library) -> Iterator[Text]:
    yield from _form_faults(name, library)
    if value not in set(Language):
        yield words.NO_LANGUAGE.format(value=value)


def _report_faults(name: str, view: str, library: Library) -> Iterator[Text]:
    yield from _form_faults(name, library)
    if name in library.forms and view not in library.forms[name].views:
        known = library.forms[name].views
        listed = ", ".join(known) or "\u2013"
        yield views.UNKNOWN_VIEW.format(form=name, view=view, hint=hints.similar(view, known), views=listed)


def _twice(settings: Settings) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str, str], list[Overlay]] = {}
    for overlay in settings.overlays:
        if overlay.kind in SINGLE:
            others = seen.setdefault((overlay.customer, overlay.product, overlay.kind, overlay.name), [])
            other = next((each for each in others if _overlap(each, overlay)), None)
            if other is not None:
                text = words.TWO_OVERLAYS.format(name=overlay.name, other=other.record.number)
                yield at(overlay.record, overlay.steps, "setting.twice", text)
            others.append(overlay)


def _overlap(one: Overlay, other: Overlay) -> bool:
    first = max(one.since, other.since)
    return all(not each.until or first <= each.until for each in (one, other))


def _circles(library: Library) -> Iterator[Finding]:
    for form in library.forms.values():
        if form.overlays is None or not form.overlays.successor:
            continue
        records = library.records.get(form.key, {})
        for record in records.values():
            path = [record.number]
            while path[-1] in records and form.overlays.successor in records[path[-1]].values:
                path.append(str(records[path[-1]].values[form.overlays.successor]))
                if path[-1] in path[:-1]:
                    break
            if len(path) > 1 and path[-1] == record.number:
                text = words.OVERLAY_CYCLE.format(path=" → ".join(path))
                yield at(record, (form.overlays.successor,), "setting.circle", text)
