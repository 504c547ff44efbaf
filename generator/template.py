"""The tags inside one part of a Word file: read against a short list of what is allowed, then compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import jinja2
from jinja2 import nodes

from generator.terms import Text, word

DEEPEST_LOOP = 3
LOOP = frozenset({"index", "index0", "first", "last", "length"})
RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})
ORDERINGS = frozenset({"gt", "gteq", "lt", "lteq"})
RAW_STATEMENT = word.STATEMENT.format(name="raw")
KEY = re.compile(r"[^\W_][\w-]*")
OPENING = re.compile(r"(?=\{[{%])")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
RAW = re.compile(r"\{%[-+]?\s*raw\b")
ELEMENT = re.compile(r"<(/?)([^\s<>/]+)[^<>]*?(/?)>")
ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""How docxtpl's users write braces that are meant to be printed."""

Path = tuple[str, ...]
"""The names of the XML elements that are open, from the root."""


class _CrossingError(Exception):
    """A statement whose body does not end on the level of the XML where it began."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of part takes text: where it may stand, and how it is written. The environment prints values."""

    holds: Callable[[Path], bool]
    text: Callable[[str], str]
    environment: jinja2.Environment


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a tag."""

    rule: str
    message: Text


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the template, ready to be printed; `names` are all it uses, `tables` those it loops over."""

    place: Text
    compiled: jinja2.Template
    names: frozenset[str]
    tables: frozenset[str]
    is_constant: bool


def read(xml: str, place: Text, words: Mapping[str, str], dialect: Dialect) -> Part | tuple[Fault, ...]:
    """The part that an XML text with whole tags is, or what is wrong with them."""
    source = OPENING.sub("\n", xml)  # one tag a line: so the line that Jinja names is the tag
    reader = _Reader(source.split("\n"), place, words, dialect)
    for raw in RAW.finditer(source):  # which Jinja would make text of before anyone sees it
        line = source.count("\n", 0, raw.start()) + 1
        reader.faults.append(reader.fault("template.forbidden", word.FORBIDDEN, line, what=RAW_STATEMENT))
    try:
        tree = dialect.environment.parse(source)
        is_constant = reader.whole(tree)
        if reader.faults:
            return tuple(reader.faults)
        compiled = dialect.environment.from_string(tree)
    except jinja2.TemplateSyntaxError as error:
        return (reader.fault("template.syntax", word.SYNTAX, error.lineno, reason=error.message),)
    except _CrossingError as error:
        return tuple(reader.faults) or (reader.fault("template.crossing", word.CROSSING, error.line),)
    except (RecursionError, SyntaxError, MemoryError):  # Python's ways of saying that it is nested too deeply
        return (Fault("template.deep", word.TOO_DEEP.format(part=place)),)
    return Part(place, compiled, frozenset(reader.names), frozenset(reader.tables), is_constant)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the loops around a tag are called and go over."""

    variables: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Walks a syntax tree once: refuses what is not on the list, notes the names, puts the words in."""

    lines: list[str]
    place: Text
    words: Mapping[str, str]
    dialect: Dialect
    names: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def whole(self, tree: nodes.Template) -> bool:
        """Read everything; whether nothing is left that differs from sheet to sheet."""
        self.block(tree.body, _Scope(), ())
        return all(
            isinstance(child, nodes.TemplateData)
            for node in tree.body
            for child in (node.nodes if isinstance(node, nodes.Output) else [node])
        )

    def block(self, body: list[nodes.Node], scope: _Scope, path: Path) -> Path:
        for node in body:
            match node:
                case nodes.Output():
                    path = self.output(node, scope, path)
                case nodes.For():
                    self.loop(node, scope, path)
                case nodes.If():
                    self.choice(node, scope, path)
                case _:
                    self.forbid(node, word.STATEMENT.format(name=_keyword(self.tag(_line(node)))))
        return path

    def level(self, body: list[nodes.Node], scope: _Scope, path: Path, line: int) -> None:
        if self.block(body, scope, path) != path:
            raise _CrossingError(line)

    def output(self, node: nodes.Output, scope: _Scope, path: Path) -> Path:
        made: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                path = self.through(child, path)
                made.append(child)
                continue
            if not self.dialect.holds(path):
                self.faults.append(self.fault("template.place", word.NO_TEXT_PLACE, child.lineno))
            made.append(self.printed(child, scope))
        node.nodes = made
        return path

    def through(self, data: nodes.TemplateData, path: Path) -> Path:
        """The path behind a piece of XML, which loses the line break that `read` put behind it."""
        text = data.data.removesuffix("\n")
        after = data.lineno + data.data.count("\n")
        for closing, name, empty in ELEMENT.findall(text):
            if closing and path[-1:] != (name,):
                raise _CrossingError(after)
            path = path[:-1] if closing else path if empty else (*path, name)
        if "<" in ELEMENT.sub("", text):
            self.faults.append(self.fault("template.place", word.NO_TEXT_PLACE, after))
        for written, meant in ESCAPES.items():
            text = text.replace(written, meant)
        data.data = text
        return path

    def printed(self, node: nodes.Expr, scope: _Scope) -> nodes.Expr:
        if isinstance(node, nodes.Not | nodes.And | nodes.Or | nodes.Compare):
            self.forbid(node, word.PRINTED_TEST)
        made = self.expression(node, scope)
        return nodes.TemplateData(self.dialect.text(str(made.value))) if isinstance(made, nodes.Const) else made

    def choice(self, node: nodes.If, scope: _Scope, path: Path) -> None:
        if not isinstance(node.test, nodes.Expr):
            raise TypeError(node.test)
        node.test = self.expression(node.test, scope)
        self.level(node.body, scope, path, node.lineno)
        for other in node.elif_:
            self.choice(other, scope, path)
        self.level(node.else_, scope, path, node.lineno)

    def loop(self, node: nodes.For, scope: _Scope, path: Path) -> None:
        keys = _keys(node.iter)
        if keys is None or not isinstance(node.iter, nodes.Expr) or not isinstance(node.target, nodes.Name):
            self.forbid(node, word.LOOP_OVER)
            return
        table = _resolved(keys, scope)
        if node.test or node.recursive:
            self.forbid(node, word.LOOP_EXTRAS)
        if table in scope.tables:
            self.forbid(node, word.LOOP_AGAIN)
        if len(scope.tables) == DEEPEST_LOOP:
            self.forbid(node, word.LOOP_DEEP.format(limit=DEEPEST_LOOP))
        if keys[0] not in scope.variables:
            self.tables.add(table)
        node.iter = self.expression(node.iter, scope)
        self.expression(nodes.Name(node.target.name, "load", lineno=node.lineno), _Scope({node.target.name: table}))
        inner = _Scope({**scope.variables, node.target.name: table}, (*scope.tables, table))
        self.level(node.body, inner, path, node.lineno)
        self.level(node.else_, scope, path, node.lineno)

    def expression(self, node: nodes.Expr, scope: _Scope) -> nodes.Expr:
        """The expression, if it is allowed, with the words for their names."""
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self.dotted(node, scope)
            case nodes.Const(value=str() | int()):
                return node
            case nodes.Not():
                node.node = self.expression(node.node, scope)
            case nodes.And() | nodes.Or():
                node.left, node.right = self.expression(node.left, scope), self.expression(node.right, scope)
            case nodes.Compare() if _is_comparable(node):
                node.expr = self.expression(node.expr, scope)
                for operand in node.ops:
                    operand.expr = self.expression(operand.expr, scope)
            case nodes.Filter(node=nodes.Expr() as inner, name="upper" | "lower" | "length", args=[], kwargs=[]):
                node.node = self.expression(inner, scope)
            case _:
                self.forbid(node, _what(node))
        return node

    def dotted(self, node: nodes.Expr, scope: _Scope) -> nodes.Expr:
        keys = _keys(node)
        if keys is None:
            self.forbid(node, _what(node))
            return node
        bad = next((key for key in keys if key in RESERVED or not KEY.fullmatch(key)), None)
        if bad is not None:
            self.forbid(node, word.INNER_NAME.format(name=bad))
        if scope.tables and keys[0] == "loop" and keys[1:] and keys[1] in LOOP:
            return node
        name = _resolved(keys, scope)
        self.names.add(name)
        if name in self.words and keys[0] not in scope.variables:
            return nodes.Const(self.words[name], lineno=node.lineno)
        return node

    def forbid(self, node: nodes.Node, what: Text) -> None:
        self.faults.append(self.fault("template.forbidden", word.FORBIDDEN, _line(node), what=what))

    def fault(self, rule: str, message: Text, line: int, **values: object) -> Fault:
        return Fault(rule, message.format(part=self.place, tag=self.tag(line), **values))

    def tag(self, line: int) -> str:
        """The tag that stands on a line of the source; one that is not closed ends where its XML does."""
        text = self.lines[min(line, len(self.lines)) - 1]
        found = JINJA.match(text)
        return found.group() if found else ELEMENT.sub("", text)[:60]


