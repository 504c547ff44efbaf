"""The text of a procedure as it stands in Markdown, read as blocks: headings, paragraphs, lists, tables, charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from generator.booklet_parts import HAN, WIDE, Run, Runs, plain
from generator.terms import Language

UNDERSTOOD = ("heading", "list", "table", "fence", "emphasis", "backticks", "escape", "entity", "newline", "text_join")
"""What has a look of its own in print; all else of Markdown is printed as it was typed."""
BULLETS = ("•", "–")
FLOW = "flow"
"""What stands behind the fence of a flow chart; inside is the key of a form."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text, of a `kind` that Markdown names; `marker` where it belongs to a list, read from `line`."""

    kind: str
    runs: Runs = ()
    level: int = 0
    marker: str = ""
    line: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()


def blocks(body: str) -> Iterator[Block]:
    """The blocks of a text, in order."""
    return _blocks(_tree(body))


def headings(body: str) -> tuple[tuple[int, str], ...]:
    """The headings of a procedure's text as written, each with its level: 2 for `##`."""
    return tuple((each.level, plain(each.runs)) for each in blocks(body) if each.kind == "heading")


def tongue(block: Block) -> Language:
    """Which language a paragraph is written in; BOTH for what is neither, and for what holds both side by side."""
    text = plain(block.runs)
    if block.kind != "paragraph" or not any(map(str.isalpha, text)):
        return Language.BOTH
    return Language.ZH if HAN.search(text) else Language.EN


def _tree(body: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("zero").enable(list(UNDERSTOOD)).parse(body))


def _blocks(node: SyntaxTreeNode, **entry: Any) -> Iterator[Block]:
    for child in node.children:
        if child.type == "heading":
            yield Block(child.type, _runs(child), int(child.tag[1:]))
        elif child.type == "table":
            rows = (row for part in child.children for row in part.children)
            yield Block(child.type, rows=tuple(tuple(map(_runs, row.children)) for row in rows))
        elif child.type == "fence" and child.info.strip() == FLOW:
            yield Block(FLOW, (Run(child.content.strip()),))
        elif child.type == "fence":
            yield Block(child.type, (Run(f"{child.markup}{child.info}\n{child.content}{child.markup}"),))
        elif child.type in {"bullet_list", "ordered_list"}:
            yield from _entries(child, entry.get("level", 0) + 1)
        else:
            yield Block(child.type, _runs(child), **entry)


def _entries(node: SyntaxTreeNode, level: int) -> Iterator[Block]:
    for child in node.children:
        bullet = BULLETS[min(level, len(BULLETS)) - 1]
        marker = f"{child.info}{child.markup}" if node.type == "ordered_list" else bullet
        yield from _blocks(child, level=level, marker=marker, line=child.map[0] if child.map else 0)


def _runs(node: SyntaxTreeNode) -> Runs:
    inline = [piece for each in node.children for piece in each.children]
    return tuple(run for run in _inline(inline, is_bold=False) if run.text)


def _inline(nodes: list[SyntaxTreeNode], *, is_bold: bool) -> Iterator[Run]:
    for position, node in enumerate(nodes):
        if node.type == "strong" and node.markup == "**":
            yield from _inline(node.children, is_bold=True)
        elif node.type in {"strong", "em"}:
            yield Run(node.markup, is_bold)
            yield from _inline(node.children, is_bold=is_bold)
            yield Run(node.markup, is_bold)
        elif node.type == "softbreak":
            yield Run(_joint(nodes[position - 1 : position], nodes[position + 1 : position + 2]), is_bold)
        elif node.type == "hardbreak":
            yield Run("\n", is_bold)
        else:
            yield Run(f"{node.markup}{node.content}{node.markup}", is_bold)


def _joint(before: list[SyntaxTreeNode], after: list[SyntaxTreeNode]) -> str:
    """Lines of Chinese are joined without a blank."""
    left = before[0].content[-1:] if before else ""
    right = after[0].content[:1] if after else ""
    return "" if WIDE.match(left) and WIDE.match(right) else " "
