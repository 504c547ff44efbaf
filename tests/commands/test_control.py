"""status, revise and diff on a real repository."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import load
from generator.commands import diff, render, revise, status
from generator.errors import GeneratorError
from generator.terms import Language, Text
from tests.conftest import git
from tests.signed_build import PROCEDURE, edited, released
from tests.stringify import stringify

TODAY = date(2026, 11, 24)
REASON = Text("顾客要求 4 小时内确认", "The customer wants an answer in 4 hours")


def rows(root: Path, *numbers: str) -> list[dict[str, Any]]:
    said: list[str] = []
    assert status.run(root, numbers, today=TODAY, as_json=True, language=Language.EN, say=said.append) == 0
    found: list[dict[str, Any]] = json.loads(said[0])
    return found


def revised(root: Path, number: str, *, reason: Text = REASON, is_version: bool = False) -> str:
    said: list[str] = []
    options = {"reason": reason, "effective": "2026-06-01", "is_version": is_version}
    assert revise.run(root, number, **options, language=Language.EN, say=said.append) == 0  # type: ignore[arg-type]
    return said[0]


def told(root: Path, number: str, *labels: str, form: str = "text", output: Path | None = None) -> str:
    before, after = (*labels, "", "")[:2]
    wanted, said = diff.Wanted(number, before, after, form, output), list[str]()
    assert diff.run(root, wanted, language=Language.ZH, say=said.append) == 0
    return "\n".join(said)


def test_the_table_of_documents_says_what_is_in_force(tree: Path) -> None:
    released(tree, "CP-06", day="2026-03-02")
    edited(tree, PROCEDURE, ("revision: A/0", "revision: A/1"), message="next")
    (row,) = rows(tree, "CP-06")
    assert (row["in_force"], row["since"], row["label"], row["status"]) == ("A/0", "2026-03-02", "A/1", "draft")
    said: list[str] = []
    assert status.run(tree, (), today=TODAY, as_json=False, language=Language.ZH, say=said.append) == 0
    (line,) = (each for each in said if each.startswith("CP-06"))
    assert ("A/0" in line, "草稿" in line) == (True, True)
    assert {"CF-06-01", "CP-01", "CP-06"} <= {each.split()[0] for each in said}


def test_an_unknown_document_is_answered_with_the_nearest(tree: Path) -> None:
    with pytest.raises(GeneratorError, match="CP-06"):
        rows(tree, "CP-O6")


@pytest.mark.parametrize("number", ["CP-06", "CF-06-01", "complaint"])
def test_a_revision_gets_the_next_label_and_its_reason_and_nothing_else_changes(tree: Path, number: str) -> None:
    path = tree / (PROCEDURE if number == "CP-06" else "schemas/complaint.yaml")
    before = path.read_text("utf-8").splitlines()
    assert "A/0 → A/1" in revised(tree, number)
    after = path.read_text("utf-8").splitlines()
    library = load.library(tree)
    assert not [each for each in library.findings if each.path == path.relative_to(tree).as_posix()]
    changed = [each for each in after if each not in before]
    assert 2 <= len(changed) <= 3
    assert any(REASON.zh in each and REASON.en in each for each in changed)
    assert "B/0" in revised(tree, number, is_version=True)


def test_a_revision_without_a_reason_or_of_a_record_is_refused(tree: Path) -> None:
    with pytest.raises(GeneratorError, match="reason"):
        revised(tree, "CP-06", reason=Text(" ", ""))
    with pytest.raises(GeneratorError, match="no revisions"):
        revised(tree, "CC-2026-0007")


def test_two_revisions_differ_by_heading_and_chinese_word(tree: Path) -> None:
    released(tree, "CP-06", day="2026-03-02")
    revised(tree, "CP-06")
    edited(tree, PROCEDURE, ("## 1 目的 / Purpose\n\n", "## 1 目的 / Purpose\n\n本程序经过修订。\n\n"), message="x")
    text = told(tree, "CP-06", "A/0", "A/1")
    assert "CP-06" in text.splitlines()[0]
    assert "版本" in text
    assert "[-0-]{+1+}" in text
    assert "{+本程序经过修订。" in text
    assert "5.2" not in text


def test_rows_are_matched_by_their_key_not_by_their_place(tree: Path) -> None:
    path = "schemas/complaint.yaml"
    released(tree, "CF-06-01", day="2026-03-02")
    source = (tree / path).read_text("utf-8")
    start = source.index("  - id: R-06-02") if "  - id: R-06-02" in source else source.index("  - id: ")
    end = source.index("  - id: ", start + 5)
    (tree / path).write_text(source[:start] + source[end:], "utf-8")
    gone = source[start:end].splitlines()[0].rpartition(" ")[2]
    text = told(tree, "complaint")
    assert f"[{gone}]" in text
    assert set(re.findall(r"\[(R-[^\]]+)\]", text)) == {gone}


def test_a_record_is_compared_by_its_labels_between_commits(tree: Path) -> None:
    (path,) = tree.rglob("CC-2026-0007.yaml")
    edited(tree, path.relative_to(tree).as_posix(), ("created_on: ", "former_number: CC-1\ncreated_on: "), message="x")
    assert "原编号" in told(tree, "CC-2026-0007", git(tree, "rev-list", "--max-parents=0", "HEAD").strip())
    with pytest.raises(GeneratorError, match="there are"):
        told(tree, "CC-2026-0007", "Z/9")


def test_the_difference_is_written_as_a_page_and_as_a_word_file(tree: Path, tmp_path: Path) -> None:
    edited(tree, PROCEDURE, ("## 1 目的 / Purpose\n\n", "## 1 目的 / Purpose\n\n<b>新</b>句。\n\n"))
    page, word = tmp_path / "d.html", tmp_path / "d.docx"
    told(tree, "CP-06", form="html", output=page)
    assert "<ins>&lt;b&gt;" in page.read_text("utf-8")
    told(tree, "CP-06", form="docx", output=word)
    assert "<b>新</b>句。" in stringify(word.read_bytes())
    told(tree, "CP-06", form="docx", output=tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == word.read_bytes()


def printed(root: Path, name: str, *, is_draft: bool = False) -> str:
    wanted = render.Wanted((name,), frozenset({"docx"}), is_blank=False, view="", is_draft=is_draft, language=None)
    said: list[str] = []
    assert render.run(root, wanted, today=TODAY, speech=Language.EN, say=said.append) == 0
    stem = {"CP-06": "procedures/CP-06", "CF-06-01": "blank/complaint"}[name]
    return stringify((root / "out" / f"{stem}.docx").read_bytes())


@pytest.mark.parametrize(("number", "path"), [("CP-06", PROCEDURE), ("CF-06-01", "schemas/complaint.yaml")])
def test_what_is_in_force_is_printed_beside_a_newer_draft_and_the_draft_on_demand(
    tree: Path, number: str, path: str
) -> None:
    released(tree, number, day="2026-03-02")
    edited(tree, path, ("revision: A/0", "revision: A/1"), message="next")
    assert ("A/0" in printed(tree, number), "草稿" in printed(tree, number)) == (True, False)
    draft = printed(tree, number, is_draft=True)
    assert ("A/1" in draft, "草稿" in draft) == (True, True)


def test_a_withdrawn_document_is_printed_as_obsolete(tree: Path) -> None:
    end = ("owner: quality\n", "owner: quality\nwithdrawn: '2026-06-01'\nsuccessor: CP-01\n")
    edited(tree, PROCEDURE, end, message="x")
    released(tree, "CP-06", day="2026-05-05")
    assert "作废 OBSOLETE" in printed(tree, "CP-06")
