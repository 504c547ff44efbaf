from __future__ import annotations

import pytest

from generator import hints


@pytest.mark.parametrize(
    ("written", "has_clock", "wanted"),
    [
        ("2026/11/5", False, "2026-11-05"),
        ("２０２６－１１－０５", False, "2026-11-05"),
        ("2026年11月5日", False, "2026-11-05"),
        ("2026.11.5", False, "2026-11-05"),
        ("2026/11/24 9:05", True, "2026-11-24 09:05"),
        ("2026-11-24 09：05", True, "2026-11-24 09:05"),
        ("2026年11月24日 9点", True, "2026-11-24 09:00"),
        ("2026-11-31", False, hints.DATE),
        ("11-5", False, hints.DATE),
        ("2026-11-24", True, "2026-11-24 hh:mm"),
        ("2026-11-31", True, hints.MOMENT),
        ("2026-11-24 25:00", True, hints.MOMENT),
        ("gestern", True, hints.MOMENT),
    ],
)
def test_a_date_is_suggested_as_it_should_be_written(written: str, *, has_clock: bool, wanted: str) -> None:
    assert hints.dated(written, has_clock=has_clock) == wanted


def test_full_width_signs_are_no_other_number() -> None:
    assert "'C0002'" in hints.similar("Ｃ０００２", ["C0001", "C0002", "C0003"]).en
