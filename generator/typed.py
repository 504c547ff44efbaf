"""Values as written become the values that the form asks for: numerals only where it asks for numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from generator.model import Field, Kind

NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?\Z")
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")

Steps: TypeAlias = tuple[str | int, ...]


def values(
    written: Mapping[str, Any], fields: Mapping[str, Field], is_plain: Callable[[Steps], bool], *, at: Steps = ()
) -> dict[str, Any]:
    """A copy of what was written with empty fields left out and plain numerals turned into numbers where asked for.

    A quoted numeral stays text: the schema then says so, as the editor does.
    """
    result = {key: value for key, value in written.items() if value is not None}
    for key, value in result.items():
        field = fields.get(key)
        if field is None:
            continue
        if field.kind is Kind.ROWS and isinstance(value, list):
            result[key] = [
                values(row, field.column_by_key, is_plain, at=(*at, key, index)) if isinstance(row, dict) else row
                for index, row in enumerate(value)
            ]
        elif field.kind is Kind.NUMBER and isinstance(value, str) and NUMERAL.match(value):
            result[key] = Decimal(value) if is_plain((*at, key)) else value
        elif field.kind is Kind.INTEGER and isinstance(value, str) and INTEGER.match(value):
            result[key] = int(value) if is_plain((*at, key)) else value
    return result


def definition(written: Any, is_plain: Callable[[Steps], bool], *, at: Steps = ()) -> Any:
    """The same for a form definition, where every plain whole number is one, but for the words of a choice."""
    if isinstance(written, dict):
        return {
            key: value if key == "enum" else definition(value, is_plain, at=(*at, key))
            for key, value in written.items()
        }
    if isinstance(written, list):
        return [definition(value, is_plain, at=(*at, index)) for index, value in enumerate(written)]
    if isinstance(written, str) and INTEGER.match(written) and is_plain(at):
        return int(written)
    return written
