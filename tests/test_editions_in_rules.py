"""What a rule may know of the editions of documents."""

from __future__ import annotations

from datetime import datetime

import pytest

from generator import formulas, load, rulebook
from tests.conftest import ROOT

NOW = datetime(2026, 11, 24, 12, 0)  # noqa: DTZ001  local time, as rules see it


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [("A/1", "A/0", True), ("A/0", "A/0", False), ("A/9", "B/0", False), ("2026-03", "A/0", None), (None, "A/0", None)],
)
def test_labels_are_compared_and_what_is_no_label_decides_nothing(one: str | None, other: str, answer: object) -> None:
    assert formulas.newer(one, other) is answer


def test_the_edition_in_force_comes_from_the_history_before_the_label_that_the_tree_bears() -> None:
    library = load.library(ROOT)
    assert rulebook.world(library, NOW).edition("CP-06") == library.procedures["CP-06"].revision
    assert rulebook.world(library, NOW, {"CP-06": "Z/9"}).edition("CP-06") == "Z/9"
    assert rulebook.world(library, NOW).edition("WI-0815") is None


def test_an_update_that_is_only_a_draft_is_found() -> None:
    library = load.library(ROOT)
    record = library.records["complaint"]["CC-2026-0007"]
    row = {"document": "procedure", "applicable": True, "document_no": "CP-06", "new_edition": "A/0"}
    changed = type(record)(
        record.path,
        record.form,
        record.number,
        {**record.values, "document_updates": [*record.values["document_updates"], row]},
        record.source,
    )
    in_force = rulebook.world(library, NOW, {"CP-06": "A/0"})
    assert "R-06-36i" not in [each.rule for each in rulebook.findings(in_force, [changed])]
    row["new_edition"] = "A/1"
    assert "R-06-36i" in [each.rule for each in rulebook.findings(in_force, [changed])]
