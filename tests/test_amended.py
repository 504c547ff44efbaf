"""A check after a few changes looks at these and what hangs on them, and says what a whole check says."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from generator import amended, flow, git, judgement, load, shelf, store, verdict
from generator.commands import check
from generator.linked import Indexed, Named, told
from generator.model import Record
from generator.remembered import RULES
from generator.terms import Language
from generator.verdict import Verdict
from tests.conftest import commit
from tests.conftest import git as in_git

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  local time, as records have it
COMPLAINT = "records/complaint/2026/CC-2026-0001.yaml"
REPLY = "records/complaint-reply/2026/CCR-2026-0002.yaml"
VISIT = "records/visit/2025/VS-2025-0002.yaml"
Change = Callable[[Path], None]


def replaced(path: str, before: str, after: str) -> Change:
    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert before in text, before
        (root / path).write_text(text.replace(before, after), "utf-8")

    return change


def copied(path: str, number: str) -> Change:
    def change(root: Path) -> None:
        place = (root / path).with_name(f"{number}.yaml")
        place.write_text((root / path).read_text("utf-8").replace((root / path).stem, number), "utf-8")

    return change


def without_attachments(root: Path) -> None:
    for each in (root / COMPLAINT).with_suffix("").iterdir():
        each.unlink()


FOLLOWED: dict[str, Change] = {
    "a comment": replaced(COMPLAINT, "# D4", "# D 4"),
    "a reference to another record": replaced(REPLY, "complaint: CC-2026-0001", "complaint: CC-2026-0003"),
    "a reference to nothing": replaced(REPLY, "complaint: CC-2026-0003", "complaint: CC-2026-0999"),
    "a new record, to which it leads": copied(COMPLAINT, "CC-2026-0999"),
    "a file with faults": replaced("records/complaint/2026/CC-2026-0999.yaml", "number: ", "number : : "),
    "the same mended": replaced("records/complaint/2026/CC-2026-0999.yaml", "number : : ", "number: "),
    "another customer, alike with other records": replaced(COMPLAINT, "customer: C0006", "customer: C0003"),
    "a time": replaced(VISIT, "created_on: 2025-", "created_on: 2024-"),
    "attachments that are gone": without_attachments,
    "a state that the flow does not lead to": replaced(COMPLAINT, "state: closed", "state: received"),
    "a rule that nobody knows accepted": replaced(
        REPLY, "kind: final", "kind: final\naccepted:\n  - {rule: R-99, reason: so, by: sun-jiayi, on: 2026-02-02}"
    ),
}
ASKED: dict[str, Change] = {
    "a definition": replaced("schemas/visit.yaml", "x-form:", "x-form: "),
    "master data": replaced("records/people/sun-jiayi.yaml", "number:", "number: "),
    "the organisation": replaced("records/organization.yaml", "code: HY\n", "code: HX\n"),
    "a record that stands for a document": replaced(
        "records/controlled-document/WI-WH-007.yaml", "number:", "number: "
    ),
    "a customer's demands": replaced("records/csr/2026/CSR-2026-0001.yaml", "number:", "number: "),
    "another former number": replaced(REPLY, "kind: final", "kind: final\nformer_number: OLD-1"),
    "a removed record": lambda root: (root / VISIT).unlink(),
}


@pytest.fixture
def _old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as if they had lain there for long."""
    monkeypatch.setattr(shelf, "RACY", -1)


def checked(root: Path, now: datetime = NOW) -> None:
    check.run(root, (), now=now, language=Language.EN, form="json", say=lambda _: None)


def followed(root: Path, now: datetime = NOW) -> Verdict | None:
    repository, last = git.repository(root), verdict.last(root)
    assert last is not None
    return amended.of(root, repository, last, verdict.state(root, repository), now)


def whole(root: Path, now: datetime = NOW) -> Verdict:
    """What a check of everything says; the cache is left as it is."""
    kept = (root / store.FILE).read_bytes()
    found = Verdict.of(judgement.of(root, git.repository(root), now))
    (root / store.FILE).write_bytes(kept)
    return found


