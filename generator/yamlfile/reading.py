"""The strict reader: YAML text becomes values as written, their places, or findings that say what to write instead."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any, TypeAlias

from yaml.cyaml import CBaseLoader
from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent
from yaml.reader import ReaderError

from generator.model import Finding, Source
from generator.terms import Text
from generator.terms import yaml as words

LARGEST, DEEPEST, MOST, MOST_SHOWN = 1 << 20, 32, 100_000, 50
INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
FORBIDDEN = re.compile(f"[{INVISIBLE}]")
FORBIDDEN_RAW = re.compile(f"[\t{INVISIBLE}]")
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r]|$)", re.MULTILINE)
HASH = re.compile(r"(?<![\n ]) +#(?![\s#])")
SIGN, BEFORE = re.compile("[&!]"), frozenset(("", *" \n[{,:"))
CONSTANTS: dict[str, Any] = {"": None, "null": None, "~": None, "true": True, "false": False}
FAULTS: tuple[
    tuple[str, str, Text, bool], ...
] = (  # what libyaml says, what we say, and whether its first mark is the one to look at
    ("nesting depth", "yaml.depth", words.DEPTH.format(limit=DEEPEST), False),  # libyaml 0.2.6 stops at 1,000 itself
    ("directive", "yaml.directive", words.DIRECTIVE, True),
    ("anchor|alias", "yaml.anchor", words.ANCHOR, True),
    (r"\btag\b", "yaml.tag", words.TAG, True),
    ("escape c|hexdec", "yaml.escape", words.ESCAPE, False),
    ("quoted scalar", "yaml.quote", words.QUOTE, True),
    ("simple key", "yaml.colon", words.NO_COLON, True),
    ("mapping values", "yaml.colon", words.COLON, False),
    ("cannot start any token", "yaml.start", words.START, False),
    (r"flow (?:mapping|sequence|node)|',' or", "yaml.bracket", words.BRACKET, False),
    ("block scalar|block sequence entries", "yaml.start", words.START, False),
    ("block|<document start>", "yaml.indent", words.INDENT, False),
    ("", "yaml.syntax", words.SYNTAX, False),
)
Marks: TypeAlias = tuple[int, int, int, int, bool, Any]
"""(key line, key column, line, column, is plain, children), lines and columns from 0 in characters; the key's are -1
where there is none; children are a dict of Marks by key, a list of Marks, or None for a scalar."""
NOWHERE: Marks = (-1, -1, 0, 0, False, None)


class _Fault(Exception):  # noqa: N818 - ends the reading of one file and never leaves this module
    def __init__(self, line: int, column: int, rule: str, text: Text) -> None:
        super().__init__(rule)
        self.line, self.column, self.rule, self.text = line + 1, column + 1, rule, text


def load(content: bytes, path: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """What the file says, or the findings that keep it from being read; an empty file says None."""
    try:
        text = _decoded(content)
        values, marks, doubled = _parsed(content, text)
    except _Fault as fault:
        return None, (Finding(path, fault.line, fault.column, fault.rule, fault.text),)
    if doubled:
        return None, tuple(Finding(path, each.line, each.column, each.rule, each.text) for each in doubled[:MOST_SHOWN])
    return Source(path, values, marks), ()


@cache
def scalar(text: str) -> str:
    """What stands after `key: ` on one line: the value, without quotes and without the comment behind it."""
    source, _ = load(text.encode("utf-8", "surrogateescape"), "")
    return "" if source is None or source.values is None else str(source.values)


def characters(content: bytes, path: str) -> tuple[Finding, ...]:
    """What is wrong with a text file of ours before it is parsed: encoding, invisible signs, merge conflicts."""
    try:
        _decoded(content)
    except _Fault as fault:
        return (Finding(path, fault.line, fault.column, fault.rule, fault.text),)
    return ()


class LaterMarks:
    """The marks of a file that reads well, found only where somebody asks for a place in it: few ever do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getitem__(self, index: int) -> Any:
        return self._marks[index]

    @cached_property
    def _marks(self) -> Marks:
        content = self._path.read_bytes() if self._path.is_file() else b""
        source, _ = load(content, "")
        return source.marks if source is not None else NOWHERE


