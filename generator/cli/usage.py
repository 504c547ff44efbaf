"""What is wrong with a line that somebody typed, in both languages, where the library says it in English only."""

from __future__ import annotations

import click

from generator.cli.base import main
from generator.terms import Text
from generator.terms import usage as terms


def words(error: click.ClickException) -> Text:
    """What is wrong, and where help stands."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    verb = context.command_path if context else "wenkong"
    return terms.WRONG.format(what=_what(error), help=f"{verb} --help")


def _what(error: click.ClickException) -> Text:
    if isinstance(error, click.exceptions.NoSuchCommand):
        return terms.NO_SUCH_VERB.format(name=error.command_name, hint=_hint(error.possibilities))
    if isinstance(error, click.NoSuchOption):
        if error.option_name in {name for each in main.params for name in each.opts}:
            return terms.OPTION_BEFORE_VERB.format(name=error.option_name)
        return terms.NO_SUCH_OPTION.format(name=error.option_name, hint=_hint(error.possibilities))
    if isinstance(error, click.MissingParameter):
        return terms.MISSING.format(name=_name(error))
    if isinstance(error, click.BadParameter):
        return _bad(error)
    return terms.OTHER.format(message=error.format_message().rstrip("."))


def _bad(error: click.BadParameter) -> Text:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        value = error.message.split("'")[1] if "'" in error.message else ""
        return terms.NO_SUCH_CHOICE.format(name=_name(error), value=value, options=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.DateTime):
        return terms.WANT_TIME.format(name=_name(error))
    return terms.BAD_VALUE.format(name=_name(error), message=error.message.rstrip("."))


def _name(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return str(error.param_hint or "")
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.make_metavar(error.ctx)


def _hint(possible: object) -> Text:
    first = next(iter(possible), "") if isinstance(possible, list | tuple) else ""
    return terms.MEANT.format(name=first) if first else terms.NOTHING
