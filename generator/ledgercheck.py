"""Whether the names in registers and reports point to something: forms, fields, columns, settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import definitions, harvest, hints, yamlfile
from generator.ledgers import Column, Listed, Register, Report, Source, Table
from generator.model import Finding, Form, Library
from generator.settings import Settings
from generator.terms import Text
from generator.terms import registers as words
from generator.terms import rules as rule_words

Steps = tuple[str | int, ...]
Fault = tuple[Steps, Text]
RULE = "register.definition"


def findings(library: Library) -> Iterator[Finding]:
    """What is wrong with the registers and with what reports compute, each on the line of its definition."""
    settings = Settings(library)
    for register in library.registers.values():
        for steps, text in _register(register, library, settings):
            line, column = yamlfile.place(register.marks, ("x-register", *steps))
            yield Finding(register.path, line, column, RULE, text)
    for form in library.forms.values():
        for steps, text in reports(form, library, settings):
            line, column = yamlfile.place(form.marks, ("x-report", *steps))
            yield Finding(form.path, line, column, "report.definition", text)


def _register(register: Register, library: Library, settings: Settings) -> Iterator[Fault]:
    names = [column.key for column in register.columns]
    for position, source in enumerate(register.sources):
        start: Steps = ("from", position) if len(register.sources) > 1 else ("from",)
        yield from _source(source, start, library, settings)
        form = library.forms.get(source.form)
        if form is None:
            continue
        for column in register.columns:
            steps = (*start, "values", column.key) if column.key in source.values else ("columns", column.key)
            yield from _column(column, steps, source, form, settings)
        for view in register.views:
            for text in value_faults(view.where, source, form, settings):
                yield ("views", view.key, "where"), text
    for position, name in enumerate(register.order):
        if name.lstrip("-") not in names:
            yield ("order", position), _no_column(name.lstrip("-"), names)
    if register.group and register.group not in names:
        yield ("group",), _no_column(register.group, names)
    for table in register.tables:
        yield from tables(table, ("tables", table.key), library, settings)


def _no_column(name: str, names: list[str]) -> Text:
    return words.NO_COLUMN.format(key=name, hint=hints.similar(name, names))


def _source(source: Source, start: Steps, library: Library, settings: Settings) -> Iterator[Fault]:
    form = library.forms.get(source.form)
    if form is None:
        if not source.if_kept:
            yield start, rule_words.UNKNOWN_FORM.format(key=source.form, hint=hints.similar(source.form, library.forms))
        return
    if source.rows and not (source.rows in form.by_key and form.by_key[source.rows].columns):
        known = [each.key for each in form.fields if each.columns]
        yield (*start, "rows"), words.NO_TABLE.format(key=source.rows, hint=hints.similar(source.rows, known))
        return
    for name in ("where", "period", "customer"):
        text = getattr(source, name)
        if text:
            yield from (((*start, name), fault) for fault in value_faults(text, source, form, settings))


def _column(column: Column, steps: Steps, source: Source, form: Form, settings: Settings) -> Iterator[Fault]:
    if not column.deadline:
        written = source.values.get(column.key, column.value)
        yield from ((steps, text) for text in value_faults(written, source, form, settings))
    if column.like and column.like.partition(".")[0] in settings.library.forms:
        key, _, path = column.like.partition(".")
        other = settings.library.forms[key]
        if harvest.found(path, Source(key), other) is None:
            hint = hints.similar(path, other.by_key)
            yield (*steps, "like"), rule_words.UNKNOWN_FIELD.format(path=column.like, hint=hint)
    is_own = harvest.found(source.values.get(column.key, column.value), source, form) is not None
    if column.label is None and not is_own and not column.like:
        yield steps, words.NO_LABEL.format(key=column.key)


def value_faults(text: str, source: Source, form: Form, settings: Settings) -> Iterator[Text]:
    """What is wrong with a path or an expression on a source."""
    if harvest.found(text, source, form) is None:
        yield from definitions.conditions(text, form, source.rows, settings)


def tables(table: Table, start: Steps, library: Library, settings: Settings) -> Iterator[Fault]:
    """What is wrong with a table of figures."""
    names = [*(each.key for each in table.by), *(each.key for each in table.measures)]
    for source in table.sources:
        yield from _source(source, (*start, "from"), library, settings)
        form = library.forms.get(source.form)
        if form is None or (source.rows and source.rows not in form.by_key):
            continue
        for cut in table.by:
            written = source.values.get(cut.key, cut.value)
            yield from (((*start, "by", cut.key), text) for text in value_faults(written, source, form, settings))
        for measure in table.measures:
            for name in ("of", "against") if measure.is_relative else ():
                text = getattr(measure, name)
                if text not in names and (name == "of" or measure.kind == "change"):
                    yield (*start, "measures", measure.key, name), _no_column(text, names)
            for name in ("value", "where", *(() if measure.is_relative else ("of",))):
                text = getattr(measure, name)
                steps = (*start, "measures", measure.key, name)
                if text:
                    yield from ((steps, fault) for fault in value_faults(text, source, form, settings))
    if table.order and table.order.lstrip("-") not in names:
        yield (*start, "order"), _no_column(table.order.lstrip("-"), names)


def reports(form: Form, library: Library, settings: Settings) -> Iterator[Fault]:
    """What is wrong with what a report computes."""
    report = form.report
    if report is None:
        return
    for table in report.tables:
        yield from tables(table, ("tables", table.key), library, settings)
        yield from _fields(table.key, (), ("tables", table.key), form)
    for figures in report.figures:
        start: Steps = ("figures", figures.key)
        yield from _fields(figures.key, (figures.name, *figures.windows), start, form)
        for place, line in enumerate(figures.lines):
            measured = Table(figures.key, None, line.sources, (), (line.measure,))
            yield from tables(measured, (*start, "lines", place), library, settings)
    for listed in report.lists:
        yield from _listed(listed, form, library, settings)
    yield from _trends(report, form, settings)
    yield from _drawn(report, form)


def _trends(report: Report, form: Form, settings: Settings) -> Iterator[Fault]:
    for trend in report.trends:
        yield from _fields(trend.table, (trend.column,), ("trends", trend.key), form)
        if trend.setting not in settings.declared:
            hint = hints.similar(trend.setting, settings.declared)
            yield ("trends", trend.key, "setting"), rule_words.UNKNOWN_SETTING.format(key=trend.setting, hint=hint)


def _drawn(report: Report, form: Form) -> Iterator[Fault]:
    for chart in report.charts.values():
        others = (each for each in (chart.target, chart.last_year, chart.of) if each)
        yield from _fields(chart.table, (chart.label, *chart.values, *others), ("charts", chart.key), form)
    for key in (report.field, report.evidence, *report.charts, *(each.key for each in report.trends)):
        if key and key not in form.by_key:
            yield ("field",), rule_words.UNKNOWN_FIELD.format(path=key, hint=hints.similar(key, form.by_key))


def _fields(key: str, columns: Iterable[str], start: Steps, form: Form) -> Iterator[Fault]:
    """Whether the form has a table of that name with these columns."""
    if key not in form.by_key or not form.by_key[key].columns:
        known = [each.key for each in form.fields if each.columns]
        yield start, words.NO_TABLE.format(key=key, hint=hints.similar(key, known))
        return
    known = list(form.by_key[key].column_by_key)
    yield from ((start, _no_column(each, known)) for each in columns if each not in known)


def _listed(listed: Listed, form: Form, library: Library, settings: Settings) -> Iterator[Fault]:
    start: Steps = ("lists", listed.key)
    names = [column.key for column in listed.columns]
    yield from _fields(listed.key, names, start, form)
    yield from (
        ((*start, "order"), _no_column(name, names)) for each in listed.order if (name := each.lstrip("-")) not in names
    )
    for source in listed.sources:
        yield from _source(source, (*start, "from"), library, settings)
        if source.form not in library.forms:
            continue
        for column in listed.columns:
            steps = (*start, "columns", column.key)
            text = source.values.get(column.key, column.value)
            yield from ((steps, fault) for fault in value_faults(text, source, library.forms[source.form], settings))
