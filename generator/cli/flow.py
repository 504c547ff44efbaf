"""Verbs on rules, states and clocks: move, why, due, remind, rules, impact."""

from __future__ import annotations

import os
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.terms import Language, cli


@main.command(help=cli.MOVE.within(Language.BOTH))
@click.argument("number")
@click.argument("state")
@click.option("--as", "person", default="", help=cli.AS.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def move(context: Context, number: str, state: str, person: str, today: datetime | None) -> int:
    """Take a record to its next state."""
    verb = import_module("generator.commands.move")
    now = moment(today)
    return int(verb.run(context.root, number, state, person=person, now=now, language=context.language, say=click.echo))


@main.command(help=cli.WHY.within(Language.BOTH))
@click.argument("number")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def why(context: Context, number: str, today: datetime | None) -> int:
    """Say where a record stands and why."""
    verb = import_module("generator.commands.why")
    return int(verb.run(context.root, number, now=moment(today), language=context.language, say=click.echo))


@main.command(help=cli.DUE.within(Language.BOTH))
@click.option("--person", default="", help=cli.PERSON.within(Language.BOTH))
@click.option("--department", default="", help=cli.DEPARTMENT.within(Language.BOTH))
@click.option("--within", default="", metavar="3wd", help=cli.WITHIN.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json", "ics", "xlsx"]), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def due(context: Context, /, today: datetime | None, **chosen: Any) -> int:
    """Show what is due."""
    verb = import_module("generator.commands.due")
    return int(verb.run(context.root, now=moment(today), language=context.language, say=click.echo, **chosen))


@main.command(help=cli.REMIND.within(Language.BOTH))
@click.option("--send", "is_sending", is_flag=True, help=cli.SEND.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def remind(context: Context, today: datetime | None, *, is_sending: bool) -> int:
    """Send what is due."""
    verb = import_module("generator.commands.remind")
    return int(
        verb.run(
            context.root,
            is_sending=is_sending,
            now=moment(today),
            secrets=os.environ,
            language=context.language,
            say=click.echo,
        )
    )


@main.command(help=cli.RULES.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md")
@click.pass_obj
def rules(context: Context, form: str) -> int:
    """List all rules."""
    verb = import_module("generator.commands.rules")
    return int(verb.run(context.root, form=form, language=context.language, say=click.echo))


@main.command(help=cli.COVERAGE.within(Language.BOTH))
@click.option("--procedure", "procedures", multiple=True, help=cli.PROCEDURE.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def coverage(context: Context, procedures: tuple[str, ...], form: str) -> int:
    """Show which source rows are answered."""
    verb = import_module("generator.commands.coverage")
    return int(verb.run(context.root, procedures, as_json=form == "json", language=context.language, say=click.echo))


@main.command(help=cli.IMPACT.within(Language.BOTH))
@click.argument("number")
@click.pass_obj
def impact(context: Context, number: str) -> int:
    """List the records that a customer's demand touches."""
    verb = import_module("generator.commands.impact")
    return int(verb.run(context.root, number, language=context.language, say=click.echo))
