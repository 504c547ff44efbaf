"""A company's own ledger taken over: a mapping says which column is which field, and which word is which option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made
from typing import Any

from generator import hints, workbooks
from generator.answers import Answers, plainly
from generator.cellreading import CellReader, Unfit
from generator.deletions import FORMER
from generator.merging import Addition, Change, Merge
from generator.model import Field, Form, Library, Record
from generator.returned import Remark
from generator.spreadsheet import Page
from generator.terms import Text
from generator.terms import workbooks as words

NUMBER = "number"
HEADS = 40
"""Rows among which a header is looked for."""
BUILT_IN = {each.key: each for each in workbooks.HEAD} | {FORMER: replace(workbooks.HEAD[0], key=FORMER)}


@dataclass(frozen=True)
class Column:
    """A column that has a place: the table's key or nothing, the field, and words that mean something else here."""

    title: str
    rows: str
    field: Field
    meanings: Mapping[str, str] = made(default_factory=dict)


@dataclass(frozen=True)
class Takeover:
    """A mapping as it was written, against the form that it fills."""

    form: Form
    columns: tuple[Column, ...]
    fixed: Mapping[str, str]
    ignore: frozenset[str]
    sheet: str = ""
    header: int = 0
    is_filled_down: bool = False


def faults(said: Mapping[str, Any], library: Library) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """What is wrong with a mapping beyond its schema: forms, fields and options that do not exist."""
    form = library.forms.get(said["form"])
    if form is None:
        hint = hints.similar(said["form"], library.forms)
        yield ("form",), words.MAPPING_FORM.format(key=said["form"], hint=hint)
        return
    for title, path in said["columns"].items():
        if _field(form, path)[1] is None:
            yield ("columns", title), words.MAPPING_FIELD.format(key=path, hint=hints.similar(path, _paths(form)))
    for path, meanings in said.get("values", {}).items():
        known = _field(form, path)[1]
        if known is None:
            yield ("values", path), words.MAPPING_FIELD.format(key=path, hint=hints.similar(path, _paths(form)))
        keys = [option.key for option in known.options] if known else []
        for word, key in meanings.items():
            if keys and key and key not in keys:
                hint = hints.similar(key, keys)
                text = words.MAPPING_OPTION.format(label=known.label if known else "", key=key, hint=hint)
                yield ("values", path, word), text
    for key in said.get("fixed", {}):
        if _field(form, key)[1] is None or "." in key:
            yield ("fixed", key), words.MAPPING_FIELD.format(key=key, hint=hints.similar(key, _paths(form)))


def _paths(form: Form) -> list[str]:
    return [*BUILT_IN, *form.by_key, *(f"{each.key}.{one.key}" for each in form.fields for one in each.columns)]


def _field(form: Form, path: str) -> tuple[str, Field | None]:
    rows, dot, key = path.rpartition(".")
    if dot:
        return rows, form.by_key[rows].column_by_key.get(key) if rows in form.by_key else None
    found = form.by_key.get(path) or BUILT_IN.get(path)
    return "", found if found and not found.columns else None


def mapping(said: Mapping[str, Any], library: Library) -> Takeover:
    """The mapping, which has no faults."""
    form = library.forms[said["form"]]
    meanings = said.get("values", {})
    columns = []
    for title, path in said["columns"].items():
        rows, found = _field(form, path)
        words_of = {plainly(word): key for word, key in meanings.get(path, {}).items()}
        if found is not None:
            columns.append(Column(title, rows, found, words_of))
    return Takeover(
        form,
        tuple(columns),
        said.get("fixed", {}),
        frozenset(map(plainly, said.get("ignore", ()))),
        said.get("sheet", ""),
        int(said.get("header", 0)),
        said.get("merged") == "fill",
    )


