"""The table of all kinds of rule."""

from __future__ import annotations

from collections.abc import Mapping

from generator.rules import (
    coverage,
    deadline,
    frequency,
    reference,
    require,
    retention,
    separation,
    sequence,
    threshold,
    transition,
    unique,
)
from generator.rules.base import Kind

KINDS: Mapping[str, Kind] = {
    "coverage": coverage.KIND,
    "deadline": deadline.KIND,
    "frequency": frequency.KIND,
    "reference": reference.KIND,
    "require": require.KIND,
    "retention": retention.KIND,
    "separation": separation.KIND,
    "sequence": sequence.KIND,
    "threshold": threshold.KIND,
    "transition": transition.KIND,
    "unique": unique.KIND,
}
