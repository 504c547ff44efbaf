"""A text in the two languages that every user-visible word exists in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """What a sheet or a message is written in; BOTH is for sheets: Chinese first, English beside it."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def format(self, **values: object) -> Text:
        """Fill the named places of both languages; a Text among the values is filled in its own language."""
        return Text(
            self.zh.format(**{key: value.zh if isinstance(value, Text) else value for key, value in values.items()}),
            self.en.format(**{key: value.en if isinstance(value, Text) else value for key, value in values.items()}),
        )

    def within(self, language: Language) -> str:
        """The words in one language; for BOTH, Chinese and English with a space between."""
        if language is Language.EN:
            return self.en
        if language is Language.ZH or self.zh == self.en:
            return self.zh
        return f"{self.zh} {self.en}"
