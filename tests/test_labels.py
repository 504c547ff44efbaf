"""Revision labels: what they look like, their order, and what comes next."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.labels import Label, LabelError, Scheme

labels = st.one_of(
    st.from_regex(r"[A-Z]/[0-9]", fullmatch=True),
    st.from_regex(r"[A-Z][0-9]?", fullmatch=True),
    st.from_regex(r"[0-9]{2}", fullmatch=True),
    st.from_regex(r"(0|[1-9][0-9]?)\.(0|[1-9][0-9]?)", fullmatch=True),
).filter(lambda text: text.isascii())
LAST = frozenset({"Z/9", "Z9", "Z", "99"})


@pytest.mark.parametrize(
    ("label", "revision", "version"),
    [
        ("A/0", "A/1", "B/0"),
        ("A/9", "B/0", "B/0"),
        ("A0", "A1", "B0"),
        ("C9", "D0", "D0"),
        ("A", "B", "B"),
        ("01", "02", "02"),
        ("09", "10", "10"),
        ("1.0", "1.1", "2.0"),
        ("1.9", "1.10", "2.0"),
    ],
)
def test_each_style_goes_on_in_its_own_way(label: str, revision: str, version: str) -> None:
    assert str(Label.parse(label).next_revision()) == revision
    assert str(Label.parse(label).next_version()) == version


@pytest.mark.parametrize(
    ("text", "scheme", "version", "revision"),
    [
        ("B/3", Scheme.SLASH, "B", "3"),
        ("B3", Scheme.LETTER_DIGIT, "B", "3"),
        ("B", Scheme.LETTER, "B", ""),
        ("02", Scheme.NUMBER, "02", ""),
        ("2.13", Scheme.POINT, "2", "13"),
    ],
)
def test_a_label_has_a_version_and_a_revision(text: str, scheme: Scheme, version: str, revision: str) -> None:
    label = Label.parse(text)
    assert (label.scheme, label.version, label.revision) == (scheme, version, revision)


@pytest.mark.parametrize("text", sorted(LAST))
def test_after_the_last_label_a_person_must_choose(text: str) -> None:
    for step in (Label.parse(text).next_revision, Label.parse(text).next_version):
        with pytest.raises(LabelError, match=f"no label follows '{text}'") as caught:
            step()
        assert text in caught.value.text.zh


def test_the_tenth_revision_comes_after_the_ninth() -> None:
    assert sorted(map(Label.parse, ["1.10", "B/0", "1.9", "A/9"])) == list(
        map(Label.parse, ["1.9", "A/9", "1.10", "B/0"])
    )


@pytest.mark.parametrize("text", ["a/0", "A／0", " A/0", "A/0\n", "ａ/０"])
def test_a_label_that_is_nearly_right_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(LabelError, match="did you mean A/0"):
        Label.parse(text)


@pytest.mark.parametrize(
    "text", ["", "1", "A/10", "AA/0", "A/", "/0", "1.", "1.01", "01.0", "A/0/", "A/٣", "第五版", "007"]
)
def test_what_is_no_label_is_refused(text: str) -> None:
    with pytest.raises(LabelError, match="is no revision label:"):
        Label.parse(text)


@given(labels)
def test_a_label_prints_as_it_was_read(text: str) -> None:
    assert str(Label.parse(text)) == text


@given(labels)
def test_what_comes_next_is_later_and_of_the_same_style(text: str) -> None:
    assume(text not in LAST and not text.startswith("Z"))
    label = Label.parse(text)
    assert label < label.next_revision() <= label.next_version()
    assert label.next_revision().scheme is label.next_version().scheme is label.scheme


@given(labels, labels, labels)
def test_labels_are_totally_ordered(one: str, two: str, three: str) -> None:
    low, middle, high = sorted(map(Label.parse, (one, two, three)))
    assert low <= middle <= high
    assert low <= high
    assert (low < middle) + (low == middle) + (low > middle) == 1
    assert (one == two) == (Label.parse(one) == Label.parse(two))


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        label = Label.parse(text)
    except LabelError:
        return
    assert str(label) == text
