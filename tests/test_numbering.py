"""Numbers: the styles that companies use, what is said about a wrong one, and that none is given twice."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import numbering
from generator.errors import GeneratorError
from generator.numbering import Mismatch, Pattern, PatternError, Value, pattern

# Style, pattern, printed number, what it is made of. The organisations are invented; their codes have the usual shapes.
STYLES: tuple[tuple[str, str, str, Mapping[str, Value]], ...] = (
    ("NS-01", "WK-{function}-{seq:03d}", "WK-QA-005", {"function": "QA", "seq": 5}),
    ("NS-01", "WK-{function}-{seq:03d}", "WK-AQ-007", {"function": "AQ", "seq": 7}),
    (
        "NS-02",
        "{org}/{type} {clause}-{seq:02d}",
        "VKM/QR 7.3-01",
        {"org": "VKM", "type": "QR", "clause": "7.3", "seq": 1},
    ),
    (
        "NS-03",
        "{org}.{type}-{clause}-{seq:02d}",
        "WK.JL-7.3-01",
        {"org": "WK", "type": "JL", "clause": "7.3", "seq": 1},
    ),
    ("NS-04", "{org}.{type}{clause}", "WK.C4.2", {"org": "WK", "type": "C", "clause": "4.2"}),
    (
        "NS-05",
        "Q/{org}.{clause}{seq:02d}[-{year}]",
        "Q/8BK27.401-2003",
        {"org": "8BK27", "clause": "4", "seq": 1, "year": 2003},
    ),
    (
        "NS-05",
        "Q/{org}.{clause}{seq:02d}[-{year}]",
        "Q/8BK27.402-2003",
        {"org": "8BK27", "clause": "4", "seq": 2, "year": 2003},
    ),
    (
        "NS-05",
        "Q/{org}.{clause}{seq:02d}[-{year}]",
        "Q/8BK27.504-2003",
        {"org": "8BK27", "clause": "5", "seq": 4, "year": 2003},
    ),
    (
        "NS-05",
        "Q/{org}.{clause}{seq:02d}[-{year}]",
        "Q/8BK27.601-2003",
        {"org": "8BK27", "clause": "6", "seq": 1, "year": 2003},
    ),
    (
        "NS-05",
        "Q/{org}.{clause}{seq:02d}[-{year}]",
        "Q/8BK27.703-2003",
        {"org": "8BK27", "clause": "7", "seq": 3, "year": 2003},
    ),
    ("NS-05", "Q/{org}.{clause}{seq:02d}[-{year}]", "Q/8BK27.401", {"org": "8BK27", "clause": "4", "seq": 1}),
    ("NS-06", "P-{clause:02d}-{seq:02d}", "P-07-29", {"clause": 7, "seq": 29}),
    ("NS-07", "QP{clause:02d}{seq:02d}", "QP0403", {"clause": 4, "seq": 3}),
    ("NS-07", "QP{clause:02d}{seq:02d}", "QP0718", {"clause": 7, "seq": 18}),
    ("NS-08", "T/{org}/{type}{seq:02d}", "T/VKM/TSP01", {"org": "VKM", "type": "TSP", "seq": 1}),
    ("NS-09", "{org}-{function}-{seq:05d}", "WK-QG-76068", {"org": "WK", "function": "QG", "seq": 76068}),
    (
        "NS-10",
        "{org}-{type}-{process}-{seq:03d}",
        "WK-WI-PP-001",
        {"org": "WK", "type": "WI", "process": "PP", "seq": 1},
    ),
    ("NS-11", "{org}-{process}-{seq:02d}", "WK-PCP-01", {"org": "WK", "process": "PCP", "seq": 1}),
    ("NS-12", "{org}-{type}{seq:03d}", "VKMB-P045", {"org": "VKMB", "type": "P", "seq": 45}),
    (
        "NS-13",
        "{org}-{type}-{seq:02d}/{process}",
        "VKMB-QM-01/C10",
        {"org": "VKMB", "type": "QM", "seq": 1, "process": "C10"},
    ),
    ("NS-14", "{parent}-{n}", "CC-2026-0012-1", {"parent": "CC-2026-0012", "n": 1}),
    ("NS-15", "A-{year}{month:02d}-{seq:03d}", "A-202601-001", {"year": 2026, "month": 1, "seq": 1}),
    ("NS-16", "NEC-{year}-{seq:05d}", "NEC-2026-00001", {"year": 2026, "seq": 1}),
    ("NS-17", "CC-{year}-{seq:04d}", "CC-2026-0012", {"year": 2026, "seq": 12}),
    ("NS-18", "{class}-C{seq:04d}", "A-C0001", {"class": "A", "seq": 1}),
    ("NS-19", "EX-{year}-{seq:04d}", "EX-2026-0001", {"year": 2026, "seq": 1}),
    ("NS-20", "附件{zh_n}", "附件一", {"zh_n": 1}),
    ("NS-20", "附件{zh_n}", "附件二", {"zh_n": 2}),
    ("NS-20", "附件{zh_n}", "附件六", {"zh_n": 6}),
    ("NS-20", "附件图{zh_n}", "附件图一", {"zh_n": 1}),
    ("NS-20", "流程图{zh_n}", "流程图一", {"zh_n": 1}),
    ("NS-20", "附录[{zh_n}]", "附录", {}),
    *(("NS-21", "{clause}", clause, {"clause": clause}) for clause in ("7.1", "7.3", "8.6", "5.4")),
    *(
        (
            "NS-22",
            "{clause}{title}",
            f"{clause}顾客信息反馈及处理控制程序",
            {"clause": clause, "title": "顾客信息反馈及处理控制程序"},
        )
        for clause in ("8", "8.1")
    ),
    (
        "NS-22",
        "{clause}-{title}",
        "8.5.1-产品和服务的提供控制程序",
        {"clause": "8.5.1", "title": "产品和服务的提供控制程序"},
    ),
    ("NS-23", "令〔{year}〕第{n}号", "令〔2007〕第2号", {"year": 2007, "n": 2}),
    *(
        ("NS-24", "as issued", number, {"number": number})
        for number in ("GB/T 19001-2016", "ISO/TS16949", "IATF16949-2016", "QS-9000", "EAQF")
    ),
    *(
        ("NS-25", "as printed", number, {"number": number})
        for number in ("[UYTR-OUPT28-KBNTL98-UYNN208]", "[59560]", "18036", "119")
    ),
    *(("NS-26", "as given by the other party", number, {"number": number}) for number in ("件号", "P/O", "订单号码")),
    ("NS-27", "CF-{process}-{seq:02d}", "CF-10-01", {"process": "10", "seq": 1}),
)

WRONG = (
    ("WK-{function}-{seq:03d}", "WK-AQ-007", 3, "function", "'AQ' is no department code; did you mean QA?"),
    ("WK-{function}-{seq:03d}", "WK-ZZ-007", 3, "function", "'ZZ' is no department code: correct it, or add it"),
    ("WK-{function}-{seq:03d}", "WK-qa-007", 3, "function", "did you mean QA?"),
    ("WK-{function}-{seq:03d}", "WK-BCD-007", 3, "function", "'BCD' is no department code: correct it"),
    ("WK-{function}-{seq:03d}", "WK-QB-007", 3, "function", "did you mean QA?"),
    ("WK-{function}-{seq:03d}", "WK-QAX-007", 3, "function", "did you mean QA?"),
    ("WK-{function}-{seq:03d}", "WK-QA-07", 6, "seq", "'07' is no serial number, 3 digits"),
    ("WK-{function}-{seq:03d}", "WK--007", 3, "function", "the department code is missing"),
    ("WK-{function}-{seq:03d}", "WK-QA-", 6, "seq", "the serial number, 3 digits is missing"),
    ("WK-{function}-{seq:03d}", "WK-QA", 5, "", "'-' is missing"),
    ("WK-{function}-{seq:03d}", "WX-QA-007", 0, "", "'WK-' should stand here, found 'WX-'"),
    ("WK-{function}-{seq:03d}", "WK－QA—007", 2, "", "write 'WK-QA-007'"),
    ("WK-{function}-{seq:03d}", "WK-QA-007 ", 9, "", "write 'WK-QA-007'"),
    ("WK-{function}-{seq:03d}", "WK-QA-٠٠٧", 6, "seq", "is no serial number, 3 digits"),
    ("WK-{function}-{seq:03d}", "WK-QA\x07-007", 5, "", "cannot be printed"),
    ("WK-{function}-{seq:03d}", "", 0, "", "the number is empty"),
    ("as issued", "9" * 201, 200, "", "at most 200"),
    ("{org}-{process}-{seq:02d}", "WK-PCP-011.", 9, "", "'1.' follows"),
    ("Q/{org}.{clause}{seq:02d}[-{year}]", "Q/8BK27.401-03", 12, "year", "'03' is no year"),
    ("A-{year}{month:02d}-{seq:03d}", "A-202613-001", 6, "month", "'13' is no month (1 to 12), 2 digits"),
    ("X{type:2}{function:2}{seq:02d}", "XQ", 1, "type", "'Q' is no document type code, 2 characters"),
    ("附件{zh_n}", "附件十十", 3, "", "'十' follows"),
    ("{class}-C{seq:04d}", "D-C0001", 0, "class", "'D' is no class"),
)
CODES = {"function": frozenset({"QA", "SA", "PD"}), "class": frozenset("ABC")}

UNUSABLE = (
    ("", 0, "is empty"),
    ("x" * 201, 200, "at most 200"),
    (" CC-{year}", 0, "blank"),
    ("CC-{year} ", 9, "blank"),
    ("CC\x00{year}", 2, "cannot be printed"),
    ("CC-{yaer}", 3, "did you mean {year}?"),
    ("CC-{colour}", 3, "Use one of: year, yy"),
    ("CC-{number}", 3, "is not known"),
    ("CC-{year:04d}", 3, "write {year} only"),
    ("CC-{seq:d}", 3, "write {seq:0Nd}"),
    ("CC-{seq:0d}", 3, "write {seq:0Nd}"),
    ("CC-{seq:}", 3, "write {seq:0Nd}"),
    ("CC-{seq:012d}", 3, "write {seq:0Nd}"),
    ("CC-{month:03d}", 3, "write {month:02d} or {month}"),
    ("CC-{type:02d}", 3, "write {type:N}"),
    ("CC-{seq:02d}-{seq:02d}", 13, "stands twice"),
    ("CC-{year", 3, "'{' has no partner"),
    ("CC-year}", 7, "'}' has no partner"),
    ("CC-{{year}}", 3, "'{' has no partner"),
    ("CC[-{year}", 2, "square brackets"),
    ("CC-{year}]", 9, "square brackets"),
    ("CC[-{year}]-{n}", 2, "square brackets"),
    ("CC[-]", 2, "square brackets"),
    ("CC[", 2, "square brackets"),
    ("[{year}]", 0, "square brackets"),
    ("{type}{function}-{n}", 6, "run together"),
    ("{clause}{n}", 8, "run together"),
    ("{title}[{zh_n}]", 8, "run together"),
)


@pytest.mark.parametrize(("style", "text", "number", "values"), STYLES)
def test_every_style_of_number_is_written_and_read(
    style: str, text: str, number: str, values: Mapping[str, Value]
) -> None:
    assert pattern(text).format(values) == number, style
    assert pattern(text).read(number) == values, style


def test_all_styles_are_here() -> None:
    assert [f"NS-{each:02d}" for each in range(1, 28)] == sorted({style for style, *_ in STYLES})


@pytest.mark.parametrize(
    ("text", "printed", "clean"),
    [
        ("{org}.{type}-{clause}-{seq:02d}", "WK.JL-7.3—01", "WK.JL-7.3-01"),
        ("附件{zh_n}", "附件7", "附件七"),
        ("附件{zh_n}", "附件 ７".replace(" ", ""), "附件七"),
    ],
)
def test_a_number_printed_otherwise_is_the_same_number(text: str, printed: str, clean: str) -> None:
    values = read(text, numbering.normalise(printed))
    assert values == read(text, clean)
    assert pattern(text).format(values) == clean


@pytest.mark.parametrize(("text", "number", "position", "token", "words"), WRONG)
def test_a_wrong_number_says_which_token_is_wrong(
    text: str, number: str, position: int, token: str, words: str
) -> None:
    mismatch = pattern(text).read(number, CODES)
    assert isinstance(mismatch, Mismatch)
    assert (mismatch.position, mismatch.token) == (position, token)
    assert words in mismatch.message.en
    assert mismatch.message.zh


@pytest.mark.parametrize(("text", "position", "words"), UNUSABLE)
def test_an_unusable_pattern_says_why_and_where(text: str, position: int, words: str) -> None:
    with pytest.raises(PatternError) as caught:
        pattern(text)
    assert words in caught.value.text.en
    assert caught.value.position == position
    assert "{{" not in caught.value.text.zh


def test_a_code_on_its_list_is_read() -> None:
    assert pattern("WK-{function}-{seq:03d}").read("WK-QA-007", CODES) == {"function": "QA", "seq": 7}


def test_codes_that_touch_are_told_apart_by_their_width() -> None:
    values: dict[str, Value] = {"type": "QP", "function": "QA", "seq": 7}
    assert pattern("{type:2}{function:2}{seq:03d}").format(values) == "QPQA007"
    assert read("{type:2}{function:2}{seq:03d}", "QPQA007") == values


def test_numbers_with_two_digits_of_the_year_week_and_quarter() -> None:
    values: dict[str, Value] = {"yy": 6, "quarter": 3, "week": 9, "seq": 1}
    assert pattern("{yy}Q{quarter}-{week:02d}-{seq}").format(values) == "06Q3-09-1"
    assert read("{yy}Q{quarter}-{week:02d}-{seq}", "06Q3-09-1") == values


def test_values_may_come_as_text() -> None:
    assert pattern("CC-{year}-{seq:04d}").format({"year": "2026", "seq": "12"}) == "CC-2026-0012"


def test_other_numbers_of_ours_have_a_place_too() -> None:
    values: dict[str, Value] = {"product": "6205-2RS/C3", "customer": "C0001", "site": "S1", "edition": "A/0", "n": 2}
    number = pattern("{product} {customer}.{site} {edition}-{n}").format(values)
    assert number == "6205-2RS/C3 C0001.S1 A/0-2"
    assert read("{product} {customer}.{site} {edition}-{n}", number) == values


@pytest.mark.parametrize(
    ("text", "values", "words"),
    [
        ("CC-{year}-{seq:04d}", {"seq": 1}, "needs the year"),
        ("CC-{year}-{seq:04d}", {"year": "", "seq": 1}, "needs the year"),
        ("CC-{year}-{seq:04d}", {"year": 26, "seq": 1}, "'26' cannot stand in a number like CC-{year}-{seq:04d}"),
        ("CC-{year}-{seq:04d}", {"year": 2026, "seq": -1}, "'-1' cannot stand"),
        ("{month:02d}-{n}", {"month": 13, "n": 1}, "'13' cannot stand"),
        ("{key}", {"key": "Two Words"}, "it is no key"),
        ("as issued", {"number": "GB\n19001"}, "'GB\n19001' cannot stand"),
        ("{clause}{title}", {"clause": "8", "title": "8D"}, "would be read differently"),
        ("{parent}-{n}", {"parent": "a\x07", "n": 1}, "would be read differently"),
    ],
)
def test_values_that_make_no_readable_number_are_refused(text: str, values: Mapping[str, Value], words: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        pattern(text).format(values)
    assert words in caught.value.text.en


def test_a_series_is_the_number_without_its_serial() -> None:
    assert pattern("CC-{year}-{seq:04d}").series({"year": 2026}) == "CC-2026-{seq:04d}"
    assert pattern("{parent}-{n}").series({"parent": "CC-2026-0012"}) == "CC-2026-0012-{n}"
    assert pattern("Q/{org}.{clause}{seq:02d}[-{year}]").series({"org": "WK", "clause": "4"}) == "Q/WK.4{seq:02d}"
    assert pattern("附录[{zh_n}]").series({}) == "附录{zh_n}"


def test_the_next_serial_follows_the_highest_of_its_series() -> None:
    used = ["CC-2026-0003", "CC-2026-0001", "CC-2025-0099", "CA-2026-0044", "CC-2026-7", "scrap", ""]
    assert numbering.next_serial(pattern("CC-{year}-{seq:04d}"), used, {"year": 2026}) == 4
    assert numbering.next_serial(pattern("CC-{year}-{seq:04d}"), used, {"year": 2027}) == 1


def test_a_number_in_an_unclean_form_counts_as_used() -> None:
    assert numbering.next_number(pattern("CC-{year}-{seq:04d}"), ["ＣＣ—2026—0001"], {"year": 2026}) == "CC-2026-0002"


def test_the_year_behind_a_number_does_not_start_another_series() -> None:
    procedures = pattern("Q/{org}.{clause}{seq:02d}[-{year}]")
    values: dict[str, Value] = {"org": "WK", "clause": "4", "year": 2010}
    assert numbering.next_number(procedures, ["Q/WK.401-2003", "Q/WK.402", "Q/WK.501"], values) == "Q/WK.403-2010"


def test_a_serial_wider_than_its_width_is_given_and_read() -> None:
    number = numbering.next_number(pattern("CC-{year}-{seq:04d}"), ["CC-2026-9999"], {"year": 2026})
    assert number == "CC-2026-10000"
    assert read("CC-{year}-{seq:04d}", number) == {"year": 2026, "seq": 10000}


def test_a_full_series_between_digits_is_refused() -> None:
    with pytest.raises(GeneratorError, match="would be read differently"):
        numbering.next_number(pattern("Q/{org}.{clause}{seq:02d}"), ["Q/WK.499"], {"org": "WK", "clause": "4"})


def test_chinese_numerals_count_on_in_arabic_after_ninety_nine() -> None:
    annexes = [pattern("附件{zh_n}").format({"zh_n": each}) for each in (10, 11, 20, 21, 99, 100)]
    assert annexes == ["附件十", "附件十一", "附件二十", "附件二十一", "附件九十九", "附件100"]
    assert numbering.next_number(pattern("附件{zh_n}"), annexes[:4], {}) == "附件二十二"


def test_a_pattern_without_a_serial_gives_no_next_number() -> None:
    with pytest.raises(GeneratorError, match="has no serial number"):
        numbering.next_number(pattern("as issued"), [], {})


def test_a_reissue_never_takes_a_used_number() -> None:
    assert numbering.reissue("CC-2026-0012", []) == "CC-2026-0012-1"
    assert numbering.reissue("CC-2026-0012", ["CC-2026-0012-1", "CC-2026-0012-3", "CC-2026-0013-9"]) == "CC-2026-0012-4"


def test_gaps_are_the_serials_that_no_number_has() -> None:
    used = ["CC-2026-0002", "CC-2026-0005", "CC-2025-0003", "CC-2026-0002"]
    assert numbering.gaps(pattern("CC-{year}-{seq:04d}"), used, {"year": 2026}) == (1, 3, 4)
    assert numbering.gaps(pattern("CC-{year}-{seq:04d}"), [], {"year": 2026}) == ()


def test_one_slip_of_the_keyboard_does_not_list_millions_of_gaps() -> None:
    assert len(numbering.gaps(pattern("C{seq:04d}"), ["C0001", "C999999999999999999"], {})) == 1000


@pytest.mark.parametrize(
    ("number", "clean"),
    [
        ("ＷＫ－ＱＡ－００７", "WK-QA-007"),
        ("WK.JL-7.3—01", "WK.JL-7.3-01"),
        ("WK.JL-7.3——01", "WK.JL-7.3-01"),
        ("VKM / QR\u00a0\u30007.3 – 01 ", "VKM/QR 7.3-01"),
        ("wk-\u200b1\ufeff", "wk-1"),
        ("令〔2007〕第2号", "令〔2007〕第2号"),
    ],
)
def test_a_number_is_cleaned(number: str, clean: str) -> None:
    assert numbering.normalise(number) == clean


@pytest.mark.parametrize(
    "number", ["CC-2026-0012", "附件一", "CON1", "COMPANY", "a.b", "VKM QR 7.3-01", "nulls", "C0001"]
)
def test_a_plain_number_is_a_safe_stem(number: str) -> None:
    assert numbering.is_safe_stem(number)


@pytest.mark.parametrize(
    "number",
    ["", "a/b", "a\\b", "..", "a..b", ".a", " a", "a ", "a.", "-a", "CON", "nul", "NUL.1", "com1", "LPT9 .x", "COM²"]
    + [f"a{sign}" for sign in '<>:"|?*\n\x00\x7f\u200b\u202e\ud800']
    + ["件" * 67],
)
def test_a_number_that_no_file_may_have_is_no_safe_stem(number: str) -> None:
    assert not numbering.is_safe_stem(number)


codes = st.text("ABCQXZ0179", min_size=1, max_size=4)
values_of = st.fixed_dictionaries(
    {
        "org": codes,
        "type": codes,
        "function": codes,
        "process": st.lists(codes, min_size=1, max_size=2).map("-".join),
        "clause": st.lists(st.integers(0, 999).map(str), min_size=1, max_size=4).map(".".join),
        "class": st.sampled_from("ABC"),
        "year": st.integers(1000, 9999),
        "yy": st.integers(0, 99),
        "month": st.integers(1, 12),
        "week": st.integers(1, 53),
        "quarter": st.integers(1, 4),
        "seq": st.integers(1, 10**9),
        "n": st.integers(1, 10**9),
        "zh_n": st.integers(1, 300),
        "title": st.text(st.characters(codec="utf-8"), min_size=1, max_size=9),
        "parent": st.text(st.characters(codec="utf-8"), min_size=1, max_size=9),
        "key": st.from_regex(r"[a-z][a-z0-9_-]{0,9}", fullmatch=True),
    }
)
stretches = st.sampled_from(
    [
        "-",
        ".",
        "/",
        " ",
        "Q",
        "7",
        "号",
        "[",
        "]",
        "[-{year}]",
        "{seq:04d}",
        "{seq}",
        "{month:02d}",
        "{week}",
        "{type:2}",
    ]
    + [f"{{{token}}}" for token in ("org", "type", "function", "process", "clause", "class", "year", "yy", "quarter")]
    + ["{n}", "{n:02d}", "{zh_n}", "{title}", "{parent}", "{key}", "{week:02d}"]
)
patterns = st.lists(stretches, min_size=1, max_size=7).map("".join)


@given(patterns, values_of)
def test_what_is_written_is_read_back(text: str, values: Mapping[str, Value]) -> None:
    written = usable(text)
    try:
        number = written.format(values) if written else ""
    except GeneratorError:
        return
    assert not written or written.read(number) == {
        token: value for token, value in values.items() if f"{{{token}" in text
    }


@given(st.one_of(st.text(), patterns), st.text())
def test_nothing_that_is_typed_breaks_the_reading(text: str, number: str) -> None:
    written = usable(text)
    if written:
        answer = written.read(number, CODES)
        assert isinstance(answer, Mismatch) or written.expression.fullmatch(number)
        assert 0 <= answer.position <= len(number) if isinstance(answer, Mismatch) else True


@given(st.sampled_from(STYLES), st.text("-/. 07一十年QAK"))
def test_reading_never_fails_for_a_style(style: tuple[str, str, str, Mapping[str, Value]], tail: str) -> None:
    number = style[2] + tail
    answer = pattern(style[1]).read(number)
    assert isinstance(answer, Mismatch) or numbering.normalise(pattern(style[1]).format(answer))


@given(
    st.sampled_from(["CC-{year}-{seq:04d}", "C{seq}", "{year}-{n:02d}", "附件{zh_n}", "W-{seq:01d}[-{year}]"]),
    st.lists(st.integers(1, 300)),
    st.randoms(use_true_random=False),
)
def test_the_next_number_is_new_in_any_order(text: str, serials: list[int], shuffler: random.Random) -> None:
    written = pattern(text)
    values: dict[str, Value] = {"year": 2026}
    used = [written.format({**values, written.counter: each}) for each in serials]
    before = numbering.next_number(written, used, values)
    shuffler.shuffle(used)
    assert numbering.next_number(written, used, values) == before
    assert before not in used


@given(st.text(min_size=1), st.lists(st.integers(1, 50)))
def test_a_reissue_is_new(number: str, serials: list[int]) -> None:
    used = [f"{number}-{each}" for each in serials]
    try:
        assert numbering.reissue(number, used) not in used
    except GeneratorError:
        assert not pattern("as issued").expression.fullmatch(number) or not number.isprintable()


@given(st.text(st.one_of(st.characters(), st.sampled_from("—－– -/　\u200bＡ"))))
def test_cleaning_twice_is_cleaning_once(number: str) -> None:
    clean = numbering.normalise(number)
    assert numbering.normalise(clean) == clean


def usable(text: str) -> Pattern | None:
    try:
        return pattern(text)
    except PatternError:
        return None


def read(text: str, number: str) -> Mapping[str, Value]:
    answer = pattern(text).read(number)
    assert not isinstance(answer, Mismatch), answer
    return answer
