"""What a company writes for a setting, read as the kind of value that the setting has by default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.durations import duration, is_day_of_year
from generator.model import Setting
from generator.terms import Text
from generator.terms import rules as words


class SettingError(Exception):
    """A value that a setting cannot have."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def parsed(setting: Setting, written: Any) -> Any:
    """A value as written, of the kind of the default. Raises SettingError."""
    default = setting.default
    if isinstance(default, list):
        value: Any = list(written) if isinstance(written, list) else _listed(written)
        _within_options(setting, value)
        _as_days(setting, value)
        return value
    if isinstance(default, Mapping):
        pairs = (each.partition(":") for each in _listed(written)) if isinstance(written, str) else ()
        return {key.strip(): each.strip() for key, _, each in pairs} if isinstance(written, str) else dict(written)
    if duration(default) is not None:
        return _length(setting, written)
    if isinstance(default, int):
        return _number(setting, written)
    _within_options(setting, [written])
    return written


def _listed(written: Any) -> list[str]:
    return [each.strip() for each in str(written).replace("\uff0c", ",").split(",") if each.strip()]


def _within_options(setting: Setting, values: list[Any]) -> None:
    wrong = [str(each) for each in values if setting.options and each not in setting.options]
    if wrong:
        raise SettingError(words.NO_OPTION.format(value=", ".join(wrong), options=", ".join(setting.options)))


def _as_days(setting: Setting, values: list[Any]) -> None:
    wrong = [str(each) for each in values if not is_day_of_year(each)]
    if wrong and setting.default and all(map(is_day_of_year, setting.default)):
        raise SettingError(words.NO_DAY_OF_YEAR.format(value=", ".join(wrong)))


def _length(setting: Setting, written: Any) -> Any:
    length = duration(written)
    if length is None:
        raise SettingError(words.NO_DURATION.format(value=written))
    for limit, text, sign in ((setting.least, words.TOO_LITTLE, -1), (setting.most, words.TOO_MUCH, 1)):
        bound = duration(limit)
        if bound and bound.unit == length.unit and (length.amount - bound.amount) * sign > 0:
            raise SettingError(text.format(value=written, limit=limit))
    return written


def _number(setting: Setting, written: Any) -> int:
    try:
        number = int(written)
    except (TypeError, ValueError):
        raise SettingError(words.NO_NUMBER.format(value=written)) from None
    for limit, text, sign in ((setting.least, words.TOO_LITTLE, -1), (setting.most, words.TOO_MUCH, 1)):
        if limit is not None and (number - int(limit)) * sign > 0:
            raise SettingError(text.format(value=written, limit=limit))
    return number
