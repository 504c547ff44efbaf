from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zlib
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfReader

from generator import paper
from tests import build
from tests.conftest import PINNED, ROOT, commit, git
from tests.stringify import stringify

NUMBER = "TL-2026-0001"


def wenkong(root: Path, *arguments: str, zone: str = "Asia/Shanghai") -> subprocess.CompletedProcess[str]:
    """The real command, as a person types it."""
    environment = {**os.environ, **PINNED, "TZ": zone, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    command = (sys.executable, "-m", "generator", *arguments)
    return subprocess.run(command, cwd=root, env=environment, check=False, capture_output=True, encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    root = build.repository(tmp_path / "厂 plant")
    assert wenkong(root, "form", "draw", "loan").returncode == 0
    commit(root, "first")
    return root


def output(root: Path) -> dict[str, str]:
    folder = root / "out"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".docx", ".pdf"}
    }


def test_a_record_becomes_word_and_pdf_with_its_commit(small: Path) -> None:
    done = wenkong(small, "render", NUMBER)
    assert (done.returncode, done.stderr) == (0, "")
    text = stringify((small / f"out/loan/{NUMBER}.docx").read_bytes())
    head = git(small, "rev-parse", "HEAD")[:10]
    assert "非受控 UNCONTROLLED" in text
    assert f"{head}（2026-11-20）" in text
    assert "扳手 wrench & co <w:p> {{ 7*7 }}" in text
    assert "1,280.50 CNY" in text
    assert "☑ 手动 Hand  ☐ 电动 Power" in text.replace("\u00a0", " ")
    assert "| 007 | 1.10 |" in text
    content = (small / f"out/loan/{NUMBER}.pdf").read_bytes()
    assert "第1页共1页/Page1of1" in paper.read(content).pages[0]
    about = PdfReader(BytesIO(content)).metadata
    assert about
    assert f"rdocx {version('rdocx')}" in str(about.producer)
    assert head in str(about["/Keywords"])


def test_what_goes_to_the_customer_with_a_sheet_is_searched_when_it_is_printed(tmp_path: Path) -> None:
    root = build.repository(tmp_path, TL_2026_0001=f"{build.RECORD}pictures: [sealed.bin]\n")
    schema = root / "schemas/loan.yaml"
    text = schema.read_text("utf-8").replace("$defs/photos", "$defs/files")
    schema.write_text(text.replace("en: Pictures}, ", "en: Pictures}, x-enclosed: true, "), "utf-8")
    (root / f"records/loan/2026/{NUMBER}").mkdir()
    (root / f"records/loan/2026/{NUMBER}/sealed.bin").write_bytes(b"\0\1\2")
    wenkong(root, "form", "draw", "loan")
    for words in (("render", NUMBER), ("build",), ("build",)):
        done = wenkong(root, *words)
        assert done.returncode == 0, done.stdout
        assert f"records/loan/2026/{NUMBER}/sealed.bin:1:1: warning: the attachment sealed.bin cannot be" in done.stdout


