from __future__ import annotations

from generator import fonts


def test_simplified_and_traditional_chinese_and_what_engineers_write_are_there() -> None:
    assert fonts.missing("苏州精密冲压 蘇州精密沖壓 投訴單 Ω±≤≥℃μΦ°×÷→㎡ ☐☑☒ äöüß é abc 123") == ()


def test_a_missing_character_is_named_once() -> None:
    assert fonts.missing("好😀好😀𠮷\n\t") == ("😀", "𠮷")


def test_an_outline_is_as_wide_as_its_letters() -> None:
    path, width = fonts.outline("受控", 10)
    assert round(width, 3) == 20
    assert path.count(" m") >= 4
    assert path.rstrip().endswith("h")
    assert fonts.outline("受", 20)[1] == 20


def test_both_faces_and_their_licence_come_with_the_program() -> None:
    names = {path.name for path in fonts.folder().iterdir()}
    assert {"NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "OFL.txt", "srgb.icc"} <= names
