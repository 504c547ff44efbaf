"""What the program says about one place in somebody's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from generator.terms import Text


class Severity(StrEnum):
    """ERROR keeps a sheet from being printed; WARNING is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the program says about one place in somebody's file. Line and column count from 1, in characters."""

    path: str
    line: int
    column: int
    rule: str
    message: Text
    severity: Severity = Severity.ERROR
    clause: str = ""
    who: str = ""
    """Key of the person, department or role who must act."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the findings of the rules stand on besides the files.

    They hold until a moment; `epoch` names what they all hang on and `stamp` how they are kept; `in_force` is the label
    in force of each document, `broken` the rules that are not well made, by form and place there.
    """

    until: str
    epoch: str
    stamp: str
    in_force: Mapping[str, str]
    broken: Sequence[tuple[str, int]]


def row(each: Finding) -> list[Any]:
    """A finding as it is stored."""
    said = [each.message.zh, each.message.en]
    return [each.path, each.line, each.column, each.rule, said, each.severity.value, each.clause, each.who]


def finding(row: list[Any]) -> Finding:
    """A finding as it was stored."""
    path, line, column, rule, said, severity, clause, who = row
    return Finding(path, line, column, rule, Text(*said), Severity(severity), clause, who)
