"""The controlled documents of a library, whatever keeps them: a procedure, a form, or a record that stands for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from generator.ledgers import Register
from generator.model import Form, Library, Procedure, Record, Signature, Values
from generator.terms import Text
from generator.terms import control as words

BOXES = tuple(Signature(role, label, meaning) for role, (label, meaning) in words.BOXES.items())
"""What must be signed on every procedure and form, in this order (ISO 9001 7.5.2 c)."""


class Keeper(StrEnum):
    """What keeps a document."""

    PROCEDURE = "procedure"
    FORM = "form"
    REGISTER = "register"
    RECORD = "record"


@dataclass(frozen=True)
class Document:
    """A controlled document as its files say it is; whether that is in force, signatures and dates decide.

    `paths` are the files that are its content, the first is where its label stands; `boxes` must be signed in their
    order; `effective` and `withdrawn` are dates as written or empty; `key` is the stem of a form or register,
    `record` the record that stands for it.
    """

    keeper: Keeper
    number: str
    title: Text
    label: str
    paths: tuple[str, ...]
    boxes: tuple[Signature, ...]
    owner: str = ""
    effective: str = ""
    withdrawn: str = ""
    successor: str = ""
    retained: Text | None = None
    reason: Text | None = None
    key: str = ""
    record: Record | None = None


def of(library: Library) -> Mapping[str, Document]:
    """Every document by its number, in the order of the numbers."""
    found = {each.number: each for each in _all(library)}
    return {number: found[number] for number in sorted(found)}


def _all(library: Library) -> Iterator[Document]:
    for form in library.forms.values():
        if form.number:
            yield of_form(form)
        if form.document:
            yield from (of_record(each, form) for each in library.records.get(form.key, {}).values())
    yield from map(of_register, library.registers.values())
    yield from map(of_procedure, library.procedures.values())


def of_procedure(procedure: Procedure) -> Document:
    """A procedure is a document by its front matter."""
    return _defined(Keeper.PROCEDURE, procedure, procedure.front, paths=(), owner=procedure.front["owner"])


def of_form(form: Form) -> Document:
    """A blank form is a document by its definition and its template."""
    about = form.schema["x-form"]
    template = f"forms/{form.key}.docx"
    return _defined(Keeper.FORM, form, about, paths=(template,), owner=about.get("filled_by", ""), key=form.key)


def of_register(register: Register) -> Document:
    """A register is a document by its definition, which is all there is of it."""
    about = register.written["x-register"]
    return _defined(Keeper.REGISTER, register, about, paths=(), owner=register.filled_by, key=register.key)


def _defined(
    keeper: Keeper,
    kept: Procedure | Form | Register,
    about: Values,
    *,
    paths: tuple[str, ...],
    owner: str,
    key: str = "",
) -> Document:
    return Document(
        keeper=keeper,
        number=kept.number,
        title=kept.title,
        label=kept.revision,
        paths=(kept.path, *paths),
        boxes=BOXES,
        owner=owner,
        key=key,
        **_life(about),
    )


def of_record(record: Record, form: Form) -> Document:
    """A record stands for a document where its form says which fields hold label, title and dates.

    Any other record is read in the same way: it has no label and the title of its form.
    """
    fields = form.document
    said = {name: record.values.get(fields[name], "") for name in fields if name != "title"}
    titles = [str(record.values.get(each, "")) for each in fields.get("title", ())] or [form.title.zh, form.title.en]
    reason = str(said.get("reason", ""))
    return Document(
        keeper=Keeper.RECORD,
        number=record.number,
        title=Text(titles[0], titles[-1] or titles[0]),
        label=said.get("revision", ""),
        paths=(record.path,),
        boxes=form.signatures,
        owner=said.get("owner", ""),
        effective=said.get("effective", ""),
        withdrawn=said.get("withdrawn", ""),
        successor=said.get("successor", ""),
        reason=Text(reason, reason) if reason else None,
        key=form.key,
        record=record,
    )


def _life(written: Values) -> dict[str, Any]:
    both = {name: Text(**written[name]) for name in ("reason", "retained") if name in written}
    return {name: str(written.get(name, "")) for name in ("effective", "withdrawn", "successor")} | both
