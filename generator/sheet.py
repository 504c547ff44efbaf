"""What a form may print: every field as text, in the language wanted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator import completeness, presence
from generator.model import Field, Form, Kind, Library, Record, Values
from generator.presence import Presence, printed
from generator.signed import Signed
from generator.terms import Language, Text, house
from generator.wording import Photos, Printer

BLANK_ROWS = 4
OPEN_ROWS = 2
"""Rows to write in where a table stands empty on a filled sheet and its time has come."""
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
        "beside",
        "has",
        "show",
        "file",
        "word",
        "retention",
        "title",
        "title2",
        "row",
    }
)
"""Names of the sheet's own parts; no field may be called so."""

PEN_ROOM = "\n\n"
"""Lines to write on in an open box."""
CHOSEN_ALONE = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.BOOLEAN})

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
        "print.absent",
        "print.meter",
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


def filled(
    record: Record,
    library: Library,
    language: Language,
    mark: Print,
    *,
    signed: Iterable[Signed] = (),
    view: str = "",
) -> Sheet:
    """The sheet of a record with the signatures that hold, in one of its form's views if one is named."""
    kept = library.forms[record.form]
    form = kept.views[view] if view else kept
    head = {
        "number": record.number,
        "created_on": record.values["created_on"],
        "state": _state(kept, record.values, language),
    }
    standing = presence.at_its_moment(form, record.values)
    made = _Made(form, library, language, mark, standing, OPEN_ROWS)
    values = made.values(record.values, head, signed)
    if view:
        values["print"]["meter"] = completeness.meter(form, record).said.within(language)
    return Sheet(form, language, record.number, words(form, language), values, tuple(_checks(form, values, standing)))


def blank(form: Form, library: Library, language: Language, mark: Print) -> Sheet:
    """The empty form for the shop floor: every option unticked, rows to write in."""
    head = {"number": "", "created_on": "", "state": ""}
    made = _Made(form, library, language, mark, presence.everything(form), BLANK_ROWS)
    return Sheet(form, language, "", words(form, language), made.values({}, head, ()), ())


def open_tables(made: Sheet) -> frozenset[str]:
    """The tables in whose rows nothing stands yet."""
    tables = {each.key: made.values.get(each.key) or () for each in made.form.fields if each.kind is Kind.ROWS}
    return frozenset(key for key, rows in tables.items() if not any(any(row.values()) for row in rows))


@dataclass(frozen=True)
class _Made:
    """How a sheet's values are made from a record's; `open_rows` are for tables that are to be filled in."""

    form: Form
    library: Library
    language: Language
    mark: Print
    standing: Presence
    open_rows: int

    def values(self, written: Values, head: Values, signed: Iterable[Signed]) -> dict[str, Any]:
        """What the template's tags stand for."""
        printer = Printer(self.library, self.language)
        fields = {each.key: self.value(each, written.get(each.key), printer) for each in printed(self.form)}
        return {
            **_frame(self.form, self.library.organization, self.language, self.mark, self.standing),
            **fields,
            **_files(self.form, written),
            **presence.names(self.form, self.standing),
            "record": head,
            "sign": _signatures(self.form, signed, printer),
        }

    def value(self, field: Field, value: Any, printer: Printer) -> Any:
        """In a compact layout what has been chosen stands alone, and all options only where one is still to be."""
        is_open = field.key in self.standing.open
        if self.form.is_compact and not is_open and field.kind in CHOSEN_ALONE:
            return printer.cell(field, value)
        if self.form.is_compact and is_open and field.kind is Kind.LONGTEXT:
            return PEN_ROOM
        return printer.value(field, value, blank_rows=self.open_rows if is_open else 0)


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
        result[f"beside.{space}.{key}"] = _second(text, language).replace("\n", "  ")
    return result


def _first(text: Text, language: Language) -> str:
    return text.en if language is Language.EN else text.zh


def _second(text: Text, language: Language) -> str:
    return f"\n{text.en}" if language is Language.BOTH and text.en and text.en != text.zh else ""


def _state(form: Form, values: Values, language: Language) -> str:
    labels = {each.key: each.label.within(language) for each in form.states}
    return labels.get(values.get("state", ""), "")


def _frame(form: Form, organization: Values, language: Language, mark: Print, standing: Presence) -> dict[str, Any]:
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
            "push": (),
            "meter": "",
            "absent": _absent(standing, language),
        },
        "retention": years.within(language) if form.retention_years else "",
        "logo": Photos(tuple(organization.get("logo", ()))),
    }


def _absent(standing: Presence, language: Language) -> str:
    """The groups that this sheet leaves out, by their names."""
    if not standing.absent:
        return ""
    titles = ("; " if language is Language.EN else "；").join(each.title.within(language) for each in standing.absent)
    return f"{house.WITHOUT_ENTRIES.within(language)}: {titles}"


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


def _checks(form: Form, values: Mapping[str, Any], standing: Presence) -> Iterator[tuple[str, str]]:
    for field in printed(form):
        value = values[field.key] if field.key in standing.fields else ""
        if isinstance(value, str) and value:
            yield field.key, value
        elif isinstance(value, tuple):
            yield from ((field.key, cell) for row in value for cell in row.values() if cell)


def pushed(sheet: Sheet, blocks: Iterable[str]) -> Sheet:
    """The same sheet with some blocks on new pages, so that no heading and no signature stands alone."""
    return replace(sheet, values={**sheet.values, "print": {**sheet.values["print"], "push": tuple(blocks)}})


def with_photos(sheet: Sheet, resolve: Callable[[str, Photos], object]) -> Sheet:
    """The sheet with the pictures themselves in the place of their names; `resolve` gets the field's key."""
    values = {key: resolve(key, value) if isinstance(value, Photos) else value for key, value in sheet.values.items()}
    return replace(sheet, values=values)


def with_charts(sheet: Sheet, keys: Iterable[str]) -> Sheet:
    """The sheet with a picture to come in the place of each chart."""
    return replace(sheet, values={**sheet.values, **{key: Photos((key,)) for key in keys}})


def characters(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Every text that goes on the sheet, with the key of its field, for the look-up in the font."""
    for key, value in sheet.values.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, tuple):
            yield from ((key, cell) for row in value if isinstance(row, Mapping) for cell in row.values())
