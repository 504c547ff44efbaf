"""`wenkong impact`: the records that a customer's demand touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator import flow, load
from generator.commands.move import found
from generator.errors import GeneratorError
from generator.model import Library, Record
from generator.settings import Settings, concerns
from generator.terms import Language
from generator.terms import rules as words


def run(root: Path, number: str, *, language: Language, say: Callable[[str], None]) -> int:
    """List the records whose settings or demands come from this record, or would once it is in force.

    Raises:
        GeneratorError: there is no such record, or it sets nothing.
    """
    library = load.library(root)
    record = found(library, number)
    form = library.forms[record.form]
    about = form.overlays
    if about is None or not record.values.get(about.table):
        raise GeneratorError(words.NO_OVERLAYS.format(record=number))
    is_in_force = record.values.get("state") in about.in_force
    if not is_in_force:
        library = _as_if(library, record, about.in_force[0])
    settings = Settings(library)
    touched = []
    for each in library.every():
        ours = (one for one in settings.overlays_on(each) if one.record.number == number)
        names = [one.name for one in ours if concerns(one, library.forms[each.form])]
        if names:
            touched.append((each, names))
    head = words.IMPACT_HEAD.format(record=number, count=len(touched)).within(language)
    say(head + ("" if is_in_force else words.NOT_IN_FORCE.within(language)))
    for each, names in touched:
        theirs = library.forms[each.form]
        state = flow.title(theirs, each.values.get("state", "-"))
        said = words.IMPACT_LINE.format(
            record=each.number, form=theirs.title, state=state, names=", ".join(dict.fromkeys(names))
        )
        say(f"  {said.within(language)}")
    return 0


def _as_if(library: Library, record: Record, state: str) -> Library:
    changed = replace(record, values={**record.values, "state": state})
    ours = {**library.records[record.form], record.number: changed}
    return replace(library, records={**library.records, record.form: ours})
