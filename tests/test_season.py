"""The sample organisation lives: eighteen months without a fault but six open ends, left open on purpose."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from generator import load, rulebook
from generator.commands import due, why
from generator.model import Library, Record
from generator.terms import Language

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime.fromisoformat("2026-11-24T12:00:00+08:00")
OPEN = {
    "CT-2026-00113": "R-05-14",
    "VS-2026-0013": "R-05-34b",
    "IP-2026-002": "R-07-16d",
    "SA-2026-01": "R-08-15c",
    "CA-2026-0005": "R-07-06",
    "DR-2026-0002": "R-01-10c",
}


@cache
def season() -> Library:
    return rulebook.judged(load.library(ROOT), NOW)


def record(number: str) -> Record:
    return next(kept[number] for kept in season().records.values() if number in kept)


def records(*forms: str) -> list[Record]:
    return [each for form in forms for each in season().records[form].values()]


def test_the_check_finds_the_six_open_ends_and_nothing_else() -> None:
    found = season().findings
    said = [f"{each.path}:{each.line} {each.rule} {each.message.en}" for each in found]
    assert sorted((Path(each.path).stem, each.rule) for each in found) == sorted(OPEN.items()), said


@pytest.mark.parametrize("number", OPEN)
def test_an_open_end_says_in_its_file_that_it_is_one(number: str) -> None:
    head = (ROOT / record(number).path).read_text("utf-8").split("number:")[0]
    place = list(OPEN).index(number) + 1
    assert f"# 开口事项 {place}（有意保留）" in head
    assert f"# Open end {place}, on purpose" in head


def test_due_lists_the_six_as_overdue_and_nothing_else() -> None:
    said: list[str] = []
    wanted = {"person": "", "department": "", "within": "", "form": "text", "output": None}
    assert due.run(ROOT, **wanted, now=NOW, language=Language.EN, say=said.append) == 1  # type: ignore[arg-type]  # texts
    late = [line for line in "\n".join(said).splitlines() if "overdue" in line and "R-" in line]
    assert {number for number in OPEN if any(number in line for line in late)} == set(OPEN)
    assert len(late) == len(OPEN)


@pytest.mark.parametrize(("number", "rule"), OPEN.items())
def test_why_names_the_rule_of_an_open_end(number: str, rule: str) -> None:
    said: list[str] = []
    assert why.run(ROOT, number, now=NOW, language=Language.EN, say=said.append) in {0, 1}
    assert re.search(rf"overdue.*\[{rule}\]", "\n".join(said))


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_explains_each_open_end(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    assert [(number, rule) for number, rule in OPEN.items() if not re.search(rf"{number}.*{rule}\b", text)] == []


STORY = {
    "contact": ("CT-2026-00027", "became_no"),
    "contact_slip": ("LS-2026-0019", "complaint"),
    "return_case": ("RT-2026-0004", "complaint"),
    "claim": ("CL-2026-0002", "complaint"),
    "capa": ("CA-2026-0001", "complaint"),
    "final_reply": ("CCR-2026-0006", "complaint"),
    "survey": ("SS-2026-0001", "complaint"),
}


def test_a_problem_told_by_telephone_goes_through_every_record_to_its_end() -> None:
    complaint = record("CC-2026-0003")
    assert (complaint.values["channel"], complaint.values["state"]) == ("phone", "closed")
    assert {number: record(number).values[back] for number, back in STORY.values()} == dict.fromkeys(
        [number for number, _ in STORY.values()], "CC-2026-0003"
    )
    named = {field: complaint.values.get(field) or complaint.values.get("notice_slip") for field in STORY}
    assert named == {field: number for field, (number, _) in STORY.items()}
    stations = ["received_at", "confirmed_at", "interim_replied_at", "analysed_at", "decided_at", "final_replied_at"]
    times = [str(complaint.values[each]) for each in [*stations, "customer_answered_at", "closed_at"]]
    assert times == sorted(times)


def test_a_hazardous_lot_is_told_to_every_customer_who_received_it_and_comes_back() -> None:
    complaint, recall = record("CC-2025-0005").values, record("HR-2025-001").values
    assert (complaint["category"], complaint["severity"], recall["complaint"]) == ("hsf", "serious", "CC-2025-0005")
    found = datetime.fromisoformat(str(recall["found_at"]))
    told = {each["customer"]: datetime.fromisoformat(each["told_at"]) - found for each in recall["customers"]}
    assert set(told) == {"C0002", "C0008"}
    assert all(each.days == 0 for each in told.values())
    assert {each["customer"] for each in record("NT-2025-0006").values["recipients"]} == set(told)


def test_a_weak_answer_of_the_half_year_becomes_a_project_that_reaches_its_target() -> None:
    weak = [each for each in record("SA-2025-02").values["dissatisfied"] if each.get("project") == "IP-2026-001"]
    assert [each["topic"] for each in weak] == ["delivery"]
    project = record("IP-2026-001").values
    assert (project["origin_no"], project["result"], project["state"]) == ("SA-2025-02", "reached", "closed")


def test_a_complaint_is_not_upheld_and_a_damaged_property_is_settled() -> None:
    assert record("CC-2025-0002").values["validity"] == "not_upheld"
    assert record("CC-2025-0002").values["state"] == "closed"
    event = record("PE-2026-003").values
    assert (event["event"], event["settlement"], event["state"]) == ("damaged", "repaired", "closed")


@pytest.mark.parametrize("form", ["contact", "visit", "contact-slip", "customer-notice", "complaint-reply"])
def test_daily_papers_are_spread_over_the_eighteen_months(form: str) -> None:
    months = {str(each.values["created_on"])[:7] for each in records(form)}
    assert {min(months)[:4], max(months)[:4]} == {"2025", "2026"}
    assert len(months) >= 5


def test_papers_are_written_at_both_works_and_in_three_languages() -> None:
    papers = records("distribution-record", "visit", "complaint")
    text = "".join((ROOT / each.path).read_text("utf-8") for each in papers)
    assert "太仓分厂" in text
    assert "苏州本部" in text
    said = {"CC-2026-0003": "未冲通", "CC-2025-0004": "rust", "CC-2026-0001": "鍍鎳"}
    assert [number for number, word in said.items() if word not in record(number).values["defect"]] == []
