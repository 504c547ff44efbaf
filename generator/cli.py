"""The door: what a person types becomes a verb's plain values, and what comes back becomes an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.errors import GeneratorError
from generator.terms import Language, Text, cli, printing, repository

FOUND, REFUSED, BUG = 1, 2, 3
TIMES = ["%Y-%m-%d", "%Y-%m-%d %H:%M"]


class Context:
    """Where the repository is and which language is spoken."""

    def __init__(self, root: Path, language: Language) -> None:
        self.root = root
        self.language = language


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, help=cli.ABOUT.within(Language.BOTH))
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), help=cli.ROOT.within(Language.BOTH))
@click.option("--lang", type=click.Choice(["zh", "en"]), help=cli.LANG.within(Language.BOTH))
@click.version_option(__version__, "-V", "--version")
@click.pass_context
def main(context: click.Context, root: Path | None, lang: str | None) -> None:
    """Find the repository and its language."""
    place = _root(root)
    context.obj = Context(place, Language(lang) if lang else _language(place))


@main.command(help=cli.CHECK.within(Language.BOTH))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", type=click.Choice(["zh", "en"]), help=cli.LANG.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def check(context: Context, paths: tuple[Path, ...], form: str, lang: str | None, today: datetime | None) -> int:
    """Say everything that is wrong."""
    verb = import_module("generator.commands.check")
    return int(
        verb.run(
            context.root,
            tuple(path.resolve() for path in paths),
            now=_now(today),
            language=_spoken(context, lang),
            as_json=form == "json",
            say=click.echo,
        )
    )


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


@main.command(help=cli.RENDER.within(Language.BOTH))
@click.argument("names", nargs=-1, required=True)
@click.option("--format", "forms", type=click.Choice(["docx", "pdf", "both"]), default="both")
@click.option("--blank", is_flag=True, help=cli.BLANK.within(Language.BOTH))
@click.option("--sheet-lang", type=click.Choice(["both", "zh", "en"]), help=cli.SHEET_LANG.within(Language.BOTH))
@click.pass_obj
def render(context: Context, names: tuple[str, ...], forms: str, *, blank: bool, sheet_lang: str | None) -> int:
    """Print some sheets."""
    verb = import_module("generator.commands.render")
    return int(
        verb.run(
            context.root,
            names,
            formats=frozenset({"docx", "pdf"} if forms == "both" else {forms}),
            is_blank=blank,
            language=Language(sheet_lang) if sheet_lang else None,
            speech=context.language,
            say=click.echo,
        )
    )


@main.command(help=cli.BUILD.within(Language.BOTH))
@click.option("--sheet-lang", type=click.Choice(["both", "zh", "en"]), help=cli.SHEET_LANG.within(Language.BOTH))
@click.option("--workers", type=click.IntRange(1, 64), default=lambda: min(os.cpu_count() or 1, 8), show_default="CPU")
@click.pass_obj
def build(context: Context, sheet_lang: str | None, workers: int) -> int:
    """Make every sheet."""
    verb = import_module("generator.commands.build")
    language = Language(sheet_lang) if sheet_lang else None
    return int(
        verb.run(
            context.root,
            language=language,
            speech=context.language,
            workers=workers,
            say=click.echo,
            track=_progress(context.language),
        )
    )


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


@main.command(help=cli.MOVE.within(Language.BOTH))
@click.argument("number")
@click.argument("state")
@click.option("--as", "person", default="", help=cli.AS.within(Language.BOTH))
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def move(context: Context, number: str, state: str, person: str, today: datetime | None) -> int:
    """Take a record to its next state."""
    verb = import_module("generator.commands.move")
    now = _now(today)
    return int(verb.run(context.root, number, state, person=person, now=now, language=context.language, say=click.echo))


@main.command(help=cli.WHY.within(Language.BOTH))
@click.argument("number")
@click.option("--today", type=click.DateTime(TIMES), help=cli.TODAY.within(Language.BOTH))
@click.pass_obj
def why(context: Context, number: str, today: datetime | None) -> int:
    """Say where a record stands and why."""
    verb = import_module("generator.commands.why")
    return int(verb.run(context.root, number, now=_now(today), language=context.language, say=click.echo))


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
    return int(verb.run(context.root, now=_now(today), language=context.language, say=click.echo, **chosen))


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
            now=_now(today),
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


@main.command(help=cli.IMPACT.within(Language.BOTH))
@click.argument("number")
@click.pass_obj
def impact(context: Context, number: str) -> int:
    """List the records that a customer's demand touches."""
    verb = import_module("generator.commands.impact")
    return int(verb.run(context.root, number, language=context.language, say=click.echo))


def _now(given: datetime | None) -> datetime:
    return given or datetime.now().astimezone()


def _spoken(context: Context, lang: str | None) -> Language:
    return Language(lang) if lang else context.language


def _root(given: Path | None) -> Path:
    start = (given or Path.cwd()).resolve()
    for folder in (start,) if given else (start, *start.parents):
        if (folder / "schemas").is_dir() or (folder / "records").is_dir():
            return folder
    raise GeneratorError(repository.NO_ROOT.format(folder=start))


def _language(root: Path) -> Language:
    path = root / "records" / "organization.yaml"
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    return Language.EN if "\nmessage_language: en" in text else Language.ZH


def _progress(language: Language) -> Any:
    def track(pieces: Iterable[Any], total: int, about: str) -> Iterable[Any]:
        from rich.progress import track as bar  # noqa: PLC0415  only a build shows a bar; every other verb starts faster

        return bar(pieces, description=about or printing.BUILDING.within(language), total=total)

    return track


def run() -> None:
    """Run the command line; exit 0 clean, 1 findings, 2 cannot go on, 3 a fault of ours."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(main(standalone_mode=False) or 0)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(REFUSED)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except GeneratorError as error:
        _tell(error.text)
        sys.exit(REFUSED)
    except Exception:
        _tell(printing.BUG.format(path=_log()))
        sys.exit(BUG)


def _tell(text: Text) -> None:
    click.echo(f"wenkong: {text.zh}", err=True)
    click.echo(f"wenkong: {text.en}", err=True)


def _log() -> Path:
    path = Path.cwd() / "wenkong-error.log"
    path.write_text(f"wenkong {__version__}, Python {sys.version}\n{traceback.format_exc()}", "utf-8")
    return path