@pytest.mark.usefixtures("_old")
def test_what_follows_from_a_few_changes_is_what_a_whole_check_says(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / ".gitignore").write_text("out/\n", "utf-8")
    checked(tree)
    read = 0
    one = load.Reader.one

    def counted(*arguments: object) -> object:
        nonlocal read
        read += 1
        return one(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(load.Reader, "one", counted)
    for name, change in FOLLOWED.items():
        change(tree)
        before = read
        found = followed(tree)
        assert found is not None, name
        assert read - before < found.records / 2, name
        assert found == whole(tree), name
        last = verdict.last(tree)
        assert last is not None
        assert last.is_on(verdict.state(tree, git.repository(tree))), name


@pytest.mark.usefixtures("_old")
def test_where_more_hangs_on_a_change_everything_is_asked(tree: Path) -> None:
    (tree / ".gitignore").write_text("out/\n", "utf-8")
    commit(tree, "out of git")
    checked(tree)
    kept = (tree / store.FILE).read_bytes()
    for name, change in ASKED.items():
        change(tree)
        assert followed(tree) is None, name
        (tree / store.FILE).write_bytes(kept)
        checked(tree)
        kept = (tree / store.FILE).read_bytes()
    replaced(REPLY, "kind: final", "kind: interim")(tree)
    assert followed(tree) is not None


def amend(root: Path) -> None:
    in_git(root, "commit", "-q", "--amend", "-m", "said otherwise")


def merge(root: Path) -> None:
    in_git(root, "checkout", "-qb", "aside", "HEAD~1")
    (root / VISIT).write_text((root / VISIT).read_text("utf-8") + "# aside\n", "utf-8")
    commit(root, "aside")
    in_git(root, "checkout", "-q", "main")
    in_git(root, "merge", "-q", "--no-ff", "-m", "together", "aside")


COMMITTED: dict[str, Change] = {
    "nothing": lambda _: None,
    "a state that the flow does not lead to": replaced(COMPLAINT, "state: closed", "state: received"),
    "a time": replaced(VISIT, "created_on: 2025-", "created_on: 2024-"),
    "a new record": copied(COMPLAINT, "CC-2026-0999"),
    "a reference that leads nowhere": replaced(REPLY, "complaint: CC-2026-0001", "complaint: CC-2026-0998"),
    "a file that no check reads": lambda root: (root / "notes.txt").touch(),
}
ELSEWISE: dict[str, Change] = {
    "amended": amend,
    "merged": merge,
    "removed": lambda root: (root / VISIT).unlink(),
    "a definition": replaced("schemas/visit.yaml", "x-form:", "x-form: "),
}


def advance(root: Path, message: str) -> None:
    in_git(root, "add", "-A")
    in_git(root, "commit", "-q", "--allow-empty", "-m", message)


@pytest.mark.usefixtures("_old")
def test_what_commits_did_one_by_one_is_followed(tree: Path) -> None:
    (tree / ".gitignore").write_text("out/\n", "utf-8")
    commit(tree, "out of git")
    checked(tree)
    for name, change in COMMITTED.items():
        change(tree)
        advance(tree, name)
        found = followed(tree)
        assert found is not None, name
        assert found == whole(tree), name
        assert any(each.rule == flow.PATH for each in found.findings) == (name != "nothing"), name
    replaced(COMPLAINT, "state: received", "state: closed")(tree)
    commit(tree, "back")
    replaced(REPLY, "complaint: CC-2026-0998", "complaint: CC-2026-0001")(tree)
    commit(tree, "and this")
    assert followed(tree) == whole(tree)


@pytest.mark.usefixtures("_old")
@pytest.mark.parametrize("name", ELSEWISE)
def test_commits_that_do_more_ask_everything(tree: Path, name: str) -> None:
    (tree / ".gitignore").write_text("out/\n", "utf-8")
    commit(tree, "out of git")
    checked(tree)
    ELSEWISE[name](tree)
    advance(tree, name)
    assert followed(tree) is None


@pytest.mark.usefixtures("_old")
def test_a_signed_record_another_day_and_another_program_that_wrote_ask_everything(tree: Path) -> None:
    (tree / ".gitignore").write_text("out/\n", "utf-8")
    commit(tree, "out of git")
    checked(tree)
    replaced(REPLY, "kind: final", "kind: final ")(tree)
    kept = (tree / store.FILE).read_bytes()
    assert followed(tree, NOW + timedelta(days=1)) is None
    last = verdict.last(tree)
    assert last is not None
    assert store.amend(tree, RULES, last.ground.basis.epoch, {"records/x.yaml": b"[]"})
    assert followed(tree) is None
    (tree / store.FILE).write_bytes(kept)
    assert followed(tree) is not None
    entry = tree / "records" / "signatures" / "CCR-2026-0002" / "issued.yaml"
    entry.parent.mkdir(parents=True)
    entry.write_text(
        "number: issued\ncreated_on: 2026-01-20\nof: CCR-2026-0002\nrole: issued\nperson: sun-jiayi\n"
        f"signed_at: 2026-01-20 10:00\nmeaning: 同意\nsha256: {'0' * 64}\n",
        "utf-8",
    )
    assert followed(tree) is None
    checked(tree)
    replaced(REPLY, "kind: final ", "kind: final")(tree)
    assert followed(tree) is None


def test_a_file_that_was_saved_just_now_is_looked_at_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "RACY", 1_000_000_000)
    time.sleep(1.1)
    checked(tree)
    replaced(REPLY, "complaint: CC-2026-0001", "complaint: CC-2026-0999")(tree)
    found = followed(tree)
    assert found is not None
    assert followed(tree) == found == whole(tree)


def test_a_cache_that_breaks_meanwhile_costs_only_time(tree: Path) -> None:
    checked(tree)
    last = verdict.last(tree)
    assert last is not None
    shutil.rmtree(tree / "out")
    state = verdict.state(tree, git.repository(tree))
    assert amended.of(tree, git.repository(tree), last, state, NOW) is None


VALUES = ["text", "=1+1", 'say "so"', "多行\n文字", 12, Decimal("12.50"), True, False, ["a", "b"]]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_found_by_its_words_is_what_is_found_by_looking_at_all(plant: Path, value: object) -> None:
    library = load.library(plant)
    kept = {name: library.record(name) for name in ("CC-2026-0001", "CC-2026-0002", "CC-2026-0003")}
    records = {name: replace(each, values={**each.values, "why": value}) for name, each in kept.items() if each}
    records["CC-2026-0003"] = replace(records["CC-2026-0003"], values={"number": "CC-2026-0003", "why": "another"})
    written = {name: json.dumps(each.values, ensure_ascii=False, default=str) for name, each in records.items()}

    def naming(_: str, text: str) -> Iterator[Record]:
        return (records[name] for name, each in written.items() if json.dumps(text, ensure_ascii=False)[1:-1] in each)

    every = Indexed(replace(library, records={"complaint": records}))
    for name, record in records.items():
        values = told(record, ("why",))
        found = Named(naming).alike("complaint", ("why",), values)
        assert found == every.alike("complaint", ("why",), values)
        assert name in found
