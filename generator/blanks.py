"""Where in a record's file a person writes what is asked for: the line, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator import stub, yamlfile
from generator.conditions import Steps, Want
from generator.model import Field, Form, Record
from generator.terms import Text
from generator.terms import rules as words

KEY = re.compile(r"[a-z_]\w*:")


def sentence(want: Want, record: Record, form: Form, text: str) -> Text:
    """`path:line: what is wanted; what to do there`. `text` is the record's file as it is."""
    lines = text.splitlines()
    line, todo = _place(want.steps, record, form, lines)
    answers = _answers(want.field) if want.field else words.SILENCE
    about = words.WANT_ANSWERS.format(answers=answers) if answers.en else words.SILENCE
    said = {"path": record.path, "line": line, "what": want.what}
    return words.WANT_AT.format(
        **said, todo=todo.format(key=want.steps[-1], about=about) if want.field else words.SILENCE
    )


def _answers(field: Field) -> Text:
    """What can be written there, each answer by its key and label."""
    if not field.options:
        return Text(stub.about(field), stub.about(field))
    return Text(
        " | ".join(f"{each.key} {each.label.zh}" for each in field.options),
        " | ".join(f"{each.key} {each.label.en}" for each in field.options),
    )


def _place(steps: Steps, record: Record, form: Form, lines: Sequence[str]) -> tuple[int, Text]:
    """The line to look at, and what to do with it."""
    *outer, key = steps
    line, column = yamlfile.place(record.source.marks, steps, key=True)
    if lines[line - 1][column - 1 :].startswith(f"{key}:"):
        return line, words.WANT_HERE
    if outer:
        return line, words.WANT_IN_ROW
    ready = next((place for place, each in enumerate(lines, start=1) if re.match(rf"#\s?{key}:", each)), 0)
    return (ready, words.WANT_UNCOMMENT) if ready else (_before(str(key), form, lines), words.WANT_BELOW)


def _before(key: str, form: Form, lines: Sequence[str]) -> int:
    """The last line of the nearest field that stands before it on the form and is in the file."""
    keys = [each.key for each in form.fields]
    earlier = keys[: keys.index(key)] if key in keys else keys
    begins = {each.partition(":")[0]: place for place, each in enumerate(lines, start=1) if KEY.match(each)}
    line = next((begins[each] for each in reversed(earlier) if each in begins), begins.get("number", 1))
    while line < len(lines) and lines[line].startswith((" ", "- ")):
        line += 1
    return line
