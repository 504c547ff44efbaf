"""Verbs on records and templates: check, new, render, build, form, doctor."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator.cli.base import TIMES, Context, main, moment
from generator.stopwatch import Stopwatch
from generator.terms import Language, cli, printing


@main.command(help=cli.CHECK.within(Language.BOTH))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "lsp-diagnostics"]), default="text")
@click.option("--lang", type=click.Choice(["zh", "en"]), help=cli.LANG.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.option("--profile", "is_timed", is_flag=True, help=cli.PROFILE.within(Language.BOTH))
@click.pass_obj
def check(
    context: Context,
    /,
    paths: tuple[Path, ...],
    *,
    form: str,
    lang: str | None,
    today: datetime | None,
    is_timed: bool,
) -> int:
    """Say everything that is wrong."""
    watch = Stopwatch()
    kept = watch if is_timed else None
    verb = import_module("generator.commands.check")
    language = Language(lang) if lang else context.language
    code = verb.run(context.root, paths, now=moment(today), language=language, form=form, say=click.echo, watch=kept)
    for line in watch.lines(language) if is_timed else ():
        click.echo(line, err=True)
    return int(code)


@main.command(help=cli.NEW.within(Language.BOTH))
@click.argument("form")
@click.option("--number", default="", help=cli.NUMBER.within(Language.BOTH))
@click.option("--with", "given", multiple=True, metavar="TOKEN=VALUE", help=cli.WITH.within(Language.BOTH))
@click.pass_obj
def new(context: Context, form: str, number: str, given: tuple[str, ...]) -> int:
    """Give a record the next number."""
    verb = import_module("generator.commands.new")
    pairs = dict(each.partition("=")[::2] for each in given)
    today = datetime.now().astimezone().date()
    return int(
        verb.run(
            context.root,
            form,
            number=number,
            given=pairs,
            today=today,
            language=context.language,
            say=click.echo,
        )
    )


@main.command(help=cli.EDITOR.within(Language.BOTH))
@click.pass_obj
def editor(context: Context) -> int:
    """Describe the forms for an editor."""
    verb = import_module("generator.commands.editor")
    return int(verb.run(context.root, language=context.language, say=click.echo))


@main.command(help=cli.RENDER.within(Language.BOTH))
@click.argument("names", nargs=-1, required=True)
@click.option("--format", "forms", type=click.Choice(["docx", "pdf", "both"]), default="both")
@click.option("--blank", "is_blank", is_flag=True, help=cli.BLANK.within(Language.BOTH))
@click.option("--draft", "is_draft", is_flag=True, help=cli.NEWER_DRAFT.within(Language.BOTH))
@click.option("--view", default="", help=cli.VIEW.within(Language.BOTH))
@click.option("--sheet-lang", type=click.Choice(["both", "zh", "en"]), help=cli.SHEET_LANG.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def render(context: Context, /, forms: str, sheet_lang: str | None, today: datetime | None, **chosen: Any) -> int:
    """Print some sheets."""
    verb = import_module("generator.commands.render")
    formats = frozenset({"docx", "pdf"} if forms == "both" else {forms})
    wanted = verb.Wanted(formats=formats, language=Language(sheet_lang) if sheet_lang else None, **chosen)
    return int(verb.run(context.root, wanted, today=moment(today).date(), speech=context.language, say=click.echo))


@main.command(help=cli.BUILD.within(Language.BOTH))
@click.option("--sheet-lang", type=click.Choice(["both", "zh", "en"]), help=cli.SHEET_LANG.within(Language.BOTH))
@click.option("--workers", type=click.IntRange(1, 64), default=lambda: min(os.cpu_count() or 1, 8), show_default="CPU")
@click.option("--shard", default="", metavar="3/8", help=cli.SHARD.within(Language.BOTH))
@click.option("--dask", "cluster", default="", metavar="ADDRESS", help=cli.DASK.within(Language.BOTH))
@click.option("--profile", "is_timed", is_flag=True, help=cli.PROFILE.within(Language.BOTH))
@click.pass_obj
def build(context: Context, /, sheet_lang: str | None, *, shard: str, is_timed: bool, **where: Any) -> int:
    """Make every sheet."""
    watch = Stopwatch()
    verb = import_module("generator.commands.build")
    share = import_module("generator.shards").read(shard)
    language = Language(sheet_lang) if sheet_lang else None
    code = verb.run(
        context.root,
        language=language,
        speech=context.language,
        shard=share,
        today=moment(None).date(),
        say=click.echo,
        track=_progress(context.language),
        watch=watch,
        **where,
    )
    for line in watch.lines(context.language) if is_timed else ():
        click.echo(line, err=True)
    return int(code)


@main.group(help=cli.FORM.within(Language.BOTH))
def form() -> None:
    """Templates of forms."""


@form.command(help=cli.FORM_DRAW.within(Language.BOTH))
@click.argument("keys", nargs=-1)
@click.option("--force", is_flag=True, help=cli.FORCE.within(Language.BOTH))
@click.pass_obj
def draw(context: Context, keys: tuple[str, ...], *, force: bool) -> int:
    """Lay out templates."""
    verb = import_module("generator.commands.form")
    return int(verb.draw(context.root, keys, force=force, language=context.language, say=click.echo))


@form.command("check", help=cli.FORM_CHECK.within(Language.BOTH))
@click.argument("keys", nargs=-1)
@click.pass_obj
def form_check(context: Context, keys: tuple[str, ...]) -> int:
    """Compare templates and definitions."""
    verb = import_module("generator.commands.form")
    return int(verb.check(context.root, keys, language=context.language, say=click.echo))


@main.command(help=cli.DOCTOR.within(Language.BOTH))
@click.pass_obj
def doctor(context: Context) -> int:
    """Say whether this machine is right."""
    verb = import_module("generator.commands.doctor")
    return int(verb.run(context.root, language=context.language, path=os.environ.get("PATH", ""), say=click.echo))


def _progress(language: Language) -> Any:
    def track(pieces: Iterable[Any], total: int, about: str) -> Iterable[Any]:
        from rich.progress import track as bar  # noqa: PLC0415  only a build shows a bar; every other verb starts faster

        return bar(pieces, description=about or printing.BUILDING.within(language), total=total)

    return track
