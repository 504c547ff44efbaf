"""The flow of a form: which states can follow which, and which lie behind a record in a given state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import Form, Transition


def initial(form: Form) -> str:
    """The state in which a record begins: the first."""
    return form.states[0].key if form.states else ""


def leaving(form: Form, state: str) -> Iterator[Transition]:
    """The ways out of a state."""
    return (each for each in form.transitions if state in each.start)


def between(form: Form, start: str, end: str) -> Transition | None:
    """The way from one state to another."""
    return next((each for each in leaving(form, start) if each.end == end), None)


def reachable(form: Form, without: Iterable[str] = ()) -> frozenset[str]:
    """The states that a record can come to, when it may not pass through some."""
    barred = frozenset(without)
    found: set[str] = set()
    ahead = [initial(form)]
    while ahead:
        state = ahead.pop()
        if state in found or state in barred:
            continue
        found.add(state)
        ahead += [each.end for each in leaving(form, state)]
    return frozenset(found)


def passed(form: Form, entered: tuple[str, ...]) -> frozenset[str]:
    """The states in which a record certainly has entered one of these: they and all that lie only behind them."""
    return frozenset({each.key for each in form.states} - reachable(form, entered)) | frozenset(entered)


def is_final(form: Form, state: str) -> bool:
    """Whether no way leads out of a state of a form with a flow."""
    return bool(form.transitions) and not any(True for _ in leaving(form, state))
