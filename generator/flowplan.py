"""Where the states of a form stand on its flow chart, and how the ways between them run: decided without drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator import states
from generator.model import Form, Transition

WIDTH, HEIGHT = 150, 40
"""Of a box, in units of a quarter of a millimetre."""
BETWEEN, LANE, TRACK = 34, 18, 12
ABOVE, BELOW = 26, 16
"""Room under a box for the numbers of the ways that leave it, and over a box for the arrows that come in."""
EDGE = 8
STRAIGHT = 3

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its key, its left upper corner, whether a record begins or ends there."""

    state: str
    x: int
    y: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A numbered way from one state to another, corner by corner; `is_back` if it leads to an earlier state."""

    number: int
    transition: Transition
    start: str
    points: tuple[Point, ...]
    is_back: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole chart, in units of a quarter of a millimetre."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A way before it is laid: from state to state, and on which side it runs where it passes others by."""

    number: int
    transition: Transition
    start: str
    end: str
    first: int
    last: int

    @property
    def is_back(self) -> bool:
        """Whether it leads up."""
        return self.last <= self.first

    @property
    def is_near(self) -> bool:
        """Whether it leads to the next row and needs no lane."""
        return self.last == self.first + 1


def asked(form: Form) -> Mapping[str, str]:
    """The fields of a form that show the flow of a form, and which."""
    properties = form.schema.get("properties", {})
    return {key: str(each["x-flow"]) for key, each in properties.items() if "x-flow" in each}


def links(form: Form) -> tuple[tuple[int, Transition, str], ...]:
    """Every way of a form with its number, in the order of the states that it leaves."""
    order = {state.key: place for place, state in enumerate(form.states)}
    found = [(each, start) for each in form.transitions for start in each.start if start in order and each.end in order]
    found.sort(key=lambda pair: (order[pair[1]], order[pair[0].end]))
    return tuple((number, each, start) for number, (each, start) in enumerate(found, start=1))


def plan(form: Form) -> Plan:
    """The chart of a form that has states."""
    rows = _rows(form)
    rank = {state: place for place, row in enumerate(rows) for state in row}
    found = [_Link(number, each, start, each.end, rank[start], rank[each.end]) for number, each, start in links(form)]
    backs, skips = ([each for each in found if pick(each)] for pick in (_takes_left, _takes_right))
    left = EDGE + LANE * len(backs)
    across = max(len(row) * (WIDTH + BETWEEN) - BETWEEN for row in rows)
    x = {
        state: left + BETWEEN // 2 + (across - len(row) * (WIDTH + BETWEEN) + BETWEEN) // 2 + place * (WIDTH + BETWEEN)
        for row in rows
        for place, state in enumerate(row)
    }
    lanes = {each.number: left - LANE * place - LANE // 2 for place, each in enumerate(backs)}
    right = left + BETWEEN + across
    lanes |= {each.number: right + LANE * place + LANE // 2 for place, each in enumerate(skips)}
    tracks, y, height = _vertical(rows, found)
    ports = _ports(found, x, lanes)
    boxes = tuple(
        Box(key, x[key], y[rank[key]], is_first=key == states.initial(form), is_last=states.is_final(form, key))
        for key in (state.key for state in form.states)
    )
    ways = tuple(_way(each, ports, lanes, tracks=tracks, y=y) for each in found)
    return Plan(right + LANE * len(skips) + EDGE, height, boxes, ways)


def _takes_left(link: _Link) -> bool:
    return link.is_back


def _takes_right(link: _Link) -> bool:
    return not link.is_back and not link.is_near


def _rows(form: Form) -> list[list[str]]:
    """The states in rows: each below all earlier ones that lead to it."""
    order = {state.key: place for place, state in enumerate(form.states)}
    rank = dict.fromkeys(order, 0)
    for state, place in order.items():
        for way in form.transitions:
            before = [rank[start] for start in way.start if order.get(start, place) < place]
            if way.end == state and before:
                rank[state] = max(rank[state], *(each + 1 for each in before))
    rows: list[list[str]] = [[] for _ in range(max(rank.values()) + 1)]
    for state, row in rank.items():
        rows[row].append(state)
    return [row for row in rows if row]


def _vertical(
    rows: Sequence[Sequence[str]], found: Sequence[_Link]
) -> tuple[Mapping[tuple[int, int], int], list[int], int]:
    """For each gap and way the height of its track there, the top of each row of boxes, and the height of all."""
    used: dict[int, list[int]] = {gap: [] for gap in range(-1, len(rows))}
    for link in found:
        used[link.first].append(link.number)
        if not link.is_near:
            used[link.last - 1].append(link.number)
    tracks: dict[tuple[int, int], int] = {}
    tops: list[int] = []
    y = EDGE
    for gap in range(-1, len(rows)):
        start = y + (ABOVE if gap >= 0 else 0)
        tracks |= {(gap, number): start + TRACK * place for place, number in enumerate(used[gap])}
        if used[gap]:
            y = start + TRACK * (len(used[gap]) - 1) + BELOW
        if gap + 1 < len(rows):
            tops.append(y)
            y += HEIGHT
    return tracks, tops, y + EDGE


def _ports(found: Sequence[_Link], x: Mapping[str, int], lanes: Mapping[int, int]) -> Mapping[tuple[int, bool], int]:
    """Where each way leaves its box (True) and enters the other (False), spread so that few lines cross."""
    ports: dict[tuple[int, bool], int] = {}
    for state, corner in x.items():
        for leaves in (True, False):
            here = [each for each in found if (each.start if leaves else each.end) == state]
            here.sort(key=lambda each: (_goal(each, x, lanes, leaves=leaves), each.number))
            for place, each in enumerate(here, start=1):
                ports[each.number, leaves] = corner + WIDTH * place // (len(here) + 1)
    return ports


def _goal(link: _Link, x: Mapping[str, int], lanes: Mapping[int, int], *, leaves: bool) -> int:
    if link.number in lanes:
        return lanes[link.number]
    return x[link.end if leaves else link.start] + WIDTH // 2


def _way(
    link: _Link,
    ports: Mapping[tuple[int, bool], int],
    lanes: Mapping[int, int],
    *,
    tracks: Mapping[tuple[int, int], int],
    y: Sequence[int],
) -> Way:
    out, into = ports[link.number, True], ports[link.number, False]
    bottom, top = y[link.first] + HEIGHT, y[link.last]
    track = tracks[link.first, link.number]
    if link.is_near:
        corners = [(out, track), (into, track)] if abs(out - into) > STRAIGHT else []
        into = into if corners else out
    else:
        lane, arrival = lanes[link.number], tracks[link.last - 1, link.number]
        corners = [(out, track), (lane, track), (lane, arrival), (into, arrival)]
    points = ((out, bottom), *corners, (into, top))
    return Way(link.number, link.transition, link.start, points, link.is_back)


def segments(way: Way) -> tuple[tuple[Point, Point], ...]:
    """The straight pieces of a way."""
    return tuple(pairwise(way.points))