def test_the_same_commit_gives_the_same_bytes_elsewhere(small: Path, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere"
    git(tmp_path, "clone", "-q", str(small), str(there))
    assert wenkong(small, "build").returncode == 0
    assert wenkong(there, "build", zone="America/Los_Angeles").returncode == 0
    assert len(output(small)) == 4
    assert output(small) == output(there)


def test_a_later_commit_that_touches_nothing_of_it_changes_no_byte(small: Path) -> None:
    assert wenkong(small, "build").returncode == 0
    before = output(small)
    (small / "note.txt").write_text("x", "utf-8")
    (small / ".gitignore").write_text("out/\n", "utf-8")
    commit(small, "something else")
    assert wenkong(small, "build").returncode == 0
    assert output(small) == before


def test_what_is_not_committed_is_printed_as_a_draft_without_a_commit(small: Path) -> None:
    (small / "note.txt").write_text("x", "utf-8")
    wenkong(small, "render", NUMBER)
    text = stringify((small / f"out/loan/{NUMBER}.docx").read_bytes())
    assert "草稿 DRAFT" in text
    assert git(small, "rev-parse", "HEAD")[:10] not in text


def test_without_git_everything_is_a_draft(small: Path) -> None:
    shutil.rmtree(small / ".git")
    assert wenkong(small, "build").returncode == 0
    assert "草稿 DRAFT" in stringify((small / f"out/loan/{NUMBER}.docx").read_bytes())


def test_a_shallow_clone_is_refused_with_the_command_that_mends_it(small: Path, tmp_path: Path) -> None:
    (small / "note.txt").write_text("x", "utf-8")
    commit(small, "second")
    there = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", small.as_uri(), str(there))
    done = wenkong(there, "render", NUMBER)
    assert done.returncode == 2
    assert "git fetch --unshallow" in done.stderr
    assert wenkong(there, "doctor").returncode == 1


def test_a_wrong_record_is_skipped_and_the_others_are_made(small: Path) -> None:
    text = build.RECORD.replace("0001", "0002", 1).replace("kind: hand", "kind: foot")
    (small / "records/loan/2026/TL-2026-0002.yaml").write_text(text, "utf-8")
    done = wenkong(small, "build")
    assert done.returncode == 1
    assert "skipped records/loan/2026/TL-2026-0002.yaml" in done.stdout
    assert "TL-2026-0002.yaml:9:7: error:" in done.stdout
    assert (small / f"out/loan/{NUMBER}.pdf").is_file()
    assert not (small / "out/loan/TL-2026-0002.pdf").exists()


@pytest.mark.parametrize(("language", "there", "away"), [("zh", "工具", "Tool"), ("en", "Tool", "工具借用单")])
def test_a_sheet_in_one_language_has_no_label_of_the_other(small: Path, language: str, there: str, away: str) -> None:
    wenkong(small, "render", NUMBER, "--sheet-lang", language, "--format", "docx")
    text = stringify((small / f"out/loan/{NUMBER}.docx").read_bytes())
    assert there in text
    assert away not in text
    assert not (small / f"out/loan/{NUMBER}.pdf").exists()


def test_the_blank_form_has_rows_to_write_in(small: Path) -> None:
    assert wenkong(small, "render", "loan", "--blank").returncode == 0
    text = stringify((small / "out/blank/loan.docx").read_bytes())
    assert text.count("|  |  |") >= 4
    assert "☑" not in text


def test_a_character_that_no_font_has_is_a_finding_on_its_line(small: Path) -> None:
    path = small / f"records/loan/2026/{NUMBER}.yaml"
    path.write_text(build.RECORD.replace("tool: 扳手", "tool: 😀"), "utf-8")
    done = wenkong(small, "render", NUMBER)
    assert done.returncode == 1
    assert f"records/loan/2026/{NUMBER}.yaml:4:7: error:" in done.stdout
    assert "U+1F600" in done.stdout


def huge_png() -> bytes:
    """A picture of 20,000 × 20,000 pixels that is only a few kilobytes long."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)

    head = (20000).to_bytes(4) * 2 + bytes((8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(("content", "code"), [(photo(), 0), (b"no picture", 1), (huge_png(), 1), (photo()[:200], 1)])
def test_a_photo_is_printed_or_named(small: Path, content: bytes, code: int) -> None:
    path = small / f"records/loan/2026/{NUMBER}.yaml"
    path.write_text(build.RECORD.replace("kind: hand", "pictures: [a.jpg]"), "utf-8")
    folder = path.with_suffix("")
    folder.mkdir()
    (folder / "a.jpg").write_bytes(content)
    done = wenkong(small, "render", NUMBER)
    assert done.returncode == code, done.stdout
    if code:
        assert f"records/loan/2026/{NUMBER}.yaml:9:11: error:" in done.stdout
    else:
        with ZipFile(small / f"out/loan/{NUMBER}.docx") as docx:
            assert any(name.startswith("word/media/") for name in docx.namelist())


def test_a_missing_logo_is_named(small: Path) -> None:
    path = small / "records/organization.yaml"
    path.write_text(build.ORGANIZATION.replace("logo: []", "logo: [logo.png]"), "utf-8")
    done = wenkong(small, "check")
    assert done.returncode == 1
    assert "records/organization.yaml:11:8: error: attachment 'logo.png' is not there" in done.stdout


@pytest.mark.parametrize("content", [b"%PDF-1.7 renamed", b"", b"PK\x03\x04 broken"])
def test_a_template_that_is_something_else_is_named_and_nothing_is_printed_from_it(small: Path, content: bytes) -> None:
    (small / "forms/loan.docx").write_bytes(content)
    done = wenkong(small, "check")
    assert done.returncode == 1
    assert "forms/loan.docx:1:1: error:" in done.stdout
    assert wenkong(small, "render", NUMBER).returncode in {1, 2}


def test_a_form_without_a_template_says_how_to_draw_it(small: Path) -> None:
    (small / "forms/loan.docx").unlink()
    done = wenkong(small, "check")
    assert done.returncode == 1
    assert "wenkong form draw loan" in done.stdout


def edited(path: Path, old: str, new: str) -> None:
    """Change a template's text as a person would in Word."""
    with ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    assert old.encode() in members["word/document.xml"]
    members["word/document.xml"] = members["word/document.xml"].replace(old.encode(), new.encode())
    with ZipFile(path, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)


def test_an_unknown_tag_and_a_field_that_is_never_printed_are_found(small: Path) -> None:
    edited(small / "forms/loan.docx", "{{ tool }}", "{{ tol }}")
    done = wenkong(small, "form", "check", "loan")
    assert done.returncode == 1
    assert "'tol' does not exist" in done.stdout
    assert "'Tool' (tool) would never be printed" in done.stdout


def test_a_template_that_a_person_changed_is_kept(small: Path) -> None:
    path = small / "forms/loan.docx"
    edited(path, "{{ tool }}", "Nr. {{ tool }}")
    before = path.read_bytes()
    assert wenkong(small, "form", "draw", "loan").returncode == 1
    assert path.read_bytes() == before
    assert wenkong(small, "form", "draw", "loan", "--force").returncode == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    "tag", ["{% for a in range(10**9) %}{% endfor %}", "{{ tool.__class__ }}", "{{ cycler.__init__.__globals__ }}"]
)
def test_a_template_that_would_run_code_or_never_end_is_refused(small: Path, tag: str) -> None:
    edited(small / "forms/loan.docx", "{{ tool }}", "{{ tool }}" + tag)
    done = wenkong(small, "build")
    assert done.returncode == 1
    assert "forms/loan.docx" in done.stdout
    assert not (small / f"out/loan/{NUMBER}.pdf").exists()


