"""Which tags a template may use: names, loops over rows and conditions on names; nothing that runs or never ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.model import Finding
from generator.package import TemplateFault
from generator.terms import word as words

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)
MARKUP = re.compile(r"<[^>]*>")


def refused(environment: Environment, xml: str, path: str, part: str) -> nodes.Template:
    """The part's syntax tree, once everything in it is allowed.

    Raises:
        TemplateFault: a tag is wrong, or is of a kind that could run code or never end.
    """
    try:
        tree = environment.parse(xml)
    except TemplateSyntaxError as error:
        text = words.SYNTAX.format(part=_place(part), reason=MARKUP.sub("", str(error.message)))
        raise TemplateFault((Finding(path, 1, 1, "template.syntax", text),)) from error
    findings = tuple(_faults(tree, path, _place(part), depth=0))
    if findings:
        raise TemplateFault(findings)
    return tree


def _faults(node: nodes.Node, path: str, part: str, *, depth: int) -> Iterator[Finding]:
    for child in node.iter_child_nodes():
        is_loop = isinstance(child, nodes.For)
        if not isinstance(child, ALLOWED) or (is_loop and not _is_plain_loop(child)):
            text = words.FORBIDDEN.format(part=part, construct=type(child).__name__)
            yield Finding(path, 1, 1, "template.forbidden", text)
        elif is_loop and depth:
            yield Finding(path, 1, 1, "template.nested", words.NESTED.format(part=part))
        else:
            yield from _faults(child, path, part, depth=depth + is_loop)


def _is_plain_loop(loop: nodes.Node) -> bool:
    return (
        isinstance(loop, nodes.For)
        and isinstance(loop.target, nodes.Name)
        and isinstance(loop.iter, nodes.Name | nodes.Getattr)
        and not loop.recursive
        and loop.test is None
    )


def names_of(tree: nodes.Node) -> frozenset[str]:
    """The dotted names of all tags; a loop's variable stands for its table, `row.item` in `items` is `items.item`."""
    return frozenset(_names(tree, {}))


def _names(node: nodes.Node, tables: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        table = _dotted(node.iter, tables)
        yield table
        for child in (*node.body, *node.else_):
            yield from _names(child, {**tables, node.target.name: table})
    elif isinstance(node, nodes.Name | nodes.Getattr):
        yield _dotted(node, tables)
    else:
        for child in node.iter_child_nodes():
            yield from _names(child, tables)


def _dotted(node: nodes.Node, tables: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node, tables)}.{node.attr}"
    return tables.get(node.name, node.name) if isinstance(node, nodes.Name) else "?"


def _place(part: str) -> str:
    return part.removeprefix("word/").removesuffix(".xml")
