from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import yamlfile
from generator.errors import GeneratorError
from generator.model import Finding, Source

FORBIDDEN = [
    chr(code) for code in (*range(0x20), 0xAD, 0x61C, 0x180E, 0xFEFF, 0xFFFE, 0xFFFF) if chr(code) not in "\n\t"
]
FORBIDDEN += [chr(code) for code in (*range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F))]
FORBIDDEN += [chr(code) for code in (*range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=FORBIDDEN), max_size=40)
LIKELY = st.text(st.sampled_from("ab0129 :-#?,[]{}'\"\\|>&*!%@`~.+_=<中，：\n\tnoyes"), max_size=12)
AWKWARD = """no|yes|null|~|true|False|007|1.10|12:30|2026-08-01|0x1F|1_000|1e3|-|--- a|...|| |a |a:|a: b|a #b|#|-5|- 5
<<|=|?|? a|\u3000|编号：CC|R&D|a&b|a\x0a|a\x0a\x0a| a\x0a b|\x0aa"""
WORDS = st.sampled_from(AWKWARD.replace("- 5\n", "- 5|").split("|"))
ANY_TEXT = st.one_of(TEXT, LIKELY, WORDS)
WITHOUT_TABS = ANY_TEXT.map(lambda text: text.replace("\t", " "))
SCALARS = st.one_of(WITHOUT_TABS, st.booleans(), st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WITHOUT_TABS, inner, max_size=4)),
    max_leaves=12,
)


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name and parameters are PyYAML's
        return True


def dumped(values: Any, dice: random.Random) -> bytes:
    """The values in a layout that somebody else's program might choose."""
    text = yaml.dump(
        values,
        Dumper=_NoAliases,
        allow_unicode=True,
        default_flow_style=dice.choice([True, False, None]),
        width=dice.choice([20, 80, 10_000]),
        indent=dice.choice([2, 4]),
        sort_keys=False,
    )
    return str(text).encode()


def read(text: str | bytes) -> Any:
    return source(text).values


def source(text: str | bytes) -> Source:
    found, findings = yamlfile.load(text.encode() if isinstance(text, str) else text, "a.yaml")
    assert not findings
    assert found is not None
    return found


def faults(text: str | bytes) -> list[tuple[int, int, str]]:
    found, findings = yamlfile.load(text.encode() if isinstance(text, str) else text, "a.yaml")
    assert found is None
    assert all(isinstance(each, Finding) and each.path == "a.yaml" for each in findings)
    assert all("{" not in each.message.en.replace("{ }", "").replace("{…}", "") for each in findings)
    return [(each.line, each.column, each.rule) for each in findings]


AS_WRITTEN = "007 1.10 no yes on off y N 12:30 12:30:45 2026-08-01 0x1F 0o17 1_000 12 -5 1e3 .inf True NULL 1.0e+999"


@pytest.mark.parametrize("written", AS_WRITTEN.split())
def test_a_plain_value_stays_as_it_was_written(written: str) -> None:
    assert read(f"a: {written}\nb: [{written}]\n") == {"a": written, "b": [written]}


def test_only_null_tilde_nothing_true_and_false_are_not_text() -> None:
    text = "a: null\nb: ~\nc:\nd: true\ne: false\nf: 'null'\ng: \"~\"\nh: ''\ni: 'true'\nj: |\n  true\n"
    expected = {"a": None, "b": None, "c": None, "d": True, "e": False}
    assert read(text) == {**expected, "f": "null", "g": "~", "h": "", "i": "true", "j": "true\n"}


