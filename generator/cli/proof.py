"""Verbs of proof: sign-pdf, verify, file-scan."""

from __future__ import annotations

import os
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.errors import GeneratorError
from generator.terms import Language, cli
from generator.terms import proof as words
from generator.terms import scans as scan_words
from generator.terms import verify as verify_words


@main.command("sign-pdf", help=words.SIGN_PDF.within(Language.BOTH))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--role", required=True, help=words.ROLE.within(Language.BOTH))
@click.option("--p12", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--passphrase-from", default="", metavar="NAME", help=words.PASSPHRASE.within(Language.BOTH))
@click.option("--tsa", default="", metavar="URL", help=words.TSA.within(Language.BOTH))
@click.pass_obj
def sign_pdf(context: Context, /, **chosen: Any) -> int:
    """Sign a printed PDF."""
    verb = import_module("generator.commands.sign_pdf")
    wanted = verb.Wanted(passphrase=_passphrase(chosen.pop("passphrase_from"), context.language), **chosen)
    now = datetime.now().astimezone()
    return int(verb.run(context.root, wanted, now=now, language=context.language, say=click.echo))


def _passphrase(name: str, language: Language) -> str:
    """From a variable of that name, or asked for; never from the command line, which others can see."""
    if not name:
        return str(
            click.prompt(words.PASSPHRASE_PROMPT.within(language), hide_input=True, default="", show_default=False)
        )
    if name not in os.environ:
        raise GeneratorError(words.NO_VARIABLE.format(name=name))
    return os.environ[name]


@main.command(help=verify_words.VERIFY.within(Language.BOTH))
@click.argument("name", metavar="FILE|CODE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def verify(context: Context, name: str, form: str, today: datetime | None) -> int:
    """Say what a print is."""
    verb = import_module("generator.commands.verify")
    day, as_json = moment(today).date(), form == "json"
    return int(verb.run(context.root, name, today=day, as_json=as_json, language=context.language, say=click.echo))


@main.command("file-scan", help=scan_words.FILE_SCAN.within(Language.BOTH))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", "dry", is_flag=True, help=scan_words.DRY_RUN.within(Language.BOTH))
@click.option("--unsigned", "is_list", is_flag=True, help=scan_words.ONLY_UNSIGNED.within(Language.BOTH))
@click.pass_obj
def file_scan(context: Context, files: tuple[Path, ...], *, dry: bool, is_list: bool) -> int:
    """File scanned prints."""
    verb = import_module("generator.commands.file_scan")
    if is_list:
        return int(verb.unsigned(context.root, language=context.language, say=click.echo))
    if not files:
        raise GeneratorError(scan_words.NOTHING_GIVEN)
    return int(verb.run(context.root, files, dry=dry, now=moment(None), language=context.language, say=click.echo))
