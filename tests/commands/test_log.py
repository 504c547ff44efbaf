"""What `wenkong log` tells of records, procedures and forms in a real repository."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.commands import controllog, log
from generator.errors import GeneratorError
from generator.terms import Language
from tests.conftest import commit
from tests.conftest import git as run
from tests.signed_build import released
from tests.stringify import stringify

COMPLAINT = "CC-2026-0007"


def told(root: Path, name: str, language: Language = Language.EN) -> str:
    lines: list[str] = []
    assert log.run(root, name, as_json=False, language=language, say=lines.append) == 0
    return "\n".join(lines)


def rows(root: Path, name: str) -> list[dict[str, Any]]:
    said: list[str] = []
    assert log.run(root, name, as_json=True, language=Language.ZH, say=said.append) == 0
    found: list[dict[str, Any]] = json.loads(said[0])
    return found


def path_of(root: Path, stem: str) -> Path:
    (found,) = root.rglob(f"{stem}.yaml")
    return found


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_a_record_tells_the_fields_that_changed_and_why(tree: Path) -> None:
    edited(path_of(tree, COMPLAINT), "created_on: ", "former_number: CC-1\ncreated_on: ")
    commit(tree, "顾客要求更正编号")
    first, second = rows(tree, COMPLAINT)
    assert (first["act"]["en"], first["changed"]) == ("added", [])
    assert (second["act"]["zh"], second["reason"]) == ("更改", "顾客要求更正编号")
    assert [each["zh"] for each in second["changed"]] == ["原编号"]


def test_a_comment_or_another_order_changes_no_field(tree: Path) -> None:
    path = path_of(tree, COMPLAINT)
    path.write_text(f"# 注\n{path.read_text('utf-8')}", "utf-8")
    commit(tree, "comment")
    assert rows(tree, COMPLAINT)[-1]["changed"] == []


def test_a_procedure_tells_its_revision_and_headings(tree: Path) -> None:
    path = next((tree / "procedures").glob("CP-06*.md"))
    edited(path, "revision: A/0", "revision: A/1")
    edited(path, "## 2 范围 / Scope\n", "## 2 范围 / Scope\n\n新增一句。\n")
    commit(tree, "scope")
    said = told(tree, "CP-06")
    assert "revision A/1" in said
    assert "what changed: revision, 2 Scope" in said
    assert "更改内容: 版本、2 范围" in told(tree, "CP-06", Language.ZH)


def test_a_form_tells_its_definition_and_its_template(tree: Path) -> None:
    edited(tree / "schemas" / "complaint.yaml", "revision: A/0", "revision: A/1")
    template = tree / "forms" / "complaint.docx"
    template.write_bytes(template.read_bytes() + b"\0")
    commit(tree, "form")
    by_number, by_key = rows(tree, "CF-06-01"), rows(tree, "complaint")
    assert by_number == by_key
    changed = {each["path"]: [part["en"] for part in each["changed"]] for each in by_key[2:]}
    assert changed == {"schemas/complaint.yaml": ["revision"], "forms/complaint.docx": ["template"]}


def test_a_record_that_moved_to_another_folder_keeps_its_history(tree: Path) -> None:
    path = path_of(tree, COMPLAINT)
    target = path.parent.parent / "2027" / path.name
    target.parent.mkdir(exist_ok=True)
    path.rename(target)
    commit(tree, "moved")
    assert [each["act"]["en"] for each in rows(tree, COMPLAINT)] == ["added", "removed", "added"]


def test_what_a_branch_did_enters_the_main_line_with_its_merge(tree: Path) -> None:
    run(tree, "switch", "-q", "-c", "side")
    edited(path_of(tree, COMPLAINT), "created_on: ", "former_number: CC-1\ncreated_on: ")
    commit(tree, "on the side")
    run(tree, "switch", "-q", "main")
    run(tree, "merge", "-q", "--no-ff", "-m", "merged", "side")
    assert [(each["act"]["en"], each["main_line"]) for each in rows(tree, COMPLAINT)] == [
        ("added", True),
        ("changed", False),
        ("entered the main line", True),
    ]


def test_a_state_that_no_program_could_read_does_not_stop_the_log(tree: Path) -> None:
    path = path_of(tree, COMPLAINT)
    whole = path.read_text("utf-8")
    path.write_text(f"{whole}number: twice\n", "utf-8")
    commit(tree, "broken")
    path.write_text(whole, "utf-8")
    commit(tree, "mended")
    assert [each["reason"] for each in rows(tree, COMPLAINT)][1:] == ["broken", "mended"]


@pytest.mark.parametrize(("name", "said"), [("CP-6", "CP-06"), ("CC-2026-00O7", "CC-2026-0007")])
def test_a_misspelt_number_is_answered_with_the_near_one(tree: Path, name: str, said: str) -> None:
    with pytest.raises(GeneratorError, match=said):
        told(tree, name)


def test_what_was_never_committed_has_no_history(tree: Path) -> None:
    path = path_of(tree, COMPLAINT)
    copy = path.with_name("CC-2026-8888.yaml")
    copy.write_text(path.read_text("utf-8").replace(COMPLAINT, "CC-2026-8888"), "utf-8")
    with pytest.raises(GeneratorError, match="never committed"):
        told(tree, "CC-2026-8888")


def test_a_folder_outside_git_has_no_history(tree: Path) -> None:
    (tree / ".git").rename(tree / "elsewhere")
    with pytest.raises(GeneratorError, match="no git repository"):
        told(tree, "CP-06")


def control_log(root: Path, form: str = "json", **more: Any) -> str:
    said: list[str] = []
    wanted = controllog.Wanted(since=more.get("since"), form=form, output=more.get("output"))
    assert controllog.run(root, wanted, language=Language.ZH, say=said.append) == 0
    return said[-1]


def test_the_control_log_names_every_act_with_its_number_revision_and_reason(tree: Path, tmp_path: Path) -> None:
    released(tree, "CP-06", day="2026-03-02")
    edited(path_of(tree, COMPLAINT), "created_on: ", "former_number: CC-1\ncreated_on: ")
    commit(tree, "更正编号")
    found = json.loads(control_log(tree))
    acts = {(each["number"], each["act"]["en"]) for each in found}
    assert {("CP-06", "signed (approved, zhou-jianping)"), (COMPLAINT, "changed"), ("CF-06-01", "added")} <= acts
    assert not [each for each in found if each["number"] in {"generator", "tests"}]
    (last,) = (each for each in found if each["number"] == COMPLAINT and each["act"]["en"] == "changed")
    assert last["reason"] == "更正编号"
    assert {each["revision"] for each in found if each["number"] == "CP-06"} == {"A/0"}
    text = control_log(tree, "text", since=date(2026, 11, 20))
    assert "更正编号" in text
    assert "签署（" not in text
    for form in ("xlsx", "docx"):
        path = tmp_path / f"log.{form}"
        assert control_log(tree, form, output=path) == str(path)
        assert path.stat().st_size > 5000
    assert "周建平" in stringify((tmp_path / "log.docx").read_bytes())