def test_keys_are_always_text() -> None:
    assert read("no: 1\non: 2\n1: 3\nnull: 4\n~: 5\ntrue: 6\n2026-08-01: 7\n") == {
        "no": "1",
        "on": "2",
        "1": "3",
        "null": "4",
        "~": "5",
        "true": "6",
        "2026-08-01": "7",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n"])
def test_an_empty_file_says_none(text: str) -> None:
    assert read(text) is None
    assert yamlfile.place(source(text).marks, ("a", 0), key=True)[1] >= 1


TRAPS = [
    ("a: 1\nb: 2\na: 3\n", 3, 1, "yaml.twice"),
    ('x:\n  - {a: 1, "a": 2}\n', 2, 12, "yaml.twice"),
    ("a: &x 1\n", 1, 4, "yaml.anchor"),
    ("中文: [1, &x 2]\n", 1, 9, "yaml.anchor"),
    ("a: 1\nb: *x\n", 2, 4, "yaml.anchor"),
    ("a: *重要*\n", 1, 4, "yaml.anchor"),
    ("*x : 1\n", 1, 1, "yaml.anchor"),
    ("&x a: 1\n", 1, 1, "yaml.anchor"),
    ("a: &x {b: 1}\n", 1, 4, "yaml.anchor"),
    ("a: !!str 1\n", 1, 4, "yaml.tag"),
    ("a: !!python/object:os.system x\n", 1, 4, "yaml.tag"),
    ("a: ! 1\n", 1, 4, "yaml.tag"),
    ("a: ! {b: 1}\n", 1, 4, "yaml.tag"),
    ("a: !重要\n", 1, 4, "yaml.tag"),
    ("- !x b: 1\n", 1, 3, "yaml.tag"),
    ("%YAML 1.1\n---\na: 1\n", 1, 1, "yaml.directive"),
    ("# c\n%TAG ! !x\n---\na: 1\n", 2, 1, "yaml.directive"),
    ("%FOO\n---\na: 1\n", 1, 1, "yaml.directive"),
    ("a:\t1\n", 1, 3, "yaml.tab"),
    ("a:\n\tb: 1\n", 2, 1, "yaml.tab"),
    ("a: |\n  中\tb\n", 2, 4, "yaml.tab"),
    ("\ufeffa: 1\n", 1, 1, "yaml.bom"),
    ("a: 1\n\ufeffb: 1\n", 2, 1, "yaml.character"),
    ("a: 1\r\nb: 2\r\n", 1, 5, "yaml.return"),
    ("a: 1\rb: 2", 1, 5, "yaml.return"),
    ("a: x\x00\n", 1, 5, "yaml.character"),
    ("# \x07\n", 1, 3, "yaml.character"),
    ("a: 1\nb: 中\u202e文\n", 2, 5, "yaml.character"),
    ("a: b\u200bc\n", 1, 5, "yaml.character"),
    ("a: b\u2060c\n", 1, 5, "yaml.character"),
    ("a: b\x85c\n", 1, 5, "yaml.character"),
    ("a: b\u2028c\n", 1, 5, "yaml.character"),
    ('a: "\\0"\n', 1, 4, "yaml.escape"),
    ('a: "b\\u200b"\n', 1, 4, "yaml.escape"),
    ('a: "b\\rc"\n', 1, 4, "yaml.escape"),
    ('"a\\u200b": 1\n', 1, 1, "yaml.escape"),
    ('a: "\\ud800"\n', 1, 7, "yaml.escape"),
    ('a: "\\udc00\\ud800"\n', 1, 7, "yaml.escape"),
    ('a: "\\q"\n', 1, 5, "yaml.escape"),
    ("a: 1\n---\nb: 2\n", 2, 1, "yaml.documents"),
    ("a: 1\n...\n---\nb: 2\n", 3, 1, "yaml.documents"),
    ('a: 1\nb: "x\nc: 2\n', 2, 4, "yaml.quote"),
    ("a: 'x\n", 1, 4, "yaml.quote"),
    ("a: [1, 2\nb: 3\n", 2, 2, "yaml.bracket"),
    ("a: {b: 1\nc: 2\n", 2, 2, "yaml.bracket"),
    ("a: 1\n编号：CC\nb: 2\n", 2, 1, "yaml.colon"),
    ("a: b: c\n", 1, 5, "yaml.colon"),
    ("a: @b\n", 1, 4, "yaml.start"),
    ("a: 油石 #400、手套\n", 1, 7, "yaml.hash"),
    ("a:\n- b: #3 机\n", 2, 6, "yaml.hash"),
    ("a: '油石'  #400\n", 1, 10, "yaml.hash"),
    ("a: [中 #1, 2\n]\n", 1, 7, "yaml.hash"),
    ("a: `b\n", 1, 4, "yaml.start"),
    ("a: %5\n", 1, 4, "yaml.start"),
    ("a: - b\n", 1, 4, "yaml.start"),
    ("a:\n    b: 1\n  c: 2\n", 3, 3, "yaml.indent"),
    ("  a: 1\nb: 2\n", 2, 1, "yaml.indent"),
    ('a: "x" y\n', 1, 8, "yaml.indent"),
    ("? [a]\n: 1\n", 1, 3, "yaml.key"),
    ("a: {{ b }}\n", 1, 5, "yaml.key"),
    ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n", 2, 1, "yaml.conflict"),
    ("a: 1\r\n<<<<<<< HEAD\r\nb: 2\r\n", 2, 1, "yaml.conflict"),
    ("b: 2\n>>>>>>> other\n", 2, 1, "yaml.conflict"),
    ("[" * 33 + "]" * 33, 1, 33, "yaml.depth"),
    ("[" * 900, 1, 33, "yaml.depth"),
    ("- " * 900 + "x", 1, 65, "yaml.depth"),
    ("? " * 20_000, 1, 3, "yaml.key"),
    ("[" + "a," * 200_000 + "]", 1, 1, "yaml.nodes"),
    ("".join(f"k{each}: 1\n" for each in range(60_000)), 1, 1, "yaml.nodes"),
    ("a" * ((1 << 20) + 1), 1, 1, "yaml.size"),
]


@pytest.mark.parametrize("text", ["[" * 30_000, "- " * 20_000 + "x"], ids=["flow", "block"])
def test_a_bomb_of_levels_is_too_deep_wherever_libyaml_stops(text: str) -> None:
    assert [each[2] for each in faults(text)] == ["yaml.depth"]


@pytest.mark.parametrize(("text", "line", "column", "rule"), TRAPS, ids=lambda each: repr(each)[:30])
def test_each_trap_is_a_finding_with_its_place(text: str, line: int, column: int, rule: str) -> None:
    assert faults(text) == [(line, column, rule)]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("a: 1\nb: 中文\n".encode("gbk"), 2, 4),
        ("编号: 1".encode("gbk"), 1, 1),
        ("a: 中文\n".encode("utf-16"), 1, 1),
        ("a: 中文\n".encode("utf-16-le"), 1, 1),
        ("a: 中文\n".encode("utf-16-be"), 1, 1),
        ("a: 中".encode() + b"\xff", 1, 5),
        (b"a: \xed\xa0\x80", 1, 4),
        ("a: 中".encode()[:-1], 1, 4),
    ],
)
def test_what_is_not_utf_8_is_a_finding(content: bytes, line: int, column: int) -> None:
    assert faults(content) == [(line, column, "yaml.encoding")]


