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
from generator.terms import Language, Text, board, printing
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

    def __init__(self, language: Language, *, is_still: bool = False) -> None:
        rich = import_module("rich.console")
        self._console: Console = rich.Console(highlight=False, soft_wrap=True)
        self._language, self._is_still = language, is_still

    def said(self, said: Said) -> None:
        """The screen anew; one that is still says no more than what is wrong with the program."""
        if self._is_still:
            return
        if self._console.is_terminal:
            self._console.clear()
        verb = import_module("generator.commands.watch")
        for line in verb.screen(said, self._language):
            self._line(line.text, STYLES[line.kind])

    def page(self, page: Page) -> None:
        """A sheet under it."""
        if self._is_still:
            return
        if page.fault is None:
            self._line(f"→ {page.path}", "green")
        else:
            self._line(words.NOT_PRINTED.format(name=page.name, why=page.fault).within(self._language), "yellow")

    def waits(self, said: Said | None, *, is_polling: bool) -> None:
        """The line at the foot."""
        if self._is_still:
            return
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

    def tell(self, text: Text) -> None:
        """A line of its own."""
        self._line(text.within(self._language), "bold")

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


@main.command(help=board.SERVE.within(Language.BOTH))
@click.option("--port", type=click.IntRange(0, 65535), default=8440, help=board.PORT.within(Language.BOTH))
@click.pass_obj
def serve(context: Context, *, port: int) -> int:
    """Serve until Ctrl-C."""
    verb = import_module("generator.commands.serve")
    screen = Screen(context.language, is_still=True)
    try:
        return int(verb.run(context.root, screen, now=_now, port=port, say=screen.tell))
    except KeyboardInterrupt:
        click.echo(words.ENDED.within(context.language))
        return 0
