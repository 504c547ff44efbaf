"""Findings as the Language Server Protocol has diagnostics, for editors that do not know this program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator.model import Finding, Severity
from generator.terms import Language

SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2}
SOURCE = "wenkong"

Lines = Callable[[str], Sequence[str]]
"""The lines of a file by its path from the root; none where it cannot be read."""


def published(
    findings: Iterable[Finding], *, also: Iterable[str], uri: Callable[[str], str], lines: Lines, language: Language
) -> str:
    """A JSON list of `PublishDiagnosticsParams`: one for each file with findings, and an empty one for each of `also`.

    Lines and characters count from 0, characters in UTF-16 code units, as the protocol wants them. A diagnostic
    reaches from its place to the end of its line.
    """
    found: dict[str, list[Finding]] = {path: [] for path in also}
    for each in findings:
        found.setdefault(each.path, []).append(each)
    made = [
        {"uri": uri(path), "diagnostics": [_diagnostic(each, lines(path), language) for each in there]}
        for path, there in sorted(found.items())
    ]
    return json.dumps(made, ensure_ascii=False, indent=2)


def _diagnostic(finding: Finding, lines: Sequence[str], language: Language) -> dict[str, Any]:
    line = max(finding.line - 1, 0)
    text = lines[line] if line < len(lines) else ""
    start = _units(text[: max(finding.column - 1, 0)])
    clause = f" ({finding.clause})" if finding.clause else ""
    return {
        "range": {
            "start": {"line": line, "character": start},
            "end": {"line": line, "character": max(_units(text.rstrip()), start)},
        },
        "severity": SEVERITIES[finding.severity],
        "code": finding.rule,
        "source": SOURCE,
        "message": finding.message.within(language) + clause,
    }


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
