"""Changes to a YAML file that touch nothing but their place, each read again before it is handed back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import yaml
from yaml.cyaml import CSafeLoader
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from generator.errors import GeneratorError
from generator.model import Source
from generator.terms import Text
from generator.terms import yaml as words
from generator.yamlfile.reading import FORBIDDEN, load, walked

NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
DISPUTED = re.compile(  # plain, other readers of YAML take these for numbers, times or yes and no
    r"[-+]?0[xob]\w+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[-+]?[0-9._]+(?:e[-+]?[0-9]+)?"
    r"|y|n|yes|no|on|off|true|false|null",
    re.IGNORECASE,
)
UNSAFE = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`<=.~+ ]|.*(?::[ ?]|:$| $| #|[,\[\]{}])""")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
BLOCK = ("|", ">")
LAST_OF_PLANE = 0xFFFF


def quoted(text: str) -> str:
    """Text as one line of YAML that `load` reads back as exactly that text.

    Numerals and dates stay plain, because number fields want them so; what other readers of YAML would take for
    something else (007, no, 12:30) is put in quotes.
    """
    is_safe = text.isprintable() and not UNSAFE.match(text) and not DISPUTED.fullmatch(text)
    return text if text and (is_safe or NUMERAL.fullmatch(text)) else in_quotes(text)


def insert(content: bytes, steps: Sequence[str | int], key: str, yaml_lines: str) -> bytes:
    """The file with `key` at the end of the mapping at the steps; its value is given as YAML without an indent."""
    text, source = opened(content)
    added, lines = _value(yaml_lines), yaml_lines.strip("\n").split("\n")
    root = composed(yaml_lines)
    is_block = isinstance(root, CollectionNode) and not root.flow_style
    first = [f"{quoted(key)}:", f"  {lines[0]}"] if is_block else [f"{quoted(key)}: {lines[0]}".rstrip()]

    def grown(old: Any) -> dict[str, Any]:
        if not isinstance(old, dict | None):
            raise GeneratorError(words.NO_ROOM.format(place=named(steps)))
        if key in (old or {}):
            raise GeneratorError(words.KEY_THERE.format(place=named(steps), key=key))
        return {**(old or {}), key: added}

    expected = _expected(source, steps, grown)
    return first_right(_grown(text, source, steps, lines=[*first, *_indented(lines[1:], 2)]), expected, steps)


def append(content: bytes, steps: Sequence[str | int], yaml_lines: str) -> bytes:
    """The file with one more item in the list at the steps, which may be empty or not there yet."""
    text, source = opened(content)
    first, *rest = yaml_lines.strip("\n").split("\n")
    lines = [f"- {first}".rstrip(), *_indented(rest, 2)]
    if steps and isinstance(steps[-1], str) and not walked(source.marks, steps)[1]:
        return insert(content, steps[:-1], steps[-1], "\n".join(lines))
    added = _value(yaml_lines)

    def grown(old: Any) -> list[Any]:
        if not isinstance(old, list | None):
            raise GeneratorError(words.NO_ROOM.format(place=named(steps)))
        return [*(old or ()), added]

    expected = _expected(source, steps, grown)
    return first_right(_grown(text, source, steps, lines=lines), expected, steps)


def in_quotes(text: str) -> str:
    """The same, always in quotes."""
    return '"' + "".join(ESCAPES.get(each) or _escaped(each) for each in text) + '"'


def _escaped(character: str) -> str:
    if not FORBIDDEN.match(character):
        return character
    code = ord(character)
    return f"\\U{code:08X}" if code > LAST_OF_PLANE else f"\\u{code:04X}"


def opened(content: bytes) -> tuple[str, Source]:
    """A file's text and what it says. Raises GeneratorError where it cannot be read."""
    source, findings = load(content, "")
    if source is None:
        finding = min(findings, key=lambda each: each.line)
        raise GeneratorError(words.UNREADABLE.format(line=finding.line, reason=finding.message))
    return content.decode(), source


