from __future__ import annotations

import re

from generator import fonts


def test_simplified_and_traditional_chinese_and_what_engineers_write_are_there() -> None:
    assert fonts.missing("苏州精密冲压 蘇州精密沖壓 投訴單 Ω±≤≥℃μΦ°×÷→㎡ ☐☑☒ äöüß é abc 123") == ()


def test_a_missing_character_is_named_once() -> None:
    assert fonts.missing("好😀好😀𠮷\n\t") == ("😀", "𠮷")


def test_a_line_break_and_a_tab_need_no_letter() -> None:
    assert fonts.missing("第一行\n第二行\t\r\n") == ()


def test_an_outline_is_as_wide_as_its_letters() -> None:
    path, width = fonts.outline("受控", 10)
    assert round(width, 3) == 20
    assert path.count(" m") >= 4
    assert path.rstrip().endswith("h")
    assert fonts.outline("受", 20)[1] == 20


def test_an_outline_ends_where_its_width_says() -> None:
    path, width = fonts.outline("非受控 UNCONTROLLED", 8)
    numbers = [float(each) for each in re.findall(r"-?\d+\.\d+", path)]
    assert min(numbers[::2]) >= 0
    assert width * 0.97 < max(numbers[::2]) <= width
    assert set(re.findall(r"[a-z]", path)) == {"m", "l", "c", "h"}


def test_the_profile_has_no_date_and_no_id_of_its_own() -> None:
    profile = fonts.colour_profile()
    assert profile[36:40] == b"acsp"
    assert profile[84:100] == bytes(16)


def test_both_faces_and_their_licence_come_with_the_program() -> None:
    names = {path.name for path in fonts.folder().iterdir()}
    assert {"NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "OFL.txt", "srgb.icc"} <= names


def test_signs_that_look_the_same_count_as_one() -> None:
    assert "10 \u2126".translate(fonts.alike()) == "10 \u03a9".translate(fonts.alike())
    assert "天夫".translate(fonts.alike()) == "天夫"


def test_a_character_that_looks_like_a_radical_stays_the_character() -> None:
    assert "⻚页".translate(fonts.alike()) == "页页"