def _keys(node: nodes.Node) -> tuple[str, ...] | None:
    """`sign.prepared.name` or `row['name']` as its keys."""
    match node:
        case nodes.Name(name=str() as name):
            return (name,)
        case nodes.Getattr(attr=str() as key) | nodes.Getitem(arg=nodes.Const(value=str() as key)):
            before = _keys(node.node)
            return None if before is None else (*before, key)
    return None


def _resolved(keys: tuple[str, ...], scope: _Scope) -> str:
    return ".".join((scope.variables.get(keys[0], keys[0]), *keys[1:]))


def _is_comparable(node: nodes.Compare) -> bool:
    """Anything may be equal to anything or among `print.push`; only numbers are smaller or larger: no sheet fails."""
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    return all(
        operand.op in {"eq", "ne"}
        or (operand.op == "in" and _keys(operand.expr) == ("print", "push"))
        or (operand.op in ORDERINGS and all(map(_is_number, sides)))
        for operand in node.ops
    )


def _is_number(node: nodes.Expr) -> bool:
    match node:
        case nodes.Const(value=int()) | nodes.Filter(name="length") | nodes.Getattr(node=nodes.Name(name="loop")):
            return True
    return False


def _line(node: nodes.Node) -> int:
    """The line of a node, or of what is in it: Jinja gives none to some statements."""
    return node.lineno or next(map(_line, node.iter_child_nodes()), 1)


def _keyword(tag: str) -> str:
    return "".join(re.findall(r"\{%[-+]?\s*(\w+)", tag)[:1])


def _what(node: nodes.Expr) -> Text:
    match node:
        case nodes.Call():
            return word.CALL
        case nodes.Filter():
            return word.FILTER.format(name=node.name)
        case nodes.Const():
            return word.CONSTANT.format(name=node.value)
        case nodes.BinExpr() | nodes.UnaryExpr():
            return word.ARITHMETIC
    return word.EXPRESSION.format(name=type(node).__name__)
