from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator import load
from generator.commands import new, recount, report
from generator.errors import GeneratorError
from generator.terms import Language
from tests.conftest import commit, git
from tests.registers_build import loan
from tests.reports_build import FIVE, RECORD, REPORT, repository, with_record

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it


def run(root: Path, name: str, form: str = "text", **chosen: object) -> tuple[int, str]:
    said: list[str] = []
    options: Any = {"period": "", "output": None, "is_freezing": False, **chosen}
    code = report.run(root, name, form=form, now=NOW, language=Language.EN, say=said.append, **options)
    return code, "\n".join(said)


def test_a_report_is_shown_for_a_period_without_a_record(tmp_path: Path) -> None:
    code, said = run(repository(tmp_path, **FIVE), "loan-monthly", period="2026-03")
    assert code == 0
    assert said.startswith("Monthly loans  EX-03 A/0  loan-monthly-2026-03")
    assert "借出 Lent" in said


def test_json_holds_figures_and_evidence(tmp_path: Path) -> None:
    content = json.loads(run(repository(tmp_path, **FIVE), "EX-03", "json", period="2026-03")[1])
    assert content["period"] == "2026-03"
    assert content["fields"]["by_kind"]["value"][0]["share"] == 66.67
    assert content["fields"]["evidence"]["value"][0]["records"] == "3: TL-2026-0001 TL-2026-0002 TL-2026-0003"


def test_a_workbook_has_native_charts_and_a_page_has_drawn_ones(tmp_path: Path) -> None:
    root = repository(tmp_path, **FIVE)
    assert run(root, "loan-monthly", "xlsx", period="2026-03")[1] == "wrote out/loan-monthly/loan-monthly-2026-03.xlsx"
    content = (root / "out/loan-monthly/loan-monthly-2026-03.xlsx").read_bytes()
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["by_kind"]["B2"].value == 2
    assert len(book["by_kind"]._charts) == 1  # noqa: SLF001  openpyxl has no other way
    run(root, "loan-monthly", "html", period="2026-03", output=root / "page.html")
    page = (root / "page.html").read_text("utf-8")
    assert "<svg" in page
    assert '<td>手动 Hand</td><td class="n">2</td><td class="n">1</td><td class="n">66.67</td>' in page


def sheet_of(root: Path, chart: str) -> Any:
    drawn = REPORT.replace("{kind: pareto, table: by_kind, label: kind, values: [count, cumulative]}", chart)
    repository(root, drawn, **FIVE)
    run(root, "loan-monthly", "xlsx", period="2026-03")
    return openpyxl.load_workbook(root / "out/loan-monthly/loan-monthly-2026-03.xlsx")["by_kind"]


def test_the_native_chart_of_a_rate_has_its_mean_and_dashed_limits(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "{kind: run, table: by_kind, label: kind, values: [share], of: count}")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][5:] == ["平均 mean", "控制上限 upper limit", "控制下限 lower limit"]
    assert [row[5:] for row in rows[1:]] == [[55.56, 100, 0], [55.56, 100, 0]]
    (chart,) = sheet._charts  # noqa: SLF001  openpyxl has no other way
    looks = [(each.val.numRef.f.split("!")[1][1], each.graphicalProperties.line.prstDash) for each in chart.series]
    assert looks == [("D", "solid"), ("F", "solid"), ("G", "dash"), ("H", "dash")]
    assert [each.marker.symbol for each in chart.series] == ["circle", None, None, None]


def test_the_native_chart_of_what_is_open_has_bars_that_lie_with_the_first_on_top(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "{kind: ageing, table: by_kind, label: kind, values: [count]}")
    (chart,) = sheet._charts  # noqa: SLF001  openpyxl has no other way
    assert (chart.type, chart.x_axis.scaling.orientation) == ("bar", "maxMin")
    assert [cell.value for cell in sheet[1]][-1] == "cumulative"


def test_freezing_writes_the_figures_into_the_record_and_leaves_what_people_wrote(tmp_path: Path) -> None:
    root = with_record(tmp_path)
    path = root / "records/loan-monthly/2026/LM-2026-03.yaml"
    code, said = run(root, "LM-2026-03", is_freezing=True)
    assert (code, said) == (0, "wrote 7 figures into records/loan-monthly/2026/LM-2026-03.yaml")
    assert path.read_text("utf-8").startswith(RECORD)
    library = load.library(root)
    assert library.findings == ()
    values = library.records["loan-monthly"]["LM-2026-03"].values
    assert values["by_kind"][0]["count"] == 2
    assert values["trend"][-1]["ppm"] == 3000
    assert values["abnormal"] is False  # four months are too few to stand out


def test_frozen_figures_stay_when_records_change_until_they_are_frozen_again(tmp_path: Path) -> None:
    root = with_record(tmp_path)
    path = root / "records/loan-monthly/2026/LM-2026-03.yaml"
    run(root, "LM-2026-03", is_freezing=True)
    first = path.read_bytes()
    (root / "records/loan/2026/TL-2026-0002.yaml").unlink()
    assert json.loads(run(root, "LM-2026-03", "json")[1])["fields"]["figures"]["value"][0]["month"] == 2
    run(root, "LM-2026-03", is_freezing=True)
    assert json.loads(run(root, "LM-2026-03", "json")[1])["fields"]["figures"]["value"][0]["month"] == 1
    assert path.read_bytes() != first
    again = path.read_bytes()
    run(root, "LM-2026-03", is_freezing=True)
    assert path.read_bytes() == again


