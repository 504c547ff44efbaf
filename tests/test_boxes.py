"""What a box may ask: who signs it, how many, when and after whom; delegates with dates; other keys; missing ones."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from generator import git as repositories
from generator import load, rulebook, signaturecheck
from generator.errors import GeneratorError
from tests import signing_build as firm
from tests.signing_build import ANNA, BO, CHEN, DORA, faults, verdicts

HEAD = "    - {role: prepared, zh: 编制, en: Prepared by}\n"
WAY = "  transitions:\n    - {from: open, to: returned, by: [tool]}\n"
DELEGATION = "may_sign: false\ndelegations:\n  - {to: bo, from: 2026-03-01, until: 2026-03-05, boxes: approved}"


def company(tmp_path: Path, *boxes: str, **settings: str) -> Path:
    lines = "".join(f"    - {each}\n" for each in boxes)
    named = {key.replace("__", "."): value for key, value in settings.items()}
    return firm.firm(tmp_path / "库 firm", boxes=HEAD + lines, settings=named or None)


def test_a_box_for_two_is_open_until_two_have_signed(tmp_path: Path) -> None:
    root = company(
        tmp_path, "{role: agreed, zh: 会签, en: Agreed, at_least: 2}", "{role: approved, zh: 批准, en: Approved}"
    )
    firm.signed(root, "prepared", ANNA, "2026-03-02T09:00")
    firm.signed(root, "agreed", BO, "2026-03-02T10:00")
    with pytest.raises(GeneratorError, match="Agreed"):
        firm.signed(root, "approved", CHEN, "2026-03-02T11:00")
    firm.signed(root, "agreed", DORA, "2026-03-02T11:00")
    firm.signed(root, "approved", CHEN, "2026-03-02T12:00")
    assert faults(root) == []
    assert all(each.holds for each in verdicts(root).values())


@pytest.mark.parametrize(("most", "is_asked"), [("1000", True), ("2000", False)])
def test_a_threshold_decides_whether_a_box_must_be_signed(tmp_path: Path, most: str, *, is_asked: bool) -> None:
    box = f"{{role: finance, zh: 财务, en: Finance, when: price > {most}.0}}"
    root = company(tmp_path, box, "{role: approved, zh: 批准, en: Approved}")
    firm.signed(root, "prepared", ANNA, "2026-03-02T09:00")
    if is_asked:
        with pytest.raises(GeneratorError, match="Finance"):
            firm.signed(root, "approved", CHEN, "2026-03-02T11:00")
        return
    firm.signed(root, "approved", CHEN, "2026-03-02T11:00")
    assert faults(root) == []


def test_a_box_is_signed_by_those_who_hold_its_role_on_that_day(tmp_path: Path) -> None:
    root = company(tmp_path, "{role: approved, zh: 批准, en: Approved, by: [manager]}")
    firm.signed(root, "prepared", ANNA, "2026-03-02T09:00")
    with pytest.raises(GeneratorError, match="manager"):
        firm.signed(root, "approved", BO, "2026-03-02T11:00")
    firm.signed(root, "approved", CHEN, "2026-03-02T11:00")
    assert faults(root) == []


def test_the_organisation_says_who_signs_where_the_form_does_not(tmp_path: Path) -> None:
    root = company(tmp_path, "{role: approved, zh: 批准, en: Approved}", signing__roles="approved: manager")
    firm.signed(root, "prepared", ANNA, "2026-03-02T09:00")
    with pytest.raises(GeneratorError, match="manager"):
        firm.signed(root, "approved", BO, "2026-03-02T11:00")


def test_a_box_after_none_is_signed_at_any_time(tmp_path: Path) -> None:
    root = company(tmp_path, "{role: noted, zh: 知悉, en: Noted, after: []}")
    firm.signed(root, "noted", BO, "2026-03-02T09:00")
    assert faults(root) == []


def test_a_delegate_signs_only_within_the_dates_and_boxes(tmp_path: Path) -> None:
    root = company(tmp_path, "{role: approved, zh: 批准, en: Approved, by: [manager]}")
    firm.person(root, CHEN, more=DELEGATION)
    firm.commit(root, "delegation", CHEN, "2026-03-01T09:00")
    firm.signed(root, "prepared", ANNA, "2026-03-02T09:00")
    with pytest.raises(GeneratorError, match="no delegate"):
        firm.signed(root, "approved", BO, "2026-03-06T09:00", principal=CHEN)
    firm.signed(root, "approved", BO, "2026-03-05T09:00", principal=CHEN)
    assert faults(root) == []


def test_a_delegate_does_not_sign_twice_under_two_names(tmp_path: Path) -> None:
    root = company(tmp_path, "{role: approved, zh: 批准, en: Approved}")
    firm.person(root, CHEN, more=DELEGATION)
    firm.commit(root, "delegation", CHEN, "2026-03-01T09:00")
    firm.signed(root, "prepared", BO, "2026-03-02T09:00")
    with pytest.raises(GeneratorError, match="somebody else"):
        firm.signed(root, "approved", BO, "2026-03-03T09:00", principal=CHEN)


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_keys_of_other_kinds_are_verified_by_ssh_keygen(tmp_path: Path, kind: str) -> None:
    root = company(tmp_path, signing__proof="ssh")
    place = firm.keyed(root, ANNA, kind=kind)
    firm.commit(root, "key", ANNA, "2026-03-01T09:00")
    made = firm.signed(root, "prepared", ANNA, "2026-03-02T09:00", key=place)
    assert faults(root) == []
    text = made.read_text("utf-8")
    made.write_text(text.replace("2026-03-02 09:00", "2026-03-02 09:10"), "utf-8")
    firm.command(root, "add", "-A")
    with firm.clock(ANNA, "2026-03-02T09:00"):
        firm.command(root, "commit", "-q", "--amend", "--no-edit")
    assert [rule for rule, _ in faults(root)] == ["signature.key"]


def test_a_withdrawn_key_does_not_sign(tmp_path: Path) -> None:
    root = company(tmp_path, signing__proof="ssh")
    place = firm.keyed(root, ANNA, until="2026-02-01")
    firm.commit(root, "key", ANNA, "2026-03-01T09:00")
    with pytest.raises(GeneratorError, match="not valid"):
        firm.signed(root, "prepared", ANNA, "2026-03-02T09:00", key=place)


@pytest.mark.parametrize(
    "box",
    [
        "{role: approved, zh: 批准, en: Approved, when: prise > 1.0}",
        "{role: approved, zh: 批准, en: Approved, after: [reviewed]}",
    ],
)
def test_a_box_that_names_what_is_not_there_is_found(tmp_path: Path, box: str) -> None:
    root = company(tmp_path, box)
    library = rulebook.judged(load.library(root), datetime(2026, 3, 2))  # noqa: DTZ001 - local time, as rules have it
    assert [each.rule for each in library.findings if each.path == "schemas/loan.yaml"] == ["box.definition"]


@pytest.mark.parametrize(("required", "severity"), [("off", None), ("warning", "warning"), ("error", "error")])
def test_a_record_that_ended_unsigned_is_named_where_the_organisation_asks(
    tmp_path: Path, required: str, severity: str | None
) -> None:
    root = company(tmp_path, signing__required=required)
    firm.changed(root, "schemas/loan.yaml", "  states:\n", f"{WAY}  states:\n")
    firm.changed(root, firm.RECORD_PATH, "state: open", "state: returned", by=(ANNA, "2026-03-02T09:00"))
    repository = repositories.repository(root)
    assert repository is not None
    with closing(repository):
        found = list(signaturecheck.findings(root, repository, load.library(root)))
    assert [(each.rule, each.severity) for each in found] == ([("signature.missing", severity)] if severity else [])
