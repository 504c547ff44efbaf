"""YAML as people write it: a strict reader that knows where everything stands and keeps values as written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import yaml
from yaml.cyaml import CParser
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from generator.model import Finding, Source
from generator.terms import Text
from generator.terms import yaml as words

LARGEST, DEEPEST, MOST = 1 << 20, 32, 50_000
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
PLAIN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff](?:[A-Za-z0-9\u4e00-\u9fff._/+()-]|:(?! )| (?! *#))*")
CHARACTERS = (
    (CONFLICT, "yaml.conflict", words.CONFLICT),
    (re.compile("\r"), "yaml.return", words.RETURN),
    (re.compile("\t"), "yaml.tab", words.TAB),
    (FORBIDDEN, "yaml.character", words.CHARACTER),
)
CONSTANTS = {"": None, "null": None, "~": None, "true": True, "false": False}


Marks: TypeAlias = tuple[Any, ...]
"""(key line, key column, line, column, is plain, children): counted from 0; the key's are -1 where there is no key;
children is a dict by key, a list, or None for a scalar. A plain tuple, because one is made for every value read."""


class _Fault(Exception):  # noqa: N818  ends the reading of one file, never leaves this module
    def __init__(self, line: int, column: int, rule: str, text: Text) -> None:
        self.line, self.column, self.rule, self.text = line + 1, column + 1, rule, text


def load(content: bytes, path: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """What the file says, or the finding that keeps it from being read."""
    try:
        text = _decoded(content)
        values, marks = _built(content, text)
    except _Fault as fault:
        return None, (Finding(path, fault.line, fault.column, fault.rule, fault.text),)
    return Source(path, values, marks), ()


def place(marks: Marks, steps: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of the value at the end of the steps, or of its key; else of the nearest that exists."""
    found, whole = _walked(marks, steps)
    if key and whole and found[0] >= 0:
        return found[0] + 1, found[1] + 1
    return found[2] + 1, found[3] + 1


def is_plain(marks: Marks, steps: Sequence[str | int]) -> bool:
    """Whether the scalar at the end of the steps was written without quotes."""
    found, whole = _walked(marks, steps)
    return whole and bool(found[4])


def quoted(text: str) -> str:
    """Text as one line of YAML that is read back as exactly that text: plain where it can be, else in quotes."""
    if PLAIN.fullmatch(text) and text not in CONSTANTS and not text.endswith((":", " ")):
        return text
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(each, each) for each in text) + '"'


def _walked(marks: Marks, steps: Sequence[str | int]) -> tuple[Marks, bool]:
    for step in steps:
        children = marks[5]
        if isinstance(children, dict) and step in children:
            marks = children[step]
        elif isinstance(children, list) and isinstance(step, int) and step < len(children):
            marks = children[step]
        else:
            return marks, False
    return marks, True


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _Fault(0, 0, "yaml.size", words.SIZE)
    if content.startswith(codecs.BOM_UTF8):
        raise _Fault(0, 0, "yaml.bom", words.BOM)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        head = content[: error.start]
        column = len(head[head.rfind(b"\n") + 1 :].decode("utf-8"))
        raise _Fault(head.count(b"\n"), column, "yaml.encoding", words.ENCODING) from error
    for pattern, rule, said in CHARACTERS:
        found = pattern.search(text)
        if found:
            start = found.start()
            code = f"U+{ord(found[0][0]):04X}"
            column = start - text.rfind("\n", 0, start) - 1
            raise _Fault(text.count("\n", 0, start), column, rule, said.format(code=code))
    return text


def _built(content: bytes, text: str) -> tuple[Any, Marks]:
    parser = CParser(content)
    try:
        return _Builder(parser, has_escapes="\\" in text).document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise _Fault(line, column, "yaml.syntax", words.SYNTAX.format(reason=error.problem or "?")) from error
    except ReaderError as error:
        raise _Fault(0, 0, "yaml.encoding", words.ENCODING) from error
    finally:
        parser.dispose()


class _Builder:
    """Turns the parser's events into values and their marks in one flat loop."""

    def __init__(self, parser: Any, *, has_escapes: bool) -> None:
        self._parser = parser
        self._has_escapes = has_escapes

    def document(self) -> tuple[Any, Marks]:
        get = self._parser.get_event
        get()
        event = get()
        if type(event) is StreamEndEvent:
            return None, (-1, -1, 0, 0, False, None)
        if event.version or event.tags:
            raise _Fault(0, 0, "yaml.directive", words.DIRECTIVE)
        result = self._values()
        if type(get()) is not DocumentEndEvent or type(end := get()) is not StreamEndEvent:
            raise _Fault(end.start_mark.line, end.start_mark.column, "yaml.documents", words.DOCUMENTS)
        return result

    def _values(self) -> tuple[Any, Marks]:
        get = self._parser.get_event
        values: Any = []
        children: Any = []
        stack: list[tuple[Any, Any, tuple[str, int, int] | None]] = []
        key: tuple[str, int, int] | None = None
        wants_key = False
        count = 0
        while True:
            event = get()
            kind = type(event)
            count += 1
            if kind is ScalarEvent:
                start = event.start_mark
                line, column = start.line, start.column
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                value = event.value
                if wants_key:
                    if value in values:
                        first = children[value][0] + 1
                        raise _Fault(line, column, "yaml.twice", words.TWICE.format(key=value, line=first))
                    key = (value, line, column)
                    wants_key = False
                    continue
                plain = event.implicit[0]
                if plain:
                    if value in CONSTANTS:
                        value = CONSTANTS[value]
                elif self._has_escapes and FORBIDDEN.search(value):
                    raise _Fault(line, column, "yaml.character", words.CHARACTER.format(code="\\"))
                if key is not None:
                    values[key[0]] = value
                    children[key[0]] = (key[1], key[2], line, column, plain, None)
                    wants_key = True
                else:
                    values.append(value)
                    children.append((-1, -1, line, column, plain, None))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                start = event.start_mark
                if event.anchor is not None or event.tag is not None or wants_key or len(stack) >= DEEPEST:
                    self._refuse(event, wants_key=wants_key)
                inside: Any = {} if kind is MappingStartEvent else []
                marks: Any = {} if kind is MappingStartEvent else []
                if key is not None:
                    values[key[0]] = inside
                    children[key[0]] = (key[1], key[2], start.line, start.column, False, marks)
                else:
                    values.append(inside)
                    children.append((-1, -1, start.line, start.column, False, marks))
                stack.append((values, children, key))
                values, children, key = inside, marks, None
                wants_key = kind is MappingStartEvent
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                values, children, key = stack.pop()
                wants_key = key is not None
            else:
                self._refuse(event)
            if not stack and (values if type(values) is list else ()):
                return values[0], children[0]
            if count > MOST:
                raise _Fault(event.start_mark.line, 0, "yaml.nodes", words.NODES.format(limit=MOST))

    def _refuse(self, event: Any, *, wants_key: bool = False) -> None:
        line, column = event.start_mark.line, event.start_mark.column
        if type(event) is AliasEvent or event.anchor is not None:
            raise _Fault(line, column, "yaml.anchor", words.ANCHOR)
        if event.tag is not None:
            raise _Fault(line, column, "yaml.tag", words.TAG)
        if wants_key:
            raise _Fault(line, column, "yaml.key", words.KEY)
        raise _Fault(line, column, "yaml.depth", words.DEPTH.format(limit=DEEPEST))