def test_a_template_without_a_definition_is_named(small: Path) -> None:
    shutil.copy(small / "forms/loan.docx", small / "forms/lone.docx")
    done = wenkong(small, "check")
    assert done.returncode == 1
    assert "forms/lone.docx:1:1: error: template forms/lone.docx has no form definition" in done.stdout


def test_nothing_is_printed_while_the_company_itself_is_wrong(small: Path) -> None:
    path = small / "records/organization.yaml"
    path.write_text(build.ORGANIZATION.replace("name_zh: 苏州示例有限公司\n", ""), "utf-8")
    done = wenkong(small, "build")
    assert done.returncode == 2
    assert "run wenkong check" in done.stderr
    assert not output(small)


def test_what_was_printed_before_makes_nothing_a_draft(small: Path) -> None:
    assert wenkong(small, "build").returncode == 0
    before = output(small)
    assert wenkong(small, "build").returncode == 0
    assert output(small) == before


def test_a_quality_system_may_be_a_folder_of_a_larger_repository(small: Path, tmp_path: Path) -> None:
    root = tmp_path / "whole" / "质量"
    shutil.copytree(small, root, ignore=shutil.ignore_patterns(".git"))
    commit(tmp_path / "whole", "all")
    assert wenkong(root, "render", NUMBER, "--format", "docx").returncode == 0
    assert "非受控 UNCONTROLLED" in stringify((root / f"out/loan/{NUMBER}.docx").read_bytes())
    (root / f"records/loan/2026/{NUMBER}.yaml").unlink()
    commit(tmp_path / "whole", "gone")
    wenkong(root, "new", "loan")
    assert (root / "records/loan/2026/TL-2026-0002.yaml").is_file()


@pytest.mark.office
def test_the_organisation_chooses_the_engine(small: Path) -> None:
    path = small / "records/organization.yaml"
    path.write_text(build.ORGANIZATION.replace("pdf_engine: rdocx", "pdf_engine: libreoffice"), "utf-8")
    assert wenkong(small, "build").returncode == 0
    about = PdfReader(small / f"out/loan/{NUMBER}.pdf").metadata
    assert about
    assert "libreoffice" in str(about.producer)


