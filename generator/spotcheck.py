"""What files and rules say of a few records, reading of all the others only what these are connected with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from generator import attachments, definitions, later, load, pack, references, rulebook, store, yamlfile
from generator.kept import FILES, Kept
from generator.later import Records
from generator.shelf import RECORDS, SUFFIX, files, place
from generator.verdict import Verdict


def of(root: Path, paths: Iterable[Path], now: datetime) -> Verdict | None:
    """The findings on the records in these files and folders, which are absolute; None where all must be looked at.

    That is where one leads elsewhere, or where another file bears its name.

    What was read anew is kept.
    """
    listed = list(files(root, RECORDS, SUFFIX))
    program, top = pack.program(), root.resolve()
    asked = {path: list(_within(path, top, listed)) for path in paths}
    with store.seen(root, {FILES: program}) as entries:
        kept = Kept(program, entries.get(FILES, {}))
        library, records = later.library(root, listed, kept)
        places = [(*place(each), each) for found in asked.values() for each in found]
        bearing = Counter(map(place, listed))
        if any(bearing[form, number] > 1 for form, number, _ in places):
            return None
        if not all(asked.values()) or not all(_is_found(each, records) for each in places):
            return None
        living = [records[form][number] for form, number, _ in places if number in records[form]]
        if not all(library.forms[form].is_printed for form, *_ in places):
            return None
        found = [each for form, number, _ in places for each in records[form].findings(number)]
        found += references.check(library, yamlfile.place, living)
        found += attachments.missing(root, library, living)
        found += definitions.accepted(library, living)
        found += rulebook.findings(rulebook.world(library, now), living)
        fresh = {path: kept.fresh[path] for *_, path in places if path in kept.fresh}
    store.amend(root, FILES, program, fresh)
    shown = load.with_findings(library, found).findings
    return Verdict(shown, len(places), len(library.forms), len(library.procedures))


def _within(path: Path, top: Path, listed: Iterable[str]) -> Iterator[str]:
    """Those of the files that are this one or lie below it; paths are compared as text, of which there may be many."""
    if top == path or top.is_relative_to(path):
        yield from listed
    elif path.is_relative_to(top):
        named = path.relative_to(top).as_posix()
        yield from (each for each in listed if each == named or each.startswith(f"{named}/"))


def _is_found(place: tuple[str, str, str], records: Mapping[str, Records]) -> bool:
    form, number, path = place
    return form in records and records[form].listed.get(number) == path
