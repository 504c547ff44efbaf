"""Revisions, status and labels of documents in a real repository."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from generator import control, git, load, production, release, rulebook
from generator.commands import revise
from generator.errors import GeneratorError
from generator.status import Standing, Status
from generator.terms import Language, Text
from tests.signed_build import PROCEDURE, edited, released, sign
from tests.stringify import stringify

NUMBER, FORM, REGISTER = "CP-06", "CF-06-01", "CF-10-05"
TODAY = date(2026, 11, 24)
NEXT = ("revision: A/0", "revision: A/1")
WHY = ("reason: {zh: 首次发布, en: First issue}", "reason: {zh: 缩短回复时限, en: Shorter time to reply}")


def standing(root: Path, number: str = NUMBER, today: date = TODAY) -> Standing:
    repository = git.repository(root)
    assert repository is not None
    try:
        return control.standings(root, repository, load.library(root), today)[number]
    finally:
        repository.close()


def said(root: Path, today: date = TODAY) -> list[tuple[str, str]]:
    library = load.library(root)
    repository = git.repository(root)
    assert repository is not None
    found = control.standings(root, repository, library, today)
    repository.close()
    seen = rulebook.world(library, datetime(today.year, today.month, today.day, 12))  # noqa: DTZ001  local time
    return [(each.rule, each.message.en) for each in control.findings(seen, found)]


def test_a_document_is_a_draft_then_in_review_then_in_force(tree: Path) -> None:
    assert standing(tree).status is Status.DRAFT
    sign(tree, NUMBER, "prepared", day="2026-03-02")
    assert standing(tree).status is Status.IN_REVIEW
    sign(tree, NUMBER, "reviewed", day="2026-03-03")
    sign(tree, NUMBER, "approved", day="2026-03-04")
    found = standing(tree)
    assert (found.status, found.in_force and found.in_force.since) == (Status.IN_FORCE, date(2026, 3, 4))
    assert said(tree) == []


@pytest.mark.parametrize("number", [FORM, "DR-2026-0001"])
def test_forms_are_documents_and_plain_records_are_not(tree: Path, number: str) -> None:
    library = load.library(tree)
    assert (number in control.standings(tree, None, library, TODAY)) is (number == FORM)


def test_a_register_is_a_document_and_is_over_when_its_columns_change(tree: Path) -> None:
    released(tree, REGISTER, day="2026-03-02")
    assert standing(tree, REGISTER).status is Status.IN_FORCE
    edited(tree, "schemas/customer-grading.yaml", ("    owner: {zh: 业务员, en: Salesperson, width: 4}\n", ""))
    found = standing(tree, REGISTER)
    assert (found.status, found.in_force and found.in_force.label) == (Status.DRAFT, "A/0")
    assert [rule for rule, _ in said(tree)] == ["revision.unchanged"]
    repository = git.repository(tree)
    assert repository is not None
    with closing(repository), pytest.raises(GeneratorError, match="wenkong register customer-grading"):
        release.newest(tree, repository, load.library(tree), REGISTER, TODAY)
    why = Text("去掉一列", "one column less")
    revise.run(tree, REGISTER, reason=why, effective="", is_version=False, language=Language.EN, say=lambda _: None)
    assert "A/1" in (tree / "schemas/customer-grading.yaml").read_text("utf-8")
    assert load.library(tree).findings == ()
    assert said(tree) == []


def test_the_revision_in_force_stays_so_beside_a_newer_draft(tree: Path) -> None:
    released(tree, NUMBER, day="2026-03-02")
    first = standing(tree).in_force
    edited(tree, PROCEDURE, NEXT, WHY, message="缩短回复时限")
    found = standing(tree)
    assert (found.status, found.in_force, found.is_newer_draft) == (Status.DRAFT, first, True)
    released(tree, NUMBER, day="2026-04-05")
    found = standing(tree)
    assert found.status is Status.IN_FORCE
    assert [each.label for each in found.editions] == ["A/0", "A/1"]


def test_an_effective_date_in_the_future_waits(tree: Path) -> None:
    released(tree, NUMBER, day="2026-03-02")
    later = ('effective: "2026-01-12"', 'effective: "2026-12-01"')
    edited(tree, PROCEDURE, NEXT, WHY, later, message="缩短回复时限")
    released(tree, NUMBER, day="2026-04-05")
    now, then = standing(tree), standing(tree, today=date(2026, 12, 1))
    assert (now.status, now.in_force and now.in_force.label) == (Status.WAITING, "A/0")
    assert (then.status, then.in_force and then.in_force.label) == (Status.IN_FORCE, "A/1")


def test_a_form_is_over_when_its_template_changes_and_asks_for_a_new_label(tree: Path) -> None:
    released(tree, FORM, day="2026-03-02")
    assert standing(tree, FORM).status is Status.IN_FORCE
    edited(tree, "schemas/complaint.yaml", ("  retention: {years: 15}", "  retention: {years: 10}"), message="less")
    found = standing(tree, FORM)
    assert found.status is Status.DRAFT
    assert found.is_newer_draft
    ((rule, text),) = said(tree)
    assert (rule, "wenkong revise to make it A/1" in text) == ("revision.unchanged", True)


def test_a_withdrawn_document_is_obsolete_and_names_its_successor(tree: Path) -> None:
    released(tree, NUMBER, day="2026-03-02")
    end = ("owner: quality\n", "owner: quality\nwithdrawn: '2026-06-01'\n")
    edited(tree, PROCEDURE, NEXT, WHY, end, message="并入 CP-01")
    assert [rule for rule, _ in said(tree)] == ["revision.successor"]
    edited(tree, PROCEDURE, ("withdrawn:", "successor: CP-99\nwithdrawn:"), message="x")
    assert [rule for rule, _ in said(tree)] == ["revision.successor"]
    edited(tree, PROCEDURE, ("CP-99", "CP-01"), message="x")
    released(tree, NUMBER, day="2026-05-05")
    before, after = standing(tree, today=date(2026, 5, 20)), standing(tree)
    assert before.status is Status.IN_FORCE
    assert (after.status, after.in_force, after.successor) == (Status.OBSOLETE, None, "CP-01")
    kept = ("withdrawn:", "retained: {zh: 供诉讼查阅, en: Kept for a lawsuit}\nwithdrawn:")
    edited(tree, PROCEDURE, ("revision: A/1", "revision: A/2"), ("缩短回复时限", "保留"), kept, message="保留")
    released(tree, NUMBER, day="2026-06-05")
    assert standing(tree).status is Status.RETAINED


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ((("revision: A/0", "revision: a/0"),), "revision.label", "did you mean A/0"),
        ((("revision: A/0", "revision: '1.0'"),), "revision.scheme", "not of the company's style (A/0)"),
        ((NEXT,), "revision.reason", "the same reason as A/0"),
        ((NEXT, ("reason: {zh: 首次发布, en: First issue}\n", "")), "revision.reason", "does not say why"),
        ((WHY,), "revision.unchanged", "wenkong revise to make it A/1"),
    ],
)
def test_wrong_labels_and_reasons_are_found(
    tree: Path, changes: tuple[tuple[str, str], ...], rule: str, words: str
) -> None:
    released(tree, NUMBER, day="2026-03-02")
    edited(tree, PROCEDURE, *changes, message="改")
    ((found, text),) = said(tree)
    assert found == rule
    assert words in text


def test_a_label_lower_than_what_was_signed_is_found_with_the_next_one(tree: Path) -> None:
    edited(tree, PROCEDURE, ("revision: A/0", "revision: B/2"), message="taken over")
    released(tree, NUMBER, day="2026-03-02")
    edited(tree, PROCEDURE, ("revision: B/2", "revision: B/1"), WHY, message="改")
    ((rule, text),) = said(tree)
    assert (rule, "make it B/3 or higher" in text) == ("revision.order", True)


def table(root: Path) -> list[str]:
    """The lines of the printed procedure between the title of the revision table and the next one."""
    press = production.press(root, Language.BOTH)
    made = press.procedure(press.library.procedures[NUMBER])
    assert isinstance(made, production.Piece)
    text = stringify(made.docx).splitlines()
    start = next(place for place, line in enumerate(text) if line.startswith("修订履历"))
    end = next(place for place, line in enumerate(text) if line.startswith("分发清单"))
    return [each for each in text[start + 1 : end] if each.startswith("|")]


def test_the_revision_table_is_folded_from_the_commits_and_frozen_once_signed(tree: Path) -> None:
    released(tree, NUMBER, day="2026-03-02")
    first = table(tree)[1]
    assert [each in first for each in ("A/0", "2026-03-02", "首次发布", "林晓云", "周建平")] == [True] * 5
    edited(
        tree, PROCEDURE, NEXT, WHY, ("## 1 目的 / Purpose\n\n", "## 1 目的 / Purpose\n\n新的一句。\n\n"), message="x"
    )
    _, frozen, draft = table(tree)
    assert frozen == first
    assert ("A/1" in draft, "缩短回复时限" in draft, "林晓云" in draft) == (True, True, False)
    released(tree, NUMBER, day="2026-04-05")
    _, frozen, second = table(tree)
    assert frozen == first
    assert "缩短回复时限。更改: 1 目的" in second
    assert "周建平" in second
