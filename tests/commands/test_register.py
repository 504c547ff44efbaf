from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from generator.commands import build, form, register
from generator.errors import GeneratorError
from generator.shards import Shard
from generator.terms import Language
from tests.registers_build import REGISTER, small
from tests.test_registers import THREE

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it


def run(root: Path, form: str = "text", output: Path | None = None, **chosen: str) -> tuple[int, list[str]]:
    said: list[str] = []
    usual = {"customer": "", "view": ""}
    start, end, period = (chosen.pop(each, "") for each in ("start", "end", "period"))
    code = register.run(
        root,
        "loans",
        selection=register.selected(start, end, period, **{**usual, **chosen}),
        form=form,
        output=output,
        now=NOW,
        language=None,
        speech=Language.EN,
        say=said.append,
    )
    return code, said


def test_the_terminal_shows_a_table(tmp_path: Path) -> None:
    code, said = run(small(tmp_path, **THREE), period="2026-Q2")
    assert code == 0
    title, _, heads, *lines = said[0].splitlines()
    assert title == "Register of loans  EX-02 A/0  2026-04-01 to 2026-06-30  2 lines"
    assert heads.split()[:2] == ["No.", "Tool"]
    assert [line.split()[0] for line in lines[:2]] == ["TL-2026-0002", "TL-2026-0003"]


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
def test_a_file_goes_to_out_or_where_it_is_told_to(tmp_path: Path, form: str) -> None:
    root = small(tmp_path / "root", **THREE)
    assert run(root, form, view="hand")[1] == [f"wrote out/registers/loans-hand.{form}"]
    assert (root / f"out/registers/loans-hand.{form}").stat().st_size > 500
    run(root, form, tmp_path / f"mine.{form}")
    assert (tmp_path / f"mine.{form}").exists()


def test_json_holds_values_and_records(tmp_path: Path) -> None:
    content = json.loads(run(small(tmp_path, **THREE), "json", start="2026-04-01", end="2026-04-30")[1][0])
    (row,) = content["rows"]
    assert (row["record"], row["price"], row["pieces"], row["kind"]) == ("TL-2026-0002", 30.5, 2, "power")


def test_the_pdf_shows_every_line_and_leads_to_the_records(tmp_path: Path) -> None:
    root = small(tmp_path, **THREE)
    code, said = run(root, "pdf")
    assert (code, said) == (0, ["wrote out/registers/loans.pdf"])
    path = root / "out/registers/loans.pdf"
    with pikepdf.open(path) as pdf:
        links = [str(link["/A"]["/URI"]) for page in pdf.pages for link in page["/Annots"]]
        assert all(link["/F"] == 4 for page in pdf.pages for link in page["/Annots"])
    assert links == [f"../loan/TL-2026-000{number}.pdf" for number in (2, 3, 1)]
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert "EX-02" in text
    assert "DRAFT" in text


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"view": "foot"}, "no view foot"),
        ({"period": "2026-13"}, "2026-13 is no period"),
        ({"start": "2026-05-01", "end": "2026-04-01"}, "after the last day"),
    ],
)
def test_what_cannot_be_shown_is_said(tmp_path: Path, chosen: dict[str, str], said: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        run(small(tmp_path, **THREE), "text", None, **chosen)
    assert said in caught.value.text.en


def test_an_unknown_register_and_a_wrong_one(tmp_path: Path) -> None:
    root = small(tmp_path, REGISTER.replace("tool: {}", "tol: {}"))
    code, said = run(root)
    assert code == 1
    assert "schemas/loans.yaml:11" in said[0]
    (root / "schemas/loans.yaml").unlink()
    with pytest.raises(GeneratorError) as caught:
        run(root)
    assert "there is no register loans" in caught.value.text.en


def built(root: Path) -> tuple[int, str]:
    said: list[str] = []
    code = build.run(
        root,
        language=None,
        speech=Language.EN,
        workers=1,
        shard=Shard(),
        today=date(2026, 11, 24),
        say=said.append,
        track=lambda pieces, _total, _about: pieces,
    )
    return code, "\n".join(said)


def test_a_build_prints_the_registers_of_the_year(tmp_path: Path) -> None:
    root = small(tmp_path, **THREE)
    form.draw(root, (), force=False, language=Language.EN, say=print)
    assert built(root)[0] == 0
    document = pypdfium2.PdfDocument(root / "out/registers/loans-2026.pdf")
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "TL-2026-0002" in text
    assert (root / "out/registers/loans-2026.docx").exists()


def test_a_build_names_a_register_that_is_wrong_and_prints_the_rest(tmp_path: Path) -> None:
    root = small(tmp_path, REGISTER.replace("order: [", "order: [nothing, "), **THREE)
    form.draw(root, (), force=False, language=Language.EN, say=print)
    code, said = built(root)
    assert code == 1
    assert "schemas/loans.yaml" in said
    assert (root / "out/loan/TL-2026-0001.pdf").exists()
    assert not (root / "out/registers").exists()
