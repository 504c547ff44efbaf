"""Verbs of document control: log, status, revise, diff, audit."""

from __future__ import annotations

import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.terms import Language, Text, cli


@main.command(help=cli.LOG.within(Language.BOTH))
@click.argument("number", default="")
@click.option("--since", type=click.DateTime(TIMES[:1]), help=cli.SINCE.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx", "docx", "pdf"]), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def log(context: Context, /, number: str, since: datetime | None, **chosen: Any) -> int:
    """Show what was done to a record or a document, or everything that was done."""
    if number:
        verb, as_json = import_module("generator.commands.log"), chosen["form"] == "json"
        return int(verb.run(context.root, number, as_json=as_json, language=context.language, say=click.echo))
    verb = import_module("generator.commands.controllog")
    wanted = verb.Wanted(since=since.date() if since else None, **chosen)
    return int(verb.run(context.root, wanted, language=context.language, say=click.echo))


@main.command(help=cli.STATUS.within(Language.BOTH))
@click.argument("numbers", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def status(context: Context, numbers: tuple[str, ...], form: str, today: datetime | None) -> int:
    """Show which revisions are in force."""
    verb = import_module("generator.commands.status")
    day, as_json = moment(today).date(), form == "json"
    return int(verb.run(context.root, numbers, today=day, as_json=as_json, language=context.language, say=click.echo))


@main.command(help=cli.REVISE.within(Language.BOTH))
@click.argument("number")
@click.option("--reason", default="", help=cli.CHANGE_REASON.within(Language.BOTH))
@click.option("--reason-en", default="", help=cli.CHANGE_REASON_EN.within(Language.BOTH))
@click.option("--effective", type=click.DateTime(TIMES[:1]), help=cli.EFFECTIVE.within(Language.BOTH))
@click.option("--version", "is_version", is_flag=True, help=cli.NEXT_VERSION.within(Language.BOTH))
@click.pass_obj
def revise(context: Context, /, **chosen: Any) -> int:
    """Begin the next revision of a document."""
    verb = import_module("generator.commands.revise")
    reason, effective = chosen.pop("reason"), chosen.pop("effective")
    if not reason and sys.stdin.isatty():
        reason = click.prompt(cli.CHANGE_REASON.within(context.language))
    return int(
        verb.run(
            context.root,
            reason=Text(reason, chosen.pop("reason_en")),
            effective=f"{effective:%Y-%m-%d}" if effective else "",
            language=context.language,
            say=click.echo,
            **chosen,
        )
    )


@main.command(help=cli.DIFF.within(Language.BOTH))
@click.argument("number")
@click.argument("before", default="")
@click.argument("after", default="")
@click.option("--format", "form", type=click.Choice(["text", "html", "docx"]), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def diff(context: Context, /, **wanted: Any) -> int:
    """Show what two revisions say differently."""
    verb = import_module("generator.commands.diff")
    return int(verb.run(context.root, verb.Wanted(**wanted), language=context.language, say=click.echo))


@main.command(help=cli.AUDIT.within(Language.BOTH))
@click.option("--anchor", "is_anchoring", is_flag=True, help=cli.ANCHOR.within(Language.BOTH))
@click.option("--head", default="", metavar="COMMIT", help=cli.PRINTED_HEAD.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def audit(context: Context, /, form: str, today: datetime | None, **chosen: Any) -> int:
    """Say what in the history was tampered with."""
    verb = import_module("generator.commands.audit")
    wanted = verb.Wanted(as_json=form == "json", **chosen)
    return int(verb.run(context.root, wanted, now=moment(today), language=context.language, say=click.echo))


@main.command(help=cli.RETENTION.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def retention(context: Context, form: str, today: datetime | None) -> int:
    """List what is due for disposal."""
    verb, as_json = import_module("generator.commands.retention"), form == "json"
    day = moment(today).date()
    return int(verb.run(context.root, today=day, as_json=as_json, language=context.language, say=click.echo))


@main.command(help=cli.DISPOSE.within(Language.BOTH))
@click.argument("number")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def dispose(context: Context, number: str, today: datetime | None) -> int:
    """Dispose of a record whose time is over."""
    verb = import_module("generator.commands.retention")
    day = moment(today).date()
    return int(verb.dispose(context.root, number, today=day, language=context.language, say=click.echo))
