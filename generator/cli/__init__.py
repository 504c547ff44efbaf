"""The door: what a person types becomes a verb's plain values, and what comes back becomes an exit code."""

from __future__ import annotations

import gc
import sys
import traceback

import click

from generator.cli import control, copies, flow, ledgers, live, proof, records, signing, usage  # noqa: F401  each hangs its verbs on the group
from generator.cli.base import log, main
from generator.errors import GeneratorError
from generator.terms import Text, printing

FOUND, REFUSED, BUG = 1, 2, 3
SELDOM = (50_000, 20, 100)
"""Most of what a verb makes lives until its end: looking through it for garbage costs a quarter of a check."""


def run() -> None:
    """Run the command line; exit 0 clean, 1 findings, 2 cannot go on, 3 a fault of ours."""
    gc.set_threshold(*SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(main(prog_name="wenkong", standalone_mode=False) or 0)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show() if isinstance(error, click.exceptions.NoArgsIsHelpError) else _tell(usage.words(error))
        sys.exit(REFUSED)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except GeneratorError as error:
        _tell(error.text)
        sys.exit(REFUSED)
    except Exception:
        _tell(printing.BUG.format(path=log(traceback.format_exc())))
        sys.exit(BUG)
    finally:
        gc.freeze()  # or all of it is looked through once more at the very end


def _tell(text: Text) -> None:
    click.echo(f"wenkong: {text.zh}", err=True)
    click.echo(f"wenkong: {text.en}", err=True)
