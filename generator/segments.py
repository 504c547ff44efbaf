"""Chinese text cut into its words, as a reader sees them."""

from __future__ import annotations

import rjieba


def words(text: str) -> list[str]:
    """The words and signs of a text in their order; together they are the text."""
    return list(rjieba.cut(text))
