"""How far a rate strays from its mean by chance alone: the limits of a control chart."""

from __future__ import annotations

import math
from collections.abc import Sequence

HUNDRED = 100


def around(mean: float, sizes: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """The limits of a share in per cent around its mean, wider where few stand behind it; no number where none does."""
    part = mean / HUNDRED
    spans = [3 * math.sqrt(max(part * (1 - part), 0) / size) * HUNDRED if size else math.nan for size in sizes]
    upper = [span if math.isnan(span) else min(HUNDRED, mean + span) for span in spans]
    return upper, [span if math.isnan(span) else max(0.0, mean - span) for span in spans]


def is_out(value: float, upper: float, lower: float) -> bool:
    """Whether a point lies outside its limits; a point without limits does not."""
    return value > upper + 1e-9 or value < lower - 1e-9
