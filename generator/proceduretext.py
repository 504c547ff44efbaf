"""One file of `procedures/` as the procedure that it holds: front matter that is checked, and its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from generator import definition, numbering, pack, schemas, yamlfile
from generator.model import Finding, Procedure, Source
from generator.terms import Text, reading


def definition_check(name: str) -> Callable[[Any], Iterator[tuple[tuple[str | int, ...], str]]]:
    """The check of definitions, by the program's own schema of that name."""
    return schemas.definitions(*(json.loads(pack.schema(each)) for each in (name, "register.schema.json")))


def procedure(relative: str, content: bytes) -> tuple[Procedure | None, tuple[Finding, ...]]:
    """One file alone as the procedure that it holds, or what is wrong with it."""
    return read(relative, content, definition_check("procedure.schema.json"))


def read(relative: str, content: bytes, check: Any) -> tuple[Procedure | None, tuple[Finding, ...]]:
    """The same with a check of its front matter that was made before."""
    wrong = yamlfile.characters(content, relative)
    if wrong:
        return None, wrong
    head, body = front_matter(content)
    if head is None:
        return None, (Finding(relative, 1, 1, "procedure.front", reading.PROCEDURE_NO_FRONT),)
    source, found = yamlfile.load(head, relative)
    if source is None:
        return None, found
    front = source.values
    faults = tuple(
        _finding(source, steps, "procedure.front", _front_words(steps, reason)) for steps, reason in check(front)
    )
    if faults:
        return None, faults
    if not numbering.is_safe_stem(front["number"]):
        text = reading.UNSAFE_NUMBER.format(number=front["number"])
        return None, (_finding(source, ("number",), "number.unsafe", text),)
    title = definition.words(front["title"])
    first = content.count(b"\n") - body.count("\n") + 1
    return Procedure(relative, front["number"], front["revision"], title, front, body, source.marks, first), ()


def _finding(source: Source, steps: tuple[str | int, ...], rule: str, text: Text) -> Finding:
    line, column = yamlfile.place(source.marks, steps)
    return Finding(source.path, line, column, rule, text)


def _front_words(steps: tuple[str | int, ...], reason: str) -> Text:
    return reading.PROCEDURE_FRONT.format(place=".".join(map(str, steps)) or "---", reason=reason)


def front_matter(content: bytes) -> tuple[bytes | None, str]:
    """Front matter of a procedure, with its lines where they stand in the file, and the text after it."""
    if not content.startswith(b"---\n"):
        return None, ""
    head, fence, body = content[4:].partition(b"\n---\n")
    return (b"\n" + head + b"\n", body.decode("utf-8")) if fence else (None, "")