def test_a_build_that_is_killed_leaves_whole_files_and_the_next_one_finishes(small: Path) -> None:
    for serial in range(2, 30):
        text = build.RECORD.replace("0001", f"{serial:04d}", 1)
        (small / f"records/loan/2026/TL-2026-{serial:04d}.yaml").write_text(text, "utf-8")
    environment = {**os.environ, **PINNED, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "generator", "build")
    running = subprocess.Popen(
        command, cwd=small, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while len(list((small / "out").rglob("*.pdf"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    running.kill()
    running.wait()
    made = list((small / "out").rglob("*.pdf"))
    assert 3 <= len(made) < 30
    assert all(len(paper.read(path.read_bytes()).pages) == 1 for path in made)
    assert wenkong(small, "build").returncode == 0
    assert len(list((small / "out/loan").glob("TL-*.pdf"))) == 29


PROCEDURE = """---
number: CP-99
revision: A/0
title: {zh: 工具管理, en: Tools}
owner: quality
effective: "2026-03-01"
---

## 1 目的 / Purpose

工具完好。

Tools are sound.
"""


def test_a_procedure_is_printed_and_a_character_without_a_glyph_is_named(small: Path) -> None:
    path = small / "procedures/CP-99-tools.md"
    path.parent.mkdir()
    path.write_text(PROCEDURE, "utf-8")
    assert wenkong(small, "render", "CP-99").returncode == 0
    text = stringify((small / "out/procedures/CP-99.docx").read_bytes())
    assert "工具完好。" in text
    assert "Tools are sound." in text
    path.write_text(PROCEDURE.replace("完好", "完😀好"), "utf-8")
    done = wenkong(small, "render", "CP-99")
    assert done.returncode == 1
    assert "procedures/CP-99-tools.md:11:4: error:" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("revision: A/0\n", "", 2, "procedure.front"),
        ("title: {zh: 工具管理, en: Tools}", "title: 工具管理", 4, "procedure.front"),
        ("owner: quality", "owner: quality\nownr: x", 2, "procedure.front"),
        ("number: CP-99", "number: ../../evil", 2, "number.unsafe"),
        ("工具完好", "工具\t完好", 11, "yaml.tab"),
        ("---\nnumber", "number", 1, "procedure.front"),
        ("工具完好。\n", "<<<<<<< HEAD\n", 11, "yaml.conflict"),
    ],
)
def test_a_wrong_procedure_is_named_and_not_printed(small: Path, *, old: str, new: str, line: int, rule: str) -> None:
    path = small / "procedures/CP-99-tools.md"
    path.parent.mkdir()
    assert old in PROCEDURE
    path.write_text(PROCEDURE.replace(old, new, 1), "utf-8")
    done = wenkong(small, "check")
    assert done.returncode == 1
    assert f"procedures/CP-99-tools.md:{line}:" in done.stdout
    assert f"[{rule}]" in done.stdout
    assert wenkong(small, "build").returncode == 1
    assert not (small / "out/procedures").exists()


def test_a_procedure_that_is_not_utf_8_or_has_a_used_number_is_named(small: Path) -> None:
    folder = small / "procedures"
    folder.mkdir()
    (folder / "a.md").write_text(PROCEDURE, "utf-8")
    (folder / "b.md").write_text(PROCEDURE, "utf-8")
    (folder / "c.md").write_bytes(PROCEDURE.encode("gbk"))
    done = wenkong(small, "check")
    assert "procedures/b.md:1:1: error: number 'CP-99' is already used by procedures/a.md" in done.stdout
    assert "procedures/c.md:4:13: error:" in done.stdout


def test_a_change_of_a_department_changes_the_origin_of_its_procedures(small: Path) -> None:
    path = small / "procedures/CP-99-tools.md"
    path.parent.mkdir()
    text = PROCEDURE.replace("owner: quality", "owner: TL-2026-0001")
    path.write_text(text, "utf-8")
    commit(small, "procedure")
    first = git(small, "rev-parse", "HEAD")[:10]
    record = small / f"records/loan/2026/{NUMBER}.yaml"
    record.write_text(build.RECORD.replace("pieces: 2", "pieces: 3"), "utf-8")
    commit(small, "what it names")
    wenkong(small, "render", "CP-99", "--format", "docx")
    printed = stringify((small / "out/procedures/CP-99.docx").read_bytes())
    assert git(small, "rev-parse", "HEAD")[:10] in printed
    assert first not in printed


def test_records_of_a_form_whose_template_is_wrong_are_named_as_skipped(small: Path) -> None:
    edited(small / "forms/loan.docx", "{{ tool }}", "")
    for done in (wenkong(small, "build"), wenkong(small, "render", NUMBER)):
        assert done.returncode == 1
        assert "'Tool' (tool) would never be printed" in done.stdout
    assert f"skipped records/loan/2026/{NUMBER}.yaml" in wenkong(small, "build").stdout
    assert not (small / f"out/loan/{NUMBER}.pdf").exists()


def test_a_text_of_twenty_thousand_characters_without_a_blank_are_all_printed(small: Path) -> None:
    path = small / f"records/loan/2026/{NUMBER}.yaml"
    text = "".join(chr(0x4E00 + number % 3000) for number in range(19_999))
    path.write_text(build.RECORD.replace("  第一行\n  second line\n", f"  {text}\n"), "utf-8")
    done = wenkong(small, "render", NUMBER)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    pages = paper.read((small / f"out/loan/{NUMBER}.pdf").read_bytes()).pages
    assert len(pages) > 8


def test_a_sheet_is_in_the_language_that_its_customer_demands(tree: Path) -> None:
    path = tree / "out/complaint-reply/CCR-2026-0023.docx"
    said = {}
    for name, language in (("customer", ()), ("asked", ("--sheet-lang", "zh"))):
        assert wenkong(tree, "render", "CCR-2026-0023", "--format", "docx", *language).returncode == 0
        said[name] = stringify(path.read_bytes())
    assert "Prepared by" in said["customer"]
    assert "编制" not in said["customer"]
    assert "编制" in said["asked"]
    assert wenkong(tree, "render", "CCR-2026-0001", "--format", "docx").returncode == 0
    both = stringify((tree / "out/complaint-reply/CCR-2026-0001.docx").read_bytes())
    assert "编制" in both
    assert "Prepared by" in both
