from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import load
from generator.commands import sign
from generator.commands.sign import Wanted
from generator.errors import GeneratorError
from generator.terms import Language
from tests.conftest import git
from tests.signed_build import PROCEDURE, edited

LIN, CHEN, ZHOU = "lin-xiaoyun", "chen-guoliang", "zhou-jianping"
NOW = datetime.fromisoformat("2026-11-20T09:00:00+08:00")


def as_person(root: Path, person: str, monkeypatch: pytest.MonkeyPatch, *, at: datetime = NOW) -> None:
    """Let git know this person, in what is committed from now on."""
    email = load.library(root).records["people"][person].values["email"]
    git(root, "config", "user.name", person)
    git(root, "config", "user.email", email)
    for side in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{side}_NAME", person)
        monkeypatch.setenv(f"GIT_{side}_EMAIL", email)
        monkeypatch.setenv(f"GIT_{side}_DATE", at.isoformat())


def signed(root: Path, number: str, role: str, *, now: datetime = NOW, **more: Any) -> list[str]:
    said: list[str] = []
    code = sign.run(
        root,
        Wanted(number, role, **more),
        now=now,
        ask=None,
        language=Language.EN,
        say=said.append,
    )
    assert code == 0
    return said


def test_a_signature_is_a_file_in_a_commit_of_its_signer(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(tree, LIN, monkeypatch)
    said = signed(tree, "CP-06", "prepared")
    assert any("nobody signed it before" in each for each in said)
    (path,) = (tree / "records/signatures/CP-06").iterdir()
    text = path.read_text("utf-8")
    assert f"number: {path.stem}\n" in text
    assert "role: prepared\nperson: lin-xiaoyun\nsigned_at: 2026-11-20 09:00\n" in text
    assert git(tree, "show", "--format=%ae %s", "--name-only").split() == [
        *("lin.xiaoyun@hengyue.example", "sign", "CP-06", "A/0:", "prepared", LIN),
        path.relative_to(tree).as_posix(),
    ]
    assert not load.library(tree).findings


def test_what_is_signed_is_shown_with_what_changed_since_the_last_signature(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_person(tree, LIN, monkeypatch)
    signed(tree, "CP-06", "prepared")
    edited(tree, PROCEDURE, ("2 小时内首次答复", "1 小时内首次答复"), message="faster", day="2026-11-20")
    said = signed(tree, "CP-06", "prepared")
    place = next(number for number, each in enumerate(said) if "changed since lin-xiaoyun" in each)
    assert said[place + 1] == "    5.3 First reply and confirmation"


def test_content_that_is_not_committed_is_not_signed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(tree, LIN, monkeypatch)
    edited(tree, PROCEDURE, ("2 小时内首次答复", "1 小时内首次答复"))
    with pytest.raises(GeneratorError, match="not committed"):
        signed(tree, "CP-06", "prepared")
    assert not (tree / "records/signatures").exists()


def test_boxes_are_signed_in_their_order_by_different_people(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(tree, LIN, monkeypatch)
    with pytest.raises(GeneratorError, match="Prepared by"):
        signed(tree, "CP-06", "approved")
    signed(tree, "CP-06", "编制")
    with pytest.raises(GeneratorError, match="signed this content"):
        signed(tree, "CP-06", "prepared")
    with pytest.raises(GeneratorError, match="somebody else"):
        signed(tree, "CP-06", "reviewed")
    as_person(tree, CHEN, monkeypatch)
    signed(tree, "CP-06", "Reviewed by")
    with pytest.raises(GeneratorError, match="no box 'sealed': there are prepared “Prepared by”, "):
        signed(tree, "CP-06", "sealed")


def test_what_would_be_void_by_its_time_is_not_written(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(tree, LIN, monkeypatch)
    head = git(tree, "rev-parse", "HEAD")
    for other in (NOW - timedelta(days=30), NOW - timedelta(minutes=61), NOW + timedelta(minutes=61)):
        with pytest.raises(GeneratorError, match=f"{other:%Y-%m-%d %H:%M}, is more than an hour") as refused:
            signed(tree, "CP-06", "prepared", now=other)
        assert f"签署时间 {other:%Y-%m-%d %H:%M} 与提交时间 2026-11-20 09:00" in refused.value.text.zh
    assert git(tree, "rev-parse", "HEAD") == head
    assert not (tree / "records/signatures").exists()
    signed(tree, "CP-06", "prepared")
    as_person(tree, CHEN, monkeypatch)
    with pytest.raises(GeneratorError, match=f"is before {LIN} \\(prepared, 2026-11-20 09:00\\)"):
        signed(tree, "CP-06", "reviewed", now=NOW - timedelta(minutes=1))
    signed(tree, "CP-06", "reviewed")


def test_nobody_signs_in_the_name_of_another(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GeneratorError, match="belongs to no person"):
        signed(tree, "CP-06", "prepared")
    as_person(tree, LIN, monkeypatch)
    with pytest.raises(GeneratorError, match="sign yourself"):
        signed(tree, "CP-06", "prepared", person=CHEN)
    with pytest.raises(GeneratorError, match="no delegate"):
        signed(tree, "CP-06", "prepared", principal="zhang-wei")


def test_one_who_says_no_signs_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(tree, LIN, monkeypatch)
    head = git(tree, "rev-parse", "HEAD")
    wanted = Wanted("CP-06", "prepared")
    code = sign.run(tree, wanted, now=NOW, ask=lambda _: False, language=Language.EN, say=lambda _: None)
    assert code == 1
    assert git(tree, "rev-parse", "HEAD") == head


def test_a_git_that_commits_while_one_reads_what_is_signed_is_no_reason_to_stop(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_person(tree, LIN, monkeypatch)
    busy = tree / ".git" / "index.lock"
    busy.touch()

    def asked(_: str) -> bool:
        busy.unlink()
        return True

    assert sign.run(tree, Wanted("CP-06", "prepared"), now=NOW, ask=asked, language=Language.EN, say=print) == 0
    assert git(tree, "log", "-1", "--format=%s").startswith("sign CP-06")


def test_a_record_is_signed_with_its_attachments(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(tree, LIN, monkeypatch)
    library = load.library(tree)
    number = min(library.records["complaint"])
    box = library.forms["complaint"].signatures[0]
    signed(tree, number, box.role)
    assert [each.role for each in load.library(tree).signed[number]] == [box.role]
