from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator import pdf, schemafiles
from generator.kept import Kept
from generator.shelf import look

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
PINNED = {
    "GIT_AUTHOR_NAME": "陈静",
    "GIT_AUTHOR_EMAIL": "chen.jing@example.com",
    "GIT_AUTHOR_DATE": "2026-11-20T09:00:00+08:00",
    "GIT_COMMITTER_NAME": "陈静",
    "GIT_COMMITTER_EMAIL": "chen.jing@example.com",
    "GIT_COMMITTER_DATE": "2026-11-20T09:00:00+08:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what was rendered over tests/golden/")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("office") and shutil.which("soffice") is None:
        assert not os.environ.get("CI"), "CI installs LibreOffice: no test may be skipped there"
        pytest.skip("LibreOffice is not installed here, so nothing can be compared with it")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that CI skips is a test that has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare `text` with tests/golden/<name>, or replace it when asked to."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8")
        expected = path.read_text("utf-8") if path.exists() else ""
        assert text == expected, f"{name} changed: if that is right, pytest --update-golden, and look at the diff"

    return check


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the real home, and commits get the same id everywhere."""
    for name, value in PINNED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample organisation in a clone of its own with one commit; copy it before changing anything."""
    root = tmp_path_factory.mktemp("plant") / "厂 plant"
    for folder in ("forms", "schemas", "records", "procedures"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / ".gitattributes", root)
    commit(root, "first")
    return root


@pytest.fixture
def tree(plant: Path, tmp_path: Path) -> Path:
    """A copy of the sample organisation that a test may change."""
    root = tmp_path / "树 tree"
    shutil.copytree(plant, root)
    return root


@pytest.fixture
def definitions_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Definitions are read again only where their files look otherwise, in processes that a test forks too."""
    kept: dict[object, schemafiles.Defined] = {}
    defined = schemafiles.defined

    def once(root: Path, memory: Kept) -> schemafiles.Defined:
        key = (root, tuple((each.name, look(each)) for each in schemafiles.every(root)))
        if key not in kept:
            kept[key] = defined(root, memory)
        return kept[key]

    monkeypatch.setattr(schemafiles, "defined", once)


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder with pinned people and dates."""
    environment = {**os.environ, **PINNED}
    done = subprocess.run(("git", *arguments), cwd=root, env=environment, check=True, capture_output=True)
    return done.stdout.decode()


def commit(root: Path, message: str) -> None:
    """Commit everything, making the repository if there is none."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


@pytest.fixture(scope="session")
def office() -> Iterator[pdf.Engine]:
    """One warm LibreOffice for all comparisons."""
    with closing(pdf.engine("libreoffice")) as engine:
        yield engine
