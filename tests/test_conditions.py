"""What a condition still wants of a record, in words that name field, path and answer."""

from __future__ import annotations

import pytest

from generator import conditions, formulas, load, rulebook
from generator.model import Record
from generator.world import World
from tests import build, rules_build

BARE = build.RECORD.replace("kind: hand\n", "").partition("remark:")[0]
ROWS = BARE + "kind: hand\nparts:\n  - part: a\n    count: 2\n  - part: b\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    records = {"TL_2026_0001": BARE, "TL_2026_0002": ROWS.replace("0001", "0002")}
    root = build.repository(tmp_path_factory.mktemp("plant"), **records)
    return rulebook.world(load.library(root), rules_build.NOW)


def record(world: World, number: int) -> Record:
    return world.library.records["loan"][f"TL-2026-000{number}"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("filled(tool)", []),
        ("filled(remark) && (filled(tool) && filled(lent_at))", ["“Remark” (remark)", "“Lent at” (lent_at)"]),
        ("kind == 'power'", ["“Kind” (kind) must be Power (power) and is empty"]),
        ("is_new == false", ["“New” (is_new) must be No (false) and is Yes"]),
        ("kind in ['hand', 'power']", ["“Kind” (kind) must be Hand (hand), or Power (power)"]),
        ("empty(tool)", ["“Tool” (tool) must be empty and is "]),
        ("tool != 'a' && is_new != true", ["“New” (is_new) must not be Yes (true)"]),
        ("size(parts) >= 1 && parts[size(parts) - 1].part == 'a'", ["“Parts” (parts) has no row yet"]),
        ("parts.exists(p, p.part == 'a' && filled(p.count))", ["no row with Part = (a), and Count = filled"]),
        ("filled(remark) || kind == 'power' && filled(lent_at)", ["is empty, or “Kind” (kind) must be Power (power)"]),
        ("pieces > 3.0 || filled(remark)", ["“Remark” (remark) is empty"]),
        ("filled(remark) || tool == 'b'", ["“Remark” (remark) is empty"]),
        ("pieces > 3.0", ["the record has Pieces = 2 (condition: pieces > 3.0)"]),
        ("size(records('loan', 'follows')) >= 1", ["make one whose “Follows” (follows) is TL-2026-0001"]),
        ("records('loan', 'follows').exists(r, r.kind == 'hand')", ["no Tool loan refers to this record yet"]),
    ],
)
def test_each_part_that_does_not_hold_is_named(world: World, condition: str, said: list[str]) -> None:
    found = conditions.wants(condition, record(world, 1), world)
    assert len(found) == len(said)
    for want, words in zip(found, said, strict=True):
        assert words in want.what.en


@pytest.mark.parametrize(
    ("condition", "steps"),
    [
        ("parts.all(p, filled(p.count))", ("parts", 1, "count")),
        ("parts.all(p, p.part != 'b' || filled(p.count))", ("parts", 1, "count")),
        ("filled(parts[size(parts) - 1].count)", ("parts", 1, "count")),
        ("parts.exists(p, p.part == 'c')", ("parts",)),
        ("parts.all(p, p.part == tool)", ("parts", 0)),
        ("parts.all(p, p.part == 'a' ? filled(p.count) && p.count > 1.0 : filled(p.count))", ("parts", 1)),
    ],
)
def test_a_row_is_named_by_its_place(world: World, condition: str, steps: conditions.Steps) -> None:
    assert conditions.wants(condition, record(world, 2), world)[0].steps == steps


def test_a_pattern_that_is_none_is_looked_for_as_it_stands() -> None:
    reads_like = formulas.OF_VALUES["reads_like"]
    assert reads_like("看错图纸", ["[看拿]错"])
    assert reads_like("as written (see below", ["(see"])
    assert not reads_like("看图", ["[看拿]错", "(see"])
    assert not reads_like("", ["."])
