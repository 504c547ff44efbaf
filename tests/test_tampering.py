"""What somebody may try with signatures, each named by the check; and honest work in which nothing is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator import load
from tests import signing_build as firm
from tests.signing_build import ANNA, BO, CHEN, DORA, FOLDER, PROCEDURE, RECORD, RECORD_PATH, faults

BEFORE, AFTER = "2026-03-02T09:00", "2026-03-03T10:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A record prepared by Anna and approved by Chen."""
    place = firm.firm(tmp_path / "库 firm")
    firm.signed(place, "prepared", ANNA, "2026-03-02T09:00")
    firm.signed(place, "approved", CHEN, "2026-03-02T11:00")
    assert faults(place) == []
    return place


@pytest.fixture
def keyed(tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """The same where keys are asked for; with everybody's key file."""
    place = firm.firm(tmp_path / "库 firm", settings={"signing.proof": "ssh"})
    keys = {each: firm.keyed(place, each) for each in (ANNA, BO, CHEN)}
    firm.commit(place, "keys", CHEN, "2026-03-01T09:00")
    firm.signed(place, "prepared", ANNA, "2026-03-02T09:00", key=keys[ANNA])
    firm.signed(place, "approved", CHEN, "2026-03-02T11:00", key=keys[CHEN])
    assert faults(place) == []
    return place, keys


def entry(root: Path, role: str) -> Path:
    (found,) = (root / FOLDER).glob(f"{role}-*.yaml")
    return found


def rules(root: Path) -> list[str]:
    return [rule for rule, _ in faults(root)]


@pytest.mark.tampering
def test_a_record_edited_after_signing_voids_all_signatures_and_names_the_change(root: Path) -> None:
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 3", by=(BO, AFTER))
    found = faults(root)
    assert [rule for rule, _ in found] == ["signature.void", "signature.void"]
    commit = firm.command(root, "rev-parse", "HEAD")[:10]
    assert all(f"commit {commit} (bo, 2026-03-03) changed Pieces" in text for _, text in found)


@pytest.mark.tampering
def test_an_uncommitted_edit_voids_too(root: Path) -> None:
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 3")
    assert all("an uncommitted change of Pieces" in text for _, text in faults(root))
    assert rules(root) == ["signature.void", "signature.void"]


@pytest.mark.tampering
def test_a_signature_moved_to_another_record_is_named(root: Path) -> None:
    other = root / "records/signatures/TL-2026-0002"
    other.mkdir()
    path = entry(root, "approved")
    shutil.move(path, other / path.name)
    firm.commit(root, "move", BO, AFTER)
    assert "signature.place" in rules(root)


@pytest.mark.tampering
def test_a_signature_copied_to_another_record_is_named(root: Path) -> None:
    text = (root / RECORD_PATH).read_text("utf-8").replace(RECORD, "TL-2026-0002")
    (root / "records/loan/2026/TL-2026-0002.yaml").write_text(text, "utf-8")
    shutil.copytree(root / FOLDER, root / "records/signatures/TL-2026-0002")
    for path in (root / "records/signatures/TL-2026-0002").iterdir():
        said = path.read_text("utf-8").replace(RECORD, "TL-2026-0002").replace("number: a", "number: x-a")
        said = said.replace("number: p", "number: x-p")
        path.write_text(said, "utf-8")
        path.rename(path.with_name(f"x-{path.name}"))
    firm.commit(root, "copy", BO, AFTER)
    found = faults(root)
    assert [rule for rule, _ in found] == ["signature.person", "signature.person"]
    assert "is by bo@example.com" in found[0][1]


@pytest.mark.tampering
def test_a_copied_signature_committed_under_the_signers_name_is_for_a_content_that_never_was(root: Path) -> None:
    text = (root / RECORD_PATH).read_text("utf-8").replace(RECORD, "TL-2026-0002")
    (root / "records/loan/2026/TL-2026-0002.yaml").write_text(text, "utf-8")
    firm.commit(root, "another", BO, "2026-03-02T08:00")
    path = root / "records/signatures/TL-2026-0002" / f"x{entry(root, 'prepared').name}"
    path.parent.mkdir()
    said = entry(root, "prepared").read_text("utf-8").replace(RECORD, "TL-2026-0002")
    path.write_text(said.replace("number: prepared", "number: xprepared"), "utf-8")
    firm.commit(root, "copy", ANNA, "2026-03-02T09:20")
    ((rule, words),) = faults(root)
    assert rule == "signature.void"
    assert "never stood in the main history" in words


@pytest.mark.tampering
def test_an_entry_edited_after_it_was_added_is_named_with_who_did_it(root: Path) -> None:
    firm.changed(root, entry(root, "prepared").relative_to(root).as_posix(), "09:00", "08:00", by=(BO, AFTER))
    found = faults(root)
    assert [rule for rule, _ in found] == ["signature.edited", "signature.order"]
    assert "(commit " in found[0][1]
    assert ", bo, 2026-03-03)" in found[0][1]


@pytest.mark.tampering
def test_an_entry_edited_in_the_working_tree_is_named(root: Path) -> None:
    firm.changed(root, entry(root, "approved").relative_to(root).as_posix(), "approved\n", "prepared\n")
    assert rules(root) == ["signature.edited"]


@pytest.mark.tampering
def test_a_signature_committed_by_somebody_else_is_named(root: Path) -> None:
    path = entry(root, "approved")
    text = path.read_text("utf-8")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path.write_text(text, "utf-8")
    firm.commit(root, "for the boss", BO, "2026-03-02T11:00")
    ((rule, words),) = faults(root)
    assert rule == "signature.person"
    assert "the signer is chen" in words


@pytest.mark.tampering
def test_a_forged_author_is_named(root: Path) -> None:
    path = entry(root, "approved")
    text = path.read_text("utf-8")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path.write_text(text, "utf-8")
    firm.commit(root, "forged", CHEN, "2026-03-02T11:00", committer=BO)
    ((rule, words),) = faults(root)
    assert rule == "signature.person"
    assert "says it is by chen, but bo committed it" in words


@pytest.mark.tampering
def test_a_signature_dated_back_is_named(root: Path) -> None:
    path = entry(root, "approved")
    text = path.read_text("utf-8")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path.write_text(text, "utf-8")
    firm.commit(root, "late", CHEN, "2026-03-09T11:00")
    ((rule, words),) = faults(root)
    assert rule == "signature.time"
    assert "signed at 2026-03-02 11:00, but it was committed at 2026-03-09 11:00" in words


@pytest.mark.tampering
def test_a_signature_dated_forward_is_named(root: Path) -> None:
    path = entry(root, "approved")
    text = path.read_text("utf-8").replace("2026-03-02 11:00", "2026-04-02 11:00")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path.write_text(text, "utf-8")
    firm.commit(root, "early", CHEN, "2026-03-02T11:00")
    assert rules(root) == ["signature.time"]


@pytest.mark.tampering
def test_a_deleted_signature_is_named(root: Path) -> None:
    entry(root, "approved").unlink()
    assert rules(root) == ["signature.removed"]
    firm.commit(root, "away with it", BO, AFTER)
    ((rule, words),) = faults(root)
    assert rule == "signature.removed"
    assert "chen as approved on TL-2026-0001 was deleted" in words


@pytest.mark.tampering
def test_a_signature_for_a_number_that_does_not_exist_is_named(root: Path) -> None:
    (root / RECORD_PATH).unlink()
    firm.commit(root, "gone", BO, AFTER)
    assert rules(root) == ["signature.subject", "signature.subject"]


@pytest.mark.tampering
def test_a_label_set_back_on_a_signature_is_named(root: Path) -> None:
    path = firm.signed(root, "prepared", ANNA, "2026-03-02T12:00", PROCEDURE)
    firm.changed(root, path.relative_to(root).as_posix(), "revision: A/0", "revision: A/1", by=(BO, AFTER))
    assert rules(root) == ["signature.edited"]


@pytest.mark.tampering
def test_a_procedure_edited_under_the_same_label_voids_its_signatures(root: Path) -> None:
    firm.signed(root, "prepared", ANNA, "2026-03-02T12:00", PROCEDURE)
    firm.changed(root, "procedures/CP-99-lending.md", "What is lent", "Whatever is lent", by=(BO, AFTER))
    ((rule, words),) = faults(root)
    assert rule == "signature.void"
    assert "changed 1 Purpose" in words


@pytest.mark.tampering
def test_a_template_swapped_under_a_signed_form_voids_its_signatures(root: Path) -> None:
    (root / "forms").mkdir(exist_ok=True)
    (root / "forms/loan.docx").write_bytes(b"one")
    firm.commit(root, "template", BO, "2026-03-02T12:00")
    firm.signed(root, "prepared", ANNA, "2026-03-02T12:30", "EX-01")
    (root / "forms/loan.docx").write_bytes(b"two")
    firm.commit(root, "other face", BO, AFTER)
    assert rules(root) == ["signature.void"]


@pytest.mark.tampering
def test_a_box_that_is_not_there_is_named(root: Path) -> None:
    firm.changed(root, "schemas/loan.yaml", "role: approved", "role: agreed", by=(BO, AFTER))
    assert rules(root) == ["signature.role"]


@pytest.mark.tampering
def test_one_person_in_two_boxes_is_named(root: Path) -> None:
    path = entry(root, "approved")
    text = path.read_text("utf-8").replace(CHEN, ANNA)
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path = path.with_name(path.name.replace(CHEN, ANNA))
    path.write_text(text, "utf-8")
    firm.commit(root, "both", ANNA, "2026-03-02T11:00")
    assert rules(root) == ["signature.separation"]


@pytest.mark.tampering
def test_a_digital_signature_of_another_text_is_named(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, _ = keyed
    prepared, approved = entry(root, "prepared").read_text("utf-8"), entry(root, "approved").read_text("utf-8")
    text = prepared.replace(prepared.partition("ssh: ")[2], approved.partition("ssh: ")[2])
    firm.command(root, "reset", "-q", "--hard", "HEAD~2")
    (root / FOLDER).mkdir(parents=True)
    number = next(line for line in text.splitlines() if line.startswith("number: ")).removeprefix("number: ")
    (root / FOLDER / f"{number}.yaml").write_text(text, "utf-8")
    firm.commit(root, "taken from the other", ANNA, BEFORE)
    ((rule, words),) = faults(root)
    assert rule == "signature.key"
    assert "is not for this content, role, person and time" in words


@pytest.mark.tampering
def test_a_signature_without_its_proof_is_named(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, _ = keyed
    text = entry(root, "approved").read_text("utf-8").partition("key: ")[0]
    path = entry(root, "approved")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path.write_text(text, "utf-8")
    firm.commit(root, "without", CHEN, "2026-03-02T11:00")
    assert rules(root) == ["signature.key"]


@pytest.mark.tampering
def test_a_key_of_somebody_else_is_named(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, keys = keyed
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path = firm.signed(root, "approved", BO, "2026-03-02T11:00", key=keys[BO])
    text = path.read_text("utf-8").replace("person: bo", "person: chen")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    firm.commit(root, "as the boss", CHEN, "2026-03-02T11:00")
    assert rules(root) == ["signature.key"]


@pytest.mark.tampering
def test_a_key_that_was_not_valid_then_is_named(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, _ = keyed
    firm.changed(root, "records/people/chen.yaml", "key_from: 2026-01-01", "key_from: 2026-03-05", by=(CHEN, AFTER))
    ((rule, words),) = faults(root)
    assert rule == "signature.key"
    assert "was not valid on 2026-03-02 (2026-03-05 to …)" in words


@pytest.mark.tampering
def test_a_signature_with_a_withdrawn_key_brought_in_by_another_is_named(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, _ = keyed
    path = entry(root, "approved")
    text = path.read_text("utf-8")
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    until = "key_from: 2026-01-01\nkey_until: 2026-03-02"
    firm.changed(root, "records/people/chen.yaml", "key_from: 2026-01-01", until, by=(CHEN, AFTER))
    path.write_text(text, "utf-8")
    firm.commit(root, "found in a drawer", BO, "2026-05-01T09:00")
    ((rule, words),) = faults(root)
    assert rule == "signature.key"
    assert "not valid on 2026-05-01" in words


@pytest.mark.tampering
def test_a_stolen_name_under_keys_is_named(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, keys = keyed
    firm.command(root, "reset", "-q", "--hard", "HEAD~1")
    path = firm.signed(root, "approved", BO, "2026-03-02T11:00", key=keys[BO])
    firm.changed(root, path.relative_to(root).as_posix(), "person: bo", "person: dora", by=(BO, AFTER))
    assert rules(root) == ["signature.edited"]
    assert DORA in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (RECORD_PATH, "state: open", "state: open\nstatus: in force"),
        ("procedures/CP-99-lending.md", "owner: quality", "owner: quality\nstatus: in force"),
        ("schemas/loan.yaml", "  number: EX-01", "  number: EX-01\n  status: in force"),
    ],
)
@pytest.mark.tampering
def test_a_typed_status_is_named(root: Path, path: str, before: str, after: str) -> None:
    firm.changed(root, path, before, after)
    found = load.library(root).findings
    assert any(each.path == path and "status" in each.message.en for each in found)
