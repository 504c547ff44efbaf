"""The one exception that means: the work cannot go on, and here is what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.terms import Text


class GeneratorError(Exception):
    """Ends the command with exit code 2; `text` says in both languages what is wrong and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
