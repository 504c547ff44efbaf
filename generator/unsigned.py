"""Which records ended without all the signatures that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator import documents, signatures, signing, states, yamlfile
from generator.model import Finding, Record, Severity
from generator.signatures import Bench
from generator.terms import Text
from generator.terms import signing as words

CLAUSE = "ISO 9001 7.5.3.2"
MISSING = "signature.missing"


def missing(root: Path, bench: Bench, records: Iterable[Record]) -> Iterator[Finding]:
    """Those of these records that ended without all their signatures, where the organisation wants to hear of it."""
    library = bench.library
    if not bench.policy.tells_missing:
        return
    severity = Severity(bench.policy.required)
    for record in records:
        form = library.forms[record.form]
        is_over = form.signatures and form.transitions and states.is_final(form, record.values.get("state", ""))
        if not is_over:
            continue
        document = documents.of_record(record, form)
        digest = signatures.digest(root, document, library)
        boxes = signing.missing(bench.subject(document, digest), bench.verdicts(document, digest))
        if boxes:
            labels = Text("、".join(each.label.zh for each in boxes), ", ".join(each.label.en for each in boxes))
            line, column = yamlfile.place(record.source.marks, ("state",))
            text = words.MISSING.format(number=record.number, boxes=labels)
            yield Finding(record.path, line, column, MISSING, text, severity, CLAUSE)
