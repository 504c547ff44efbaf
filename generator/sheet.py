"""What a form may print: every field as text, in the language wanted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.definition import BUILT_IN
from generator.model import Field, Form, Kind, Library, Record, Values
from generator.signed import Signed
from generator.terms import Language, Text, house
from generator.wording import Photos, Printer

BLANK_ROWS = 4
RESERVED = frozenset(
    {
        "company",
        "form",
        "record",
        "print",
        "sign",
        "logo",
        "label",
        "label2",
        "file",
        "word",
        "retention",
        "title",
        "title2",
        "row",
    }
)
"""Names of the sheet's own parts; no field may be called so."""

FRAME = frozenset(
    {
        "company.name",
        "company.name2",
        "form.number",
        "form.revision",
        "record.number",
        "record.created_on",
        "record.state",
        "print.mark",
        "print.origin",
        "retention",
        "logo",
        "print.zh",
        "print.en",
        "print.both",
        "print.push",
    }
)
"""The tags that every template may use besides its form's own."""


@dataclass(frozen=True, slots=True)
class Print:
    """What marks this print: the stamp's words and where the sheet came from."""

    mark: Text
    origin: Text


@dataclass(frozen=True)
class Sheet:
    """`words` never change for a form and a language; `values` are what the template's tags stand for.

    `checks` are (field key, text) pairs that must be found on the paper again.
    """

    form: Form
    language: Language
    number: str
    words: Mapping[str, str]
    values: Mapping[str, Any]
    checks: tuple[tuple[str, str], ...]


def filled(record: Record, library: Library, language: Language, mark: Print, signed: Iterable[Signed] = ()) -> Sheet:
    """The sheet of a record with the signatures that hold."""
    form = library.forms[record.form]
    printer = Printer(library, language)
    fields = {each.key: printer.value(each, record.values.get(each.key)) for each in printed(form)}
    head = {
        "number": record.number,
        "created_on": record.values["created_on"],
        "state": _state(form, record.values, language),
    }
    values = {**_frame(form, library.organization, language, mark), **fields, **_files(form, record.values)}
    values |= {"record": head, "sign": _signatures(form, signed, printer)}
    return Sheet(form, language, record.number, words(form, language), values, tuple(_checks(form, values)))


def blank(form: Form, library: Library, language: Language, mark: Print) -> Sheet:
    """The empty form for the shop floor: every option unticked, rows to write in."""
    printer = Printer(library, language)
    fields = {each.key: printer.value(each, None, blank_rows=BLANK_ROWS) for each in printed(form)}
    head = {"number": "", "created_on": "", "state": ""}
    values = {**_frame(form, library.organization, language, mark), **fields, **_files(form, {})}
    values |= {"record": head, "sign": _signatures(form, (), printer)}
    return Sheet(form, language, "", words(form, language), values, ())


def printed(form: Form) -> tuple[Field, ...]:
    """The fields that stand in the groups of the sheet."""
    return tuple(each for each in form.fields if each.key not in BUILT_IN)


def words(form: Form, language: Language) -> dict[str, str]:
    """The labels under their dotted names: `label.<field>`, `label2.<field>`, `group.<key>`, `role.<role>` and so on.

    For BOTH the first is Chinese and the second English on a line of its own; else the second is empty.
    """
    pairs: list[tuple[str, str, Text]] = [("label", each.key, each.label) for each in printed(form)]
    pairs += [("label", f"{each.key}.{column.key}", column.label) for each in printed(form) for column in each.columns]
    pairs += [("label", "created_on", house.CREATED_ON), ("label", "state", house.STATE)]
    pairs += [("group", each.key, each.title) for each in form.groups]
    pairs += [("role", each.role, each.label) for each in form.signatures]
    pairs += [("meaning", each.role, each.meaning) for each in form.signatures]
    result = {"title": _first(form.title, language), "title2": _second(form.title, language).lstrip()}
    result |= {f"word.{key}": text.within(language) for key, text in house.WORDS.items()}
    for space, key, text in pairs:
        result[f"{space}.{key}"] = _first(text, language)
        result[f"{space}2.{key}"] = _second(text, language)
    return result


def _first(text: Text, language: Language) -> str:
    return text.en if language is Language.EN else text.zh


def _second(text: Text, language: Language) -> str:
    return f"\n{text.en}" if language is Language.BOTH and text.en and text.en != text.zh else ""


def _state(form: Form, values: Values, language: Language) -> str:
    labels = {each.key: each.label.within(language) for each in form.states}
    return labels.get(values.get("state", ""), "")


def _frame(form: Form, organization: Values, language: Language, mark: Print) -> dict[str, Any]:
    name = Text(organization.get("name_zh", ""), organization.get("name_en", ""))
    years = house.YEARS.format(years=form.retention_years)
    return {
        "company": {"name": _first(name, language), "name2": _second(name, language).lstrip()},
        "form": {"number": form.number, "revision": form.revision},
        "print": {
            "mark": mark.mark.within(Language.BOTH),
            "origin": mark.origin.within(language),
            "zh": language is not Language.EN,
            "en": language is not Language.ZH,
            "both": language is Language.BOTH,
            "push": False,
        },
        "retention": years.within(language) if form.retention_years else "",
        "logo": Photos(tuple(organization.get("logo", ()))),
    }


def _files(form: Form, values: Values) -> dict[str, Any]:
    names = {each.key: values.get(each.key, ()) for each in printed(form) if each.kind is Kind.PHOTOS}
    return {"file": {key: "\n" + "  ".join(found) if found else "" for key, found in names.items()}}


def _signatures(form: Form, signed: Iterable[Signed], printer: Printer) -> dict[str, Any]:
    entries = {each.role: each for each in signed}
    person = Field("person", Text("", ""), Kind.REFERENCE, refers_to=("people",))
    return {
        each.role: {
            "name": printer.reference(person, entries[each.role].person) if each.role in entries else "",
            "date": entries[each.role].signed_at if each.role in entries else "",
        }
        for each in form.signatures
    }


def _checks(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in printed(form):
        value = values[field.key]
        if isinstance(value, str) and value:
            yield field.key, value
        elif isinstance(value, tuple):
            yield from ((field.key, cell) for row in value for cell in row.values() if cell)


def pushed(sheet: Sheet) -> Sheet:
    """The same sheet with its last block on a page of its own, so that the signatures do not stand alone."""
    return replace(sheet, values={**sheet.values, "print": {**sheet.values["print"], "push": True}})


def with_photos(sheet: Sheet, resolve: Callable[[str, Photos], object]) -> Sheet:
    """The sheet with the pictures themselves in the place of their names; `resolve` gets the field's key."""
    values = {key: resolve(key, value) if isinstance(value, Photos) else value for key, value in sheet.values.items()}
    return replace(sheet, values=values)


def characters(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Every text that goes on the sheet, with the key of its field, for the look-up in the font."""
    for key, value in sheet.values.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, tuple):
            yield from ((key, cell) for row in value if isinstance(row, Mapping) for cell in row.values())
