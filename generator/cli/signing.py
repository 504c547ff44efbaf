"""The verb with which people sign."""

from __future__ import annotations

import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.errors import GeneratorError
from generator.terms import Language, cli, signing


@main.command(help=cli.SIGN.within(Language.BOTH))
@click.argument("number")
@click.option("--role", required=True, help=cli.SIGN_ROLE.within(Language.BOTH))
@click.option("--as", "person", default="", help=cli.SIGN_AS.within(Language.BOTH))
@click.option("--for", "principal", default="", help=cli.SIGN_FOR.within(Language.BOTH))
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help=cli.SIGN_KEY.within(Language.BOTH))
@click.option("--yes", "is_sure", is_flag=True, help=cli.SIGN_YES.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def sign(context: Context, /, number: str, *, is_sure: bool, today: datetime | None, **chosen: object) -> int:
    """Sign a record or a document."""
    verb = import_module("generator.commands.sign")
    if not is_sure and not sys.stdin.isatty():
        raise GeneratorError(signing.NOT_ASKED)
    return int(
        verb.run(
            context.root,
            verb.Wanted(number, **chosen),
            now=moment(today),
            ask=None if is_sure else click.confirm,
            language=context.language,
            say=click.echo,
        )
    )