def test_every_doubled_key_is_shown_with_the_line_of_the_first() -> None:
    _, findings = yamlfile.load(b"a: 1\nb: 2\na: 3\nb: 4\n", "a.yaml")
    assert [(each.line, each.column) for each in findings] == [(3, 1), (4, 1)]
    assert "第 1 行" in findings[0].message.zh
    assert "first on line 2" in findings[1].message.en


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert faults(bomb) == [(1, 4, "yaml.anchor")]


def test_signs_inside_text_are_no_anchors_tags_or_conflicts() -> None:
    text = "a: R&D 5%! * 2\nb: 'x: &y *z !w'\nc: |\n  &a !b *c\n  <<<<<<< d\n# &x !y *z\nd: [A & B, a!]\n"
    expected = {"a": "R&D 5%! * 2", "b": "x: &y *z !w", "c": "&a !b *c\n<<<<<<< d\n", "d": ["A & B", "a!"]}
    assert read(text) == expected


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert read("<<: {a: 1}\n") == {"<<": {"a": "1"}}


def test_thirty_two_levels_are_read() -> None:
    assert read("[" * 32 + "]" * 32) is not None


PLACED = """\
编号: CC-1  # 中文
列表: [甲, "乙😀", {丙𠀀: '丁', k: }]
rows:
  - a: |
      块
    b: 1
  - c
"""


