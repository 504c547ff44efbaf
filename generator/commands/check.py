"""`wenkong check`: say everything that is wrong with the repository, or with some of its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from generator import diagnostics, git, hints, report, verdict
from generator.errors import GeneratorError
from generator.model import Finding
from generator.terms import Language, reading
from generator.verdict import Verdict


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
    found = _some(root, now) if paths else _everything(root, now)
    findings = tuple(each for each in found.findings if _is_meant(each, root, paths))
    if form == "json":
        say(report.as_json(findings))
    elif form == "lsp-diagnostics":
        say(_diagnostics(root, paths, findings, language))
    else:
        for line in report.lines(findings, language):
            say(line)
        counts = {"records": found.records, "forms": found.forms, "procedures": found.procedures}
        say(report.summary(findings, **counts).within(language))
    return 1 if report.has_errors(findings) else 0


def _some(root: Path, now: datetime) -> Verdict:
    """What the files and rules say, without the history."""
    rulebook, judgement = import_module("generator.rulebook"), import_module("generator.judgement")
    return Verdict.of(rulebook.judged(judgement.files(root), now))


def _everything(root: Path, now: datetime) -> Verdict:
    """What is said about the repository; the answer of the last time where nothing has changed since."""
    repository = git.repository(root)
    try:
        seen = verdict.state(root, repository)
        known = verdict.recalled(root, seen, now)
        if known is not None:
            return known
        library = import_module("generator.judgement").of(root, repository, now)
        verdict.keep(root, seen, library, now, import_module("generator.calendars").zone(library))
        return Verdict.of(library)
    finally:
        if repository is not None:
            repository.close()


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
