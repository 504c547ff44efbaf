"""The group that all verbs hang on, and what they share: where the repository is, the language, the time."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from generator import __version__
from generator.errors import GeneratorError
from generator.terms import Language, cli, repository

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
    place = found_root(root)
    context.obj = Context(place, Language(lang) if lang else usual_language(place))


def moment(given: datetime | None) -> datetime:
    """The time to judge by: the one given, or now."""
    return given or datetime.now().astimezone()


def found_root(given: Path | None) -> Path:
    """The folder of the repository, from the one given or the current one upwards."""
    start = (given or Path.cwd()).resolve()
    for folder in (start,) if given else (start, *start.parents):
        if (folder / "schemas").is_dir() or (folder / "records").is_dir():
            return folder
    raise GeneratorError(repository.NO_ROOT.format(folder=start))


def usual_language(root: Path) -> Language:
    """The language that the organisation chose for messages."""
    path = root / "records" / "organization.yaml"
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    return Language.EN if "\nmessage_language: en" in text else Language.ZH


def log(trace: str) -> Path:
    """The file in which the details of a fault of ours stand."""
    path = Path.cwd() / "wenkong-error.log"
    path.write_text(f"wenkong {__version__}, Python {sys.version}\n{trace}", "utf-8")
    return path