@pytest.mark.parametrize(
    ("steps", "value", "key"),
    [
        (("编号",), (1, 5), (1, 1)),
        (("列表",), (2, 5), (2, 1)),
        (("列表", 0), (2, 6), (2, 6)),
        (("列表", 1), (2, 9), (2, 9)),
        (("列表", 2), (2, 15), (2, 15)),
        (("列表", 2, "丙𠀀"), (2, 20), (2, 16)),
        (("列表", 2, "k"), (2, 28), (2, 25)),
        (("rows",), (4, 3), (3, 1)),
        (("rows", 0, "a"), (4, 8), (4, 5)),
        (("rows", 0, "b"), (6, 8), (6, 5)),
        (("rows", 1), (7, 5), (7, 5)),
        (("rows", 1, "x"), (7, 5), (7, 5)),
        (("rows", 9, "x"), (4, 3), (4, 3)),
        (("rows", -1), (4, 3), (4, 3)),
        (("none", "x"), (1, 1), (1, 1)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_places_count_characters_from_one(
    steps: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    marks = source(PLACED).marks
    assert yamlfile.place(marks, steps) == value
    assert yamlfile.place(marks, steps, key=True) == key


def test_it_is_known_what_was_written_without_quotes() -> None:
    marks = source("a: 12\nb: '12'\nc: [12, \"12\"]\nd: |\n  12\ne: {f: 12}\n").marks
    plain = {("a",): True, ("b",): False, ("c",): False, ("c", 0): True, ("c", 1): False, ("d",): False}
    plain |= {("e",): False, ("e", "f"): True, ("x",): False, ("a", "x"): False}
    assert {steps: yamlfile.is_plain(marks, steps) for steps in plain} == plain


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    found, findings = yamlfile.load(content, "a.yaml")
    assert (found is None) == bool(findings)


@given(st.text(st.sampled_from("ab:- \n?[]{},#&*!|>'\"%@`\\<=.~x0中：\t"), max_size=60))
@settings(max_examples=500)
def test_no_text_raises_and_what_is_read_is_what_pyyaml_reads(text: str) -> None:
    found, findings = yamlfile.load(text.encode(), "a.yaml")
    assert (found is None) == bool(findings)
    assert all(each.line <= text.count("\n") + 1 and each.column >= 1 for each in findings)
    if found is not None and found.values is not None:
        assert _as_text(found.values) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes text only


def _as_text(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: _as_text(value) for key, value in values.items()}
    if isinstance(values, list):
        return [_as_text(value) for value in values]
    return values if isinstance(values, str) else _Constant(values)


class _Constant:
    """Equal to any way of writing nothing, true or false, since BaseLoader keeps the letters."""

    def __init__(self, value: bool | None) -> None:  # noqa: FBT001 - a value of the file, no flag
        self.value = value

    def __eq__(self, other: object) -> bool:
        return other in ({None: ("", "~", "null"), True: ("true",), False: ("false",)}[self.value])

    def __hash__(self) -> int:
        return hash(self.value)


@given(ANY_TEXT, st.sampled_from(["@\n", "a: @\n", "- @\n", "a: {b: @, c: [@]}  # d\n", "a:\n  - - @  # e\n"]))
@settings(max_examples=500)
def test_a_quoted_text_is_read_back_as_the_same_text(text: str, around: str) -> None:
    written = yamlfile.quoted(text)
    assert "\n" not in written
    assert set(_leaves(read(around.replace("@", written)))) == {text}
    assert read(f"{yamlfile.quoted(text)}: 1\n" if len(written) < 900 else "a: 1") == {
        text if len(written) < 900 else "a": "1"
    }


@given(st.text())
def test_a_forbidden_character_does_not_slip_through_quotes(text: str) -> None:
    found, findings = yamlfile.load(b"a: " + yamlfile.quoted(text).encode(), "a.yaml")
    is_bad = any(each in text for each in (*FORBIDDEN, "\ud800"))
    assert [each.rule for each in findings] == (["yaml.escape"] if is_bad else [])
    assert is_bad or (found is not None and found.values == {"a": text})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("毛刺高度 0.15 mm", "毛刺高度 0.15 mm"),
        ("CC-2026-0007", "CC-2026-0007"),
        ("2026-08-01", "2026-08-01"),
        ("2026-08-01 14:05", "2026-08-01 14:05"),
        ("12", "12"),
        ("-1.10", "-1.10"),
        ("007", '"007"'),
        ("no", '"no"'),
        ("true", '"true"'),
        ("~", '"~"'),
        ("12:30", '"12:30"'),
        ("a:?", '"a:?"'),
        ("1_000", '"1_000"'),
        ("", '""'),
        ('"a" \\', '"\\"a\\" \\\\"'),
        ("a: b", '"a: b"'),
        ("a #1", '"a #1"'),
        ("*重要*", '"*重要*"'),
        ("甲\n乙", '"甲\\n乙"'),
        ("全\u3000角", '"全\u3000角"'),
    ],
)
def test_text_is_plain_where_every_reader_takes_it_for_text(text: str, written: str) -> None:
    assert yamlfile.quoted(text) == written


def _leaves(values: Any) -> Iterator[Any]:
    inside = values.values() if isinstance(values, dict) else values if isinstance(values, list) else None
    if inside is None:
        yield values
    for each in inside or ():
        yield from _leaves(each)


def _paths(values: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else None
    if pairs is None:
        yield at
    for step, each in pairs or ():
        yield from _paths(each, (*at, step))


def _with(values: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    if not steps:
        return value
    copy = values.copy()
    copy[steps[0]] = _with(values[steps[0]], steps[1:], value)
    return copy


@given(VALUES, st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_any_layout_of_the_same_values_reads_the_same(values: Any, dice: random.Random) -> None:
    content = dumped(values, dice)
    assert read(content) == values


@given(VALUES, SCALARS, st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_setting_a_value_changes_only_that_value(values: Any, value: Any, dice: random.Random) -> None:
    content = dumped({"top": values, "last": ["x"]}, dice)
    before = source(content)
    steps = dice.choice(list(_paths(before.values)))
    changed = yamlfile.set_value(content, steps, value)
    assert read(changed) == _with(before.values, steps, value)
    line, column = yamlfile.place(before.marks, steps)
    start = sum(len(each) for each in content.decode().split("\n")[: line - 1]) + line - 1 + column - 1
    assert changed.decode().startswith(content.decode()[:start].rstrip(" "))
    assert changed.endswith(content[content.rindex(b"last") :]) or "last" in steps


EDITED = """\
# 头 head
number: CC-1   # 编号
"qty" :  12    # 件
text: |-  # 描述
  第一行

  第二行

# 中间
folded: >
  a
  b
empty:   # 空
quoted: 'it''s'
double: "a\\nb"
long: one
  two
  three
flow: {a: 1,b: , c, d: [x ,y], e: {}, f: []}
none: []  # 无
rows:
- a: 1
  b: 2   # 二

-   a: 3

nested:
    deep:
        x: 1
keep: |+
  z

tail: ~ # 尾"""


@pytest.mark.parametrize(
    ("steps", "value", "old", "new"),
    [
        (("number",), "CC-2", "CC-1   #", "CC-2   #"),
        (("qty",), "13", "  12    #", "  13    #"),
        (("text",), "一\n二", "|-  # 描述\n  第一行\n\n  第二行\n\n#", '"一\\n二"  # 描述\n\n#'),
        (("folded",), True, ">\n  a\n  b\n", "true\n"),
        (("empty",), "x", "empty:   #", "empty: x   #"),
        (("quoted",), "12", "'it''s'", '"12"'),
        (("double",), None, '"a\\nb"', "null"),
        (("long",), "x: y", "one\n  two\n  three", '"x: y"'),
        (("flow", "a"), "9", "{a: 1,", "{a: 9,"),
        (("flow", "b"), "9", "b: ,", "b: 9,"),
        (("flow", "c"), "9", " c,", " c: 9,"),
        (("flow", "d", 1), "[z]", ",y]", ',"[z]"]'),
        (("rows", 0, "b"), False, "b: 2   #", "b: false   #"),
        (("rows", 1, "a"), "甲", "-   a: 3", "-   a: 甲"),
        (("keep",), "k", "|+\n  z\n\n", "k\n"),
        (("tail",), "😀", "~ #", "😀 #"),
    ],
)
def test_setting_a_value_leaves_every_other_byte(steps: tuple[str | int, ...], value: Any, old: str, new: str) -> None:
    assert EDITED.count(old) == 1
    assert yamlfile.set_value(EDITED.encode(), steps, value).decode() == EDITED.replace(old, new)


@pytest.mark.parametrize(
    ("steps", "key", "lines", "old", "new"),
    [
        ((), "new", "1", "~ # 尾", "~ # 尾\nnew: 1\n"),
        ((), "no", "- a: 1\n  b: 2\n- c", "~ # 尾", '~ # 尾\n"no":\n  - a: 1\n    b: 2\n  - c\n'),
        ((), "new", "|\n  块\n\n  尾", "~ # 尾", "~ # 尾\nnew: |\n    块\n\n    尾\n"),
        (("rows", 0), "new", "x", "b: 2   # 二\n", "b: 2   # 二\n  new: x\n"),
        (("nested",), "new", "{a: 1}", "x: 1\n", "x: 1\n    new: {a: 1}\n"),
        (("nested", "deep"), "new", "a: 1\nb: 2", "x: 1\n", "x: 1\n        new:\n          a: 1\n          b: 2\n"),
        (("empty",), "new", "", "empty:   # 空\n", "empty:   # 空\n  new:\n"),
        (("flow",), "new", "x", "f: []}", "f: [], new: x}"),
        (("flow", "e"), "new", "x", "e: {}", "e: {new: x}"),
    ],
)
def test_a_key_is_inserted_at_the_end_of_its_mapping(
    steps: tuple[str | int, ...], key: str, lines: str, old: str, new: str
) -> None:
    assert EDITED.count(old) == 1
    assert yamlfile.insert(EDITED.encode(), steps, key, lines).decode() == EDITED.replace(old, new)


@pytest.mark.parametrize(
    ("steps", "lines", "old", "new"),
    [
        (("rows",), "a: 5\nb: 6\n", "-   a: 3\n", "-   a: 3\n- a: 5\n  b: 6\n"),
        (("none",), "x", "none: []  # 无\n", "none:  # 无\n  - x\n"),
        (("empty",), "a: 1", "empty:   # 空\n", "empty:   # 空\n  - a: 1\n"),
        (("tail",), "a: 1\nb: 2", "tail: ~ # 尾", "tail: # 尾\n  - a: 1\n    b: 2\n"),
        (("new",), "a: 1\nb: 2", "~ # 尾", "~ # 尾\nnew:\n  - a: 1\n    b: 2\n"),
        (("nested", "list"), "x", "x: 1\n", "x: 1\n    list:\n      - x\n"),
        (("flow", "d"), "z", ",y]", ",y, z]"),
        (("flow", "f"), "z", "f: []", "f: [z]"),
    ],
)
def test_an_item_is_appended_to_its_list(steps: tuple[str | int, ...], lines: str, old: str, new: str) -> None:
    assert EDITED.count(old) == 1
    assert yamlfile.append(EDITED.encode(), steps, lines).decode() == EDITED.replace(old, new)


def test_what_ends_in_kept_blank_lines_grows_after_them() -> None:
    assert yamlfile.insert(b"a: |+\n  x\n\n", (), "b", "1") == b"a: |+\n  x\n\nb: 1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a: 1\n"),
        ("---\n", "---\na: 1\n"),
        ("---\n# c\n", "---\n# c\na: 1\n"),
        ("null\n", "a: 1\n"),
        ("# c", "# c\na: 1\n"),
        ("# c\n", "# c\na: 1\n"),
        ("{}\n", "a: 1\n"),
        ("{}", "a: 1\n"),
    ],
)
def test_a_file_without_values_gets_its_first_key(before: str, after: str) -> None:
    assert yamlfile.insert(before.encode(), (), "a", "1").decode() == after


@given(VALUES, VALUES, st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_what_is_added_is_all_that_changes_or_nothing_is_done(values: Any, new: Any, dice: random.Random) -> None:
    content = dumped({"list": [values], "map": {"a": values}, "z": values}, dice)
    lines = dumped(new, random.Random(1)).decode().removesuffix("...\n")  # noqa: S311 - a layout, no secret
    old = read(content)
    with suppress(GeneratorError):
        inserted = yamlfile.insert(content, ("map",), "new", lines)
        assert read(inserted) == {**old, "map": {**old["map"], "new": new}}
    with suppress(GeneratorError):
        appended = yamlfile.append(content, ("list",), lines)
        assert read(appended) == {**old, "list": [*old["list"], new]}


REFUSED = [
    (lambda: yamlfile.set_value(b"a: 1\n", ("b",), "x"), "there is no 'b'"),
    (lambda: yamlfile.set_value(b"a: [1]\n", ("a",), "x"), "not a single value"),
    (lambda: yamlfile.set_value(b"", (), "x"), "not a single value"),
    (lambda: yamlfile.set_value(b"a: 1\n", ("a",), "x\u200b"), "cannot be changed"),
    (lambda: yamlfile.set_value(b"a: 1\n", ("a",), "x\ud800"), "cannot be changed"),
    (lambda: yamlfile.set_value(b"a: 1\na: 2\n", ("a",), "x"), "because of line 2"),
    (lambda: yamlfile.insert(b"a: 1\n", (), "a", "x"), "already has 'a'"),
    (lambda: yamlfile.insert(b"a: 1\n", ("a",), "b", "x"), "nothing can be added"),
    (lambda: yamlfile.insert(b"a: 1\n", (), "b", "[x"), "because of line"),
    (lambda: yamlfile.insert(b"a: 1\n", (), "b", "\ud800"), "because of line"),
    (lambda: yamlfile.insert(b"a: {b: 1}\n", ("a",), "c", "d: 1\ne: 2"), "cannot be changed"),
    (lambda: yamlfile.append(b"a: 1\n", ("a",), "x"), "nothing can be added"),
    (lambda: yamlfile.append(b"a: {}\n", ("a",), "x"), "nothing can be added"),
    (lambda: yamlfile.append(b"a: 1\n", ("b", "c"), "x"), "there is no 'b'"),
    (lambda: yamlfile.append(b"a: [1]\n", ("a", 1), "x"), "there is no 'a.1'"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_what_cannot_be_changed_safely_is_refused_with_words(change: Callable[[], bytes], said: str) -> None:
    with pytest.raises(GeneratorError, match=said):
        change()
