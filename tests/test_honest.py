"""Honest work in which nothing may be reported: neither by the check of signatures nor by the audit."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from generator.commands import audit
from generator.terms import Language
from tests import signing_build as firm
from tests.signing_build import ANNA, BO, CHEN, DORA, FOLDER, PROCEDURE, RECORD, RECORD_PATH, faults

NOW = datetime.fromisoformat("2026-11-24T12:00:00+08:00")
DAY = "2026-03-02T"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The company, before anybody signed."""
    return firm.firm(tmp_path / "库 firm")


@pytest.fixture
def keyed(tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """The company that asks for keys, and everybody's key file."""
    place = firm.firm(tmp_path / "库 firm", settings={"signing.proof": "ssh"})
    keys = {each: firm.keyed(place, each) for each in (ANNA, BO, CHEN)}
    firm.commit(place, "keys", CHEN, "2026-03-01T09:00")
    return place, keys


def reported(root: Path) -> list[str]:
    """Everything that check and audit say of signatures and of the history."""
    said: list[str] = []
    wanted = audit.Wanted(is_anchoring=False, head="", as_json=True)
    audit.run(root, wanted, now=NOW, language=Language.EN, say=said.append)
    return [*(rule for rule, _ in faults(root)), *(each["rule"] for each in json.loads(said[-1]))]


def holding(root: Path, number: str = RECORD) -> set[str]:
    return {name for name, each in firm.verdicts(root, number).items() if each.holds}


def branch(root: Path, name: str, start: str = "main") -> None:
    firm.command(root, "checkout", "-q", "-b", name, start)


def main(root: Path) -> None:
    firm.command(root, "checkout", "-q", "main")


def merged(root: Path, *names: str, who: str = CHEN, when: str = f"{DAY}18:00") -> None:
    with firm.clock(who, when):
        for name in names:
            firm.command(root, "merge", "-q", "--no-ff", "-m", f"bring in {name}", name)


def signed_by_both(root: Path, **keys: Path) -> None:
    firm.signed(root, "prepared", ANNA, f"{DAY}09:00", key=keys.get(ANNA))
    firm.signed(root, "approved", CHEN, f"{DAY}11:00", key=keys.get(CHEN))


BOTH = {"prepared anna", "approved chen"}


def test_two_sign_one_after_the_other(root: Path) -> None:
    signed_by_both(root)
    assert (reported(root), holding(root)) == ([], BOTH)


def test_two_sign_on_two_branches_and_both_merge_clean(root: Path) -> None:
    firm.signed(root, "prepared", ANNA, f"{DAY}09:00")
    branch(root, "a")
    firm.signed(root, "approved", CHEN, f"{DAY}11:00")
    branch(root, "b", "main")
    firm.signed(root, "prepared", BO, f"{DAY}11:30")
    main(root)
    merged(root, "a", "b")
    assert reported(root) == []
    assert holding(root) >= {"prepared anna", "approved chen"}


def test_a_branch_is_written_signed_and_merged(root: Path) -> None:
    branch(root, "work")
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 3", by=(ANNA, f"{DAY}08:30"))
    signed_by_both(root)
    main(root)
    merged(root, "work")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_branch_with_signatures_is_rebased_by_its_signer(root: Path) -> None:
    branch(root, "work")
    firm.signed(root, "prepared", ANNA, f"{DAY}09:00")
    main(root)
    firm.changed(root, "procedures/CP-99-lending.md", "都要登记", "都须登记", by=(BO, f"{DAY}09:30"))
    firm.command(root, "checkout", "-q", "work")
    with firm.clock(ANNA, f"{DAY}10:00"):
        firm.command(root, "rebase", "-q", "main")
    main(root)
    firm.command(root, "merge", "-q", "--ff-only", "work")
    assert (reported(root), holding(root)) == ([], {"prepared anna"})


def test_signatures_with_keys_survive_a_squash_by_somebody_else(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, keys = keyed
    branch(root, "work")
    signed_by_both(root, **keys)
    main(root)
    firm.command(root, "merge", "-q", "--squash", "work")
    firm.commit(root, "all in one", BO, f"{DAY}12:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_signatures_with_keys_survive_a_rebase_by_somebody_else(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, keys = keyed
    branch(root, "work")
    signed_by_both(root, **keys)
    main(root)
    firm.changed(root, "procedures/CP-99-lending.md", "都要登记", "都须登记", by=(BO, f"{DAY}09:30"))
    firm.command(root, "checkout", "-q", "work")
    with firm.clock(BO, f"{DAY}13:00"):
        firm.command(root, "rebase", "-q", "main")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_signed_record_is_corrected_with_a_reason_and_signed_again(root: Path) -> None:
    signed_by_both(root)
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 3", by=(ANNA, "2026-03-04T09:00"))
    firm.signed(root, "prepared", ANNA, "2026-03-04T09:10")
    firm.signed(root, "approved", CHEN, "2026-03-04T09:20")
    assert reported(root) == []


def test_comments_and_order_may_change_after_signing(root: Path) -> None:
    signed_by_both(root)
    path = root / RECORD_PATH
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(["# 说明", lines[1], lines[0], *lines[2:], ""]), "utf-8")
    firm.commit(root, "tidy", BO, "2026-03-04T09:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_record_goes_on_in_its_flow_after_signing(root: Path) -> None:
    firm.changed(root, RECORD_PATH, "remark: |\n  第一行\n  second line\n", "remark: 归还\n", by=(ANNA, f"{DAY}08:00"))
    signed_by_both(root)
    firm.changed(root, RECORD_PATH, "state: open", "state: returned", by=(ANNA, "2026-03-05T09:00"))
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_signature_on_a_picture_holds_while_the_picture_stays(root: Path) -> None:
    folder = (root / RECORD_PATH).with_suffix("")
    folder.mkdir()
    (folder / "note.jpg").write_bytes(b"picture")
    firm.changed(root, RECORD_PATH, "parts:", "pictures: [note.jpg]\nparts:", by=(ANNA, f"{DAY}08:00"))
    signed_by_both(root)
    (folder / "other.txt").write_text("not named by the record")
    firm.commit(root, "beside", BO, "2026-03-04T09:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_key_is_replaced_and_old_signatures_hold(keyed: tuple[Path, dict[str, Path]]) -> None:
    root, keys = keyed
    signed_by_both(root, **keys)
    text = (root / "records/people/anna.yaml").read_text("utf-8")
    public, print_ = (
        next(line.partition(": ")[2] for line in text.splitlines() if line.startswith(f"{name}: "))
        for name in ("signing_key", "key_fingerprint")
    )
    old = f"old_keys:\n  - key: {public}\n    fingerprint: {print_}\n    from: 2026-01-01\n    until: 2026-06-01"
    fresh = firm.keyed(root, ANNA, start="2026-06-01", old=old, file="anna-2")
    firm.commit(root, "a new key", CHEN, "2026-06-01T09:00")
    firm.changed(root, PROCEDURE_PATH, "都要登记", "都须登记", by=(ANNA, "2026-06-02T08:00"))
    firm.signed(root, "prepared", ANNA, "2026-06-02T09:00", PROCEDURE, key=fresh)
    assert (reported(root), holding(root)) == ([], BOTH)
    assert holding(root, PROCEDURE) == {"prepared anna"}


PROCEDURE_PATH = "procedures/CP-99-lending.md"


def test_a_person_who_left_has_signed_all_the_same(root: Path) -> None:
    signed_by_both(root)
    firm.person(root, ANNA, more="may_sign: false\nuntil: 2026-05-31")
    firm.commit(root, "anna left", CHEN, "2026-06-01T09:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_person_who_changed_department_or_role_has_signed_all_the_same(root: Path) -> None:
    signed_by_both(root)
    firm.person(root, CHEN, department="sales", role="clerk")
    firm.commit(root, "chen moved", BO, "2026-06-01T09:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_company_that_asks_for_keys_from_a_day_on_keeps_what_was_signed_before(root: Path) -> None:
    signed_by_both(root)
    firm.put(root, {"signing.proof": "ssh", "signing.keys_since": "2026-06-01"})
    firm.commit(root, "keys from june on", CHEN, "2026-05-20T09:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_procedure_is_signed_revised_and_signed_again(root: Path) -> None:
    for role, who, hour in (("prepared", ANNA, 9), ("reviewed", BO, 10), ("approved", CHEN, 11)):
        firm.signed(root, role, who, f"2026-03-02T{hour:02d}:00", PROCEDURE)
    text = (root / PROCEDURE_PATH).read_text("utf-8")
    text = text.replace("revision: A/0", "revision: A/1").replace("首次发布, en: First issue", "改进, en: Better")
    (root / PROCEDURE_PATH).write_text(text.replace("都要登记", "都须登记"), "utf-8")
    firm.commit(root, "A/1", ANNA, "2026-04-01T09:00")
    assert reported(root) == []
    for role, who, hour in (("prepared", ANNA, 9), ("reviewed", BO, 10), ("approved", CHEN, 11)):
        firm.signed(root, role, who, f"2026-04-02T{hour:02d}:00", PROCEDURE)
    assert reported(root) == []


def test_a_merge_with_a_conflict_is_settled_by_hand(root: Path) -> None:
    branch(root, "side")
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 3", by=(ANNA, f"{DAY}09:00"))
    main(root)
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 4", by=(BO, f"{DAY}10:00"))
    with firm.clock(CHEN, f"{DAY}11:00"):
        subprocess.run(("git", "merge", "-q", "side"), cwd=root, check=False, capture_output=True)
    text = (root / RECORD_PATH).read_text("utf-8")
    before, _, rest = text.partition("<<<<<<<")
    _, _, after = rest.partition(">>>>>>> side\n")
    (root / RECORD_PATH).write_text(f"{before}pieces: 5\n{after}", "utf-8")
    firm.commit(root, "settled", CHEN, f"{DAY}11:10")
    signed = firm.signed(root, "prepared", ANNA, f"{DAY}12:00")
    assert (reported(root), signed.parent.name) == ([], RECORD)


def test_a_change_is_taken_back_and_what_was_signed_holds_again(root: Path) -> None:
    signed_by_both(root)
    firm.changed(root, RECORD_PATH, "pieces: 2", "pieces: 3", by=(BO, "2026-03-04T09:00"))
    with firm.clock(BO, "2026-03-04T10:00"):
        firm.command(root, "revert", "--no-edit", "HEAD")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_signature_is_picked_onto_another_branch_by_its_signer(root: Path) -> None:
    branch(root, "side")
    firm.signed(root, "prepared", ANNA, f"{DAY}09:00")
    main(root)
    firm.changed(root, PROCEDURE_PATH, "都要登记", "都须登记", by=(BO, f"{DAY}09:30"))
    with firm.clock(ANNA, f"{DAY}10:00"):
        firm.command(root, "cherry-pick", "side")
    assert (reported(root), holding(root)) == ([], {"prepared anna"})


def test_a_clone_that_was_fetched_finds_nothing(root: Path, tmp_path: Path) -> None:
    signed_by_both(root)
    clone = tmp_path / "clone"
    subprocess.run(("git", "clone", "-q", str(root), str(clone)), check=True)
    firm.changed(root, PROCEDURE_PATH, "都要登记", "都须登记", by=(BO, "2026-03-04T09:00"))
    firm.command(clone, "pull", "-q", "--ff-only")
    assert (reported(clone), holding(clone)) == ([], BOTH)


def test_a_record_moves_to_another_folder_and_keeps_its_signatures(root: Path) -> None:
    signed_by_both(root)
    (root / "records/loan/旧档").mkdir()
    firm.command(root, "mv", RECORD_PATH, f"records/loan/旧档/{RECORD}.yaml")
    firm.commit(root, "filed away", BO, "2026-05-01T09:00")
    assert (reported(root), holding(root)) == ([], BOTH)


def test_a_deputy_signs_for_the_one_who_is_away(root: Path) -> None:
    firm.person(root, CHEN, more=f"may_sign: false\ndeputy: {DORA}")
    firm.commit(root, "a deputy", CHEN, "2026-03-01T09:00")
    firm.signed(root, "prepared", ANNA, f"{DAY}09:00")
    firm.signed(root, "approved", DORA, f"{DAY}11:00", principal=CHEN)
    assert (reported(root), len(list((root / FOLDER).glob("*.yaml")))) == ([], 2)
