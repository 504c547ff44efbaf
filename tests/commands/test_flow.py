"""The verbs that follow rules and states: move, why, due, remind, rules, impact, as a person uses them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import icalendar
import pytest

from generator import load
from generator.cli import base
from generator.commands import check, due, impact, move, remind, rules, why
from generator.errors import GeneratorError
from generator.terms import Language
from tests import receivers, rules_build
from tests.build import ORGANIZATION, RECORD
from tests.conftest import ROOT, commit, git
from tests.rules_build import rule

NOW = datetime(2026, 3, 6, 10)  # noqa: DTZ001  local time
SOON = datetime(2026, 3, 4, 10)  # noqa: DTZ001  local time
FLOW = (
    '  - {from: open, to: returned, by: [sales], when: "filled(remark)", needs: {zh: 说明, en: a remark}}\n'
    "  - {from: returned, to: open, by: [quality]}\n"
)
RULES = rule("deadline", "from: lent_on, to: lent_at, within: loan.back_within, who: sales") + rule(
    "require", 'then: "price > 1.0"', "R-2"
)
PERSON = """\
number: {key}
created_on: 2026-01-05
name_zh: {name}
department: {department}
email: {email}
"""


def plant(root: Path, flow: str = FLOW, record: str = RECORD) -> Path:
    """The small repository with two people, two departments, and masters as lean as they can be."""
    rules_build.repository(root, RULES, flow=flow, TL_2026_0001=record)
    lean = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: x
x-form: {{title: {{zh: 甲, en: X}}, record_number: "{{key}}", shows: name_zh, groups: {{main: {{zh: 甲, en: X}}}}}}
type: object
$ref: record.schema.json
unevaluatedProperties: false
properties:
  name_zh: {{$ref: record.schema.json#/$defs/text, x-label: {{zh: 名, en: Name}}, x-group: main}}
  department: {{$ref: record.schema.json#/$defs/text, x-label: {{zh: 部门, en: Department}}, x-group: main}}
  email: {{$ref: record.schema.json#/$defs/text, x-label: {{zh: 邮箱, en: E-mail}}, x-group: main}}
""".replace("{{", "{").replace("}}", "}")
    for key in ("people", "departments"):
        (root / "schemas" / f"{key}.yaml").write_text(lean, "utf-8")
        (root / "records" / key).mkdir()
    for key, name, department, email in (
        ("chen", "陈静", "sales", "chen.jing@example.com"),
        ("li", "李红", "quality", "li@example.com"),
    ):
        text = PERSON.format(key=key, name=name, department=department, email=email)
        (root / "records" / "people" / f"{key}.yaml").write_text(text, "utf-8")
        text = f"number: {department}\ncreated_on: 2026-01-05\nname_zh: {name}\n"
        (root / "records" / "departments" / f"{department}.yaml").write_text(text, "utf-8")
    return root


class Said(list[str]):
    """What a verb says."""

    @property
    def text(self) -> str:
        return "\n".join(self)


@pytest.fixture
def said() -> Said:
    return Said()


def moved(root: Path, state: str, said: Said, person: str = "chen", number: str = "TL-2026-0001") -> int:
    return move.run(root, number, state, person=person, now=NOW, language=Language.EN, say=said.append)


def state(root: Path) -> str:
    return str(load.library(root).records["loan"]["TL-2026-0001"].values["state"])


DONE = RECORD + "lent_at: 2026-03-03 10:00\n"


def test_a_record_moves_and_nothing_else_in_its_file_changes(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path, record=DONE.replace("state: open", "state: open  # 未还"))
    assert moved(root, "returned", said) == 0
    assert said == ["TL-2026-0001: Open → Returned"]
    text = (root / "records/loan/2026/TL-2026-0001.yaml").read_text("utf-8")
    assert text == DONE.replace("state: open", "state: returned  # 未还")