def merged(pages: Mapping[str, Page], wanted: Takeover, library: Library) -> Merge:
    """What the ledger's rows would do: new records, and what differs from those that were taken over before."""
    merge = Merge()
    meant = [page for page in pages.values() if wanted.sheet in {page.name, ""} and not page.is_hidden]
    if not meant:
        merge.faults.append(Remark("", words.MAPPING_SHEET.format(name=wanted.sheet, known=", ".join(pages))))
        return merge
    page, head = next(((page, head) for page in meant if (head := _head(page, wanted))), (meant[0], 0))
    if not head:
        titles = ", ".join(each.title for each in wanted.columns)
        merge.faults.append(Remark(page.name, words.MAPPING_HEAD.format(sheet=page.name, columns=titles)))
        return merge
    merge.faults += _doubled(page, wanted, head)
    _Taking(page, wanted, head, library, merge).take()
    return merge


def _doubled(page: Page, wanted: Takeover, head: int) -> Iterator[Remark]:
    """Titles of the mapping that stand over two columns: nobody knows which one is meant."""
    titles = [plainly(str(raw)) for raw in page.cells[head].values()]
    for place, (column, title) in enumerate(page.cells[head].items()):
        if titles[place] in titles[:place] and titles[place] in {plainly(each.title) for each in wanted.columns}:
            yield Remark(page.address(head, column), words.COLUMN_TWICE.format(key=title))


def _head(page: Page, wanted: Takeover) -> int:
    """The row of the header: the one that was named, or the first that holds all columns; 0 where there is none."""
    titles = {plainly(each.title) for each in wanted.columns}
    rows = [wanted.header] if wanted.header else [row for row in page.cells if row <= HEADS]
    return next((row for row in rows if titles <= {plainly(str(each)) for each in page.cells.get(row, {}).values()}), 0)


