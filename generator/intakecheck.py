"""Files that are about to be written, looked at as `check` will look at them; findings stand at cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator import attachments, load, references, rulebook, yamlfile
from generator.intake import Origin
from generator.model import Finding, Library, Record, Severity, Source

Files = Mapping[str, tuple[str, bytes]]
"""Contents by path, each with the key of its form."""
Placed = tuple[str, Finding]


@dataclass(frozen=True)
class Judged:
    """What was found, each at the cell or row that it comes from: faults of values, rules broken, and warnings."""

    faults: tuple[Placed, ...] = ()
    broken: tuple[Placed, ...] = ()
    warnings: tuple[Placed, ...] = ()


def judged(root: Path, library: Library, files: Files, origins: Mapping[str, Origin], now: datetime) -> Judged:
    """What these files bring that was not there before. Rules are asked where the values are without fault."""
    sources, records, faults = _read(library, files)
    coming = _with(library, records)
    known = set(map(_same, library.findings))
    unmet = [*references.check(coming, yamlfile.place, records), *attachments.missing(root, coming, records)]
    faults += [each for each in unmet if _same(each) not in known]
    broken = [] if faults else list(_broken(library, coming, records, now))
    cells = {path: dict(_cells(source, origins[path])) for path, source in sources.items()}

    def placed(found: Iterable[Finding]) -> tuple[Placed, ...]:
        return tuple((_place(each, cells, origins), each) for each in found)

    return Judged(
        placed(faults),
        placed(each for each in broken if each.severity is Severity.ERROR),
        placed(each for each in broken if each.severity is not Severity.ERROR),
    )


def _read(library: Library, files: Files) -> tuple[dict[str, Source], list[Record], list[Finding]]:
    readers = {key: load.reader(library.forms[key]) for key in {form for form, _ in files.values()}}
    sources: dict[str, Source] = {}
    records: list[Record] = []
    faults: list[Finding] = []
    for path, (key, content) in files.items():
        source, found = yamlfile.load(content, path)
        record, also = readers[key](source) if source is not None else (None, ())
        faults += (*found, *also)
        sources |= {path: source} if source is not None else {}
        records += [record] if record is not None else []
    return sources, records, faults


def _with(library: Library, records: Iterable[Record]) -> Library:
    changed: dict[str, dict[str, Record]] = {key: dict(kept) for key, kept in library.records.items()}
    for each in records:
        changed[each.form][each.number] = each
    return replace(library, records=changed, findings=())


def _broken(library: Library, coming: Library, records: Iterable[Record], now: datetime) -> Iterator[Finding]:
    """What the rules find on these records, and did not find before."""
    old = [library.records[each.form][each.number] for each in records if each.number in library.records[each.form]]
    before = {_same(each) for each in rulebook.findings(rulebook.world(library, now), old)}
    found = rulebook.findings(rulebook.world(coming, now), records)
    return (each for each in found if _same(each) not in before)


def _same(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.rule, finding.message.en


def _cells(source: Source, origin: Origin) -> Iterator[tuple[tuple[int, int], str]]:
    for steps, cell in origin.cells.items():
        yield yamlfile.place(source.marks, steps, key=True), cell
        yield yamlfile.place(source.marks, steps), cell


def _place(finding: Finding, cells: Mapping[str, Mapping[tuple[int, int], str]], origins: Mapping[str, Origin]) -> str:
    if finding.path not in origins:
        return f"{finding.path}:{finding.line}"
    return cells.get(finding.path, {}).get((finding.line, finding.column), origins[finding.path].row)
