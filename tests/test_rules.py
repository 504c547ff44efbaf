"""Each kind of rule on a small repository: what it finds, what it lets pass, and what it says about a wrong rule."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from generator import load, rulebook
from tests.build import ORGANIZATION, RECORD
from tests.rules_build import NOW, judged, repository, rule, said

DECIDED = "    reason: x\n    by: somebody\n    on: 2026-01-05\n"


def loan(number: str = "0001", **changes: str) -> str:
    """The usual record with other values; lines are added at the end."""
    text = RECORD.replace("TL-2026-0001", f"TL-2026-{number}").replace("first", "第一")
    for key, value in changes.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([*lines, f"{key}: {value}", ""])
    return text


def test_a_deadline_that_was_kept_is_silent(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        rule("deadline", "from: lent_at, to: lent_on, within: loan.back_within"),
        TL_2026_0001=loan(lent_at="2026-02-27 10:00"),
    )
    assert said(root) == []


def test_a_late_deadline_says_when_it_was_due_and_why(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        rule("deadline", "from: lent_at, to: lent_on, within: loan.back_within, who: sales"),
        TL_2026_0001=loan(lent_at="2026-02-24 10:00"),
    )
    (found,) = judged(root)
    assert (found.line, found.rule, found.clause, found.who) == (5, "R-1", "CP-99 5", "sales")
    assert found.message.en == ("A: “Lent on” is 2026-03-02, the limit was 2026-02-26 23:59 (2 working days: default)")
    assert "2 个工作日" in found.message.zh


def test_an_open_deadline_is_found_once_it_has_passed(tmp_path: Path) -> None:
    root = repository(tmp_path, rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within"))
    assert said(root, datetime(2026, 3, 4, 23, 59)) == []  # noqa: DTZ001
    assert [each[1] for each in said(root, datetime(2026, 3, 5))] == ["R-1"]  # noqa: DTZ001


def test_a_deadline_cannot_end_before_it_starts(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        rule("deadline", "from: lent_at, to: lent_on, within: loan.back_within"),
        TL_2026_0001=loan(lent_at="2026-03-09 10:00"),
    )
    assert "lies before its start" in said(root)[0][2]


def test_a_deadline_may_be_excused_and_may_rest(tmp_path: Path) -> None:
    late = loan(lent_at="2026-02-24 10:00")
    excused = rule("deadline", "from: lent_at, to: lent_on, within: loan.back_within, unless: \"kind == 'hand'\"")
    assert said(repository(tmp_path / "a", excused, TL_2026_0001=late)) == []
    rests = rule(
        "deadline", "from: created_on, to: lent_on, within: loan.back_within, pauses: [{from: lent_at, to: lent_on}]"
    )
    paused = loan(lent_at="2026-02-24 10:00", created_on="2026-02-23")
    assert said(repository(tmp_path / "b", rests, TL_2026_0001=paused)) == []


def test_what_is_valid_until_a_day_runs_out(tmp_path: Path) -> None:
    text = rule("deadline", "due: [lent_at, lent_on], unless: \"kind == 'power'\", who: sales")
    root = repository(tmp_path / "a", text)
    (due,) = rulebook.duties(rulebook.world(load.library(root), datetime(2026, 3, 1, 9)))  # noqa: DTZ001
    assert (due.due.what.en, f"{due.due.due:%Y-%m-%d %H:%M}", due.due.done) == ("Lent on", "2026-03-02 23:59", None)
    assert said(root, datetime(2026, 3, 2, 23)) == []  # noqa: DTZ001
    assert said(root, datetime(2026, 3, 3)) == [(5, "R-1", "A: “Lent on” ran out on 2026-03-02 23:59")]  # noqa: DTZ001
    assert said(repository(tmp_path / "b", text, TL_2026_0001=loan(kind="power"))) == []


def test_each_row_may_run_out(tmp_path: Path) -> None:
    record = loan(parts="[{part: a, back: 2026-05-01}, {part: b, back: 2027-05-01}, {part: c}]")
    root = repository(tmp_path, rule("deadline", "rows: parts, due: back"), TL_2026_0001=record)
    path = root / "schemas/loan.yaml"
    column = "        back: {$ref: record.schema.json#/$defs/date, x-label: {zh: 还, en: Back}}\n        count: {$ref"
    path.write_text(path.read_text("utf-8").replace("        count: {$ref", column), "utf-8")
    assert [each[2] for each in said(root)] == ["A: “Back (row 1)” ran out on 2026-05-01 23:59"]
    dues = rulebook.duties(rulebook.world(load.library(root), NOW))
    assert [each.due.what.en for each in dues] == ["Back (row 1)", "Back (row 2)"]


def test_a_deadline_in_a_year_without_calendar_is_a_finding(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within"),
        TL_2026_0001=loan(lent_on="2031-03-02"),
    )
    assert "working calendar of 2031 is not known" in said(root)[0][2]


def test_the_organisation_changes_a_figure(tmp_path: Path) -> None:
    root = repository(tmp_path, rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within"))
    path = root / "records" / "organization.yaml"
    path.write_text(f"{ORGANIZATION}settings:\n  - setting: loan.back_within\n    value: 6mo\n{DECIDED}", "utf-8")
    (found,) = said(root)
    assert "due by 2026-09-02 23:59" in found[2]
    assert "(6 months: set by the organisation)" in found[2]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("loan.bakc_within", "2wd", "there is no setting “loan.bakc_within”, did you mean 'loan.back_within'?"),
        ("loan.back_within", "soon", "“soon” is no length of time"),
        ("loan.most", "12", "12 is more than the most allowed, 9"),
        ("loan.most", "0", "0 is less than the least allowed, 1"),
        ("loan.most", "many", "“many” is not a whole number"),
        ("loan.parts", "screw, bolt", "“bolt” is not one of screw, nut"),
    ],
)
def test_a_figure_that_cannot_be_is_found_where_it_stands(tmp_path: Path, key: str, value: str, words: str) -> None:
    root = repository(tmp_path, rule("require", 'then: "price > 0.0"'))
    path = root / "records" / "organization.yaml"
    path.write_text(f"{ORGANIZATION}settings:\n  - setting: {key}\n    value: '{value}'\n{DECIDED}", "utf-8")
    (found,) = said(root)
    assert found[:2] == (ORGANIZATION.count("\n") + 2, "setting.value")
    assert words in found[2]


@pytest.mark.parametrize(
    ("kind", "keys", "good", "bad", "words"),
    [
        ("require", "then: \"kind == 'hand'\"", {}, {"kind": "power"}, "(kind) must be Hand (hand) and is Power"),
        ("require", 'then: "size(parts) == 1"', {}, {"parts": "[{part: a}, {part: b}]"}, "Parts = 2"),
        (
            "threshold",
            "value: price, at_most: 2000",
            {},
            {"price": "2000.5"},
            "“Price” is 2000.5 and should be at most 2000",
        ),
        ("threshold", "value: pieces, at_most: loan.most", {"pieces": "3"}, {"pieces": "4"}, "should be at most 3"),
        ("threshold", "rows: parts, value: count, more_than: 0", {}, {"parts": "[{part: a, count: 0}]"}, "more than 0"),
        ("sequence", "fields: [created_on, lent_on]", {}, {"lent_on": "2026-03-01"}, "lies before “Created on”"),
        ("coverage", "table: parts, column: part, all_of: loan.parts", {"parts": "[{part: screw}]"}, {}, "lacks screw"),
        ("coverage", "of: loan, link: follows", {"follows": "TL-2026-0001"}, {}, "no “Tool loan” belongs to it"),
        ("retention", "at_least: 3", {}, None, ""),
        ("unique", "rows: parts, fields: [part]", {}, {"parts": "[{part: a}, {part: a}]"}, "already used in row 1"),
    ],
)
def test_a_kind_finds_the_bad_and_lets_the_good_pass(  # noqa: PLR0917  a table of cases
    tmp_path: Path, kind: str, keys: str, good: dict[str, str], bad: dict[str, str] | None, words: str
) -> None:
    assert said(repository(tmp_path / "good", rule(kind, keys), TL_2026_0001=loan(**good))) == []
    if bad is not None:
        found = said(repository(tmp_path / "bad", rule(kind, keys), TL_2026_0001=loan(**bad)))
        assert [each[1] for each in found] == ["R-1"]
        assert words in found[0][2]


def test_a_condition_on_all_rows_points_to_the_row_at_fault(tmp_path: Path) -> None:
    parts = "\n  - {part: screw, count: 3}\n  - {part: nut (M6), count: 1}\n  - {part: nut, count: 0}"
    root = repository(tmp_path, rule("require", 'then: "parts.all(p, p.count > 2.0)"'), TL_2026_0001=loan(parts=parts))
    (found,) = said(root)
    text = (root / "records/loan/2026/TL-2026-0001.yaml").read_text("utf-8").splitlines()
    assert "nut (M6)" in text[found[0] - 1]
    assert "in row 2 of “Parts” Count = 1 (condition" in found[2]


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("parts.all(p, p.count > 2.0) && filled(tool)", "row 1 of “Parts” Count = 1 (condition: p.count > 2.0)"),
        ("size(parts) > 3", "the record has Parts = 1 (condition: size(parts) > 3)"),
        ("size(parts) > 3 && filled(pictures)", "A: “Pictures” (pictures) is empty"),
    ],
)
def test_another_condition_points_to_what_it_reads(tmp_path: Path, then: str, words: str) -> None:
    root = repository(tmp_path, rule("require", f'then: "{then}"'), TL_2026_0001=loan(parts="[{part: a, count: 1}]"))
    (found,) = said(root)
    assert found[2].endswith(words)


def test_two_records_of_one_value_both_say_so(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        rule("unique", "fields: [tool]"),
        TL_2026_0001=loan(),
        TL_2026_0002=loan("0002"),
        TL_2026_0003=loan("0003", tool="锤"),
    )
    assert [each[1:] for each in said(root)] == [
        ("R-1", "A: 扳手 wrench & co <w:p> {{ 7*7 }} is already used in TL-2026-0002"),
        ("R-1", "A: 扳手 wrench & co <w:p> {{ 7*7 }} is already used in TL-2026-0001"),
    ]


def test_a_reference_is_judged_by_what_it_points_to(tmp_path: Path) -> None:
    keys = "field: follows, states: [returned], where: \"kind == 'hand'\", same: {kind: kind}, back: follows"
    root = repository(
        tmp_path,
        rule("reference", keys),
        TL_2026_0001=loan(kind="power"),
        TL_2026_0002=loan("0002", follows="TL-2026-0001"),
    )
    assert [each[2] for each in said(root)] == [
        "A: TL-2026-0001 does not meet the condition: “Kind” (kind) must be Hand (hand) and is Power",
        "A: TL-2026-0001 is “Open” and should be “Returned”",
        "A: “Follows” of TL-2026-0001 does not point back to this record",
        "A: “Kind” is hand, but TL-2026-0001 has power",
    ]


def test_something_is_due_again_after_its_time(tmp_path: Path) -> None:
    settings = "    loan.every: {default: 6mo, zh: 周期, en: Every}\n"
    root = repository(
        tmp_path,
        rule("frequency", "every: loan.every, of: loan, link: follows, date: lent_on, since: created_on"),
        settings=settings,
        TL_2026_0001=loan(),
        TL_2026_0002=loan("0002", follows="TL-2026-0001", lent_on="2026-08-02", created_on="2026-11-02"),
    )
    assert said(root) == []
    late = said(root, datetime(2027, 2, 3))  # noqa: DTZ001
    assert "last on 2026-08-02, due again by 2027-02-02" in late[0][2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (rule("deadlin", "from: lent_on"), 24, "there is no kind of rule “deadlin”, did you mean 'deadline'?"),
        (
            rule("deadline", "from: lent_on, within: loan.back_within"),
            24,
            "a “deadline” rule needs from, to, within / due",
        ),
        (
            rule("deadline", "from: lent_no, to: lent_at, within: loan.back_within"),
            24,
            "no field “lent_no”, did you mean 'lent_on'?",
        ),
        (
            rule("deadline", "from: tool, to: lent_at, within: loan.back_within"),
            24,
            "“tool” is of a kind that cannot stand here",
        ),
        (rule("deadline", "from: lent_on, to: lent_at, within: loan.back"), 24, "there is no setting “loan.back”"),
        (rule("require", 'then: "price > 1.0", wen: x'), 24, "a “require” rule has no “wen”"),
        (rule("require", 'then: "price >"'), 24, "not a CEL expression at character 8"),
        (rule("require", 'then: "prize > 1.0"'), 24, "there is no field “prize”, did you mean 'price'?"),
        (rule("require", 'then: "fild(price)"'), 24, "expressions have no function “fild”, did you mean 'filled'?"),
        (
            rule("require", 'then: "parts.all(p, p.cuont > 1.0)"'),
            24,
            "there is no field “parts.cuont”, did you mean 'count'?",
        ),
        (
            rule("require", "then: \"setting('loan.mots') > 1.0\""),
            24,
            "there is no setting “loan.mots”, did you mean 'loan.most'?",
        ),
        (
            rule("require", "then: \"of(follows).tol == 'a'\""),
            24,
            "there is no field “follows.tol”, did you mean 'tool'?",
        ),
        (
            rule("require", "then: \"size(records('laon', 'follows')) > 0\""),
            24,
            "there is no form “laon”, did you mean 'loan'?",
        ),
        (rule("require", 'then: "price > 1.0", at: [lost]'), 24, "there is no state “lost”"),
        (rule("require", 'then: "price > tool"'), 1, "the expression of rule R-1 cannot be evaluated: TL-2026-0001"),
        (
            rule("deadline", "from: lent_on, to: parts.part, within: loan.back_within"),
            24,
            "“parts.part” has many rows: name the table under rows",
        ),
        (rule("coverage", "of: laon, link: follows"), 24, "there is no form “laon”, did you mean 'loan'?"),
        (rule("require", 'then: "price > 0.0"') * 2, 25, "rule id R-1 is already used in schemas/loan.yaml"),
    ],
)
def test_a_wrong_rule_is_a_finding_on_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    found = said(repository(tmp_path, text))
    assert len(found) == 1, found
    assert found[0][0] == line
    assert words in found[0][2]


def test_an_expression_reaches_neither_files_nor_python(tmp_path: Path) -> None:
    for text in ("open('x')", "__import__('os')", "price.__class__", "tool.format(price)", "eval('1')"):
        found = said(repository(tmp_path / str(hash(text)), rule("require", f'then: "{text}"')))
        assert all(each[1] in {"rule.definition", "rule.expression"} for each in found)
        assert found


def test_the_next_later_date_among_records_alike(tmp_path: Path) -> None:
    text = rule("require", "then: \"following('loan', 'kind', 'lent_on') == '2026-03-05'\"")
    root = repository(
        tmp_path,
        text,
        TL_2026_0001=loan(),
        TL_2026_0002=loan("0002", lent_on="2026-03-05"),
        TL_2026_0003=loan("0003", lent_on="2026-03-04", kind="power"),
        TL_2026_0004=loan("0004", lent_on="2026-03-09"),
    )
    assert [each.path[-9:-5] for each in judged(root)] == ["0002", "0003", "0004"]
    wrong = rule("require", "then: \"following('laon', 'kind', 'lent_on') != null\"")
    assert "there is no form “laon”" in said(repository(tmp_path / "wrong", wrong))[0][2]


def test_the_place_and_the_part_of_a_record_among_those_alike(tmp_path: Path) -> None:
    text = rule("require", "then: \"rank('price', 'kind') == 1.0 && share('price', 'kind') == 75.0\"")
    root = repository(
        tmp_path,
        text,
        TL_2026_0001=loan("0001", price="30"),
        TL_2026_0002=loan("0002", price="10"),
        TL_2026_0003=loan("0003", price="90", kind="power"),
    )
    assert [each.path[-9:-5] for each in judged(root)] == ["0002", "0003"]
    wrong = rule("require", "then: \"rank('prise', 'kind') == 1.0\"")
    assert "there is no field “prise”" in said(repository(tmp_path / "wrong", wrong))[0][2]


def test_an_undecided_condition_finds_nothing(tmp_path: Path) -> None:
    root = repository(
        tmp_path, rule("require", "then: \"lent_at > '2030'\"") + rule("require", 'then: "filled(lent_at)"', "R-2")
    )
    assert [each[1] for each in said(root)] == ["R-2"]


def test_what_a_function_leaves_empty_is_undecided_too(tmp_path: Path) -> None:
    root = repository(
        tmp_path,
        rule("require", "then: \"of('TL-1999-0001').price * 2.0 > 1.0\"") + rule("require", "then: 1 > 2", "R-2"),
    )
    assert [each[1] for each in said(root)] == ["R-2"]


def test_a_rule_sleeps_without_its_forms_and_before_its_state(tmp_path: Path) -> None:
    flow = '  - {from: open, to: returned, by: [sales], when: "filled(remark)", needs: {zh: 说明, en: a remark}}\n'
    asleep = rule("require", "then: \"size(records('slip', 'loan')) > 0\", needs_forms: [slip]")
    later = rule("require", 'then: "price > 9000.0", at: [returned]', "R-2")
    root = repository(
        tmp_path, asleep + later, flow=flow, TL_2026_0001=loan(), TL_2026_0002=loan("0002", state="returned")
    )
    assert [(each[1]) for each in said(root)] == ["R-2"]


def test_an_accepted_departure_is_silent_and_a_misspelt_one_is_not(tmp_path: Path) -> None:
    accepted = (
        "[{rule: R-1, reason: x, by: somebody, on: 2026-03-03}, {rule: R-9, reason: x, by: somebody, on: 2026-03-03}]"
    )
    root = repository(tmp_path, rule("require", 'then: "price > 9000.0"'), TL_2026_0001=loan(accepted=accepted))
    assert [each[1] for each in said(root) if each[1] != "reference.unknown"] == ["rule.accepted"]


def test_findings_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    text = rule("unique", "fields: [tool]") + rule("coverage", "of: loan, link: follows", "R-2")
    records = {f"TL_2026_000{each}": loan(f"000{each}") for each in range(1, 6)}
    one = said(repository(tmp_path / "a", text, **records))
    other = said(repository(tmp_path / "b", text, **dict(reversed(records.items()))))
    assert one == other
    assert len(one) == 10
