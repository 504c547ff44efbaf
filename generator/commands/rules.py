"""`wenkong rules`: every rule with its kind, its clause and its examples; nothing is listed that does not exist."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator import load, report, yamlfile
from generator.model import Form, Rule
from generator.settings import Settings
from generator.terms import Language
from generator.terms import rules as words

EXAMPLES = "tests/examples"
NAMED = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")


def run(root: Path, *, form: str, language: Language, say: Callable[[str], None]) -> int:
    """Show the table, as Markdown or JSON; 1 if a definition cannot be read."""
    library = load.library(root)
    wrong = [each for each in library.findings if each.path.startswith("schemas/")]
    declared = frozenset(Settings(library).declared)
    rows = [row for each in library.forms.values() for row in _rows(root, each, declared)]
    rows.sort(key=lambda each: str(each["id"]))
    if form == "json":
        say(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        say(words.RULES_HEAD.within(language))
        say("|---|---|---|---|---|---|---|")
        for each in rows:
            says = each["says"]["en" if language is Language.EN else "zh"].replace("|", "\\|")
            cells = (
                each["id"],
                each["kind"],
                each["clause"],
                each["form"],
                says,
                each["severity"],
                each["test"] or "-",
            )
            say(f"| {' | '.join(cells)} |")
    for line in report.lines(wrong, language):
        say(line)
    return 1 if wrong else 0


def _rows(root: Path, form: Form, declared: frozenset[str]) -> Iterator[dict[str, Any]]:
    path = f"{EXAMPLES}/{form.key}/rules.yaml"
    there = _examples(root / path)
    for rule in form.rules:
        yield {
            "id": rule.id,
            "kind": rule.kind,
            "clause": rule.clause,
            "form": form.key,
            "says": {"zh": rule.says.zh, "en": rule.says.en},
            "severity": rule.severity.value,
            "settings": _settings(rule, declared),
            "covers": list(rule.covers),
            "test": f"{path}:{there[rule.id]}" if rule.id in there else "",
        }


def _examples(path: Path) -> dict[str, int]:
    """The line of each rule's example."""
    if not path.is_file():
        return {}
    source, _ = yamlfile.load(path.read_bytes(), path.name)
    if source is None or not isinstance(source.values, dict):
        return {}
    return {key: yamlfile.place(source.marks, (key,), key=True)[0] for key in source.values}


def _settings(rule: Rule, declared: frozenset[str]) -> list[str]:
    """The settings that a rule reads, as a key of its kind or in a condition."""
    return sorted(set(NAMED.findall(f"{rule.when} {rule.keys}")) & declared)
