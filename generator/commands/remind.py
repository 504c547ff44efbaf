"""`wenkong remind`: send each person or group what is due, each reminder once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from generator import agenda, files, git, load, lock, notify, rulebook
from generator.commands.due import chosen
from generator.errors import GeneratorError
from generator.rulebook import Duty
from generator.terms import Language
from generator.terms import rules as words
from generator.world import World

MEMORY = "wenkong-reminded.json"


def run(
    root: Path,
    *,
    is_sending: bool,
    now: datetime,
    secrets: Mapping[str, str],
    language: Language,
    say: Callable[[str], None],
) -> int:
    """Show what would be sent, or send it; 1 if something could not be sent, and is then tried again next time.

    Raises:
        GeneratorError: nobody is named, or the memory of what was sent is damaged.
    """
    library = load.library(root)
    targets = library.organization.get("reminders", ())
    if not targets:
        raise GeneratorError(words.REMIND_NO_TARGET)
    seen = rulebook.world(library, now)
    repository = git.repository(root)
    folder = repository.lock_folder if repository else root / "out"
    path = folder / MEMORY
    with lock.held(folder):
        sent = _memory(path)
        failed = 0
        is_quiet = True
        for target in targets:
            fresh = [each for each in _due(target, seen) if _key(target, each, seen) not in sent]
            if fresh:
                is_quiet = False
                lines = [agenda.sentence(each, seen).within(language) for each in fresh]
                is_told = _told(target, lines, language=language, say=say, secrets=secrets if is_sending else None)
                failed += not is_told
                if is_sending and is_told:
                    sent |= {_key(target, each, seen) for each in fresh}
                    files.write(path, json.dumps(sorted(sent), ensure_ascii=False, indent=0).encode())
        if is_quiet:
            say(words.REMIND_NONE.within(language))
    return 1 if failed else 0


def _due(target: Mapping[str, Any], seen: World) -> tuple[Duty, ...]:
    return chosen(
        seen,
        person=target.get("person", ""),
        department=target.get("department", ""),
        within=target["within"],
    )


def _key(target: Mapping[str, Any], duty: Duty, seen: World) -> str:
    """A reminder before the limit and one after it are two."""
    stage = "overdue" if duty.due.due < seen.now else "soon"
    steps = ".".join(map(str, duty.due.steps))
    return "|".join((target["name"], duty.record.number, duty.rule.id, steps, f"{duty.due.due:%Y-%m-%d %H:%M}", stage))


def _told(
    target: Mapping[str, Any],
    lines: list[str],
    *,
    language: Language,
    say: Callable[[str], None],
    secrets: Mapping[str, str] | None,
) -> bool:
    said = {"target": target["name"], "count": len(lines)}
    if secrets is None:
        say(words.REMIND_WOULD.format(**said).within(language))
        for line in lines:
            say(f"  {line}")
        return True
    try:
        notify.send(target["target"], words.REMIND_SUBJECT.format(**said).within(language), "\n".join(lines), secrets)
    except notify.NotifyError as error:
        say(words.REMIND_FAILED.format(**said, reason=error.text).within(language))
        return False
    say(words.REMIND_SENT.format(**said).within(language))
    return True


def _memory(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    try:
        return set(json.loads(path.read_bytes()))
    except (ValueError, TypeError) as error:
        raise GeneratorError(words.REMIND_BAD_MEMORY.format(path=path)) from error