def test_figures_that_do_not_fit_the_definition_any_more_are_frozen_anew(tmp_path: Path) -> None:
    root = with_record(tmp_path)
    path = root / "records/loan-monthly/2026/LM-2026-03.yaml"
    run(root, "LM-2026-03", is_freezing=True)
    good = path.read_text("utf-8")
    path.write_text(good.replace("  share: 66.67", "  part: 66.67"), "utf-8")
    assert run(root, "LM-2026-03")[0] == 1
    assert run(root, "LM-2026-03", is_freezing=True)[0] == 0
    assert path.read_text("utf-8") == good


def test_a_wrong_record_is_not_frozen(tmp_path: Path) -> None:
    root = with_record(tmp_path, RECORD.replace("state: draft", "state: drafty"))
    code, said = run(root, "LM-2026-03", is_freezing=True)
    assert code == 1
    assert "schema.enum" in said


def test_a_new_report_knows_its_number_and_period(tmp_path: Path) -> None:
    root = repository(tmp_path, **FIVE)
    said: list[str] = []

    def make(**given: str) -> int:
        today = date(2026, 11, 26)
        return new.run(root, "loan-monthly", number="", given=given, today=today, language=Language.EN, say=said.append)

    assert make(period="2026-03") == 0
    text = (root / "records/loan-monthly/2026/LM-2026-03.yaml").read_text("utf-8")
    assert "\nperiod: 2026-03" in text
    assert "\nperiod_from: 2026-03-01" not in text
    assert "by_kind" not in text
    for given in ({"period": "2026-03"}, {}, {"period": "2026-13"}):
        with pytest.raises(GeneratorError):
            make(**given)


@pytest.mark.parametrize(
    ("name", "period", "said"),
    [
        ("loan-weekly", "2026-03", "there is no report loan-weekly"),
        ("loan", "2026-03", "there is no report loan"),
        ("loan-monthly", "", "say the period with --period, e.g. 2026-07"),
        ("loan-monthly", "2026-Q1", "the period of loan-monthly is written like 2026-07, not 2026-Q1"),
    ],
)
def test_what_cannot_be_reported_is_said(tmp_path: Path, name: str, period: str, said: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        run(repository(tmp_path), name, period=period)
    assert said in caught.value.text.en


def test_freezing_needs_a_record(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError) as caught:
        run(repository(tmp_path), "loan-monthly", period="2026-03", is_freezing=True)
    assert "wenkong new loan-monthly" in caught.value.text.en


def frozen(tmp_path: Path) -> tuple[Path, Path]:
    """A repository whose report was frozen and committed, and its record."""
    root = with_record(tmp_path)
    run(root, "LM-2026-03", is_freezing=True)
    commit(root, "frozen")
    return root, root / "records/loan-monthly/2026/LM-2026-03.yaml"


def recounted(root: Path) -> tuple[int, list[str]]:
    said: list[str] = []
    return recount.run(root, "LM-2026-03", language=Language.EN, say=said.append), said


def test_frozen_figures_are_what_their_own_commit_gives_whatever_changed_since(tmp_path: Path) -> None:
    root, path = frozen(tmp_path)
    loan = root / "records/loan/2026/TL-2026-0002.yaml"
    loan.write_text(loan.read_text("utf-8").replace("price: 30.5", "price: 99"), "utf-8")
    commit(root, "a price is corrected")
    path.write_text(path.read_text("utf-8").replace("三月正常", "三月一切正常"), "utf-8")
    commit(root, "the judgement")
    code, (said, *since) = recounted(root)
    first = git(root, "rev-parse", "HEAD~2")[:10]
    assert (code, said) == (0, f"LM-2026-03: 7 figures are what commit {first} gives")
    assert since[0] == "computed from the records of today, 4 would differ; what was frozen stays:"
    assert "  loans, row 1 (TL-2026-0002), price: frozen 30.5, today 99" in since
    assert since[-1] == "records that were changed since, 1: TL-2026-0002"


def test_a_record_that_came_later_is_named_as_the_reason_for_other_figures(tmp_path: Path) -> None:
    root, _ = frozen(tmp_path)
    assert len(recounted(root)[1]) == 1, "nothing is said where nothing differs"
    assert "--check" not in run(root, "LM-2026-03")[1]
    late = loan(number="TL-2026-0009", price="20", pieces="3", lent_on="2026-03-15")
    (root / "records/loan/2026/TL-2026-0009.yaml").write_text(late, "utf-8")
    code, (_, *since) = recounted(root)
    assert code == 0
    assert "  figures, row 1 (借出 Lent), month: frozen 2, today 3" in since
    assert "  and 11 more" in since
    assert since[-1] == "records that came later, 1: TL-2026-0009"
    assert "wenkong report LM-2026-03 --check says why" in run(root, "LM-2026-03")[1]


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_figure_that_was_tampered_with_is_named_on_its_line(tmp_path: Path, *, is_committed: bool) -> None:
    root, path = frozen(tmp_path)
    text = path.read_text("utf-8")
    assert text.count("share: 66.67") == 1
    path.write_text(text.replace("share: 66.67", "share: 50"), "utf-8")
    line = text[: text.index("share: 66.67")].count("\n") + 1
    if is_committed:
        commit(root, "looks better")
    code, (found, said) = recounted(root)
    assert code == 1
    assert found.startswith(f"records/loan-monthly/2026/LM-2026-03.yaml:{line}:")
    assert "by_kind, row 1 (手动 Hand), share says 50, computed again it is 66.67" in found
    assert said.startswith("LM-2026-03: 1 differ from what commit ")


def test_what_was_never_frozen_or_committed_cannot_be_checked(tmp_path: Path) -> None:
    root = with_record(tmp_path)
    with pytest.raises(GeneratorError, match="no frozen figures"):
        recounted(root)
    run(root, "LM-2026-03", is_freezing=True)
    with pytest.raises(GeneratorError, match="commit them first"):
        recounted(root)
