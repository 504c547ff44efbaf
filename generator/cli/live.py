"""Verbs that stay: watch, serve."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

import click

from generator.cli.base import Context, log, main
from generator.errors import GeneratorError
from generator.terms import Language, Text, printing
from generator.terms import live as words

if TYPE_CHECKING:
    from rich.console import Console

    from generator.live import Page, Said

T = TypeVar("T")
STYLES = {
    "head": "bold",
    "file": "cyan",
    "error": "red",
    "warning": "yellow",
    "good": "green",
    "quiet": "dim",
    "due": "",
}


class Screen:
    """A terminal that shows the last change and nothing older; where it is no terminal, lines one after another."""

    def __init__(self, language: Language, *, is_quiet: bool = False) -> None:
        rich = import_module("rich.console")
        self._console: Console = rich.Console(highlight=False, soft_wrap=True)
        self._language, self._is_quiet = language, is_quiet

    def said(self, said: Said) -> None:
        """The screen anew."""
        if self._console.is_terminal and not self._is_quiet:
            self._console.clear()
        verb = import_module("generator.commands.watch")
        for line in verb.screen(said, self._language):
            self._line(line.text, STYLES[line.kind])

    def page(self, page: Page) -> None:
        """A sheet under it."""
        if page.fault is None:
            self._line(f"→ {page.path}", "green")
        else:
            self._line(words.NOT_PRINTED.format(name=page.name, why=page.fault).within(self._language), "yellow")

    def waits(self, said: Said | None, *, is_polling: bool) -> None:
        """The line at the foot."""
        verb = import_module("generator.commands.watch")
        texts = verb.waiting(said, is_polling=is_polling)
        self._line(" · ".join(each.within(self._language) for each in texts), "dim")

    def trying(self, work: Callable[[], T]) -> T | None:
        """Show what went wrong, and go on."""
        try:
            return work()
        except GeneratorError as error:
            self.fault(error.text)
        except Exception:
            self.fault(printing.BUG.format(path=log(traceback.format_exc())))
        return None

    def fault(self, text: Text) -> None:
        """Something that kept us from looking."""
        self._line(f"wenkong: {text.within(self._language)}", "red")

    def _line(self, text: str, style: str) -> None:
        self._console.print(text, style=style or None, markup=False)
        sys.stdout.flush()


def _now() -> datetime:
    return datetime.now().astimezone()


@main.command(help=words.WATCH.within(Language.BOTH))
@click.option("--poll", is_flag=True, help=words.POLL.within(Language.BOTH))
@click.pass_obj
def watch(context: Context, *, poll: bool) -> int:
    """Watch until Ctrl-C."""
    verb = import_module("generator.commands.watch")
    try:
        return int(verb.run(context.root, Screen(context.language), now=_now, poll=poll))
    except KeyboardInterrupt:
        click.echo(words.ENDED.within(context.language))
        return 0
