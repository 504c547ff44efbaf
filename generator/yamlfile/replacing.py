"""Values of a YAML file replaced where they stand: the file is read twice, however many there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from yaml.nodes import CollectionNode, MappingNode, ScalarNode

from generator.errors import GeneratorError
from generator.terms import yaml as words
from generator.yamlfile import writing
from generator.yamlfile.reading import walked

COMMENT = re.compile(" +#.*")
QUOTED = ("'", '"')
Steps: TypeAlias = tuple[str | int, ...]
Written: TypeAlias = str | bool | list[str] | None


def set_value(content: bytes, steps: Sequence[str | int], value: str | bool | None) -> bytes:  # noqa: FBT001 - a value of the file, no flag
    """The file with one scalar replaced; a value in quotes stays in quotes."""
    text, source = writing.opened(content)
    if not walked(source.marks, steps)[1]:
        raise GeneratorError(words.NO_PLACE.format(place=writing.named(steps)))
    if not isinstance(writing.node_at(writing.composed(text), steps), ScalarNode):
        raise GeneratorError(words.NOT_ONE_VALUE.format(place=writing.named(steps)))
    return put(content, {tuple(steps): value})


def put(content: bytes, values: Mapping[Steps, Written]) -> bytes:
    """The file with each of these values at its place; a key that is not there is added at the end of its mapping.

    Comments, order and all other values stay as they are.

    Raises:
        GeneratorError: there is no such place, or a mapping stands there.
    """
    text, source = writing.opened(content)
    there = {steps: value for steps, value in values.items() if walked(source.marks, steps)[1]}
    changed = _replaced(text, source.values, there) if there else content
    for steps, value in values.items():
        if steps not in there and value is not None:
            changed = writing.insert(changed, steps[:-1], str(steps[-1]), as_line(value))
    return changed


def as_line(value: str | bool | list[str], *, is_text: bool = False) -> str:  # noqa: FBT001 - a value of the file, no flag
    """A value as one line of YAML; where it `is_text`, what looks like a number stands in quotes."""
    if isinstance(value, list):
        return f"[{', '.join(as_line(each, is_text=is_text) for each in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    is_disguised = is_text and writing.NUMERAL.fullmatch(value)
    return writing.in_quotes(value) if is_disguised else writing.quoted(value)


def _replaced(text: str, values: Any, wanted: Mapping[Steps, Written]) -> bytes:
    root, expected = writing.composed(text), values
    nodes = [(writing.node_at(root, steps), steps, value) for steps, value in wanted.items()]
    for node, steps, value in sorted(nodes, key=lambda each: -each[0].start_mark.index):
        expected = writing.replaced(expected, steps, _always(value))
        start, end = node.start_mark.index, _end(text, node, steps)
        text = text[:start] + _glue(text, start, end) + _written(value, node, text[start:end]) + text[end:]
    return writing.first_right([text], expected, next(iter(wanted)))


def _always(value: Written) -> Callable[[Any], Written]:
    return lambda _: value


def _end(text: str, node: Any, steps: Steps) -> int:
    if isinstance(node, MappingNode):
        raise GeneratorError(words.NOT_ONE_VALUE.format(place=writing.named(steps)))
    is_block = isinstance(node, CollectionNode) and not node.flow_style
    return writing.last_end(text, node) if is_block else writing.end_of(text, node)


def _glue(text: str, start: int, end: int) -> str:
    """What must stand before a value where there was none: `key:` lacks a blank, `{key}` a colon too."""
    head = text[:start].rstrip()
    if start < end or not head:
        return ""
    if head.endswith((":", "-", "?")):
        return " " if len(head) == start else ""
    return ": "


def _written(value: Written, node: Any, old: str) -> str:
    if isinstance(value, list):
        return _listed(value, node)
    if not isinstance(value, str):
        written = "null" if value is None else as_line(value)
    else:
        is_quoted = isinstance(node, ScalarNode) and node.style in QUOTED
        written = writing.in_quotes(value) if is_quoted else writing.quoted(value)
    is_block = isinstance(node, ScalarNode) and node.style in writing.BLOCK
    comment = COMMENT.search(old.partition("\n")[0]) if is_block else None
    return written + comment[0] if comment else written


def _listed(value: list[str], node: Any) -> str:
    """A list as the one before it was written: a line for each, or all on one line."""
    if not value or isinstance(node, ScalarNode) or node.flow_style:
        return as_line(value)
    indent = " " * node.start_mark.column
    return f"\n{indent}".join(f"- {as_line(each)}" for each in value)
