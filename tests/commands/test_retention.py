"""What is due for disposal, legal holds, and disposal with a tombstone, in a real repository."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator import attachments, canonical, deletions, load
from generator import git as clones
from generator.commands import retention
from generator.errors import GeneratorError
from generator.terms import Language
from tests.conftest import commit, git

RECORD, ATTACHMENT = "records/complaint/2025/CC-2025-0001.yaml", "records/complaint/2025/CC-2025-0001/note.txt"
NUMBER, AFTER = "CC-2025-0001", date(2041, 1, 2)
SLIP = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: 处置
x-form:
  title: {zh: 处置, en: Disposal}
  record_number: DS-{year}-{seq:02d}
  groups: {main: {zh: 处置, en: Disposal}}
  states: {open: {zh: 申请, en: Requested}, approved: {zh: 已批准, en: Approved}}
  disposal: {rows: items, number: item, approved: [approved]}
type: object
$ref: record.schema.json
unevaluatedProperties: false
required: [state]
properties:
  state:
    enum: [open, approved]
    x-label: {zh: 状态, en: State}
    x-options: {open: {zh: 申请, en: Requested}, approved: {zh: 已批准, en: Approved}}
  items:
    type: array
    items:
      type: object
      additionalProperties: false
      required: [item]
      properties:
        item: {$ref: record.schema.json#/$defs/text, x-label: {zh: 编号, en: Number}}
    x-label: {zh: 明细, en: Items}
    x-group: main
"""


def written(root: Path, path: str, text: str) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def approved(root: Path, state: str = "approved", number: str = NUMBER) -> None:
    written(root, "schemas/slip.yaml", SLIP)
    text = f"number: DS-2041-01\ncreated_on: 2041-01-01\nstate: {state}\nitems:\n- item: {number}\n"
    written(root, "records/slip/2041/DS-2041-01.yaml", text)


def held(root: Path, scope: str, released: str = "") -> None:
    end = f"released_on: {released}\nreleased_by: zhou-jianping\n" if released else ""
    written(
        root,
        "records/holds/2040/LH-2040-01.yaml",
        "number: LH-2040-01\ncreated_on: 2040-01-01\nreason: 诉讼\nordered_by: zhou-jianping\nfrom: 2040-01-01\n"
        f"{end}scope:\n- number: {scope}\n",
    )


def due(root: Path, today: date) -> dict[str, str]:
    said: list[str] = []
    assert retention.run(root, today=today, as_json=True, language=Language.EN, say=said.append) == 0
    return {each["number"]: each["hold"] for each in json.loads(said[0])}


def disposed(root: Path, today: date = AFTER) -> str:
    said: list[str] = []
    assert retention.dispose(root, NUMBER, today=today, language=Language.EN, say=said.append) == 0
    return said[-1]


@pytest.fixture
def root(tree: Path) -> Path:
    for name, value in (("user.name", "陈静"), ("user.email", "chen.jing@example.com")):
        git(tree, "config", name, value)
    return tree


def test_a_record_is_due_when_its_time_is_over_and_it_has_ended(root: Path) -> None:
    assert NUMBER not in due(root, date(2040, 1, 1))
    assert due(root, AFTER)[NUMBER] == ""
    text = (root / RECORD).read_text("utf-8")
    assert "state: closed" in text
    (root / RECORD).write_text(text.replace("state: closed", "state: received"), "utf-8")
    assert NUMBER not in due(root, AFTER)


@pytest.mark.parametrize(("scope", "released", "hold"), [(NUMBER, "", "LH-2040-01"), (NUMBER, "2040-06-01", "")])
def test_a_hold_is_shown_until_it_is_released(root: Path, scope: str, released: str, hold: str) -> None:
    held(root, scope, released)
    assert due(root, AFTER)[NUMBER] == hold


def test_a_hold_on_a_customer_holds_all_its_records(root: Path) -> None:
    customer = load.library(root).records["complaint"][NUMBER].values["customer"]
    held(root, customer)
    assert due(root, AFTER)[NUMBER] == "LH-2040-01"


def test_disposal_leaves_a_tombstone_with_the_hash_and_no_finding(root: Path) -> None:
    written(root, ATTACHMENT, "attached")
    approved(root)
    commit(root, "ready")
    library = load.library(root)
    record = library.records["complaint"][NUMBER]
    digest = canonical.digest(attachments.signable(root, record, library.forms["complaint"]))
    head = git(root, "rev-parse", "HEAD").strip()
    assert "DS-2041-01" in disposed(root)
    stone = yaml.safe_load((root / f"records/tombstones/{NUMBER}.yaml").read_text("utf-8"))
    assert (stone["sha256"], stone["commit"], stone["path"]) == (digest, head, RECORD)
    assert not (root / RECORD).exists()
    assert not (root / ATTACHMENT).exists()
    assert git(root, "status", "--porcelain") == ""
    repository = clones.repository(root)
    assert repository is not None
    assert list(deletions.findings(repository, load.library(root), date(2030, 1, 1))) == []
    assert load.library(root).record(NUMBER) is not None


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("early", "must be kept until"),
        ("held", "legal hold LH-2040-01"),
        ("unnamed", "no approved record of a disposal"),
        ("requested", "no approved record of a disposal"),
        ("dirty", "not committed"),
    ],
)
def test_what_may_not_go_stays_and_nothing_is_written(root: Path, case: str, words: str) -> None:
    approved(root, state="open" if case == "requested" else "approved", number="X" if case == "unnamed" else NUMBER)
    if case == "held":
        held(root, NUMBER)
    commit(root, "ready")
    if case == "dirty":
        (root / RECORD).write_text("# note\n" + (root / RECORD).read_text("utf-8"), "utf-8")
    before = git(root, "rev-parse", "HEAD")
    with pytest.raises(GeneratorError, match=words):
        disposed(root, date(2030, 1, 1) if case == "early" else AFTER)
    assert (root / RECORD).is_file()
    assert git(root, "rev-parse", "HEAD") == before
