from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from watchdog.observers import Observer

from generator.changes import Change
from generator.commands import form, watch
from generator.live import Live, Page, Said
from generator.terms import Language
from tests import build
from tests.conftest import commit, git
from tests.ear import NOW, watched

RECORD = "records/loan/2026/TL-2026-0001.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small repository with a template, committed."""
    root = build.repository(tmp_path / "仓库 repo")
    form.draw(root, (), force=False, language=Language.EN, say=lambda _: None)
    commit(root, "first")
    return root


def saved_by_renaming(path: Path, text: str) -> None:
    """As vim, kate and gedit save: the old file out of the way, a new one in its place."""
    path.rename(path.with_name(f"{path.name}~"))
    beside = path.with_name(f".goutputstream-{path.stem}")
    beside.write_text(text, "utf-8")
    beside.replace(path)
    path.with_name(f"{path.name}~").unlink()


def test_saves_deletions_renames_and_branches_are_followed(root: Path) -> None:
    file, schema = root / RECORD, root / "schemas/loan.yaml"
    good, definition = file.read_text("utf-8"), schema.read_text("utf-8")
    with watched(root) as ear:
        saved_by_renaming(file, good.replace("state: open", "state: closed"))
        assert "schema.enum" in ear.rules()

        file.write_text("number: [", "utf-8")  # half saved
        found = ear.rules()
        assert found, "what cannot be read is a finding"
        assert "schema.enum" not in found

        file.write_text(good, "utf-8")
        told = [each for _, each in ear.until_waiting()]
        assert next(each for each in told if isinstance(each, Page)).path == "out/loan/TL-2026-0001.pdf"
        assert (root / "out/loan/TL-2026-0001.pdf").read_bytes().startswith(b"%PDF")

        schema.write_text("title: [", "utf-8")  # the definition breaks, and its records with it
        assert ear.rules() >= {"load.form"}
        schema.write_text(definition, "utf-8")
        assert "load.form" not in ear.rules()

        (root / "forms/loan.docx").write_bytes(b"no Word file")
        assert [rule for rule in ear.rules() if rule.startswith("template")]
        git(root, "checkout", "-q", "forms")
        assert not [rule for rule in ear.rules() if rule.startswith("template")]

        file.rename(file.with_name("TL-2026-0002.yaml"))
        assert "number.stem" in ear.rules()
        file.with_name("TL-2026-0002.yaml").unlink()
        assert "number.stem" not in ear.rules()
        git(root, "checkout", "-q", "-b", "other")
        git(root, "commit", "-q", "-am", "gone")
        ear.until_waiting()
        git(root, "checkout", "-q", "main")
        last = next(each for _, each in ear.until_waiting() if isinstance(each, Said))
        assert last.change == Change(new=(RECORD,))


def test_an_editors_own_files_wake_nobody(root: Path) -> None:
    with watched(root) as ear:
        (root / "records/loan/2026/.TL-2026-0001.yaml.swp").write_bytes(b"x")
        (root / "out").mkdir(exist_ok=True)
        (root / "out/x.pdf").write_bytes(b"x")
        assert ear.told.empty()
        (root / RECORD).unlink()
        told = [each for _, each in ear.until_waiting() if isinstance(each, Said)]
        assert told[0].change == Change(gone=(RECORD,))


def test_where_the_system_tells_nothing_files_are_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", full)
    with watched(root) as ear:
        assert ear.is_polling
        (root / RECORD).write_text("number: [", "utf-8")
        assert ear.rules()


def test_a_repository_without_a_company_is_told_about_and_watched_on(root: Path) -> None:
    company = (root / "records/organization.yaml").read_text("utf-8")
    with watched(root) as ear:
        (root / "records/organization.yaml").write_text("number: [", "utf-8")
        assert ear.rules()
        (root / "records/organization.yaml").write_text(company, "utf-8")
        assert "load.organization" not in ear.rules()


def test_the_screen_says_what_changed_what_is_wrong_and_what_is_elsewhere(root: Path) -> None:
    (root / "records/loan/2026/TL-2026-0002.yaml").write_text("number: TL-2026-0002\n", "utf-8")
    live = Live(root)
    first = live.say(Change(), NOW)
    assert [line.kind for line in watch.screen(first, Language.EN)].count("error") == len(first.library.findings)
    (root / RECORD).write_text(build.RECORD.replace("state: open", "state: closed"), "utf-8")
    lines = watch.screen(live.say(Change(other=(RECORD,)), NOW), Language.EN)
    assert [line.text for line in lines if line.kind == "file"] == [f"changed {RECORD}"]
    assert [line.text.partition(":")[0] for line in lines if line.kind == "error"] == [RECORD]
    assert [line.text for line in lines if line.kind == "quiet"] == [
        f"{len(first.library.findings)} more findings in other files"
    ]
    (root / RECORD).write_text(build.RECORD, "utf-8")
    lines = watch.screen(live.say(Change(other=(RECORD,)), NOW), Language.ZH)
    assert "没有问题" in [line.text for line in lines]
    assert "已解决 1 个" in [line.text for line in lines]


def test_ctrl_c_ends_it_clean(root: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background was told to ignore it
    command = (sys.executable, "-m", "generator", "--root", str(root), "--lang", "en", "watch")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ})
    assert process.stdout
    for line in process.stdout:
        if b"Ctrl-C" in line:
            break
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert rest.decode().strip() == "Ended."
