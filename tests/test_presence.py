from __future__ import annotations

import pytest

from generator import presence
from generator.model import Field, Form, Group, Kind, Option
from generator.terms import Text

WORD = Text("名称", "Name")
STATES = tuple(Option(key, WORD) for key in ("new", "working", "closed"))
GROUPS = (Group("receipt", WORD), Group("cause", WORD, ("working",)), Group("closure", WORD, ("closed",)))
FORM = Form(
    "case",
    "schemas/case.yaml",
    "EX-1",
    "A/0",
    WORD,
    "EP-1",
    "C-{seq}",
    GROUPS,
    (
        Field("number", WORD, Kind.TEXT),
        Field("heard", WORD, Kind.TEXT, group="receipt"),
        Field("why", WORD, Kind.TEXT, group="cause"),
        Field("steps", WORD, Kind.ROWS, group="cause", columns=(Field("step", WORD, Kind.TEXT),)),
        Field("pen", WORD, Kind.INK, group="cause"),
        Field("ended", WORD, Kind.DATE, group="closure"),
    ),
    states=STATES,
)


def keys(values: dict[str, object]) -> set[str]:
    return set(presence.at_its_moment(FORM, values).fields)


def test_a_blank_form_prints_all_of_it_to_be_filled_in() -> None:
    standing = presence.everything(FORM)
    assert standing.fields == standing.open == {"heard", "why", "steps", "pen", "ended"}
    assert standing.absent == ()


def test_groups_of_later_states_are_left_out_and_named() -> None:
    standing = presence.at_its_moment(FORM, {"state": "new", "heard": "by phone"})
    assert standing.fields == {"heard"}
    assert [group.key for group in standing.absent] == ["cause", "closure"]


def test_a_group_whose_state_has_come_is_printed_whole_with_room_to_write() -> None:
    standing = presence.at_its_moment(FORM, {"state": "working", "why": "worn punch"})
    assert standing.fields == {"heard", "why", "steps", "pen"}
    assert standing.open == {"steps", "pen"}


def test_a_group_whose_state_has_passed_keeps_what_is_filled_and_room_for_the_pen() -> None:
    assert keys({"state": "closed", "why": "worn punch", "steps": []}) == {"heard", "why", "pen", "ended"}
    assert keys({"state": "closed", "steps": [{"step": "x"}]}) == {"heard", "steps", "pen", "ended"}


def test_a_group_filled_before_its_time_is_printed() -> None:
    assert keys({"state": "new", "ended": "2026-01-01"}) == {"heard", "ended"}


def test_false_and_nought_are_answers() -> None:
    assert "why" in keys({"state": "closed", "why": False, "ended": "2026-01-01"})
    assert "why" in keys({"state": "closed", "why": 0})


@pytest.mark.parametrize("standing", [presence.everything(FORM), presence.at_its_moment(FORM, {"state": "new"})])
def test_templates_can_ask_for_every_group_and_field(standing: presence.Presence) -> None:
    names = presence.names(FORM, standing)
    assert {f"{space}.{key}" for space, each in names.items() for key in each} == set(presence.tags(FORM))
