"""What the local page shows, as plain values: records and documents, findings, what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator import agenda
from generator.live import Said
from generator.model import Field, Finding, Form, Kind, Library, Record, Severity
from generator.terms import Language, Text, board
from generator.wording import Printer

CUSTOMER, STATE, HEADLINE = "customer", "state", 60
LONGEST = 4000
"""Characters of a record that are searched."""
Row = dict[str, Any]


def of(said: Said) -> Row:
    """Everything."""
    library = said.library
    return {
        "words": {key: _both(text) for key, text in board.WORDS.items()},
        "company": {"zh": library.organization.get("name_zh", ""), "en": library.organization.get("name_en", "")},
        "now": f"{said.seen.now:%Y-%m-%d %H:%M:%S}",
        "last": said.last,
        "saved": sorted(said.change.paths),
        "rows": [*_rows(library)],
        "findings": [_finding(each, library) for each in library.findings],
        "due": [{**agenda.row(each, said.seen), "left": _both(agenda.left(each, said.seen))} for each in said.duties],
    }


def names(library: Library) -> frozenset[str]:
    """What may be asked for: records and forms that are printed, and procedures."""
    printed = [key for key, form in library.forms.items() if form.is_printed]
    return frozenset((*printed, *library.procedures, *(number for key in printed for number in library.records[key])))


def _rows(library: Library) -> Iterator[Row]:
    """Records, the newest first; then procedures and forms."""
    records: list[Row] = []
    found = Counter((each.path, each.severity) for each in library.findings)
    for key, form in library.forms.items():
        if form.is_printed:
            records += [_record(form, each, library, found) for each in library.records[key].values()]
    yield from sorted(records, key=lambda each: (each["date"], each["name"]), reverse=True)
    for procedure in library.procedures.values():
        yield {
            **_row(procedure.number, board.DOCUMENT, procedure.title, procedure.path, found),
            "document": True,
            "revision": procedure.revision,
            "search": f"{procedure.title.zh} {procedure.title.en}",
        }
    for form in library.forms.values():
        if form.is_printed:
            row = _row(form.key, board.FORM, form.title, form.path, found)
            yield {**row, "document": True, "shown": form.number, "revision": form.revision, "search": form.number}


def _record(form: Form, record: Record, library: Library, found: Mapping[tuple[str, Severity], int]) -> Row:
    headline = _headline(form, record)
    state = next((each.label for each in form.states if each.key == record.values.get(STATE)), None)
    customer = form.by_key.get(CUSTOMER)
    number = record.values.get(CUSTOMER) if customer else None
    return {
        **_row(record.number, form.title, Text(headline, headline), record.path, found),
        "document": False,
        "date": str(record.values.get("created_on", "")),
        "state": _both(state) if state else None,
        "customer": Printer(library, Language.ZH).reference(customer, str(number)) if customer and number else "",
        "search": " ".join(_texts(record.values))[:LONGEST],
    }


def _row(name: str, form: Text, title: Text, path: str, found: Mapping[tuple[str, Severity], int]) -> Row:
    return {
        "name": name,
        "shown": name,
        "form": _both(form),
        "title": _both(title),
        "path": path,
        "errors": found[path, Severity.ERROR],
        "warnings": found[path, Severity.WARNING],
        "state": None,
        "customer": "",
        "date": "",
    }


def _headline(form: Form, record: Record) -> str:
    """What the record is about, in a few words: what it is called, or the first thing that somebody wrote."""
    wanted = [form.by_key[form.shows]] if form.shows in form.by_key else []
    wanted += [each for kind in (Kind.LONGTEXT, Kind.TEXT) for each in form.fields if each.kind is kind]
    texts = [text for each in wanted if (text := _short(each, record))]
    return next((each for each in texts if len(each) > len("ab")), "")


def _short(field: Field, record: Record) -> str:
    text = " ".join(str(record.values.get(field.key) or "").split())
    return text if len(text) <= HEADLINE else f"{text[: HEADLINE - 1]}…"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)


def _finding(each: Finding, library: Library) -> Row:
    number = each.path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return {
        "path": each.path,
        "line": each.line,
        "severity": each.severity.value,
        "rule": each.rule,
        "clause": each.clause,
        "message": _both(each.message),
        "record": number if library.record(number) else "",
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
