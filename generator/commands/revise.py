"""`wenkong revise`: give a document its next label and say why it is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import files, load, yamlfile
from generator.commands.diff import found
from generator.documents import Document, Keeper
from generator.errors import GeneratorError
from generator.labels import Label, LabelError
from generator.model import Library
from generator.terms import Language, Text
from generator.terms import control as words

FENCE = b"---\n"
BLOCKS = {Keeper.FORM: ("x-form",), Keeper.REGISTER: ("x-register",)}
"""Where the label of a definition stands."""
Change = tuple[tuple[str, ...], str]
"""The steps to a value, and the value."""


def run(
    root: Path,
    number: str,
    *,
    reason: Text,
    effective: str,
    is_version: bool,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Write the next label and the reason into the file; the next version (B/0) instead of the next revision if asked.

    Raises:
        GeneratorError: there is no such document, no reason, or no label after its own.
    """
    library = load.library(root)
    document = found(library, number)
    if not document.label:
        raise GeneratorError(words.NOT_A_DOCUMENT.format(number=number))
    if not reason.zh.strip():
        raise GeneratorError(words.REASON_NEEDED)
    if not reason.en.strip():
        reason = Text(reason.zh, reason.zh)
    label = _next(document, is_version=is_version)
    path = root / document.paths[0]
    content = path.read_bytes()
    for steps, value in _changes(document, library, label, reason, effective):
        content = _changed(content, steps, value, is_markdown=document.keeper is Keeper.PROCEDURE)
    files.write(path, content)
    said = words.REVISED.format(path=document.paths[0], before=document.label, label=label)
    say(said.within(language))
    if document.effective and not effective:
        say(words.EFFECTIVE_STANDS.format(date=document.effective).within(language))
    return 0


def _next(document: Document, *, is_version: bool) -> str:
    try:
        label = Label.parse(document.label)
        return str(label.next_version() if is_version else label.next_revision())
    except LabelError as error:
        raise GeneratorError(words.LAST_LABEL.format(label=document.label, reason=error.text)) from error


def _changes(document: Document, library: Library, label: str, reason: Text, effective: str) -> list[Change]:
    if document.keeper is Keeper.RECORD:
        fields = library.forms[document.key].document
        wanted = {"revision": label, "reason": f"{reason.zh} / {reason.en}", "effective": effective}
        return [((fields[name],), value) for name, value in wanted.items() if name in fields and value]
    block = BLOCKS.get(document.keeper, ())
    changes: list[Change] = [(("revision",), label), (("reason", "zh"), reason.zh), (("reason", "en"), reason.en)]
    changes += [(("effective",), effective)] if effective else []
    return [((*block, *steps), value) for steps, value in changes]


def _changed(content: bytes, steps: tuple[str, ...], value: str, *, is_markdown: bool) -> bytes:
    if is_markdown:
        head, fence, body = content.removeprefix(FENCE).partition(b"\n" + FENCE)
        return FENCE + _put(head + b"\n", steps, value).removesuffix(b"\n") + fence + body
    return _put(content, steps, value)


def _put(content: bytes, steps: tuple[str, ...], value: str) -> bytes:
    """The value in its place, which is made where it is not there yet."""
    if _is_there(content, steps):
        return yamlfile.set_value(content, steps, value)
    *above, key = steps
    if above and not _is_there(content, tuple(above)):
        return yamlfile.insert(content, above[:-1], above[-1], f"{{{key}: {yamlfile.quoted(value)}}}")
    return yamlfile.insert(content, above, key, yamlfile.quoted(value))


def _is_there(content: bytes, steps: tuple[str, ...]) -> bool:
    source, _ = yamlfile.load(content, "")
    value: Any = source.values if source else {}
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value is not None
