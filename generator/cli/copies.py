"""Verbs on copies: issue, receive, acknowledge, return, lost, destroy, keep, recall, holders, as-of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.terms import Language, cli

Decorated = Callable[..., Any]


@main.command(help=cli.ISSUE.within(Language.BOTH))
@click.argument("number")
@click.option("--to", multiple=True, help=cli.ISSUE_TO.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def issue(context: Context, number: str, to: tuple[str, ...], today: datetime | None) -> int:
    """Make numbered copies for the distribution list."""
    verb = import_module("generator.commands.issue")
    return int(verb.run(context.root, number, to=to, now=moment(today), language=context.language, say=click.echo))


def _act(verb: Decorated) -> Decorated:
    """The arguments and options that all acts on a copy share."""
    for each in (
        click.pass_obj,
        click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH)),
        click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help=cli.ACT_ON.within(Language.BOTH)),
        click.option("--copy", required=True, help=cli.ACT_COPY.within(Language.BOTH)),
        click.argument("number"),
    ):
        verb = each(verb)
    return verb


def _entered(context: Context, kind: str, said: dict[str, Any], **more: str) -> int:
    verb = import_module("generator.commands.ledger")
    on = f"{said['on']:%Y-%m-%d}" if said["on"] else ""
    act = verb.Act(kind, on=on, **more)
    now = moment(said["today"])
    number, copy = said["number"], said["copy"]
    return int(verb.run(context.root, number, copy, act, now=now, language=context.language, say=click.echo))


@main.command(help=cli.RECEIVE.within(Language.BOTH))
@click.option("--by", required=True, help=cli.RECEIVE_BY.within(Language.BOTH))
@_act
def receive(context: Context, by: str, **said: Any) -> int:
    """Enter who signed for a copy."""
    return _entered(context, "received", said, by=by)


@main.command(help=cli.ACKNOWLEDGE.within(Language.BOTH))
@click.option("--by", default="", help=cli.ACKNOWLEDGE_BY.within(Language.BOTH))
@_act
def acknowledge(context: Context, by: str, **said: Any) -> int:
    """Confirm having read an electronic copy."""
    return _entered(context, "acknowledged", said, by=by)


@main.command("return", help=cli.RETURN.within(Language.BOTH))
@click.option("--by", default="", help=cli.RETURN_BY.within(Language.BOTH))
@_act
def take_back(context: Context, by: str, **said: Any) -> int:
    """Enter that a copy came back."""
    return _entered(context, "returned", said, by=by)


@main.command(help=cli.LOST.within(Language.BOTH))
@click.option("--by", default="", help=cli.RETURN_BY.within(Language.BOTH))
@_act
def lost(context: Context, by: str, **said: Any) -> int:
    """Enter that a copy was lost."""
    return _entered(context, "lost", said, by=by)


@main.command(help=cli.DESTROY.within(Language.BOTH))
@click.option("--by", default="", help=cli.RETURN_BY.within(Language.BOTH))
@click.option("--witness", required=True, help=cli.WITNESS.within(Language.BOTH))
@_act
def destroy(context: Context, by: str, witness: str, **said: Any) -> int:
    """Enter that a copy was destroyed before a witness."""
    return _entered(context, "destroyed", said, by=by, witness=witness)


@main.command(help=cli.KEEP.within(Language.BOTH))
@click.option("--reason", required=True, help=cli.KEEP_REASON.within(Language.BOTH))
@click.option("--by", default="", help=cli.RETURN_BY.within(Language.BOTH))
@_act
def keep(context: Context, by: str, reason: str, **said: Any) -> int:
    """Enter that an obsolete copy stays, and print it with its mark."""
    return _entered(context, "kept", said, by=by, reason=reason)


@main.command(help=cli.RECALL.within(Language.BOTH))
@click.argument("number")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def recall(context: Context, number: str, today: datetime | None) -> int:
    """Ask for the copies that do not hold any more."""
    verb = import_module("generator.commands.recall")
    return int(verb.run(context.root, number, now=moment(today), language=context.language, say=click.echo))


@main.command(help=cli.HOLDERS.within(Language.BOTH))
@click.argument("number", default="")
@click.option("--department", default="", help=cli.DEPARTMENT.within(Language.BOTH))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help=cli.HOLDERS_ON.within(Language.BOTH))
@click.pass_obj
def holders(context: Context, number: str, department: str, on: datetime | None) -> int:
    """Show who holds which copies."""
    verb = import_module("generator.commands.holders")
    day = f"{moment(on):%Y-%m-%d}"
    return int(
        verb.run(context.root, number, department=department, day=day, language=context.language, say=click.echo)
    )


@main.command("as-of", help=cli.AS_OF.within(Language.BOTH))
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--number", default="", help=cli.AS_OF_NUMBER.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def as_of(context: Context, day: datetime, number: str, form: str) -> int:
    """Show what was in force on a day, and who held which copy."""
    verb = import_module("generator.commands.asof")
    as_json = form == "json"
    return int(verb.run(context.root, day.date(), number, as_json=as_json, language=context.language, say=click.echo))


@main.command(help=cli.REISSUE.within(Language.BOTH))
@click.argument("name", metavar="NUMBER@LABEL")
@click.option("--copy", default="", help=cli.ACT_COPY.within(Language.BOTH))
@click.pass_obj
def reissue(context: Context, name: str, copy: str) -> int:
    """Make issued copies again and compare them with the ledger."""
    verb = import_module("generator.commands.reissue")
    return int(verb.run(context.root, name, copy=copy, language=context.language, say=click.echo))
