"""Conditions in CEL, the Common Expression Language: compiled once, given only what they read.

CEL has no loops without end and no way to files or to Python; the functions that an expression may call are those that
it is given.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from generator.terms import Text
from generator.terms import rules as words

sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))  # its command line takes a tenth of a second to load
cel = import_module("cel")
OWN = frozenset(
    {"size", "contains", "startsWith", "endsWith", "matches", "string", "int", "double", "bool", "min", "max"}
)
"""Functions that the language has itself."""
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
MACRO = re.compile(r"([a-z_][\w]*)?(\))?\.(?:all|exists|exists_one|filter|map)\(\s*([a-z_]\w*)\s*,")
WORD = re.compile(r"[a-z_]\w*")
PLACE = re.compile(r"<input>:1:(\d+): (?:Syntax error: )?(.*)")


class ExpressionError(Exception):
    """Text that is not an expression."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Expression:
    """A compiled condition: the names and functions that it reads, and `tables`, the table behind each macro's name."""

    text: str
    bare: str
    program: Any
    names: frozenset[str]
    functions: frozenset[str]
    tables: tuple[tuple[str, str], ...]
    words: frozenset[str]
    """Every name in it; of rows and other records nothing else need be given."""

    def columns(self, name: str) -> frozenset[str]:
        """What is read of a name, as in name.column."""
        return frozenset(re.findall(rf"(?<![\w.]){re.escape(name)}\.([a-z_]\w*)(?!\w*\()", self.bare))


@cache
def compiled(text: str) -> Expression:
    """The expression. Raises ExpressionError with the place of the mistake."""
    try:
        program = cel.compile(text)
    except ValueError as error:
        match = PLACE.search(str(error))
        reason = match[2] if match else str(error)
        raise ExpressionError(
            words.NOT_CEL.format(expression=text, column=int(match[1]) if match else 1, reason=reason)
        ) from None
    read = program.references()
    bare = QUOTED.sub(lambda match: "'" + "_" * (len(match[0]) - 2) + "'", text)
    macros = MACRO.findall(bare)
    inside = frozenset(name for _, _, name in macros)
    functions = frozenset(each for each in read["functions"] if re.fullmatch(r"[a-z]\w*", each, re.IGNORECASE)) - OWN
    return Expression(
        text=text,
        bare=bare,
        program=program,
        names=frozenset(read["variables"]) - inside,
        functions=functions,
        tables=tuple((table, name) for table, called, name in macros if table and not called),
        words=frozenset(WORD.findall(text)),
    )


Given = Callable[[str, frozenset[str]], Any]
"""Gives the value or function of a name, with no more columns and fields in it than these."""


def value(expression: Expression, name: Given, function: Given) -> Any:
    """What the expression gives with these names and functions; None where it compares something empty: undecided.

    Like a CHECK in SQL, an undecided condition neither holds nor fails.
    """
    words = expression.words
    given = {each: name(each, words) for each in expression.names}
    for each in expression.functions:
        given[each] = function(each, words)
    return _executed(expression, given, given)


class Reading:
    """Expressions that are answered from one reading of the same values, and what they read."""

    def __init__(self, read: Iterable[Expression]) -> None:
        self._by_text = {each.text: each for each in read}
        self._names = frozenset(name for each in self._by_text.values() for name in each.names)
        self._functions = frozenset(name for each in self._by_text.values() for name in each.functions)
        self._words = frozenset(word for each in self._by_text.values() for word in each.words)

    def answers(self, name: Given, function: Given) -> Callable[[str, Any], Any]:
        """Gives for a text what its expression gives, None for undecided; the second value where it reads more."""
        values = {each: name(each, self._words) for each in self._names}
        context = cel.Context(values, {each: function(each, self._words) for each in self._functions})
        found: dict[str, Any] = {}

        def answer(text: str, otherwise: Any) -> Any:
            if text in found:
                return found[text]
            expression = self._by_text.get(text)
            if expression is None:
                return otherwise
            found[text] = _executed(expression, context, values)
            return found[text]

        return answer


def _executed(expression: Expression, context: Any, read: Mapping[str, Any]) -> Any:
    try:
        return expression.program.execute(context)
    except (TypeError, KeyError, RuntimeError):
        if not expression.functions and all(_is_full(read[each]) for each in expression.names):
            raise  # what a function gives may be empty as well, so only without one the condition itself is at fault
        return None


def _is_full(given: Any) -> bool:
    if isinstance(given, list):
        return all(map(_is_full, given))
    if isinstance(given, dict):
        return all(map(_is_full, given.values()))
    return given is not None and not callable(given)