@pytest.mark.parametrize(
    ("flow", "to", "person", "number", "words"),
    [
        (FLOW, "open", "chen", "TL-2026-0001", "already is “Open”"),
        (FLOW, "retuned", "chen", "TL-2026-0001", "no state “retuned”, did you mean 'returned'?"),
        (FLOW, "returned", "li", "TL-2026-0001", "li may not do this; it takes 陈静 (sales)"),
        (FLOW, "returned", "chen", "TL-2026-0007", "no record TL-2026-0007, did you mean 'TL-2026-0001'?"),
        (FLOW.splitlines()[1] + "\n", "returned", "chen", "TL-2026-0001", "cannot go from “Open” to “Returned”"),
        ("", "returned", "chen", "TL-2026-0001", "form “Tool loan” has no flow"),
    ],
)
def test_a_move_that_cannot_be_says_why(  # noqa: PLR0917  a table of cases
    tmp_path: Path, said: Said, flow: str, to: str, person: str, number: str, words: str
) -> None:
    root = plant(tmp_path, flow)
    with pytest.raises(GeneratorError) as error:
        moved(root, to, said, person, number)
    assert words in error.value.text.en
    assert state(root) == "open"


def test_a_guard_that_is_not_met_names_each_field_and_the_line_where_to_write_it(tmp_path: Path, said: Said) -> None:
    guard = "filled(remark) && filled(pictures) && filled(lent_at) && kind == 'power' && parts.all(p, p.count > 5.0)"
    stub = DONE.replace("lent_at: 2026-03-03 10:00\n", "").replace(
        "remark: |\n  第一行\n  second line\n", "# remark:\n"
    )
    root = plant(tmp_path, FLOW.replace("filled(remark)", guard), record=stub)
    assert moved(root, "returned", said) == 1
    path = "records/loan/2026/TL-2026-0001.yaml"
    assert said == [
        "“Returned” needs: a remark",
        f"  {path}:10: “Remark” (remark) is empty; take the # off this line and fill it in",
        f"  {path}:9: “Pictures” (pictures) is empty; add a line pictures: below this one ([a.jpg])",
        f"  {path}:5: “Lent at” (lent_at) is empty; add a line lent_at: below this one (2026-08-31 14:05)",
        f"  {path}:9: “Kind” (kind) must be Power (power) and is Hand; write it on this line (hand Hand | power Power)",
        f"  {path}:12: the record has in row 1 of “Parts” Count = 1.10 (condition: p.count > 5.0)",
    ]
    assert state(root) == "open"
    said.clear()
    why.run(root, "TL-2026-0001", now=NOW, language=Language.ZH, say=said.append)
    assert f"      {path}:10: “说明”（remark）未填；去掉这一行开头的 # 后填写" in said


@pytest.mark.parametrize("title", ["Returned", "已还"])
def test_a_state_may_be_named_by_its_title(tmp_path: Path, said: Said, title: str) -> None:
    root = plant(tmp_path, record=DONE)
    assert moved(root, title, said) == 0
    assert state(root) == "returned"


def test_a_move_into_broken_rules_changes_nothing(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path, FLOW.splitlines()[0] + "\n")
    assert moved(root, "returned", said) == 1
    assert "R-1" in said.text
    assert state(root) == "open"


def test_the_mover_is_who_git_says(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path, record=DONE)
    commit(root, "one")
    git(root, "config", "user.email", "Chen.Jing@example.com")
    assert moved(root, "returned", said, person="") == 0
    git(root, "config", "user.email", "nobody@example.com")
    with pytest.raises(GeneratorError, match=r"nobody@example\.com"):
        moved(root, "open", said, person="")


def found(root: Path) -> list[tuple[int, str, str]]:
    said = Said()
    check.run(root, (), now=NOW, language=Language.EN, form="json", say=said.append)
    listed = json.loads(said.text)
    return [(each["line"], each["rule"], each["message"]["en"]) for each in listed if each["rule"].startswith("state.")]


