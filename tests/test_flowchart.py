from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator import booklet_flow, flowchart, flowplan, load
from generator.flowplan import HEIGHT, WIDTH, Box
from generator.model import Form, Option, Transition
from generator.terms import Language, Text
from tests.commands.test_printing import wenkong
from tests.conftest import ROOT
from tests.stringify import stringify

WORD = Text("\u540d\u79f0", "Name")


def flow(count: int, ways: list[tuple[int, int]]) -> Form:
    return Form(
        "case",
        "schemas/case.yaml",
        "EX-1",
        "A/0",
        WORD,
        "EP-1",
        "C-{seq}",
        (),
        (),
        states=tuple(Option(f"s{number}", WORD) for number in range(count)),
        transitions=tuple(Transition((f"s{start}",), f"s{end}", ("quality",), "", None, "") for start, end in ways),
    )


@st.composite
def flows(draw: st.DrawFn) -> Form:
    count = draw(st.integers(1, 9))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    return flow(count, draw(st.lists(pairs, unique=True, max_size=14)) if count > 1 else [])


def corners(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + WIDTH, box.y + HEIGHT


def overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@settings(max_examples=150, deadline=None)
@given(flows())
def test_boxes_stand_apart_and_no_line_runs_through_one(form: Form) -> None:
    plan = flowplan.plan(form)
    boxes = [corners(box) for box in plan.boxes]
    assert {box.state for box in plan.boxes} == {state.key for state in form.states}
    assert not any(overlap(one, other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    for way in plan.ways:
        for (x1, y1), (x2, y2) in flowplan.segments(way):
            assert x1 == x2 or y1 == y2
            line = (min(x1, x2), min(y1, y2), max(x1, x2) + 1, max(y1, y2))
            inside = [box for box in boxes if overlap((line[0], line[1] + 1, line[2], line[3]), (*box[:3], box[3] - 1))]
            assert inside == []


@settings(max_examples=150, deadline=None)
@given(flows())
def test_every_way_leaves_its_state_and_enters_the_other(form: Form) -> None:
    plan = flowplan.plan(form)
    boxes = {box.state: box for box in plan.boxes}
    assert [way.number for way in plan.ways] == list(range(1, len(form.transitions) + 1))
    for way in plan.ways:
        start, end = boxes[way.start], boxes[way.transition.end]
        assert way.points[0][1] == start.y + HEIGHT
        assert start.x < way.points[0][0] < start.x + WIDTH
        assert way.points[-1][1] == end.y
        assert end.x < way.points[-1][0] < end.x + WIDTH
        assert way.is_back == (end.y <= start.y)
        assert all(0 < x < plan.width and 0 < y < plan.height for x, y in way.points)


def test_the_beginning_and_the_ends_are_marked() -> None:
    plan = flowplan.plan(flow(3, [(0, 1), (0, 2)]))
    assert [box.is_first for box in plan.boxes] == [True, False, False]
    assert [box.is_last for box in plan.boxes] == [False, True, True]


def test_numbers_on_the_chart_do_not_lie_on_each_other() -> None:
    form = load.library(ROOT).forms["complaint"]
    starts = [way.points[0] for way in flowplan.plan(form).ways]
    for place, (x, y) in enumerate(starts):
        assert all(
            abs(x - a) > 2 * flowchart.RADIUS or abs(y - b) > 2 * flowchart.RADIUS for a, b in starts[place + 1 :]
        )


@pytest.mark.parametrize("language", list(Language))
def test_the_same_flow_gives_the_same_bytes_in_black_and_white(language: Language) -> None:
    form = load.library(ROOT).forms["complaint"]
    first, width, height = flowchart.drawn(form, language)
    assert first == flowchart.drawn(form, language)[0]
    with Image.open(BytesIO(first)) as image:
        assert image.mode == "L"
        assert (image.width, image.height) == (round(width * 16), round(height * 16))
        ink = sum(image.histogram()[:128])
        assert 0.005 < ink / (image.width * image.height) < 0.3


def test_a_flow_that_changes_changes_its_chart() -> None:
    before = flowchart.drawn(flow(3, [(0, 1), (1, 2)]), Language.ZH)[0]
    assert before != flowchart.drawn(flow(3, [(0, 1), (1, 2), (2, 0)]), Language.ZH)[0]


def test_a_procedure_prints_the_flow_of_a_form_with_its_ways(tree: Path) -> None:
    assert list(booklet_flow.asked("a\n\n```flow\ncomplaint\n```\n")) == ["complaint"]
    done = wenkong(tree, "render", "CP-06")
    assert done.returncode == 0
    content = (tree / "out/procedures/CP-06.docx").read_bytes()
    text = stringify(content)
    assert "\u6d41\u7a0b\u56fe\uff1a\u987e\u5ba2\u6295\u8bc9\u5904\u7406\u5355" in text
    form = load.library(tree).forms["complaint"]
    for way in form.transitions:
        assert way.needs is not None
        assert way.needs.zh in text
    assert b"word/media/" in content
    assert "```" not in text
