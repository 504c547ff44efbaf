"""`wenkong check`: say everything that is wrong with the repository, or with some of its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from generator import diagnostics, hints, pack, report, store, verdict
from generator.errors import GeneratorError
from generator.kept import FILES, Kept
from generator.model import Finding
from generator.shelf import RECORDS, SUFFIX, files, place
from generator.stopwatch import Stopwatch
from generator.terms import Language, reading, usage
from generator.verdict import Verdict


def run(
    root: Path,
    paths: tuple[Path, ...],
    *,
    now: datetime,
    language: Language,
    form: str,
    say: Callable[[str], None],
    watch: Stopwatch | None = None,
) -> int:
    """Show the findings on `paths`, or on everything when there are none; 1 if anything must be corrected.

    A path may also be the number of a record. `form` is `text`, `json` or `lsp-diagnostics`.

    Raises:
        GeneratorError: a path leads nowhere, and no file is named by that number.
    """
    paths = tuple(_place(root, each) for each in paths)
    found = _some(root, paths, now) if paths else _everything(root, now, watch)
    findings = tuple(each for each in found.findings if _is_meant(each, root, paths))
    if form == "json":
        say(report.as_json(findings))
    elif form == "lsp-diagnostics":
        say(_diagnostics(root, paths, findings, language))
    else:
        counts = {"records": found.records, "forms": found.forms, "procedures": found.procedures}
        summary = report.summary(findings, **counts).within(language)
        say("\n".join((*report.lines(findings, language), summary)))
    return 1 if report.has_errors(findings) else 0


def _some(root: Path, paths: tuple[Path, ...], now: datetime) -> Verdict:
    """What the files and rules say, without the history."""
    spot: Verdict | None = import_module("generator.spotcheck").of(root, paths, now)
    if spot is not None:
        return spot
    load, rulebook = import_module("generator.load"), import_module("generator.rulebook")
    library = load.library(root, None, Kept(pack.program(), store.read(root, FILES, pack.program())))
    return Verdict.of(rulebook.judged(library, now))


def _everything(root: Path, now: datetime, watch: Stopwatch | None) -> Verdict:
    """What is said about the repository; the answer of the last time where nothing has changed since."""
    phases = watch or Stopwatch()
    git = import_module("generator.git")
    repository = git.repository(root)
    try:
        with phases.phase(usage.LOOKING):
            seen, last = verdict.state(root, repository), verdict.last(root)
        if last is not None and last.is_on(seen) and last.holds(now):
            return last.verdict
        with phases.phase(usage.FOLLOWING):
            follow = import_module("generator.amended").of if last else None
            amended: Verdict | None = follow(root, repository, last, seen, now) if follow else None
        if amended is not None:
            return amended
        library = import_module("generator.judgement").of(root, repository, now, watch)
        ground, zone = verdict.ground(seen, library), import_module("generator.calendars").zone(library)
        if ground is not None:
            verdict.keep(root, Verdict.of(library), seen, ground, now=now, zone=zone)
        return Verdict.of(library)
    finally:
        if repository is not None:
            repository.close()


def _place(root: Path, named: Path) -> Path:
    if named.exists():
        return named.resolve()
    kept = {place(path)[1]: path for path in files(root, RECORDS, SUFFIX)}
    if str(named) not in kept:
        raise GeneratorError(reading.NO_SUCH_PATH.format(path=named, hint=hints.similar(str(named), kept)))
    return (root / kept[str(named)]).resolve()


def _is_meant(finding: Finding, root: Path, paths: tuple[Path, ...]) -> bool:
    return not paths or any((root / finding.path).resolve().is_relative_to(each) for each in paths)


def _diagnostics(root: Path, paths: tuple[Path, ...], findings: tuple[Finding, ...], language: Language) -> str:
    meant = (each for path in paths for each in (path.rglob("*.yaml") if path.is_dir() else [path]))
    return diagnostics.published(
        findings,
        also=[each.resolve().relative_to(root.resolve()).as_posix() for each in meant],
        uri=lambda path: (root / path).resolve().as_uri(),
        lines=lambda path: _lines(root / path),
        language=language,
    )


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
