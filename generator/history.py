"""What commits did to one record or document, told in its own words: which fields and headings, by whom and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.gitlog import Logged
from generator.model import Form
from generator.terms import Text
from generator.terms import history as words

HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*$", re.MULTILINE)
ACTS = {"A": words.ADDED, "D": words.REMOVED, "M": words.CHANGED, "T": words.CHANGED}
Parts = Mapping[str, tuple[Text, Any]]
"""What a content consists of: by key its title and what stands there."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One commit's touch of one file: git's letter, the content after it (empty where it is gone), main line or not."""

    commit: Logged
    path: str
    act: str
    blob: str
    content: bytes
    is_main: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the document control log, oldest first; `changed` are the titles of fields and headings."""

    commit: Logged
    path: str
    act: Text
    revision: str
    changed: tuple[Text, ...]
    is_main: bool


def entries(touches: Iterable[Touch], parts: Callable[[str, bytes], Parts]) -> Iterator[Entry]:
    """The touches with what each changed against the content before it on its path.

    A merge that brings in a content as it stood on the branch says so instead of changing it again.
    """
    before: dict[str, Parts] = {}
    branches: set[tuple[str, str]] = set()
    for touch in touches:
        now = parts(touch.path, touch.content) if touch.content else {}
        is_entry = touch.is_main and (touch.path, touch.blob) in branches
        act = words.ENTERED if is_entry else ACTS.get(touch.act, words.CHANGED)
        revision = str(now["revision"][1]) if "revision" in now else ""
        changed = () if act is words.ADDED or not now else differing(before.get(touch.path, {}), now)
        yield Entry(touch.commit, touch.path, act, revision, changed, is_main=touch.is_main)
        before[touch.path] = now
        if not touch.is_main:
            branches.add((touch.path, touch.blob))


def differing(before: Parts, after: Parts) -> tuple[Text, ...]:
    """The titles of what is new, gone or different, in the order of the later content."""
    keys = [*after, *(key for key in before if key not in after)]
    wrong = (key for key in keys if key not in before or key not in after or before[key][1] != after[key][1])
    return tuple((after.get(key) or before[key])[0] for key in wrong)


def fields(form: Form, values: Mapping[str, Any]) -> Parts:
    """The parts of a record: its fields by their labels."""
    return {key: (_label(form, key), value) for key, value in values.items()}


def _label(form: Form, key: str) -> Text:
    known = form.by_key.get(key)
    return known.label if known else words.BUILT_IN.get(key, Text(key, key))


def sections(front: Mapping[str, Any], body: str) -> Parts:
    """The parts of a procedure: what stands in its front matter, and the text below each heading."""
    parts: dict[str, tuple[Text, Any]] = {
        key: (words.FRONT.get(key, Text(key, key)), value) for key, value in front.items()
    }
    _, *pieces = HEADING.split(body)
    for title, text in zip(pieces[::2], pieces[1::2], strict=True):
        chinese, _, english = title.partition(" / ")
        parts[f"# {chinese}"] = (Text(chinese, _numbered(chinese, english)), text.strip())
    return parts


def definition(schema: Mapping[str, Any]) -> Parts:
    """The parts of a form's definition: its own block by key, and its fields by their keys."""
    parts: dict[str, tuple[Text, Any]] = {
        key: (words.FRONT.get(key, Text(key, key)), value) for key, value in schema.get("x-form", {}).items()
    }
    fields = schema.get("properties", {})
    return parts | {f"# {key}": (words.FIELD.format(key=key), value) for key, value in fields.items()}


def _numbered(chinese: str, english: str) -> str:
    number = chinese.partition(" ")[0]
    return f"{number} {english}" if english and number[:1].isdigit() else english or chinese
