"""Copies made again from their commit, long after the tree went on."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import reissue
from generator.errors import GeneratorError
from generator.terms import Language
from tests.conftest import commit
from tests.copies_build import DOCUMENT, copied, issued, unheld

pytestmark = pytest.mark.usefixtures("definitions_once")
COPY = "out/issued/CP-06/A-0/copy-02.pdf"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, plant: Path) -> Path:
    root = unheld(plant, tmp_path_factory.mktemp("issued") / "厂")
    issued(root)
    return root


@pytest.fixture
def root(out: Path, tmp_path: Path) -> Path:
    return copied(out, tmp_path / "厂")


def said(root: Path, name: str = f"{DOCUMENT}@A/0", copy: str = "2") -> tuple[int, list[str]]:
    lines: list[str] = []
    return reissue.run(root, name, copy=copy, language=Language.EN, say=lines.append), lines


def test_a_copy_is_made_again_to_the_byte_after_everything_has_changed(root: Path) -> None:
    procedure = next((root / "procedures").glob("CP-06*.md"))
    procedure.write_text(procedure.read_text("utf-8").replace("revision: A/0", "revision: A/1"), "utf-8")
    logo = root / "records/organization.yaml"
    logo.write_text(logo.read_text("utf-8").replace("name_en: Suzhou Hengyue", "name_en: New Hengyue", 1), "utf-8")
    department = root / "records/departments/quality.yaml"
    department.write_text(department.read_text("utf-8").replace("name_zh: ", "name_zh: 新", 1), "utf-8")
    commit(root, "other names, a newer draft")
    code, (line,) = said(root)
    assert (code, "the same to the byte" in line) == (0, True)
    assert (root / COPY.replace("issued", "reissued")).read_bytes() == (root / COPY).read_bytes()


def test_a_ledger_that_names_another_hash_is_found_and_says_what_is_known(root: Path) -> None:
    (path,) = (root / "records/distribution-record").rglob("*.yaml")
    text = path.read_text("utf-8")
    old = [line.split()[-1] for line in text.splitlines() if "sha256:" in line][1]
    path.write_text(text.replace(old, "0" * 64), "utf-8")
    code, (line,) = said(root)
    assert (code, "not the same" in line, "not here to be compared" in line) == (1, True, True)


@pytest.mark.parametrize(("name", "copy"), [("CP-06@B/0", "1"), ("CP-06", "1"), ("CP-06@A/0", "99")])
def test_what_was_never_issued_is_refused_with_what_was(root: Path, name: str, copy: str) -> None:
    with pytest.raises(GeneratorError, match="CP-06@A/0"):
        said(root, name, copy)
