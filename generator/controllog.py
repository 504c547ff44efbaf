"""The document control log: each act on a record or document, by whom and why, as the commits prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from generator.gitlog import Logged
from generator.history import ACTS
from generator.model import Library
from generator.signed import SIGNATURES
from generator.terms import Text
from generator.terms import history as words

RECORDS = "records"
TAKEN = len((RECORDS, SIGNATURES, "subject", "file"))


@dataclass(frozen=True, slots=True)
class Line:
    """One act: what a commit did to one record or document. `copies` is empty where none were handed out."""

    commit: Logged
    act: Text
    number: str
    title: Text
    revision: str
    copies: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """What a commit did to one file, with the values that the file had after it (none where it is gone)."""

    commit: Logged
    path: str
    act: str
    values: Mapping[str, Any]
    is_main: bool


def lines(touches: Iterable[Touch], library: Library) -> Iterator[Line]:
    """The acts in the order of the commits; files of one record or document in one commit are one act."""
    names = {form.path: form.number or form.key for form in library.forms.values()}
    names |= {f"forms/{form.key}.docx": form.number or form.key for form in library.forms.values()}
    names |= {each.path: each.number for each in library.procedures.values()}
    names |= {each.path: each.number for each in library.registers.values()}
    titles = {form.number or form.key: form.title for form in library.forms.values()}
    titles |= {each.number: each.title for each in library.procedures.values()}
    titles |= {each.number: each.title for each in library.registers.values()}
    seen: set[tuple[str, str, str]] = set()
    for touch in touches:
        number = _number(touch, names)
        act, copies = _act(touch, library)
        key = (touch.commit.id, number, act.en)
        if key not in seen:
            seen.add(key)
            title = titles.get(number) or _title(touch.path, library)
            revision = str(touch.values.get("revision", "") or _of_form(touch.values))
            yield Line(touch.commit, act, number, title, revision, copies, touch.is_main)


def _of_form(values: Mapping[str, Any]) -> str:
    block = values.get("x-form", values.get("x-register"))
    return str(block.get("revision", "")) if isinstance(block, Mapping) else ""


def _number(touch: Touch, names: Mapping[str, str]) -> str:
    path = PurePosixPath(touch.path)
    if touch.path in names:
        return names[touch.path]
    if path.parts[:2] == (RECORDS, SIGNATURES) and len(path.parts) == TAKEN:
        return path.parts[2]
    is_attachment = path.parts[0] == RECORDS and path.suffix != ".yaml"
    return path.parent.name if is_attachment else str(touch.values.get("number", path.stem))


def _act(touch: Touch, library: Library) -> tuple[Text, str]:
    path = PurePosixPath(touch.path)
    if path.parts[:2] == (RECORDS, SIGNATURES) and touch.act == "A":
        return words.SIGNED.format(role=touch.values.get("role", "?"), person=touch.values.get("person", "?")), ""
    form = library.forms.get(path.parts[1]) if path.parts[0] == RECORDS and len(path.parts) > 1 else None
    ledger = form.ledger if form else {}
    copies = touch.values.get(ledger.get("lines", "")) if ledger else None
    if copies:
        act = words.ISSUED if touch.act == "A" else words.LEDGER
        named = {"document": touch.values.get(ledger["document"]), "label": touch.values.get(ledger["edition"])}
        return act.format(**named), str(len(copies))
    return ACTS.get(touch.act, words.CHANGED), ""


def _title(path: str, library: Library) -> Text:
    parts = PurePosixPath(path).parts
    form = library.forms.get(parts[1].removesuffix(".yaml")) if len(parts) > 1 else None
    return form.title if form else Text(parts[-1], parts[-1])
