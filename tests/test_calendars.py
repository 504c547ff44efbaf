"""Which site's working time counts, and what is wrong with calendars."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.build import ORGANIZATION, RECORD
from tests.conftest import ROOT
from tests.rules_build import repository, rule, said

SITES = ("works", "branch", "office")
CALENDAR = """\
number: {site}-{year}
created_on: 2025-12-01
site: {site}
year: {year}
time_zone: Asia/Shanghai
week:
  - {{weekday: 1, from: 08:00, to: 12:00}}
  - {{weekday: 2, from: 08:00, to: 12:00}}
  - {{weekday: 3, from: 08:00, to: 12:00}}
  - {{weekday: 4, from: 08:00, to: 12:00}}
  - {{weekday: 5, from: 08:00, to: 12:00}}
days:
  - {{date: {year}-{day}, kind: holiday, name: 厂庆}}
"""
DEADLINE = "from: lent_on, to: lent_at, within: loan.back_within, who: {who}"
FIELD = """\
  place: {$ref: record.schema.json#/$defs/reference, x-ref: [sites], x-label: {zh: 地, en: At}, x-group: main}
"""


def plant(root: Path, who: str = "sales", place: str = "", zone: str = "Asia/Shanghai") -> Path:
    """Loans at a plant of three sites: works, branch with calendars of its own, office that follows the branch."""
    record = RECORD.replace("tool:", f"place: {place}\ntool:") if place else RECORD
    repository(root, rule("deadline", DEADLINE.format(who=who)), TL_2026_0001=record)
    schema = root / "schemas/loan.yaml"
    schema.write_text(schema.read_text("utf-8").replace("  tool: {$ref", FIELD + "  tool: {$ref"), "utf-8")
    for key in ("sites", "calendars", "departments"):
        text = (ROOT / f"schemas/{key}.yaml").read_text("utf-8").replace("x-ref: [people]", "x-ref-if-kept: [people]")
        write(root, f"schemas/{key}.yaml", text)
    for site in SITES:
        follows = f"calendar: {'works' if site == 'works' else 'branch'}-2026\n"
        text = f"number: {site}\ncreated_on: 2025-05-06\ncode: X{site[0]}\nname_zh: 地\nname_en: Site\naddress: 苏州\n"
        write(root, f"records/sites/{site}.yaml", text + follows)
    write(root, "records/calendars/works-2026.yaml", CALENDAR.format(site="works", year=2026, day="01-02"))
    write(root, "records/calendars/branch-2026.yaml", CALENDAR.format(site="branch", year=2026, day="03-03"))
    for key, site in (("sales", "works"), ("store", "office")):
        write(root, f"records/departments/{key}.yaml", department(key, site))
    company = "group_companies:\n  - {code: X, name_zh: 一, site: works}\n"
    write(root, "records/organization.yaml", ORGANIZATION.replace("Asia/Shanghai", zone) + company)
    return root


def department(key: str, site: str) -> str:
    return (
        f"number: {key}\ncreated_on: 2025-05-06\ncode: {key[:2].upper()}\nname_zh: 部\nname_en: X\n"
        f"site: {site}\nhead: li\ncustomer_window: false\nfrom: 2025-05-06\n"
    )


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("who", "place", "due"),
    [
        ("sales", "", "2026-03-04"),
        ("store", "", "2026-03-05"),
        ("sales", "branch", "2026-03-05"),
        ("store", "works", "2026-03-04"),
    ],
    ids=["whose department is at the works", "at an office that follows the branch", "at the branch", "at the works"],
)
def test_a_clock_runs_on_the_calendar_of_the_record_or_of_who_must_act(
    tmp_path: Path, who: str, place: str, due: str
) -> None:
    found = [each[2] for each in said(plant(tmp_path, who, place)) if each[1] == "R-1"]
    assert len(found) == 1
    assert f"was due by {due} 23:59" in found[0]


def test_a_year_missing_between_two_calendars_is_a_finding(tmp_path: Path) -> None:
    root = plant(tmp_path)
    write(root, "records/calendars/works-2024.yaml", CALENDAR.format(site="works", year=2024, day="01-02"))
    assert [each[2] for each in said(root) if each[1] == "calendar.gap"] == [
        "there is no calendar for 2025, though the years around it have one"
    ]


def test_working_time_that_ends_before_it_begins_is_a_finding(tmp_path: Path) -> None:
    root = plant(tmp_path)
    path = root / "records/calendars/works-2026.yaml"
    path.write_text(path.read_text("utf-8").replace("weekday: 2, from: 08:00", "weekday: 2, from: 13:00"), "utf-8")
    assert [(each[0], each[2]) for each in said(root) if each[1] == "calendar.time"] == [
        (8, "“13:00–12:00” is no working time")
    ]


def test_a_time_zone_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    found = said(plant(tmp_path, zone="Asia/Suzhou"))
    assert [each[2] for each in found if each[1] == "calendar.zone"] == ["unknown time zone “Asia/Suzhou”"]


def test_now_is_taken_to_the_zone_of_the_organisation(tmp_path: Path) -> None:
    root = plant(tmp_path, zone="Europe/Berlin")
    late = datetime.fromisoformat("2026-03-05 06:59+08:00")
    assert [each[1] for each in said(root, late) if each[1] == "R-1"] == []
    assert [each[1] for each in said(root, late.replace(hour=8)) if each[1] == "R-1"] == ["R-1"]
