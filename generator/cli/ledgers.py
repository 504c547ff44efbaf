"""Verbs on many records at once: register, export, report, dossier."""

from __future__ import annotations

import os
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.terms import Language, cli

DAY = "%Y-%m-%d"


@main.command(help=cli.REGISTER.within(Language.BOTH))
@click.argument("key")
@click.option("--from", "start", type=click.DateTime([DAY]), help=cli.START.within(Language.BOTH))
@click.option("--to", "end", type=click.DateTime([DAY]), help=cli.END.within(Language.BOTH))
@click.option("--period", default="", metavar="2026-07", help=cli.PERIOD.within(Language.BOTH))
@click.option("--customer", default="", metavar="C0001", help=cli.ONLY_CUSTOMER.within(Language.BOTH))
@click.option("--view", default="", help=cli.REGISTER_VIEW.within(Language.BOTH))
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json", "html", "xlsx", "docx", "pdf"]), default="text"
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--sheet-lang", type=click.Choice(["both", "zh", "en"]), help=cli.SHEET_LANG.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def register(
    context: Context,
    /,
    key: str,
    *,
    start: datetime | None,
    end: datetime | None,
    period: str,
    customer: str,
    view: str,
    form: str,
    output: Path | None,
    sheet_lang: str | None,
    today: datetime | None,
) -> int:
    """Show a register."""
    verb = import_module("generator.commands.register")
    days = [f"{each:{DAY}}" if each else "" for each in (start, end)]
    return int(
        verb.run(
            context.root,
            key,
            selection=verb.selected(*days, period, customer=customer, view=view),
            form=form,
            output=output.resolve() if output else None,
            now=moment(today),
            language=Language(sheet_lang) if sheet_lang else None,
            speech=context.language,
            say=click.echo,
        )
    )


@main.command(help=cli.EXPORT.within(Language.BOTH))
@click.argument("key")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def export(context: Context, key: str, output: Path | None, today: datetime | None) -> int:
    """Write a workbook to fill."""
    verb = import_module("generator.commands.export")
    place = output.resolve() if output else None
    return int(verb.run(context.root, key, output=place, now=moment(today), language=context.language, say=click.echo))


@main.command("import", help=cli.IMPORT.within(Language.BOTH))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False), help=cli.MAPPING.within(Language.BOTH))
@click.option("--dry-run", "is_dry", is_flag=True, help=cli.DRY_RUN.within(Language.BOTH))
@click.option("--ours", "side", flag_value="ours", help=cli.SIDE_OURS.within(Language.BOTH))
@click.option("--theirs", "side", flag_value="theirs", help=cli.SIDE_THEIRS.within(Language.BOTH))
@click.option("--despite-rules", "is_despite_rules", is_flag=True, help=cli.DESPITE_RULES.within(Language.BOTH))
@click.option("--skip-bad-rows", "is_skipping", is_flag=True, help=cli.SKIP_BAD_ROWS.within(Language.BOTH))
@click.option("--with", "given", multiple=True, metavar="TOKEN=VALUE", help=cli.WITH.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def import_(
    context: Context,
    /,
    file: Path,
    *,
    mapping: Path | None,
    given: tuple[str, ...],
    side: str | None,
    form: str,
    today: datetime | None,
    **flags: bool,
) -> int:
    """Take a workbook in."""
    verb = import_module("generator.commands.importing")
    pairs = dict(each.partition("=")[::2] for each in given)
    wish = verb.Wish(file.resolve(), mapping, pairs, side or "", as_json=form == "json", **flags)
    return int(verb.run(context.root, wish, now=moment(today), language=context.language, say=click.echo))


@main.command(help=cli.REPORT.within(Language.BOTH))
@click.argument("name")
@click.option("--period", default="", metavar="2026-07", help=cli.PERIOD.within(Language.BOTH))
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "xlsx"]), default="text")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--freeze", "is_freezing", is_flag=True, help=cli.FREEZE.within(Language.BOTH))
@click.option("--check", "is_check", is_flag=True, help=cli.RECOUNT.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def report(
    context: Context,
    /,
    name: str,
    *,
    period: str,
    form: str,
    output: Path | None,
    today: datetime | None,
    is_freezing: bool,
    is_check: bool,
) -> int:
    """Show, freeze or check a report's figures."""
    if is_check:
        recount = import_module("generator.commands.recount")
        return int(recount.run(context.root, name, language=context.language, say=click.echo))
    verb = import_module("generator.commands.report")
    return int(
        verb.run(
            context.root,
            name,
            period=period,
            form=form,
            output=output.resolve() if output else None,
            is_freezing=is_freezing,
            now=moment(today),
            language=context.language,
            say=click.echo,
        )
    )


@main.command(help=cli.DOSSIER.within(Language.BOTH))
@click.option("--customer", default="", metavar="C0001", help=cli.DOSSIER_CUSTOMER.within(Language.BOTH))
@click.option("--record", default="", metavar="CC-2026-0007", help=cli.DOSSIER_RECORD.within(Language.BOTH))
@click.option("--period", default="", metavar="2026H1", help=cli.PERIOD.within(Language.BOTH))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--sheet-lang", type=click.Choice(["both", "zh", "en"]), help=cli.SHEET_LANG.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def dossier(
    context: Context,
    /,
    *,
    customer: str,
    record: str,
    period: str,
    output: Path | None,
    sheet_lang: str | None,
    today: datetime | None,
) -> int:
    """Bind what belongs together."""
    verb = import_module("generator.commands.dossier")
    return int(
        verb.run(
            context.root,
            verb.scoped(customer, record, period),
            output=output.resolve() if output else None,
            language=Language(sheet_lang) if sheet_lang else None,
            today=moment(today).date(),
            workers=min(os.cpu_count() or 1, 8),
            speech=context.language,
            say=click.echo,
        )
    )
