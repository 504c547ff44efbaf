from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator import canonical

VALUES = st.recursive(
    st.text(max_size=20) | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), VALUES, max_size=6))
def test_the_order_of_fields_does_not_matter(values: dict[str, object]) -> None:
    assert canonical.content(values) == canonical.content(dict(reversed(values.items())))


def test_the_state_of_a_record_is_not_signed_but_its_attachments_are() -> None:
    assert canonical.record({"a": "1", "state": "open"}, {}) == canonical.record({"a": "1", "state": "closed"}, {})
    assert canonical.record({"a": "1"}, {"x.jpg": "00"}) != canonical.record({"a": "1"}, {"x.jpg": "01"})


def test_a_number_is_not_the_text_of_its_digits_and_keeps_its_decimals() -> None:
    contents = {canonical.content({"a": each}) for each in ("1.10", Decimal("1.10"), Decimal("1.1"))}
    assert len(contents) == 3


def test_composed_and_decomposed_letters_are_one_text() -> None:
    assert canonical.content({"a": "e\u0301"}) == canonical.content({"a": "\u00e9"})
