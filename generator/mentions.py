"""Whether what a procedure names exists: forms, rules, procedures, clauses, departments, roles, flow charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

from generator import booklet_text, hints
from generator.booklet_parts import halves, plain
from generator.coverage import Sources
from generator.model import Finding, Library, Procedure
from generator.terms import Text
from generator.terms import coverage as words

MASTERS = ("departments", "roles")
"""The forms whose records may be named as those who do something."""
OFFICE = "\u90e8"
"""Ends the name of a department."""
DIGIT = re.compile(r"\d")
HEADING = re.compile(r"^#+ (\d+(?:\.\d+)*)[ .、]")
HERE = re.compile(
    r"(?:\u89c1|[Ss]ee|[Cc]hapter|[Cc]lause|[Ss]ection)\s*(?P<several>\d+(?:\.\d+)*(?:\s*[;,；、]\s*\d+(?:\.\d+)+)*)"
    r"|\u7b2c\s*(?P<one>\d+(?:\.\d+)*)\s*[\u6761\u7ae0\u8282]"
)
NUMBER = re.compile(r"\d+(?:\.\d+)*")
ASIDE = re.compile(r"[（(].*?[)）]")
BETWEEN = re.compile(r"[、,，/]")


@dataclass(frozen=True)
class _Known:
    """What may be named; `is_open` is what the list of sources says is not kept here yet."""

    library: Library
    source: Sources
    forms: frozenset[str]
    rules: frozenset[str]
    is_open: frozenset[str]


def findings(library: Library, listed: tuple[Sources, ...]) -> Iterator[Finding]:
    """Everything that procedures name and that does not exist, each on its line."""
    by_procedure = {each.procedure: each for each in listed}
    is_open = frozenset(number for each in listed for number in each.open)
    forms, rules = frozenset(_forms(library)), frozenset(_rules(library, listed))
    for procedure in library.procedures.values():
        source = by_procedure.get(procedure.number, Sources(procedure.number, (), {}))
        for line, text in _faults(procedure, _Known(library, source, forms, rules, is_open)):
            yield Finding(procedure.path, procedure.first_line + line, 1, "procedure.names", text)


def _forms(library: Library) -> Iterator[str]:
    yield from (each.number for each in library.forms.values() if each.number)
    yield from (each.number for each in library.registers.values())


def _rules(library: Library, listed: tuple[Sources, ...]) -> Iterator[str]:
    """The ids of rules, also without the letter of a part, and of those that only a text states."""
    for form in library.forms.values():
        yield from (each for rule in form.rules for each in (rule.id, rule.id.rstrip(ascii_lowercase)))
    yield from (rule for source in listed for rule in source.wording)


def _faults(procedure: Procedure, known: _Known) -> Iterator[tuple[int, Text]]:
    for number in procedure.front.get("forms", ()):
        if number not in known.forms | known.is_open:
            yield (
                -procedure.first_line + 1,
                words.NO_FORM.format(number=number, hint=hints.similar(number, known.forms)),
            )
    lines = procedure.body.splitlines()
    for place, line in enumerate(lines):
        for number in _shaped(line, known.forms):
            if number not in known.forms | known.is_open:
                yield place, words.NO_FORM.format(number=number, hint=hints.similar(number, known.forms))
        for number in _shaped(line, known.rules):
            if number not in known.rules | known.is_open:
                yield place, words.NO_RULE.format(number=number, hint=hints.similar(number, known.rules))
        yield from ((place, text) for text in _references(line, procedure, known))
    yield from _people(procedure, known)
    yield from _charts(lines, procedure, known)


def _shaped(line: str, numbers: frozenset[str]) -> Iterator[str]:
    """What looks like one of these numbers: the same letters and signs, any digits."""
    if numbers:
        yield from re.findall(_shapes(numbers), line, re.ASCII)


@lru_cache(maxsize=8)
def _shapes(numbers: frozenset[str]) -> str:
    shapes = sorted({_shape(number) for number in numbers})
    return rf"(?<![\w-])(?:{'|'.join(shapes)})(?![\w-])"


def _shape(number: str) -> str:
    return "".join(r"\d" if DIGIT.match(sign) else re.escape(sign) for sign in number)


def _references(line: str, procedure: Procedure, known: _Known) -> Iterator[Text]:
    shape = _shape(procedure.number)
    for number in re.findall(rf"(?<![\w-]){shape}(?![\w-])", line, re.ASCII):
        if number not in known.library.procedures and number not in known.is_open:
            yield words.NO_PROCEDURE.format(number=number)
    for match in re.finditer(rf"(?<![\w-])(?P<procedure>{shape}) (?P<clause>\d+(?:\.\d+)+)", line, re.ASCII):
        other = known.library.procedures.get(match["procedure"])
        if other is not None and match["clause"] not in _clauses(other):
            yield words.NO_CLAUSE.format(procedure=other.number, clause=match["clause"])
    for match in HERE.finditer(line):
        for clause in NUMBER.findall(match["several"] or match["one"]):
            if clause not in _clauses(procedure):
                yield words.NO_CLAUSE.format(procedure=procedure.number, clause=clause)


def _clauses(procedure: Procedure) -> frozenset[str]:
    found = (HEADING.match(line) for line in procedure.body.splitlines())
    return frozenset(match[1] for match in found if match)


def _people(procedure: Procedure, known: _Known) -> Iterator[tuple[int, Text]]:
    """The first column of the table of responsibilities, which is the first table of the text."""
    lines = procedure.body.splitlines()
    table = next((each for each in booklet_text.blocks(procedure.body) if each.kind == "table"), None)
    for row in table.rows[1:] if table else ():
        first = plain(row[0])
        place = next((at for at, line in enumerate(lines) if line.startswith("|") and first in line), 0)
        for name in BETWEEN.split(ASIDE.sub("", plain(halves(row[0])[0]))):
            if name.strip() and not _is_someone(name.strip(), procedure, known):
                yield place, words.NOBODY.format(name=name.strip())


def _is_someone(name: str, procedure: Procedure, known: _Known) -> bool:
    values = [each.values for key in MASTERS for each in known.library.records.get(key, {}).values()]
    if not values or name in known.source.people or any(name in each.values() for each in values):
        return True
    labels = {
        field.label.zh
        for form in known.library.forms.values()
        if form.procedure == procedure.number
        for field in form.fields
    }
    stem = name.removesuffix(OFFICE)
    return name in labels or any(stem in text for each in values for text in each.values() if isinstance(text, str))


def _charts(lines: list[str], procedure: Procedure, known: _Known) -> Iterator[tuple[int, Text]]:
    for block in booklet_text.blocks(procedure.body):
        key = plain(block.runs)
        if block.kind != booklet_text.FLOW:
            continue
        form = known.library.forms.get(key)
        if form is None or not form.states:
            place = next((at for at, line in enumerate(lines) if line.strip() == key), 0)
            stated = {each.key for each in known.library.forms.values() if each.states}
            yield place, words.NO_FLOW.format(key=key, hint=hints.similar(key, stated))