def rewrite(root: Path, old: str, new: str, message: str) -> None:
    path = root / "records/loan/2026/TL-2026-0001.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    commit(root, message)


def test_history_proves_the_path(tmp_path: Path) -> None:
    root = plant(tmp_path, FLOW.splitlines()[0] + "\n", record=DONE)
    commit(root, "begun")
    rewrite(root, "state: open", "state: returned", "returned")
    assert found(root) == []
    rewrite(root, "price: 1280.50", "price: 99", "changed after the end")
    ((line, rule_id, words),) = found(root)
    assert (line, rule_id) == (3, "state.ended")
    assert "changed after it had ended as “Returned”" in words
    rewrite(root, "price: 99", "price: 1280.50", "taken back")
    rewrite(root, "state: returned", "state: open", "jumped")
    assert [each[1] for each in found(root)] == ["state.path"]


def test_a_comment_beside_the_state_is_no_part_of_it(tmp_path: Path, said: Said) -> None:
    begun = DONE.replace("state: open", "state: open  # open 未还 | returned 还")
    root = plant(tmp_path, record=begun)
    commit(root, "begun")
    assert moved(root, "returned", said) == 0
    assert found(root) == []
    commit(root, "returned")
    rewrite(root, "state: returned  # open 未还 | returned 还", "state: 'returned' # 还", "another comment")
    assert found(root) == []
    said.clear()
    why.run(root, "TL-2026-0001", now=NOW, language=Language.EN, say=said.append)
    assert [line.strip().partition(" ")[2] for line in said.text.splitlines() if "chen" in line or "…" in line] == [
        "09:00 chen: begun as Open",
        "09:00 chen: Open → Returned",
    ]


def test_a_jump_by_hand_is_found_before_it_is_committed(tmp_path: Path) -> None:
    root = plant(tmp_path, FLOW.splitlines()[1] + "\n", record=DONE)
    commit(root, "begun")
    path = root / "records/loan/2026/TL-2026-0001.yaml"
    path.write_text(path.read_text("utf-8").replace("state: open", "state: returned"), "utf-8")
    assert "went from “Open” to “Returned” (…)" in found(root)[0][2]


def test_a_state_written_by_hand_meets_its_guard_before_it_is_committed(tmp_path: Path) -> None:
    root = plant(tmp_path, FLOW.replace("filled(remark)", "filled(pictures) && kind == 'power'"), record=DONE)
    commit(root, "begun")
    path = root / "records/loan/2026/TL-2026-0001.yaml"
    path.write_text(path.read_text("utf-8").replace("state: open", "state: returned"), "utf-8")
    words = "“Pictures” (pictures) is empty; “Kind” (kind) must be Power (power) and is Hand"
    assert found(root) == [(3, "state.guard", f"it cannot go from “Open” to “Returned” yet: {words}")]


def test_a_mover_without_the_role_is_found(tmp_path: Path) -> None:
    root = plant(tmp_path, FLOW.replace("by: [sales]", "by: [quality]"), record=DONE)
    commit(root, "begun")
    rewrite(root, "state: open", "state: returned", "returned")
    assert "was committed by chen" in found(root)[0][2]


def test_a_commit_by_nobody_we_know_is_said_and_can_be_answered_for(tmp_path: Path) -> None:
    root = plant(tmp_path, record=DONE)
    commit(root, "begun")
    path = root / "records/people/chen.yaml"
    path.write_text(path.read_text("utf-8").replace("chen.jing", "another"), "utf-8")
    rewrite(root, "state: open", "state: returned", "returned")
    assert [each[1] for each in found(root)] == ["state.author"]
    row = "{rule: state.author, reason: on her behalf, by: chen, on: 2026-03-04}"
    rewrite(root, "tool:", f"accepted: [{row}]\ntool:", "answered for")
    assert found(root) == []


