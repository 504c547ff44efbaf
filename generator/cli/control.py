"""Verbs of document control: log."""

from __future__ import annotations

from importlib import import_module

import click

from generator.cli.base import Context, main
from generator.terms import Language, cli


@main.command(help=cli.LOG.within(Language.BOTH))
@click.argument("number")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def log(context: Context, number: str, form: str) -> int:
    """Show what was done to a record or a document."""
    verb = import_module("generator.commands.log")
    return int(verb.run(context.root, number, as_json=form == "json", language=context.language, say=click.echo))
