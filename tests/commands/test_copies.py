"""Issue, receipt, return and recall of controlled copies, as a document controller does it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from generator import copies, issuing, journal, load, paper
from generator.commands import asof, check, holders, issue, log
from generator.errors import GeneratorError
from generator.terms import Language
from tests import signed_build
from tests.conftest import commit, git
from tests.copies_build import (
    DOCUMENT,
    ISSUED,
    LIST,
    acting,
    at,
    copied,
    edit,
    entered,
    issued,
    lines,
    recalled,
    revised,
    unheld,
)

pytestmark = pytest.mark.usefixtures("definitions_once")
OUT = "out/issued/CP-06/A-0"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, plant: Path) -> Path:
    return unheld(plant, tmp_path_factory.mktemp("signed") / "厂")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, signed: Path) -> Path:
    root = copied(signed, tmp_path_factory.mktemp("issued") / "厂")
    issued(root)
    return root


@pytest.fixture
def root(out: Path, tmp_path: Path) -> Path:
    """A plant in which five copies of A/0 are out; a test may change it."""
    return copied(out, tmp_path / "厂")


@pytest.fixture
def fresh(signed: Path, tmp_path: Path) -> Path:
    """A plant in which CP-06 is signed and nobody holds it."""
    return copied(signed, tmp_path / "厂")


def found(root: Path, day: str, rule: str = "ledger.") -> list[str]:
    said: list[str] = []
    check.run(root, (), now=at(day), language=Language.EN, form="text", say=said.append)
    return [each for each in "\n".join(said).splitlines() if f"[{rule}" in each]


def shown(root: Path, number: str = DOCUMENT, *, department: str = "", day: str = ISSUED) -> list[str]:
    said: list[str] = []
    assert holders.run(root, number, department=department, day=day, language=Language.EN, say=said.append) == 0
    return said


def test_each_holder_gets_a_numbered_copy_and_the_ledger_its_hash(root: Path) -> None:
    rows = lines(root)
    assert [row["copy_no"] for row in rows] == [f"CP-06-A0-{each:02d}" for each in range(1, 6)]
    assert [row["recipient"] for row in rows] == ["quality", "quality", "production", "engineering", "sales"]
    for place, row in enumerate(rows, start=1):
        content = (root / OUT / f"copy-{place:02d}.pdf").read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "show", "--format=%s", "--name-only", "HEAD").split("\n")[0] == "issue CP-06 A/0"
    assert (root / "out/distribution-record").is_dir()
    assert "CONTROLLED" in paper.read((root / OUT / "copy-01.pdf").read_bytes()).pages[0]


def test_a_copy_made_again_is_the_same_to_the_byte(root: Path) -> None:
    before = (root / OUT / "copy-03.pdf").read_bytes()
    (root / OUT / "copy-03.pdf").unlink()
    assert any("nothing to issue" in each for each in issued(root))
    assert (root / OUT / "copy-03.pdf").read_bytes() == before
    assert before != (root / OUT / "copy-02.pdf").read_bytes()


def test_a_copy_whose_hash_was_edited_is_not_made_again(root: Path) -> None:
    edit(root, f"sha256: {lines(root)[2]['sha256']}", "sha256: " + "a" * 64)
    (root / OUT / "copy-03.pdf").unlink()
    said: list[str] = []
    assert issue.run(root, DOCUMENT, to=(), now=at(ISSUED), language=Language.EN, say=said.append) == 1
    assert not (root / OUT / "copy-03.pdf").exists()


def test_only_those_named_get_copies_and_the_rest_follows(fresh: Path) -> None:
    issued(fresh, "production")
    issued(fresh)
    assert [[row["copy_no"][-2:] for row in lines(fresh, each)] for each in (0, 1)] == [
        ["01"],
        ["02", "03", "04", "05"],
    ]
    with pytest.raises(GeneratorError, match="foundry is not on the distribution list"):
        issued(fresh, "foundry")


def test_an_unsigned_document_a_dirty_tree_and_an_empty_list_are_refused(fresh: Path) -> None:
    with pytest.raises(GeneratorError, match=r"signatures are missing: .*Prepared by"):
        issue.run(fresh, "CP-01", to=(), now=at(ISSUED), language=Language.EN, say=print)
    with pytest.raises(GeneratorError, match="no controlled document CP-60"):
        issue.run(fresh, "CP-60", to=(), now=at(ISSUED), language=Language.EN, say=print)
    (fresh / "note.txt").write_text("left over")
    with pytest.raises(GeneratorError, match="not committed"):
        issued(fresh)
    (fresh / "note.txt").unlink()
    git(fresh, "rm", "-q", LIST)
    git(fresh, "commit", "-qm", "no list")
    with pytest.raises(GeneratorError, match="nothing says who is to hold CP-06"):
        issued(fresh)


def test_a_document_with_findings_is_refused(fresh: Path) -> None:
    text = (fresh / LIST).read_text("utf-8")
    (fresh / LIST).write_text(text.replace("department: production", "department: foundry"), "utf-8")
    commit(fresh, "misspelt")
    with pytest.raises(GeneratorError, match="has 1 errors"):
        issued(fresh)


def test_a_newer_draft_does_not_stop_the_revision_in_force_from_being_issued(fresh: Path) -> None:
    signed_build.edited(fresh, signed_build.PROCEDURE, ("revision: A/0", "revision: A/1"), message="draft")
    issued(fresh)
    assert (fresh / OUT / "copy-01.pdf").is_file()


def test_paper_is_signed_for_and_electronic_copies_are_acknowledged_by_their_holder(root: Path) -> None:
    entered(root, "received", "1", "2026-02-26", by="lin-xiaoyun")
    with pytest.raises(GeneratorError, match="was signed for by 林晓云 on 2026-02-26"):
        entered(root, "received", "CP-06-A0-01", "2026-02-27", by="wu-lijuan")
    with pytest.raises(GeneratorError, match="is electronic"):
        entered(root, "received", "4", "2026-02-26", by="zhou-jianping")
    with pytest.raises(GeneratorError, match="who alone can confirm"):
        entered(root, "acknowledged", "4", "2026-02-26")
    with pytest.raises(GeneratorError, match="is on paper"):
        entered(root, "acknowledged", "2", "2026-02-26")
    entered(root, "acknowledged", "5", "2026-02-26", by="K. Bäumler")
    acting(root, "周建平", "zhou.jianping@hengyue.example")
    entered(root, "acknowledged", "4", "2026-02-27")
    rows = lines(root)
    assert [(row.get("received_by"), row.get("received_on")) for row in rows] == [
        ("林晓云", "2026-02-26"),
        (None, None),
        (None, None),
        ("周建平", "2026-02-27"),
        ("K. Bäumler", "2026-02-26"),
    ]
    assert git(root, "log", "-1", "--format=%s").strip() == "CP-06-A0-04: read and acknowledged"


def test_when_the_last_copy_is_signed_for_the_ledger_goes_on(root: Path) -> None:
    for copy in ("1", "2", "3"):
        entered(root, "received", copy, "2026-02-26", by="lin-xiaoyun")
    entered(root, "acknowledged", "5", "2026-02-26", by="K. Bäumler")
    acting(root, "周建平", "zhou.jianping@hengyue.example")
    assert len(entered(root, "acknowledged", "4", "2026-02-26")) == 1  # only document control may move it
    acting(root, "马晓敏", "ma.xiaomin@hengyue.example")
    assert entered(root, "lost", "3", "2026-03-01")[-1].endswith("Open → Issued")


def test_acts_out_of_order_are_refused(root: Path) -> None:
    cases: tuple[tuple[str, str, dict[str, str], str], ...] = (
        ("returned", "2026-02-26", {}, "was never signed for"),
        ("destroyed", "2026-02-26", {"witness": "wu-lijuan"}, "was never signed for"),
        ("received", "2026-02-24", {"by": "x"}, "is before the day of issue 2026-02-25"),
    )
    for kind, day, more, message in cases:
        with pytest.raises(GeneratorError, match=message):
            entered(root, kind, "3", day, **more)
    entered(root, "received", "3", "2026-02-27", by="huang-dayong")
    with pytest.raises(GeneratorError, match="before the day of receipt"):
        entered(root, "returned", "3", "2026-02-26")
    with pytest.raises(GeneratorError, match="the witness may not be 马晓敏"):
        entered(root, "destroyed", "3", "2026-02-27", witness="ma-xiaomin")
    with pytest.raises(GeneratorError, match="in force"):
        entered(root, "kept", "3", "2026-02-27", reason="x")
    with pytest.raises(GeneratorError, match=r"no copy 77 of CP-06 is entered\. There are: CP-06-A0-01"):
        entered(root, "lost", "77", "2026-02-27")
    entered(root, "destroyed", "3", "2026-02-27", witness="huang-dayong")
    with pytest.raises(GeneratorError, match="was entered as destroyed on 2026-02-27"):
        entered(root, "lost", "3", "2026-02-28")


def test_a_lost_copy_may_turn_up_and_until_then_another_is_issued(root: Path) -> None:
    entered(root, "lost", "3", "2026-03-01")
    issued(root, "production", day="2026-03-02")
    assert [row["copy_no"] for row in lines(root, 1)] == ["CP-06-A0-06"]
    assert lines(root)[2]["recall_result"] == "lost"
    entered(root, "received", "6", "2026-03-03", by="huang-dayong")
    entered(root, "returned", "CP-06-A0-03", "2026-03-05")
    assert lines(root)[2]["recall_result"] == "returned"


def test_comments_and_order_of_the_ledger_stay(root: Path) -> None:
    edit(root, "    copies: 1\n  - copy_no: CP-06-A0-02", "    copies: 1  # 一份\n  - copy_no: CP-06-A0-02")
    entered(root, "received", "1", "2026-02-26", by="lin-xiaoyun")
    text = next((root / "records" / "distribution-record").rglob("*.yaml")).read_text("utf-8")
    assert "    copies: 1  # 一份\n    received_by: 林晓云\n" in text


def test_a_ledger_changed_by_hand_and_not_committed_is_refused(root: Path) -> None:
    edit(root, "copies: 1", "copies: 1 # mine", message="")
    with pytest.raises(GeneratorError, match="not committed"):
        entered(root, "received", "1", "2026-02-26", by="x")


def test_somebody_whom_the_organisation_does_not_know_enters_nothing(root: Path) -> None:
    acting(root, "Mallory", "mallory@example.com")
    with pytest.raises(GeneratorError, match=r"mallory@example\.com"):
        entered(root, "received", "1", "2026-02-26", by="x")
    with pytest.raises(GeneratorError, match=r"mallory@example\.com"):
        recalled_after_revision(root)


def recalled_after_revision(root: Path) -> tuple[int, list[str]]:
    revised(root)
    return recalled(root, "2026-04-20")


def test_a_new_revision_brings_back_what_is_still_out(root: Path) -> None:
    for copy in ("1", "2", "3"):
        entered(root, "received", copy, "2026-02-26", by="lin-xiaoyun")
    assert recalled(root, "2026-02-27") == (0, ["CP-06: no copy is to be brought back"])
    revised(root)
    assert recalled(root, "2026-04-10")[1] == ["CP-06: no copy is to be brought back"]  # A/1 is still waiting
    entered(root, "returned", "1", "2026-04-14")
    status, said = recalled(root, "2026-04-20")
    assert status == 0
    assert said[0] == "CP-06: 4 copies to bring back, 0 of them overdue"
    assert [line.split()[0] for line in said[2:6]] == ["CP-06-A0-02", "CP-06-A0-03", "CP-06-A0-04", "CP-06-A0-05"]
    slips = sorted(path.name for path in (root / "out/recall/CP-06").iterdir())
    assert [name for name in slips if name.endswith("pdf")] == [
        f"A-0-{each}.pdf" for each in ("engineering", "production", "quality", "sales")
    ]
    text = "".join(paper.read((root / "out/recall/CP-06/A-0-quality.pdf").read_bytes()).pages)
    assert "CP06A002" in text
    assert "CP06A001" not in text
    before = git(root, "rev-parse", "HEAD")
    status, said = recalled(root, "2026-05-20")
    assert (status, said[0]) == (1, "CP-06: 4 copies to bring back, 4 of them overdue")
    assert git(root, "rev-parse", "HEAD") == before


def test_when_all_is_back_the_ledger_closes(root: Path) -> None:
    for copy in ("1", "2", "3"):
        entered(root, "received", copy, "2026-02-26", by="lin-xiaoyun")
    entered(root, "acknowledged", "5", "2026-02-26", by="K. Bäumler")
    recalled_after_revision(root)
    entered(root, "kept", "1", "2026-04-21", reason="留作旧单据依据")
    kept = root / OUT / "copy-01-retained.pdf"
    assert "作废保留" in stamped_words(kept)
    entered(root, "returned", "2", "2026-04-21")
    entered(root, "destroyed", "3", "2026-04-21", witness="huang-dayong")
    entered(root, "lost", "4", "2026-04-21")
    said = entered(root, "returned", "5", "2026-04-22")
    assert said[-1].endswith("Recalling → Closed")
    assert recalled(root, "2026-04-23") == (0, ["CP-06: no copy is to be brought back"])
    assert [line.split()[0] for line in shown(root, day="2026-04-30")[1:]] == ["CP-06-A0-01"]
    assert found(root, "2026-05-30") == []


def stamped_words(path: Path) -> str:
    """The header of the first page says what the sheet is."""
    return paper.read(path.read_bytes()).pages[0]


def test_a_copy_that_nobody_asked_back_in_time_is_a_finding(root: Path) -> None:
    revised(root)
    assert found(root, "2026-04-22") == []
    wrong = found(root, "2026-04-23")
    assert len(wrong) == 5
    assert all("ended on 2026-04-15" in each and "wenkong recall CP-06" in each for each in wrong)
    recalled(root, "2026-04-23")
    assert found(root, "2026-04-23") == []
    assert len(found(root, "2026-04-23", "R-01-11]")) == 5


def test_who_held_what_on_a_day(root: Path) -> None:
    entered(root, "received", "3", "2026-02-26", by="huang-dayong")
    entered(root, "returned", "3", "2026-03-10")
    assert shown(root, day="2026-02-24") == ["nobody holds a copy"]
    assert len(shown(root, day="2026-03-09")) == 1 + 5
    assert len(shown(root, day="2026-03-10")) == 1 + 4
    assert [line.split()[0] for line in shown(root, "", department="sales")[1:]] == ["CP-06-A0-05"]
    with pytest.raises(GeneratorError, match="no department foundry"):
        shown(root, "", department="foundry")
    with pytest.raises(GeneratorError, match="name a document"):
        shown(root, "")


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("copy_no: CP-06-A0-02", "copy_no: CP-06-A0-01", "ledger.copy"),
        ("recipient: production", "recipient: warehouse", "ledger.edited"),
        ("document_edition: A/0", "document_edition: A/1", "ledger.edited"),
        ("copy_no: CP-06-A0-02", "copy_no: CP-06-A0-07", "ledger.dropped"),
        ("copy_no: CP-06-A0-02", "copy_no: CP-06-A0-07", "ledger.unissued"),
        ("    copies: 1\n", "    copies: 1\n    recalled_on: 2026-02-01\n", "ledger.recalled"),
        ("    copies: 1\n", "    copies: 1\n    received_on: 2026-02-01\n", "ledger.received"),
    ],
)
def test_what_was_issued_may_not_be_rewritten(root: Path, before: str, after: str, rule: str) -> None:
    edit(root, before, after)
    assert found(root, ISSUED, f"{rule}]")


@pytest.mark.tampering
def test_an_edited_hash_is_found_with_the_commit_that_issued_it(root: Path) -> None:
    commit_of_issue = git(root, "rev-parse", "HEAD")[:10]
    edit(root, lines(root)[0]["sha256"], "b" * 64)
    (wrong,) = found(root, ISSUED)
    assert "[ledger.edited]" in wrong
    assert commit_of_issue in wrong


def test_honest_acts_leave_no_finding(root: Path) -> None:
    entered(root, "received", "1", "2026-02-26", by="lin-xiaoyun")
    entered(root, "lost", "2", "2026-02-27")
    assert [each for each in found(root, "2026-02-27", "") if "distribution" in each] == []


def test_each_issue_holds_the_history_fast_unless_the_organisation_says_otherwise(
    fresh: Path,
) -> None:
    root = fresh
    assert any("anchor wenkong-anchor-" in line for line in issued(root, "quality"))
    tag = git(root, "tag", "--list", "wenkong-anchor-*").strip()
    assert git(root, "rev-parse", f"{tag}^{{commit}}") == git(root, "rev-parse", "HEAD")
    organization = root / "records/organization.yaml"
    off = "{setting: documents.anchor, value: 'off', reason: 另有备份, by: chen-guoliang, on: 2026-01-05}"
    text = organization.read_text("utf-8").replace("settings:\n", f"settings:\n  - {off}\n", 1)
    organization.write_text(text, "utf-8")
    commit(root, "no anchors")
    acting(root, "马晓敏", "ma.xiaomin@hengyue.example")
    issued(root, "production")
    assert git(root, "tag", "--list", "wenkong-anchor-*").strip() == tag


def test_a_copy_of_an_older_revision_is_still_made_to_the_byte(root: Path) -> None:
    before = {row["copy_no"]: row["sha256"] for row in lines(root)}
    revised(root)
    issued(root, day="2026-04-10")
    library = load.library(root)
    form = library.forms["distribution-record"]
    first = tuple(copies.lines(next(iter(library.records[form.key].values())), form))
    with journal.opened(root, print) as clone:
        made = issuing.made(clone, first[0].commit, DOCUMENT, issuing.slots(clone, first)[1:3])
    assert isinstance(made, dict)
    assert {number: hashlib.sha256(content).hexdigest() for number, content in made.items()} == {
        number: before[number] for number in ("CP-06-A0-02", "CP-06-A0-03")
    }


def test_a_withdrawn_document_is_not_issued_and_its_copies_come_back(root: Path) -> None:
    signed_build.edited(
        root,
        signed_build.PROCEDURE,
        ("revision: A/0", 'revision: A/1\nwithdrawn: "2026-05-04"\nsuccessor: CP-01'),
        ("首次发布", "并入 CP-01"),
        ("First issue", "Merged into CP-01"),
        message="A/1",
    )
    signed_build.released(root, DOCUMENT, day="2026-05-01")
    with pytest.raises(GeneratorError, match="withdrawn on 2026-05-04"):
        issued(root, day="2026-05-05")
    status, said = recalled(root, "2026-05-05")
    assert (status, said[0]) == (0, "CP-06: 5 copies to bring back, 0 of them overdue")


def test_a_blank_form_is_issued_like_any_document(fresh: Path) -> None:
    (fresh / LIST.replace(DOCUMENT, "CF-01-16")).write_text(
        "number: CF-01-16\ncreated_on: 2026-01-09\nholders:\n  - {department: quality, copies: 1, medium: paper}\n",
        "utf-8",
    )
    commit(fresh, "who holds the slip")
    signed_build.released(fresh, "CF-01-16", day="2026-02-20")
    assert issue.run(fresh, "CF-01-16", to=(), now=at(ISSUED), language=Language.EN, say=print) == 0
    assert (fresh / "out/issued/CF-01-16/A-0/copy-01.pdf").is_file()


def test_what_was_in_force_on_a_day_and_who_held_it(root: Path) -> None:
    revised(root)

    def said(day: str) -> list[str]:
        lines: list[str] = []
        asof.run(root, at(day).date(), DOCUMENT, as_json=False, language=Language.EN, say=lines.append)
        return lines

    assert said("2026-02-24")[0] == "in force on 2026-02-24: 0 documents"
    assert said("2026-03-02")[2].split()[-3:-1] == ["A/0", "2026-03-01"]
    later = said("2026-04-16")
    assert later[2].split()[-3:-1] == ["A/1", "2026-04-15"]
    assert later[3] == "held on 2026-04-16: 5 copies"
    assert later[-1] == "CP-06-A0-05 is of A/0; in force on that day was A/1"
    plain: list[str] = []
    asof.run(root, at("2026-04-16").date(), "", as_json=True, language=Language.EN, say=plain.append)
    assert json.loads(plain[0])["in_force"][0]["revision"] == "A/1"
    with pytest.raises(GeneratorError, match="no controlled document CP-60"):
        asof.run(root, at("2026-04-16").date(), "CP-60", as_json=False, language=Language.EN, say=print)


def test_an_electronic_copy_of_a_department_is_acknowledged_by_somebody_of_it(fresh: Path) -> None:
    text = (fresh / LIST).read_text("utf-8")
    (fresh / LIST).write_text(text.replace("person: zhou-jianping, ", ""), "utf-8")
    commit(fresh, "engineering as a whole")
    issued(fresh, "engineering")
    with pytest.raises(GeneratorError, match="who alone can confirm"):
        entered(fresh, "acknowledged", "1", "2026-02-26")
    acting(fresh, "徐天宇", "xu.tianyu@hengyue.example")
    assert entered(fresh, "acknowledged", "1", "2026-02-26")[0] == (
        "CP-06-A0-01 read and acknowledged: 徐天宇, 2026-02-26"
    )


def test_signatures_that_do_not_hold_release_nothing(fresh: Path) -> None:
    signed_build.edited(
        fresh,
        signed_build.PROCEDURE,
        ("revision: A/0", "revision: A/1"),
        ("首次发布", "改动"),
        ("First issue", "Changed"),
        message="A/1",
    )
    for role in signed_build.ROLES:
        signed_build.sign(fresh, DOCUMENT, role, day="2026-02-24", person="lin-xiaoyun")
    issued(fresh)
    assert (fresh / OUT / "copy-01.pdf").is_file(), "one person alone releases nothing, so A/0 is what is issued"


def test_the_log_of_a_document_says_when_its_distribution_changed(fresh: Path) -> None:
    text = (fresh / LIST).read_text("utf-8")
    (fresh / LIST).write_text(text.replace("copies: 2", "copies: 3"), "utf-8")
    commit(fresh, "one more for quality")
    said: list[str] = []
    assert log.run(fresh, DOCUMENT, as_json=False, language=Language.EN, say=said.append) == 0
    assert "one more for quality" in said[-2]
    assert "Holders" in said[-1]