def test_why_answers_in_one_screen(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    commit(root, "begun")
    assert why.run(root, "TL-2026-0001", now=NOW, language=Language.EN, say=said.append) == 1
    assert "TL-2026-0001 Tool loan: Open" in said.text
    assert "chen: begun as Open" in said.text
    assert "→ Returned (returned): open; a remark; by 陈静 (sales)" in said.text
    assert "2026-03-04 23:59 overdue TL-2026-0001 Lent at, sales [R-1] (CP-99 5; 2 working days: default)" in said.text
    assert len(said) < 30


def dues(root: Path, said: Said, form: str = "text", output: Path | None = None, **chosen: str) -> int:
    return due.run(
        root,
        person=chosen.get("person", ""),
        department=chosen.get("department", ""),
        within=chosen.get("within", ""),
        now=NOW,
        form=form,
        output=output,
        language=Language.EN,
        say=said.append,
    )


def test_the_due_list_by_person_department_and_time(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    assert dues(root, said) == 1
    assert said.text.splitlines()[-1] == "1 overdue, 0 due today, 0 later"
    for key, value, count in (
        ("person", "chen", 1),
        ("person", "li", 0),
        ("department", "sales", 1),
        ("department", "quality", 0),
    ):
        said.clear()
        dues(root, said, "json", None, **{key: value})
        assert len(json.loads(said.text)) == count
    with pytest.raises(GeneratorError, match="no length of time"):
        dues(root, said, within="soon")
    with pytest.raises(GeneratorError, match="add one for that year"):
        dues(root, said, within="900wd")


def test_the_due_list_as_a_calendar_and_a_table(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    dues(root, said, form="ics")
    (event,) = icalendar.Calendar.from_ical(said.text).walk("VEVENT")
    assert str(event["summary"]) == "TL-2026-0001 Lent at"
    dues(root, said, form="xlsx", output=tmp_path / "due.xlsx")
    with ZipFile(BytesIO((tmp_path / "due.xlsx").read_bytes())) as book:
        assert "TL-2026-0001" in book.read("xl/sharedStrings.xml").decode()
    with pytest.raises(GeneratorError):
        dues(root, said, form="xlsx")


def test_nothing_is_due_in_an_empty_repository(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    (root / "records/loan/2026/TL-2026-0001.yaml").unlink()
    assert dues(root, said) == 0
    assert said == ["nothing is due"]


def test_nothing_is_due_where_nothing_is_kept(tmp_path: Path, said: Said) -> None:
    (tmp_path / "records").mkdir()
    assert dues(tmp_path, said) == 0
    assert dues(tmp_path, said, "json") == 0
    assert said == ["nothing is due", "[]"]


def test_a_state_that_does_not_exist_is_a_finding_and_nothing_else(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path, record=RECORD.replace("state: open", "state: lost"))
    commit(root, "lost")
    check.run(root, (), now=NOW, language=Language.EN, form="json", say=said.append)
    assert [(each["line"], each["rule"]) for each in json.loads(said.text) if each["line"] > 1] == [(3, "schema.enum")]
    assert "lost" in json.loads(said.text)[0]["message"]["en"]
    said.clear()
    assert dues(root, said) == 0


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[bytes], list[int]]]:
    """A real receiver on loopback: its address, what came, and the answers that it gives (200 where none is left)."""
    came: list[bytes] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}", came, answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def reminders(root: Path, target: str) -> None:
    text = f"reminders:\n  - name: 销售群\n    target: '{target}'\n    department: sales\n    within: 3wd\n"
    (root / "records/organization.yaml").write_text(ORGANIZATION + text, "utf-8")


def reminded(root: Path, said: Said, secrets: dict[str, str], *, send: bool = True) -> int:
    return remind.run(root, is_sending=send, now=NOW, secrets=secrets, language=Language.EN, say=said.append)


def test_a_reminder_goes_out_once(tmp_path: Path, said: Said, receiver: tuple[str, list[bytes], list[int]]) -> None:
    address, came, _ = receiver
    root = plant(tmp_path)
    reminders(root, address + "/${WENKONG_KEY}")
    secrets = {"WENKONG_KEY": "geheim"}
    assert reminded(root, said, secrets, send=False) == 0
    assert "would go to 销售群" in said.text
    assert came == []
    assert reminded(root, said, secrets) == 0
    assert len(came) == 1
    assert "TL-2026-0001" in json.loads(came[0])["message"]
    said.clear()
    assert reminded(root, said, secrets) == 0
    assert (len(came), said.text) == (1, "no new reminders")
    assert "geheim" not in said.text


def test_a_reminder_that_failed_is_tried_again(
    tmp_path: Path, said: Said, receiver: tuple[str, list[bytes], list[int]]
) -> None:
    address, came, answers = receiver
    root = plant(tmp_path)
    reminders(root, address)
    answers.append(500)
    assert reminded(root, said, {}) == 1
    assert "did not take it" in said.text
    assert reminded(root, said, {}) == 0
    assert len(came) == 2


def test_a_mail_goes_out_once_before_the_limit_and_once_after(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    with receivers.mailbox() as box:
        address = f"127.0.0.1:{box.port}?from=wenkong@example.com&to=sales@example.com&mode=insecure"
        reminders(root, f"mailto://${{WENKONG_HOST}}{address.removeprefix('127.0.0.1')}")
        for now, count in ((SOON, 1), (SOON, 1), (NOW, 2), (NOW, 2)):
            secrets = {"WENKONG_HOST": "127.0.0.1"}
            done = remind.run(root, is_sending=True, now=now, secrets=secrets, language=Language.EN, say=said.append)
            assert (done, len(box.messages)) == (0, count)
    bodies = [receivers.body(each) for each in box.messages]
    assert "overdue TL-2026-0001" not in bodies[0]
    assert "overdue TL-2026-0001" in bodies[1]


@pytest.mark.parametrize(
    ("target", "words"),
    [("json://localhost/${WENKONG_NONE}", "WENKONG_NONE is not set"), ("pigeon://x", "not understood")],
)
def test_a_target_that_cannot_be_reached_is_named(tmp_path: Path, said: Said, target: str, words: str) -> None:
    root = plant(tmp_path)
    reminders(root, target)
    assert reminded(root, said, {}) == 1
    assert words in said.text


def test_nobody_to_remind_and_a_damaged_memory(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    with pytest.raises(GeneratorError, match="reminders"):
        reminded(root, said, {})
    reminders(root, "json://localhost")
    (root / "out").mkdir()
    (root / "out" / remind.MEMORY).write_text("{", "utf-8")
    with pytest.raises(GeneratorError, match="damaged"):
        reminded(root, said, {})


def test_the_table_of_rules_names_their_examples(said: Said) -> None:
    assert rules.run(ROOT, form="json", language=Language.EN, say=said.append) == 0
    rows = json.loads(said.text)
    library = load.library(ROOT)
    assert len(rows) == sum(len(form.rules) for form in library.forms.values())
    for row in rows:
        assert row["test"], f"{row['id']} has no example"
        path, _, line = row["test"].partition(":")
        assert (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1].startswith(f"{row['id']}:")
    markdown = Said()
    rules.run(ROOT, form="md", language=Language.ZH, say=markdown.append)
    assert len(markdown) == len(rows) + 2


def test_impact_of_a_record_that_sets_nothing(tmp_path: Path, said: Said) -> None:
    root = plant(tmp_path)
    with pytest.raises(GeneratorError, match="sets nothing"):
        impact.run(root, "TL-2026-0001", language=Language.EN, say=said.append)


@pytest.mark.parametrize("verb", ["move", "why", "due", "remind", "rules", "impact"])
def test_every_verb_is_at_the_door(verb: str) -> None:
    assert verb in base.main.commands
