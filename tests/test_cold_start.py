"""What a cold start imports: a verb loads only the libraries that its own work needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.test_architecture import OWNERS

LIST = """
import sys
from generator.cli import run
try:
    run()
except SystemExit:
    sys.stderr.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""
READING = frozenset({"yaml", "jsonschema_rs", "sqlite3"})
NEEDED: Mapping[tuple[str, ...], frozenset[str]] = {
    ("--help",): frozenset(),
    ("--version",): frozenset(),
    ("new", "complaint"): READING | {"git", "filelock", "subprocess"},
    ("check", "records/complaint/2026/CC-2026-0001.yaml"): READING | {"cel", "chinese_calendar"},
    ("check",): READING | {"cel", "chinese_calendar", "cryptography", "git", "lxml", "subprocess"},
}
"""By verb, the libraries that it may load besides the command line; every library of the house has its owner module."""


def loaded(root: Path, *arguments: str) -> frozenset[str]:
    """The libraries with an owner that a verb has loaded in the end."""
    done = subprocess.run((sys.executable, "-c", LIST, *arguments), cwd=root, capture_output=True, check=True)
    return frozenset(done.stderr.decode().split("\n")[-1].split()) & OWNERS.keys()


@pytest.fixture(scope="module")
def kept(plant: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample plant after a first check."""
    root = tmp_path_factory.mktemp("cold") / "plant"
    shutil.copytree(plant, root)
    loaded(root, "check")
    return root


@pytest.mark.parametrize("arguments", NEEDED, ids=" ".join)
def test_a_verb_loads_only_what_its_work_needs(kept: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(kept, *arguments) - {"click"} <= NEEDED[arguments]
