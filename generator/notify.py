"""Messages to people: mail, WeCom, DingTalk, Feishu and whatever else the library can reach."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.terms import Text
from generator.terms import rules as words

SECRET = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class NotifyError(Exception):
    """A message that did not go out."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def send(target: str, subject: str, body: str, secrets: Mapping[str, str]) -> None:
    """Send a message; `${NAME}` in the address is taken from `secrets`, and never shown. Raises NotifyError."""
    import apprise  # noqa: PLC0415  it takes a second to start and is needed by one verb only

    for name in SECRET.findall(target):
        if not secrets.get(name):
            raise NotifyError(words.REMIND_NO_SECRET.format(name=name))
    post = apprise.Apprise()
    if not post.add(SECRET.sub(lambda match: secrets[match[1]], target)):
        raise NotifyError(words.REMIND_BAD_TARGET)
    if not post.notify(title=subject, body=body):
        raise NotifyError(words.REMIND_NOT_TAKEN)