def _value(yaml_lines: str) -> Any:
    return opened((yaml_lines.strip("\n") + "\n").encode("utf-8", "surrogatepass"))[1].values


def composed(text: str) -> Any:
    """The nodes of a file with their exact starts and ends, which marks do not keep; None where it has no value."""
    return yaml.compose(text, Loader=CSafeLoader)


def node_at(node: Any, steps: Sequence[str | int]) -> Any:
    """The node at the end of the steps."""
    for step in steps:
        children = {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else node.value
        node = children[step]
    return node


def end_of(text: str, node: Node) -> int:
    """Where the node's last character stands; the parser counts the blank lines after a block scalar as part of it."""
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, ScalarNode) or node.style not in BLOCK:
        return int(end)
    header = text[start:end].partition("\n")[0].partition("#")[0]
    return end - 1 if "+" in header and text[end - 1] == "\n" else start + len(text[start:end].rstrip())


def _expected(source: Source, steps: Sequence[str | int], change: Callable[[Any], Any]) -> Any:
    if not walked(source.marks, steps)[1]:
        raise GeneratorError(words.NO_PLACE.format(place=named(steps)))
    return replaced(source.values, steps, change)


def replaced(values: Any, steps: Sequence[str | int], change: Callable[[Any], Any]) -> Any:
    """A copy of the values with what stands at the steps changed."""
    if not steps:
        return change(values)
    copy = values.copy()
    copy[steps[0]] = replaced(values[steps[0]], steps[1:], change)
    return copy


def _grown(text: str, source: Source, steps: Sequence[str | int], *, lines: list[str]) -> Iterator[str]:
    """The ways to add lines at the end of a mapping or list, best first."""
    node = node_at(composed(text), steps)
    if node is None:
        yield _with_lines(text, len(text.rstrip()), lines)
        return
    start, end, children = node.start_mark.index, node.end_mark.index, node.value
    if isinstance(node, CollectionNode) and children:
        last = children[-1][1] if isinstance(node, MappingNode) else children[-1]
        if not node.flow_style:
            yield _with_lines(text, last_end(text, last), _indented(lines, node.start_mark.column))
        elif len(lines) == 1:
            position = end_of(text, last)
            yield f"{text[:position]}, {lines[0].removeprefix('- ')}{text[position:]}"
        return
    head = text[:start].rstrip(" " if start < end else None)
    yield _with_lines(
        (head if start < end else text[:start]) + text[end:], len(head), _indented(lines, _column(source, steps))
    )
    if len(lines) == 1:
        yield text[: start + 1] + lines[0].removeprefix("- ") + text[start + 1 :]


def last_end(text: str, node: Node) -> int:
    """The same for a block: where the last thing in it ends."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return end_of(text, node)


def _column(source: Source, steps: Sequence[str | int]) -> int:
    """The column of what stands inside the value at the steps when it gets its first entry."""
    if not steps:
        return 0
    key_column = walked(source.marks, steps)[0][1]
    return 2 + (key_column if key_column >= 0 else walked(source.marks, steps[:-1])[0][3])


def _with_lines(text: str, index: int, lines: Sequence[str]) -> str:
    position = text.find("\n", index)
    head, tail = (text[:position], text[position:]) if position >= 0 else (text, "\n")
    return head + ("\n" if head else "") + "\n".join(lines) + tail


def _indented(lines: Sequence[str], column: int) -> list[str]:
    return [" " * column + line if line else line for line in lines]


def first_right(candidates: Iterable[str], expected: Any, steps: Sequence[str | int]) -> bytes:
    """The first of these files that says what is expected. Raises GeneratorError where none does."""
    for each in candidates:
        content = each.encode("utf-8", "surrogatepass")
        source, _ = load(content, "")
        if source is not None and source.values == expected:
            return content
    raise GeneratorError(words.NOT_CHANGED.format(place=named(steps)))


def named(steps: Sequence[str | int]) -> str | Text:
    """Steps as people are told of them."""
    return ".".join(str(step) for step in steps) or words.TOP
