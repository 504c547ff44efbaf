"""`wenkong holders`: who holds which copies of a document, or what a department holds, on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator import copies, hints, load, release
from generator.copies import Copy
from generator.errors import GeneratorError
from generator.model import Library
from generator.terms import Language, Text
from generator.terms import copies as words


def run(root: Path, number: str, *, department: str, day: str, language: Language, say: Callable[[str], None]) -> int:
    """Show the copies that were held on that day.

    Raises:
        GeneratorError: neither document nor department is named, or there is none such.
    """
    library = load.library(root)
    if not number and not department:
        raise GeneratorError(words.NUMBER_OR_DEPARTMENT)
    if department and department not in library.records.get("departments", {}):
        hint = hints.similar(department, library.records.get("departments", {}))
        raise GeneratorError(words.NO_DEPARTMENT.format(key=department, hint=hint))
    every = [each for each in copies.of(library) if not number or each.document == number]
    if number and not every:
        release.found(library, number)
    shown = [each for each in every if each.is_held(day) and department in {"", each.holder.department}]
    if not shown:
        say(words.NOBODY.within(language))
    for line in listed(shown, library, day, language):
        say(line)
    return 0


def listed(held: Sequence[Copy], library: Library, day: str, language: Language) -> Iterator[str]:
    """These copies as lines of a table, as they were on that day."""
    return table(words.COLUMNS, [_row(each, library, day, language) for each in held], language)


def _row(copy: Copy, library: Library, day: str, language: Language) -> list[str]:
    holder = copies.named(copy.holder, library).within(language)
    received = f"{copy.received_by} {copy.received_on}" if copy.received_on and copy.received_on <= day else ""
    is_back = copy.result and copy.recalled_on <= day
    result = f"{words.ACTS[copy.result].within(language)} {copy.recalled_on}" if is_back else ""
    return [copy.number, holder, copy.holder.site, copy.issued_on, received, result]


def table(heads: Sequence[Text], rows: Sequence[Sequence[str]], language: Language) -> Iterator[str]:
    """Rows below their heads, each column as wide as its widest cell; no line where there is no row."""
    lines = [[each.within(language) for each in heads], *rows] if rows else []
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (each + " " * (width - _width(each)) for each, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if each >= "\u1100" else 1 for each in text)
