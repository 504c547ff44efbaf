"""How far a rate strays from its mean by chance alone: the limits of a control chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

HUNDRED = 100


@dataclass(frozen=True)
class Band:
    """The mean of a rate in per cent, its limits at each point (no number where none stand), and the places outside."""

    mean: float
    upper: Sequence[float]
    lower: Sequence[float]
    out: tuple[int, ...]


def band(values: Sequence[float | None], sizes: Sequence[float | None]) -> Band | None:
    """The band of shares in per cent, each with the number behind it; None where nothing stands behind any."""
    pairs = [(value, size) for value, size in zip(values, sizes, strict=True) if value is not None and size]
    if not pairs:
        return None
    mean = sum(value * size for value, size in pairs) / sum(size for _, size in pairs)
    upper, lower = around(mean, sizes)
    spans = enumerate(zip(values, upper, lower, strict=True))
    out = (place for place, (value, high, low) in spans if value is not None and is_out(value, high, low))
    return Band(mean, upper, lower, tuple(out))


def around(mean: float, sizes: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """The limits of a share in per cent around its mean, wider where few stand behind it; no number where none does."""
    part = mean / HUNDRED
    spans = [3 * math.sqrt(max(part * (1 - part), 0) / size) * HUNDRED if size else math.nan for size in sizes]
    upper = [span if math.isnan(span) else min(HUNDRED, mean + span) for span in spans]
    return upper, [span if math.isnan(span) else max(0.0, mean - span) for span in spans]


def is_out(value: float, upper: float, lower: float) -> bool:
    """Whether a point lies outside its limits; a point without limits does not."""
    return value > upper + 1e-9 or value < lower - 1e-9
