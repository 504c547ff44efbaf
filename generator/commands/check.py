"""`wenkong check`: say everything that is wrong with the repository, or with some of its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator import diagnostics, git, hints, judgement, load, report, rulebook
from generator.errors import GeneratorError
from generator.model import Finding, Library
from generator.terms import Language, Text, reading


def run(
    root: Path,
    paths: tuple[Path, ...],
    *,
    now: datetime,
    language: Language,
    form: str,
    say: Callable[[str], None],
) -> int:
    """Show the findings on `paths`, or on everything when there are none; 1 if anything must be corrected.

    A path may also be the number of a record. `form` is `text`, `json` or `lsp-diagnostics`.

    Raises:
        GeneratorError: a path leads nowhere, and no file is named by that number.
    """
    paths = tuple(_place(root, each) for each in paths)
    repository = None if paths else git.repository(root)
    try:
        library = judgement.of(root, repository, now) if not paths else rulebook.judged(load.library(root), now)
    finally:
        if repository is not None:
            repository.close()
    findings = tuple(each for each in library.findings if _is_meant(each, root, paths))
    if form == "json":
        say(report.as_json(findings))
    elif form == "lsp-diagnostics":
        say(_diagnostics(root, paths, findings, language))
    else:
        for line in report.lines(findings, language):
            say(line)
        say(_summary(library, findings).within(language))
    return 1 if report.has_errors(findings) else 0


def _place(root: Path, named: Path) -> Path:
    if named.exists():
        return named.resolve()
    kept = {each.stem: each for each in (root / "records").rglob("*.yaml")}
    if str(named) not in kept:
        raise GeneratorError(reading.NO_SUCH_PATH.format(path=named, hint=hints.similar(str(named), kept)))
    return kept[str(named)].resolve()


def _is_meant(finding: Finding, root: Path, paths: tuple[Path, ...]) -> bool:
    place = (root / finding.path).resolve()
    return not paths or any(place == path or path in place.parents for path in map(Path.resolve, paths))


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


def _summary(library: Library, findings: tuple[Finding, ...]) -> Text:
    return report.summary(
        findings,
        records=sum(len(records) for records in library.records.values()),
        forms=len(library.forms),
        procedures=len(library.procedures),
    )
