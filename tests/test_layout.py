from __future__ import annotations

from dataclasses import replace

from generator import layout, packing
from generator.model import Field, Form, Group, Kind, Option
from generator.terms import Text

WORD = Text("名称", "Name")


def field(key: str, kind: Kind, **more: object) -> Field:
    return Field(key=key, label=WORD, kind=kind, group="g", **more)  # type: ignore[arg-type]  # keywords of Field


def form(*fields: Field) -> Form:
    return Form("loan", "schemas/loan.yaml", "CF-1", "A/0", WORD, "CP-1", "L-{seq}", (Group("g", WORD),), fields)


def widths(block: layout.Block) -> list[int]:
    return [sum(cell.units for cell in line.cells) for line in (*block.lines, *block.repeated)]


def test_every_line_fills_the_grid_exactly() -> None:
    fields = (
        field("a", Kind.TEXT),
        field("b", Kind.LONGTEXT),
        field("c", Kind.DATE),
        field("d", Kind.DATE),
        field("t", Kind.ROWS, columns=tuple(field(f"c{n}", Kind.TEXT) for n in range(17))),
        field("e", Kind.BOOLEAN),
    )
    for block in layout.blocks(form(*fields)):
        assert set(widths(block)) == {packing.UNITS}


def test_two_short_fields_share_a_line_and_a_long_one_goes_across() -> None:
    lines = list(layout.grid([field("a", Kind.DATE), field("b", Kind.DATE), field("c", Kind.LONGTEXT)]))
    assert [[cell.tag for cell in line.cells] for line in lines] == [["label.a", "a", "label.b", "b"], ["label.c", "c"]]


def test_a_choice_with_many_options_goes_across() -> None:
    few = field("a", Kind.CHOICE, options=(Option("y", Text("是", "Yes")),))
    many = field("b", Kind.CHOICE, options=tuple(Option(f"o{n}", Text("选项选项", "Option")) for n in range(4)))
    assert layout.is_half(few)
    assert not layout.is_half(many)


def test_a_table_with_many_columns_takes_more_lines_for_each_row() -> None:
    wide = field("t", Kind.ROWS, columns=tuple(field(f"c{n}", Kind.TEXT) for n in range(16)))
    block = layout.table(wide, ())
    assert len(block.repeated) > 1
    tags = [cell.tag for line in block.repeated for cell in line.cells]
    assert tags == [f"row.c{n}" for n in range(16)]


def test_every_field_of_a_form_stands_in_one_block() -> None:
    fields = (field("a", Kind.TEXT), field("t", Kind.ROWS, columns=(field("x", Kind.TEXT),)), field("b", Kind.FILES))
    tags = [cell.tag for block in layout.blocks(form(*fields)) for line in block.lines for cell in line.cells]
    loops = [block.loop for block in layout.blocks(form(*fields))]
    assert tags.count("a") == tags.count("b") == 1
    assert loops.count("t") == 1


def compact(*fields: Field, at: tuple[str, ...] = ()) -> Form:
    return replace(form(*fields), groups=(Group("g", WORD, at),), is_compact=True)


def test_boxes_stand_side_by_side_and_fill_each_line_exactly() -> None:
    fields = [field(f"f{n}", Kind.DATE) for n in range(11)] + [field("long", Kind.LONGTEXT), field("p", Kind.PHOTOS)]
    lines = list(packing.packed(fields))
    assert [each for line in lines for each, _ in line] == fields
    assert {sum(units for _, units in line) for line in lines} == {packing.UNITS}
    assert len(lines[0]) > 3


def test_a_long_label_widens_its_box_and_the_definition_has_the_last_word() -> None:
    short, long = field("a", Kind.DATE), replace(field("b", Kind.DATE), label=Text("很长" * 12, "very long " * 9))
    assert packing.wanted(long) > packing.wanted(short)
    assert packing.wanted(replace(long, width=3)) == 3


def test_a_compact_group_is_one_table_whose_parts_stand_when_their_fields_do() -> None:
    rows = field("t", Kind.ROWS, columns=(field("x", Kind.TEXT),))
    made = compact(field("a", Kind.TEXT), rows, field("b", Kind.TEXT), at=("open",))
    block = list(layout.blocks(made))[1]
    assert (block.name, block.group) == ("g", "g")
    assert [each.needs for each in block.more] == [("a",), ("t",), ("b",)]
    assert [each.loop for each in block.more] == ["", "t", ""]
    assert block.more[0].lines[0].needs == ("a",)


def test_the_last_block_that_stands_is_the_one_that_moves_with_the_signatures() -> None:
    groups = (Group("g", WORD), Group("h", WORD, ("closed",)))
    made = replace(compact(field("a", Kind.TEXT), replace(field("b", Kind.TEXT), group="h")), groups=groups)
    has = {"a": True, "b": True}
    assert layout.last(made, {"show": {"g": True, "h": True}, "has": has}) == "h"
    assert layout.last(made, {"show": {"g": True, "h": False}, "has": has}) == "g"