def place(marks: Marks, steps: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of the value at the end of the steps, or of its key; else of the nearest that exists."""
    found, is_whole = walked(marks, steps)
    if key and is_whole and found[0] >= 0:
        return found[0] + 1, found[1] + 1
    return found[2] + 1, found[3] + 1


def is_plain(marks: Marks, steps: Sequence[str | int]) -> bool:
    """Whether the scalar at the end of the steps was written without quotes."""
    found, is_whole = walked(marks, steps)
    return is_whole and found[4]


def walked(marks: Marks, steps: Sequence[str | int]) -> tuple[Marks, bool]:
    """The marks at the end of the steps, or as far as they go; and whether they go all the way."""
    for step in steps:
        children = marks[5]
        is_key = isinstance(children, dict) and step in children
        if not is_key and not (isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children)):
            return marks, False
        marks = children[step]
    return marks, True


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _Fault(0, 0, "yaml.size", words.SIZE)
    if content.startswith(codecs.BOM_UTF8):
        raise _Fault(0, 0, "yaml.bom", words.BOM)
    if b"\0" in content[:2]:
        raise _Fault(0, 0, "yaml.encoding", words.ENCODING)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        head = content[: error.start]
        column = len(head[head.rfind(b"\n") + 1 :].decode("utf-8"))
        raise _Fault(head.count(b"\n"), column, "yaml.encoding", words.ENCODING) from error
    found = CONFLICT.search(text) if "<<<<<<<" in text or "=======" in text or ">>>>>>>" in text else None
    if found:
        raise _Fault(*_position(text, found.start()), "yaml.conflict", words.CONFLICT)
    found = None if text.replace("\n", "").isprintable() else FORBIDDEN_RAW.search(text)
    if found:
        said = {"\r": ("yaml.return", words.RETURN), "\t": ("yaml.tab", words.TAB)}
        rule, message = said.get(found[0], ("yaml.character", words.CHARACTER))
        raise _Fault(*_position(text, found.start()), rule, message.format(code=f"U+{ord(found[0]):04X}"))
    return text


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1


def _parsed(content: bytes, text: str) -> tuple[Any, Marks, list[_Fault]]:
    parser = CBaseLoader(content)
    try:
        return _document(parser, text)
    except MarkedYAMLError as error:
        said = f"{error.context}: {error.problem}"
        rule, message, is_first = next(each[1:] for each in FAULTS if re.search(each[0], said))
        mark: Any = (is_first and error.context_mark) or error.problem_mark or error.context_mark
        line, column = min((mark.line, mark.column), _position(text, len(text)))  # it counts a line more than there is
        raise _Fault(line, column, rule, message) from error
    except ReaderError as error:
        raise _Fault(0, 0, "yaml.encoding", words.ENCODING) from error
    finally:
        parser.dispose()


def _document(parser: Any, text: str) -> tuple[Any, Marks, list[_Fault]]:
    events = iter(parser.get_event, None)
    next(events)
    first = next(events)
    if type(first) is StreamEndEvent:
        return None, NOWHERE, []
    if first.version or first.tags:
        raise _Fault(first.start_mark.line, first.start_mark.column, "yaml.directive", words.DIRECTIVE)
    reader = _Reader(islice(events, MOST), text, _signs(text), _hashes(text), has_escapes="\\" in text)
    values, marks = reader.node(next(events), 0, -1, -1)
    next(events)
    after = next(events)
    if type(after) is not StreamEndEvent:
        raise _Fault(after.start_mark.line, after.start_mark.column, "yaml.documents", words.DOCUMENTS)
    return values, marks, reader.doubled


def _signs(text: str) -> frozenset[int]:
    """Where a node would be an anchor or a tag; even a lone ! counts, of which the parser keeps no trace."""
    if "&" not in text and "!" not in text:
        return frozenset()
    return frozenset(
        found.start() for found in SIGN.finditer(text) if text[found.start() - 1 : found.start()] in BEFORE
    )


def _hashes(text: str) -> frozenset[int]:
    """Where a value would end before a # that looks like text (3 #机, 油石 #400): what follows would be lost."""
    return frozenset(found.start() for found in HASH.finditer(text)) if " #" in text else frozenset()


@dataclass(slots=True)
class _Reader:
    """Turns the parser's events into values and marks, a node at a time."""

    events: Iterator[Any]
    text: str
    signs: frozenset[int]
    hashes: frozenset[int]
    has_escapes: bool
    doubled: list[_Fault] = field(default_factory=list)

    def node(self, event: Any, depth: int, key_line: int, key_column: int) -> tuple[Any, Marks]:
        start = event.start_mark
        if self.signs and start.index in self.signs:
            self._refuse(start)
        if type(event) is ScalarEvent:
            value, plain = event.value, event.implicit[0]
            end: Any = event.end_mark
            if self.hashes and end.index in self.hashes:
                self._lost(end)
            if plain:
                value = CONSTANTS.get(value, value)
            elif self.has_escapes and FORBIDDEN.search(value):
                raise _Fault(start.line, start.column, "yaml.escape", words.ESCAPE)
            return value, (key_line, key_column, start.line, start.column, plain, None)
        if type(event) is AliasEvent:
            raise _Fault(start.line, start.column, "yaml.anchor", words.ANCHOR)
        if depth == DEEPEST:
            raise _Fault(start.line, start.column, "yaml.depth", words.DEPTH.format(limit=DEEPEST))
        read = self._mapping if type(event) is MappingStartEvent else self._sequence
        values, children = read(depth + 1)
        return values, (key_line, key_column, start.line, start.column, False, children)

    def _mapping(self, depth: int) -> tuple[Any, Any]:
        values: dict[str, Any] = {}
        children: dict[str, Marks] = {}
        events, node, signs = self.events, self.node, self.signs
        for event in events:
            start = event.start_mark
            if type(event) is MappingEndEvent:
                return values, children
            if signs and start.index in signs:
                self._refuse(start)
            if type(event) is not ScalarEvent:
                rule, text = ("anchor", words.ANCHOR) if type(event) is AliasEvent else ("key", words.KEY.format())
                raise _Fault(start.line, start.column, f"yaml.{rule}", text)
            key: str = intern(event.value)  # records have the same few hundred keys
            if self.has_escapes and FORBIDDEN.search(key):
                raise _Fault(start.line, start.column, "yaml.escape", words.ESCAPE)
            if key in values:
                text = words.TWICE.format(key=key, line=children[key][0] + 1)
                self.doubled.append(_Fault(start.line, start.column, "yaml.twice", text))
            values[key], children[key] = node(next(events, event), depth, start.line, start.column)
        raise _Fault(0, 0, "yaml.nodes", words.NODES.format(limit=MOST))

    def _sequence(self, depth: int) -> tuple[Any, Any]:
        values: list[Any] = []
        children: list[Marks] = []
        events, node = self.events, self.node
        for event in events:
            if type(event) is SequenceEndEvent:
                return values, children
            value, mark = node(event, depth, -1, -1)
            values.append(value)
            children.append(mark)
        raise _Fault(0, 0, "yaml.nodes", words.NODES.format(limit=MOST))

    def _refuse(self, start: Any) -> None:
        is_tag = self.text[start.index] == "!"
        rule, text = ("yaml.tag", words.TAG) if is_tag else ("yaml.anchor", words.ANCHOR)
        raise _Fault(start.line, start.column, rule, text)

    def _lost(self, end: Any) -> None:
        column = self.text.index("#", end.index) - end.index + end.column
        self.doubled.append(_Fault(end.line, column, "yaml.hash", words.HASH.format()))
