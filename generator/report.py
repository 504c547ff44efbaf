"""Findings as lines for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Finding, Severity
from generator.terms import Language, Text, printing

SEVERITIES = {
    Severity.ERROR: printing.ERROR,
    Severity.WARNING: printing.WARNING,
}


def lines(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """`path:line:column: severity: message [rule] (clause)`, one line a finding."""
    for each in findings:
        clause = f" ({each.clause})" if each.clause else ""
        severity = SEVERITIES[each.severity].within(language)
        message = " ".join(each.message.within(language).split("\n"))
        yield f"{each.path}:{each.line}:{each.column}: {severity}: {message} [{each.rule}]{clause}"


def as_json(findings: Iterable[Finding]) -> str:
    """A list of objects with both languages of the message."""
    rows = [
        {
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "severity": each.severity.value,
            "rule": each.rule,
            "clause": each.clause,
            "message": {"zh": each.message.zh, "en": each.message.en},
        }
        for each in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def summary(findings: Iterable[Finding], *, records: int, forms: int, procedures: int) -> Text:
    """How much was checked and what came out."""
    counts = Counter(each.severity for each in findings)
    return printing.FOUND.format(
        records=records,
        forms=forms,
        procedures=procedures,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether anything must be corrected."""
    return any(each.severity is Severity.ERROR for each in findings)
