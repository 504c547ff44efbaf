"""`wenkong new`: give a record the next number and write the file to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from generator import (
    files,
    git,
    hints,
    historyindex,
    load,
    lock,
    numbering,
    periods,
    report,
    schemafiles,
    stub,
    yamlfile,
)
from generator.commands import editor
from generator.errors import GeneratorError
from generator.kept import Kept
from generator.model import Form
from generator.periods import Period
from generator.terms import Language, Text, printing, reading
from generator.terms import registers as words

PERIOD, FIRST, LAST = "period", "period_from", "period_to"
"""What a person says with --with, and the fields of a report for its first and last day."""


def run(
    root: Path,
    key: str,
    *,
    number: str,
    given: Mapping[str, str],
    today: date,
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Write the stub of a new record of form `key` and say where it is.

    `number` is the number itself, for forms whose numbers people give, else empty; `given` are values for tokens of
    the pattern that only a person knows, such as department or customer.

    Raises:
        GeneratorError: there is no such form, a token has no value, or the number cannot be given.
    """
    form, findings = load.form(root, key)
    if form is None and not findings:
        key = _key(root, key)
        form, findings = load.form(root, key)
    if form is None or findings:
        for line in report.lines(findings, language):
            say(line)
        return 1
    if form.is_single:
        raise GeneratorError(printing.SINGLE.format(key=key, path=f"records/{key}.yaml"))
    _must_be_asked_for(form, given)
    repository = git.repository(root)
    try:
        with lock.held(repository.lock_folder if repository else root / "out"):
            known = used(root, key, repository)
            span = _period(form, given)
            values = {**numbering.dated(span.start if span else today), **given}
            made = _next(form, known, number, values)
            path = _written(root, form, made, today, preset=_preset(form, span, given))
    finally:
        if repository is not None:
            repository.close()
    editor.describe(root, form)
    say(printing.CREATED.format(path=path).within(language))
    return 0


def _key(root: Path, written: str) -> str:
    """The key of the form that has exactly this title, in either language, or this number.

    Raises:
        GeneratorError: none has, or more than one.
    """
    forms = {key: each for key, each in schemafiles.definitions(root, [], Kept(""))[0].items() if not each.is_single}
    titles = {key: each.title for key, each in forms.items()}
    found = [key for key, each in forms.items() if each.number == written.upper()] or hints.entitled(written, titles)
    if len(found) == 1:
        return found[0]
    hint = hints.among(written, titles)
    raise GeneratorError(printing.UNKNOWN_FORM.format(key=written, hint=hint if hint.en else _listed(forms)))


def _listed(forms: Mapping[str, Form]) -> Text:
    """All forms, a line for each procedure."""
    lines = [
        printing.FORMS_OF.format(
            procedure=procedure or "-",
            forms=", ".join(key for key, each in forms.items() if each.procedure == procedure),
        )
        for procedure in sorted({each.procedure for each in forms.values()})
    ]
    return printing.KNOWN_FORMS.format(
        forms=Text("".join(each.zh for each in lines), "".join(each.en for each in lines))
    )


def _must_be_asked_for(form: Form, given: Mapping[str, str]) -> None:
    """Refuse a value that would be lost: neither the number nor the period of a report asks for it."""
    asked = numbering.pattern(form.pattern).tokens | ({PERIOD} if form.report else set())
    for each in given:
        if each not in asked:
            raise GeneratorError(
                printing.NOT_ASKED.format(name=each, pattern=form.pattern, hint=hints.similar(each, sorted(asked)))
            )


def _period(form: Form, given: Mapping[str, str]) -> Period | None:
    """The period that a report is about; None for what is no report."""
    if form.report is None:
        return None
    example = periods.EXAMPLES[form.report.period]
    written = given.get(PERIOD, "")
    if not written:
        raise GeneratorError(words.NEEDS_WITH.format(key=form.key, example=example))
    span = periods.read(form.report.period, written)
    if span is None:
        raise GeneratorError(words.PERIOD_WRONG.format(key=form.key, example=example, value=written))
    return span


def _preset(form: Form, span: Period | None, given: Mapping[str, str]) -> Mapping[str, str]:
    """What is known of a report before anybody fills it: its period, and its first and last day."""
    if span is None or form.report is None:
        return {}
    known = {form.report.field: given[PERIOD], FIRST: span.start.isoformat(), LAST: span.end.isoformat()}
    return {key: value for key, value in known.items() if key in form.by_key}


def following(root: Path, form: Form, repository: git.Repository, today: date) -> str:
    """The next number of a form whose pattern asks for nothing but the day; the lock is held by the caller."""
    return _next(form, used(root, form.key, repository), "", numbering.dated(today))


def used(root: Path, key: str, repository: git.Repository | None) -> frozenset[str]:
    """The numbers that records of a form have, or ever had."""
    folder = root / "records" / key
    here = frozenset(path.stem for path in folder.rglob("*.yaml")) | frozenset(
        path.name for path in folder.rglob("*") if path.is_dir()
    )
    if repository is None:
        return here
    with historyindex.opened(repository) as index:
        return here | index.names_ever_used(f"records/{key}")


def _next(form: Form, used: frozenset[str], number: str, values: Mapping[str, str | int]) -> str:
    pattern = numbering.pattern(form.pattern)
    if number:
        return _accepted(form, pattern, used, number)
    if not pattern.counter and form.report is not None:
        return _accepted(form, pattern, used, pattern.format(values))
    if not pattern.counter:
        raise GeneratorError(printing.KEY_NEEDED.format(form=form.key))
    return numbering.next_number(pattern, used, values)


def _accepted(form: Form, pattern: numbering.Pattern, used: frozenset[str], number: str) -> str:
    read = pattern.read(number)
    if isinstance(read, numbering.Mismatch):
        raise GeneratorError(printing.NUMBER_WRONG.format(number=number, pattern=form.pattern, reason=read.message))
    if not numbering.is_safe_stem(number):
        raise GeneratorError(reading.UNSAFE_NUMBER.format(number=number))
    if number in used:
        raise GeneratorError(printing.NUMBER_USED.format(number=number))
    return number


def _written(root: Path, form: Form, number: str, today: date, *, preset: Mapping[str, str]) -> str:
    path = place(form, number, today)
    text = stub.text(form, number, today=today.isoformat(), modeline=modeline(form, path), quoted=yamlfile.quoted)
    for key, value in preset.items():
        text = text.replace(f"\n{key}:", f"\n{key}: {yamlfile.quoted(value)}", 1)
    if not files.create(root / path, text.encode()):
        raise GeneratorError(printing.NUMBER_USED.format(number=number))
    return path


def modeline(form: Form, path: str) -> str:
    """What the first line of a record's file at a path names: where the editor finds its description."""
    return f"{'../' * path.count('/')}{editor.FOLDER}/{form.key}.json"


def place(form: Form, number: str, today: date) -> str:
    """Where a new record is put, from the root: by year where the number has it."""
    is_dated = "{year}" in form.pattern or "{yy}" in form.pattern
    folder = Path("records", form.key, str(today.year)) if is_dated else Path("records", form.key)
    return (folder / f"{number}.yaml").as_posix()
