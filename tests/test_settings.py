"""A customer's own demand comes before the organisation's figure, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import formulas, load
from generator.commands import impact
from generator.model import Setting
from generator.settings import Overlay, Settings
from generator.settingvalues import SettingError, parsed
from generator.terms import Language, Text
from tests.build import LOAN, RECORD
from tests.conftest import ROOT
from tests.rules_build import SETTINGS, repository, rule, said

DEMAND = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: 顾客要求
x-form:
  title: {zh: 顾客要求, en: Demand}
  record_number: "D-{year}-{seq:04d}"
  groups: {main: {zh: 甲, en: X}}
  states: {open: {zh: 开, en: Open}, in_force: {zh: 有效, en: In force}}
  overlays: {customer: customer, table: sets, in_force: [in_force], clause: clause, successor: replaced_by}
type: object
$ref: record.schema.json
unevaluatedProperties: false
required: [state, customer]
properties:
  state:
    enum: [open, in_force]
    x-label: {zh: 状态, en: State}
    x-options: {open: {zh: 开, en: Open}, in_force: {zh: 有效, en: In force}}
  customer:
    {$ref: record.schema.json#/$defs/reference, x-ref: [buyer], x-label: {zh: 顾客, en: Customer}, x-group: main}
  clause: {$ref: record.schema.json#/$defs/text, x-label: {zh: 条款, en: Clause}, x-group: main}
  replaced_by:
    {$ref: record.schema.json#/$defs/reference, x-ref: [demand], x-label: {zh: 替换为, en: By}, x-group: main}
  sets:
    type: array
    items:
      type: object
      additionalProperties: false
      properties:
        kind: {$ref: record.schema.json#/$defs/text, x-label: {zh: 种类, en: Kind}}
        name: {$ref: record.schema.json#/$defs/text, x-label: {zh: 名称, en: Name}}
        value: {$ref: record.schema.json#/$defs/text, x-label: {zh: 值, en: Value}}
    x-label: {zh: 规定, en: Sets}
    x-group: main
"""
BUYER = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: 顾客
x-form: {title: {zh: 顾客, en: Buyer}, record_number: "{key}", groups: {main: {zh: 甲, en: X}}}
type: object
$ref: record.schema.json
unevaluatedProperties: false
properties:
  name_zh: {$ref: record.schema.json#/$defs/text, x-label: {zh: 名, en: Name}, x-group: main}
"""
ONE = """\
number: D-2026-0001
created_on: 2026-02-01
state: in_force
customer: b1
clause: "7.3"
sets:
  - {kind: setting, name: loan.back_within, value: 8wh}
  - {kind: field, name: loan.pictures}
"""
LENT = RECORD.replace("tool:", "buyer: b1\nlent_at: 2026-03-03 10:00\ntool:")


def plant(root: Path, demands: tuple[str, ...] = (ONE,), record: str = LENT, flow: str = "") -> Path:
    text = rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within")
    repository(
        root,
        text,
        flow=flow,
        TL_2026_0001=record,
        TL_2026_0002=record.replace("0001", "0002", 1).replace("buyer: b1\n", ""),
    )
    schema = (root / "schemas/loan.yaml").read_text("utf-8")
    reference = "{$ref: record.schema.json#/$defs/reference, x-ref: [buyer], x-label: {zh: 顾客, en: Buyer}"
    field = f"  buyer: {reference}, x-group: main}}\n"
    (root / "schemas/loan.yaml").write_text(schema.replace("  tool: {$ref", field + "  tool: {$ref"), "utf-8")
    (root / "schemas/demand.yaml").write_text(DEMAND, "utf-8")
    (root / "schemas/buyer.yaml").write_text(BUYER, "utf-8")
    for key in ("buyer", "demand/2026"):
        (root / "records" / key).mkdir(parents=True)
    (root / "records/buyer/b1.yaml").write_text("number: b1\ncreated_on: 2026-01-05\n", "utf-8")
    for number, demand in enumerate(demands, start=1):
        (root / f"records/demand/2026/D-2026-000{number}.yaml").write_text(demand, "utf-8")
    assert "  tool:" in LOAN
    assert "loan.back_within" in SETTINGS
    return root


def test_the_customers_demand_comes_first_and_is_cited(tmp_path: Path) -> None:
    late = LENT.replace("2026-03-03 10:00", "2026-03-04 10:00")
    found = [each for each in said(plant(tmp_path, record=late)) if each[1] == "R-1"]
    assert len(found) == 1
    assert "(8 working hours: D-2026-0001 7.3, line 7 (customer's demand); company 2 working days)" in found[0][2]


def test_a_field_that_the_customer_demands_is_missing(tmp_path: Path) -> None:
    assert [each[2] for each in said(plant(tmp_path)) if each[1] == "customer.field"] == [
        "the customer demands that “Pictures” is filled (D-2026-0001 7.3)"
    ]


def test_a_demand_that_is_not_in_force_changes_nothing(tmp_path: Path) -> None:
    assert said(plant(tmp_path, (ONE.replace("in_force", "open"),))) == []


def test_two_demands_on_one_setting_are_a_finding(tmp_path: Path) -> None:
    other = ONE.replace("0001", "0002").replace("8wh", "1wd")
    found = [each for each in said(plant(tmp_path, (ONE, other))) if each[1] == "setting.twice"]
    assert [each[0] for each in found] == [7]
    assert "already set for this customer by D-2026-0001" in found[0][2]


def test_replacements_in_a_circle_are_a_finding(tmp_path: Path) -> None:
    one = ONE + "replaced_by: D-2026-0002\n"
    other = ONE.replace("0001", "0002").replace("in_force", "open") + "replaced_by: D-2026-0001\n"
    found = [each[2] for each in said(plant(tmp_path, (one, other))) if each[1] == "setting.circle"]
    assert found[0].endswith("D-2026-0001 → D-2026-0002 → D-2026-0001")


def test_a_demand_that_cannot_be_is_found_on_its_row(tmp_path: Path) -> None:
    found = said(plant(tmp_path, (ONE.replace("8wh", "soon"),)))
    assert (7, "setting.value") in [each[:2] for each in found]


def test_impact_lists_the_customers_records(tmp_path: Path) -> None:
    lines: list[str] = []
    impact.run(plant(tmp_path), "D-2026-0001", language=Language.EN, say=lines.append)
    assert lines[0] == "D-2026-0001 touches 1 records:"
    assert lines[1:] == ["  TL-2026-0001 (Tool loan, Open): loan.back_within, loan.pictures"]
    waiting: list[str] = []
    root = plant(tmp_path / "b", (ONE.replace("in_force", "open"),))
    impact.run(root, "D-2026-0001", language=Language.EN, say=waiting.append)
    assert "not in force" in waiting[0]
    assert len(waiting) == len(lines)


def other(kind: str, name: str, value: str = "", more: str = "") -> str:
    """The usual demand with one more row, and more fields."""
    row = f"  - {{kind: {kind}, name: {name}{value and f', value: {value}'}}}\n"
    return ONE.replace("  - {kind: field, name: loan.pictures}\n", row) + more


def dated(root: Path) -> None:
    """Give the form of demands its dates."""
    path = root / "schemas/demand.yaml"
    text = path.read_text("utf-8").replace("clause: clause,", "clause: clause, from: holds_from, until: holds_until,")
    for key in ("holds_from", "holds_until"):
        text = text.replace(
            "  replaced_by:\n",
            f"  {key}: {{$ref: record.schema.json#/$defs/date, x-label: {{zh: 日, en: Day}}, x-group: main}}\n"
            "  replaced_by:\n",
        )
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("dates", "limit"),
    [
        ("", "8 working hours"),
        ("holds_from: 2026-03-02\nholds_until: 2026-03-02\n", "8 working hours"),
        ("holds_from: 2026-03-03\n", "2 working days"),
        ("holds_until: 2026-03-01\n", "2 working days"),
    ],
)
def test_a_demand_holds_for_records_begun_between_its_dates(tmp_path: Path, dates: str, limit: str) -> None:
    late = LENT.replace("2026-03-03 10:00", "2026-03-06 10:00")
    root = plant(tmp_path, (ONE + dates,), record=late)
    dated(root)
    found = [each[2] for each in said(root) if each[1] == "R-1"]
    assert f"({limit}:" in found[0]


def test_demands_that_follow_each_other_are_no_contradiction(tmp_path: Path) -> None:
    one = ONE + "holds_until: 2026-05-31\n"
    for start, count in (("2026-06-01", 0), ("2026-05-31", 1)):
        two = ONE.replace("0001", "0002").replace("8wh", "1wd") + f"holds_from: {start}\n"
        root = plant(tmp_path / start, (one, two))
        dated(root)
        assert [each[1] for each in said(root)].count("setting.twice") == count


def test_a_demand_that_ends_before_it_begins_is_a_finding(tmp_path: Path) -> None:
    root = plant(tmp_path, (ONE + "holds_from: 2026-06-01\nholds_until: 2026-05-31\n",))
    dated(root)
    found = [each for each in said(root) if each[1] == "setting.period"]
    assert [(each[0], each[2]) for each in found] == [(10, "the last day 2026-05-31 lies before the first, 2026-06-01")]


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        (
            "setting",
            "loan.bakc_within",
            "1wd",
            "there is no setting “loan.bakc_within”, did you mean 'loan.back_within'?",
        ),
        ("field", "loan.picture", "", "there is no field “loan.picture”, did you mean 'pictures'?"),
        ("field", "laon.pictures", "", "there is no form “laon”, did you mean 'loan'?"),
        ("signature", "loan.aproved", "", "there is no signature role “aproved”, did you mean 'approved'?"),
        ("language", "loan", "fr", "“fr” is no language; write zh, en or both"),
        ("language", "lone", "en", "there is no form “lone”, did you mean 'loan'?"),
        ("report", "loan", "8d", "8d"),
    ],
)
def test_a_demand_that_names_what_is_not_there_is_found_on_its_row(
    tmp_path: Path, kind: str, name: str, value: str, words: str
) -> None:
    found = [each for each in said(plant(tmp_path, (other(kind, name, value),))) if each[1] == "setting.value"]
    assert [each[0] for each in found] == [8]
    assert words in found[0][2]


def test_a_demanded_signature_is_missed_once_the_record_has_ended(tmp_path: Path) -> None:
    flow = "  - {from: open, to: returned, by: [sales]}\n"
    ended = LENT.replace("state: open", "state: returned")
    demand = other("signature", "loan.approved")
    for record, count in ((LENT, 0), (ended, 1)):
        root = plant(tmp_path / str(count), (demand,), record=record, flow=flow)
        found = [each for each in said(root) if each[1] == "customer.signature"]
        assert [each[2] for each in found] == [
            "the customer demands the signature “Approved by” (D-2026-0001 7.3)"
        ] * count
    assert [each.name for each in demanded(root)] == ["loan.approved"]
    sign(root)
    assert [each for each in said(root) if each[1] == "customer.signature"] == []


def demanded(root: Path) -> tuple[Overlay, ...]:
    library = load.library(root)
    return Settings(library).signatures(library.records["loan"]["TL-2026-0001"])


def sign(root: Path) -> None:
    """Put the entry of a signature beside the record."""
    for key in ("signatures", "people"):
        text = (ROOT / f"schemas/{key}.yaml").read_text("utf-8").replace("x-ref: [", "x-ref-if-kept: [")
        (root / f"schemas/{key}.yaml").write_text(text if key == "signatures" else BUYER, "utf-8")
        (root / "records" / key).mkdir(parents=True, exist_ok=True)
    (root / "records/people/li.yaml").write_text("number: li\ncreated_on: 2026-01-05\n", "utf-8")
    (root / "records/signatures/one.yaml").write_text(
        "number: one\ncreated_on: 2026-03-04\nof: TL-2026-0001\nrole: approved\nperson: li\n"
        f"signed_at: 2026-03-04 09:00\nmeaning: 批准\nsha256: '{'0' * 64}'\n",
        "utf-8",
    )


def test_the_language_that_the_customer_demands_is_looked_up(tmp_path: Path) -> None:
    library = load.library(plant(tmp_path, (other("language", "loan", "en"),)))
    settings = Settings(library)
    assert settings.language(library.records["loan"]["TL-2026-0001"]) == "en"
    assert settings.language(library.records["loan"]["TL-2026-0002"]) == ""


@pytest.mark.parametrize(
    ("after", "day"),
    [("2025-12-31", "2026-01-15"), ("2026-01-15", "2026-07-15"), ("2026-07-14 23:50", "2026-07-15"), (None, None)],
)
def test_the_next_of_some_days_of_the_year(after: str | None, day: str | None) -> None:
    assert formulas.next_day(after, ["07-15", "01-15"]) == day


def test_a_day_of_the_year_is_one_that_each_year_has() -> None:
    reviews = Setting("review.dates", Text("", ""), ["01-15"])
    assert parsed(reviews, "03-31，12-01") == ["03-31", "12-01"]
    for wrong in ("02-29", "04-31", "13-01", "7-15", "mid-year"):
        with pytest.raises(SettingError, match=f"“{wrong}” is no day of each year"):
            parsed(reviews, f"07-15, {wrong}")