class _Taking:
    """One ledger on its way into a merge."""

    def __init__(self, page: Page, wanted: Takeover, head: int, library: Library, merge: Merge) -> None:
        self._wanted, self._head, self._merge = wanted, head, merge
        self._reader = CellReader(Answers(library))
        self._records = library.records.get(wanted.form.key, {})
        self._former = {str(each.values[FORMER]): each for each in self._records.values() if FORMER in each.values}
        self._page = page
        titles = {plainly(str(raw)): column for column, raw in page.cells[head].items()}
        self._at = {(each.rows, each.field.key): titles[plainly(each.title)] for each in wanted.columns}
        self._begun: dict[str, Addition] = {}

    def take(self) -> None:
        """Every row below the header, and what no column of the mapping takes."""
        self._look_at_merged_cells()
        for row in [each for each in self._page.cells if each > self._head]:
            if any(self._page.at(row, column) is not None for column in self._at.values()):
                self._take(row)
        self._name_what_new_records_lack()
        taken = set(self._at.values())
        for column, title in self._page.cells[self._head].items():
            filled = sum(column in line for row, line in self._page.cells.items() if row > self._head)
            if column not in taken and plainly(str(title)) not in self._wanted.ignore and filled:
                place = self._page.address(self._head, column)
                self._merge.notes.append(Remark(place, words.UNPLACED.format(title=title, count=filled)))

    def _name_what_new_records_lack(self) -> None:
        """Fields that every record must fill and that no column gives, named once and not on every row."""
        given = (
            {each.rows or each.field.key for each in self._wanted.columns}
            | self._wanted.fixed.keys()
            | {workbooks.STATE}
        )
        lacking = [each for each in self._wanted.form.fields if each.required and each.key not in given]
        if lacking and any(not each.rows for each in self._merge.additions):
            zh = "、".join(f"{each.label.zh}（{each.key}）" for each in lacking)
            en = ", ".join(f"{each.label.en} ({each.key})" for each in lacking)
            self._merge.faults.append(Remark(self._page.name, words.LACKING.format(fields=Text(zh, en))))

    def _look_at_merged_cells(self) -> None:
        below = [each for each in self._page.merged if each.last > self._head]
        if self._wanted.is_filled_down:
            self._page = self._page.filled(below)
            return
        for each in below:
            self._merge.faults.append(Remark(f"{self._page.name}!{each}", words.MERGED.format(range=each)))

    def _take(self, row: int) -> None:
        values = dict(self._values(row))
        place = self._page.address(row, 1)
        handle = str(values.get(("", NUMBER), ("", ""))[0] or "")
        former = str(values.get(("", FORMER), ("", ""))[0] or "")
        ours = {key: value for (rows, key), value in values.items() if not rows and key != NUMBER}
        fixed = {key: (self._read(place, self._fixed(key), raw), place) for key, raw in self._wanted.fixed.items()}
        record = self._records.get(handle) or self._former.get(former)
        identity = handle or former
        if record is not None:
            self._compare(record, ours)
        elif identity and identity in self._begun:
            self._agree(self._begun[identity], ours)
        else:
            new = Addition(place, self._wanted.form.key, "", handle, {**fixed, **ours}, identity or place)
            self._begun[identity or place] = new
            self._merge.additions.append(new)
        for rows in dict.fromkeys(each.rows for each in self._wanted.columns if each.rows):
            line = {key: value for (table, key), value in values.items() if table == rows}
            if any(value is not None for value, _ in line.values()) and not _is_there(record, rows, line):
                owner = record.number if record else identity or place
                self._merge.additions.append(Addition(place, self._wanted.form.key, rows, owner, line))

    def _values(self, row: int) -> Iterator[tuple[tuple[str, str], tuple[Any, str]]]:
        for each in self._wanted.columns:
            column = self._at[each.rows, each.field.key]
            place, raw = self._page.address(row, column), self._page.at(row, column)
            if (row, column) in self._page.errors:
                text = words.IS_ERROR.format(value=self._page.errors[row, column])
                self._merge.faults.append(Remark(place, text))
                continue
            if raw is None and (row, column) in self._page.formulas:
                text = words.IS_UNCOUNTED.format(formula=self._page.formulas[row, column])
                self._merge.faults.append(Remark(place, text))
                continue
            meant = each.meanings.get(plainly(str(raw)), raw)
            yield (each.rows, each.field.key), (self._read(place, each.field, meant), place)

    def _read(self, place: str, field: Field, raw: Any) -> Any:
        try:
            return self._reader.value(field, raw)
        except Unfit as unfit:
            self._merge.faults.append(Remark(place, unfit.text))
            return None

    def _fixed(self, key: str) -> Field:
        found = _field(self._wanted.form, key)[1]
        return found or BUILT_IN[key]

    def _compare(self, record: Record, values: Mapping[str, tuple[Any, str]]) -> None:
        self._merge.places.setdefault(record.number, next((place for _, place in values.values()), ""))
        for key, (theirs, place) in values.items():
            ours = record.values.get(key)
            if theirs is None or workbooks.base(theirs) == workbooks.base(ours):
                continue
            change = Change(place, record.number, (key,), self._fixed(key), ours, theirs)
            (self._merge.changes if ours is None else self._merge.conflicts).append(change)

    def _agree(self, first: Addition, values: Mapping[str, tuple[Any, str]]) -> None:
        """Further rows of one record may leave its own fields empty, or say the same; a faulty first cell says none."""
        faulty = {each.place for each in self._merge.faults}
        for key, (here, place) in values.items():
            there, other = first.values.get(key, (None, ""))
            if here is not None and other not in faulty and workbooks.base(here) != workbooks.base(there):
                label = self._fixed(key).label
                shown = words.NOTHING if there is None else there
                text = words.SCALARS_DIFFER.format(label=label, other=other, here=here, there=shown)
                self._merge.faults.append(Remark(place, text))


def _is_there(record: Record | None, rows: str, line: Mapping[str, tuple[Any, str]]) -> bool:
    """Whether a record has a row that says the same already."""
    kept: Iterable[Mapping[str, Any]] = record.values.get(rows, ()) if record else ()
    said = {key: workbooks.base(value) for key, (value, _) in line.items() if value is not None}
    return any(all(workbooks.base(row.get(key)) == value for key, value in said.items()) for row in kept)
