from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import build
from tests.commands.test_printing import wenkong
from tests.conftest import commit


def test_a_clean_repository_is_said_to_be_clean(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    wenkong(root, "form", "draw")
    done = wenkong(root, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "checked 2 records, 2 forms and 0 procedures: 0 errors, 0 warnings\n"


def test_findings_speak_the_language_that_is_asked_for(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0001=build.RECORD.replace("kind: hand", "kind: foot"))
    place = "records/loan/2026/TL-2026-0001.yaml"
    english = wenkong(root, "check", place)
    assert english.returncode == 1
    assert english.stdout.startswith(f"{place}:9:7: error: 'Kind' has no option 'foot'. Choose one of: hand (Hand)")
    chinese = wenkong(root, "check", "--lang", "zh", place)
    assert chinese.stdout.startswith(f"{place}:9:7: 错误: “类别”没有“foot”这个选项。可选: hand（手动）")
    assert wenkong(root, "--lang", "zh", "check", place).stdout == chinese.stdout


def test_only_what_is_named_is_shown(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0001="x: [", TL_2026_0002="y: [")
    done = wenkong(root, "check", "records/loan/2026/TL-2026-0002.yaml")
    assert "TL-2026-0002" in done.stdout
    assert "TL-2026-0001" not in done.stdout


def test_json_has_both_languages(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0001="x: [")
    findings = json.loads(wenkong(root, "check", "records", "--format", "json").stdout)
    assert findings[0]["path"] == "records/loan/2026/TL-2026-0001.yaml"
    assert findings[0]["severity"] == "error"
    assert findings[0]["message"]["zh"] != findings[0]["message"]["en"]


@pytest.mark.parametrize("place", ["", "records/loan", "forms"])
def test_the_repository_is_found_from_inside(tmp_path: Path, place: str) -> None:
    root = build.repository(tmp_path)
    wenkong(root, "form", "draw")
    assert wenkong(root / place, "check").returncode == 0


def test_outside_a_repository_it_says_what_to_do(tmp_path: Path) -> None:
    done = wenkong(tmp_path, "check")
    assert done.returncode == 2
    assert "--root" in done.stderr
    assert "这里不是文控仓库" in done.stderr


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    wenkong(root, "form", "draw")
    done = wenkong(root, "render", "TL-2026-001")
    assert done.returncode == 2
    assert "did you mean 'TL-2026-0001'" in done.stderr


def test_a_fault_of_the_program_leaves_a_log_and_exit_code_three(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    wenkong(root, "form", "draw")
    (root / "out").write_text("a file where a folder is needed", "utf-8")
    done = wenkong(root, "render", "TL-2026-0001", "--format", "docx")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "Traceback" in (root / "wenkong-error.log").read_text("utf-8")


def test_help_is_in_both_languages(tmp_path: Path) -> None:
    done = wenkong(tmp_path, "--help")
    assert done.returncode == 0
    assert "文控" in done.stdout
    assert "Document control" in done.stdout


def test_the_doctor_says_in_words_what_is_missing(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    done = wenkong(root, "doctor")
    assert done.returncode == 0
    assert "[note] this folder is not under git yet" in done.stdout
    assert "[good] the PDF engine rdocx" in done.stdout
    commit(root, "first")
    assert "[good] the clone is whole" in wenkong(root, "doctor").stdout


def test_the_doctor_says_that_an_engine_is_missing(tmp_path: Path) -> None:
    root = build.repository(tmp_path)
    path = root / "records/organization.yaml"
    path.write_text(build.ORGANIZATION.replace("pdf_engine: rdocx", "pdf_engine: word"), "utf-8")
    done = wenkong(root, "doctor")
    assert done.returncode == 1
    assert "[to do] the PDF engine word does not work" in done.stdout


def test_a_record_is_checked_by_its_number_too(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0001="x: [", TL_2026_0002="y: [")
    done = wenkong(root, "check", "TL-2026-0002")
    assert done.stdout.startswith("records/loan/2026/TL-2026-0002.yaml:")
    assert "TL-2026-0001" not in done.stdout
    wrong = wenkong(root, "check", "TL-2026-002")
    assert wrong.returncode == 2
    assert "no record of that number, did you mean 'TL-2026-0002'?" in wrong.stderr


@pytest.mark.parametrize("verb", [("why",), ("move",), ("log",), ("diff",)])
def test_a_record_with_errors_is_not_said_to_be_missing(tmp_path: Path, verb: tuple[str, ...]) -> None:
    root = build.repository(tmp_path, TL_2026_0001=build.RECORD.replace("kind: hand", "kind: foot"))
    commit(root, "wrong")
    done = wenkong(root, *verb, "TL-2026-0001", *(["lent"] if verb == ("move",) else []))
    assert done.returncode in {0, 2}
    assert "did you mean" not in done.stderr
    assert done.returncode == 0 or "run wenkong check TL-2026-0001" in done.stderr


def test_a_label_in_place_of_an_option_is_answered_with_the_option(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0001=build.RECORD.replace("kind: hand", "kind: 手动"))
    assert "'手动' in 'Kind' is written hand [schema.enum]" in wenkong(root, "check").stdout


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("duee", "没有“duee”这个命令，是不是“due”？（用法：wenkong --help）", "did you mean 'due'?"),
        ("why", "缺少 NUMBER（用法：wenkong why --help）", "NUMBER is missing"),
        ("why --lang en X", "--lang 写在命令前面", "--lang stands before the command"),
        ("due --witin 3wd", "没有 --witin 这个选项，是不是“--within”？", "no option --witin, did you mean '--within'?"),
        ("check --format doc", "--format 没有“doc”，可选：text, json, lsp-diagnostics", "choose one of: text, json"),
        ("check --format", "这样写不行：", "this cannot be run: "),
        ("check --today soon", "--today 不是有效的日期或时间", "--today is no valid date or time"),
    ],
)
def test_a_line_typed_wrong_is_answered_in_both_languages(tmp_path: Path, typed: str, zh: str, en: str) -> None:
    (tmp_path / "records").mkdir()
    done = wenkong(tmp_path, *typed.split())
    assert done.returncode == 2
    assert zh in done.stderr
    assert en in done.stderr
