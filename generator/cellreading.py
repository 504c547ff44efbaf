"""What people write into cells becomes the values of fields, or words that say how to write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from generator import hints
from generator.answers import JOINT, Answers, one, option_words, plainly, yes_or_no
from generator.model import Field, Kind
from generator.terms import Text, house, reading
from generator.terms import workbooks as words

DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))\Z")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?\Z")
IN_CHINESE = str.maketrans({"年": "-", "月": "-", "日": None, "时": ":", "分": None})
NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?\Z")
SEVERAL = re.compile(f"[{JOINT}、;；]")
PERCENT = "%"
FIRST_DAY, SERIALS = datetime(1899, 12, 30), (25_000, 75_000)  # noqa: DTZ001  a workbook knows no zone
"""Excel counts days from here; the numbers of the days of 1968 to 2105."""
LISTS = frozenset({Kind.CHOICES, Kind.FILES, Kind.PHOTOS})


class Unfit(Exception):  # noqa: N818 - it never leaves the import of a workbook
    """A cell that cannot be the value of its field; `text` says why and how to write it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class CellReader:
    """Reads cells by the words of one library."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def value(self, field: Field, raw: Any) -> Any:
        """The value of a cell as records hold it; None where it is empty.

        Raises:
            Unfit: it is no value of the field.
        """
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if field.kind in LISTS:
            return [self.value(one(field), each) for each in _parts(str(raw))]
        if field.kind is Kind.REFERENCE:
            return self._reference(field, _text(raw))
        return READERS[field.kind](field, raw) if field.kind in READERS else _text(raw)

    def _reference(self, field: Field, written: str) -> str:
        """What is known by its name or number, which may have any words behind it; else what was written."""
        plain = _plain(written)
        head = plain.partition(" ")[0]
        return self._answers.meant(field, plain) or self._answers.meant(field, head) or plain


def _plain(text: str) -> str:
    """Full-width signs narrow, blanks around it gone."""
    return unicodedata.normalize("NFKC", text).strip()


def _signs(raw: Any) -> str:
    """A date or time with the signs between its figures that ISO has."""
    return _plain(_text(raw)).translate(IN_CHINESE)


def _parts(text: str) -> list[str]:
    return [each.strip() for each in SEVERAL.split(text) if each.strip()]


def _text(raw: Any) -> str:
    """A cell as text; line ends as we have them, numbers without a decimal point that says nothing."""
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    if isinstance(raw, float):
        return f"{_decimal(raw):f}"
    return str(raw).replace("\r\n", "\n").replace("\r", "\n").strip()


def _decimal(raw: float | Decimal) -> Decimal:
    exact = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def _number(field: Field, raw: Any) -> Decimal:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _decimal(raw)
    text = _plain(_text(raw))
    if field.unit == PERCENT:
        text = text.removesuffix(PERCENT)
    if isinstance(raw, bool) or not NUMERAL.match(text):
        raise Unfit(reading.WANT_NUMBER.format(label=field.label, value=_text(raw)))
    return Decimal(text)


def _integer(field: Field, raw: Any) -> int:
    try:
        number = _number(field, raw)
    except Unfit:
        number = Decimal("0.5")
    if number != number.to_integral_value():
        raise Unfit(reading.WANT_INTEGER.format(label=field.label, value=_text(raw)))
    return int(number)


def _date(field: Field, raw: Any) -> str:
    made = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else _day(_signs(raw))
    if made is None:
        raise Unfit(_serial(field, raw) or words.WANT_DATE.format(label=field.label, value=_text(raw)))
    return str(made.isoformat())


def _day(text: str) -> date | None:
    found = DAY.match(text)
    try:
        return date(*(int(each) for each in found.groups() if each)) if found else None
    except ValueError:
        return None


def _moment(field: Field, raw: Any) -> str:
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d %H:%M}"
    head, _, tail = _signs(raw).replace("T", " ").partition(" ")
    day, clock = _day(head), CLOCK.match(tail.strip())
    hours = f"{int(clock[1]):02}:{clock[2]}" if clock else ""
    try:
        return f"{datetime.fromisoformat(f'{day} {hours}'):%Y-%m-%d %H:%M}"
    except ValueError:
        wanted = reading.WANT_MOMENT.format(
            label=field.label, value=_text(raw), wanted=hints.dated(_text(raw), has_clock=True)
        )
        raise Unfit(_serial(field, raw) or wanted) from None


def _serial(field: Field, raw: Any) -> Text | None:
    """What to say of a number that would be a day of our time if its cell had the format of a date."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not SERIALS[0] <= raw <= SERIALS[1]:
        return None
    day = FIRST_DAY + timedelta(minutes=round(raw * 24 * 60))
    return words.IS_SERIAL.format(label=field.label, value=_text(raw), day=_text(day))


def _choice(field: Field, raw: Any) -> str:
    """An option by its key or its words in either language, or both as the drop-down has them."""
    written = option_words(field)
    wanted = plainly(_text(raw))
    meant = {
        option.key
        for option in field.options
        if wanted in map(plainly, (option.key, option.label.zh, option.label.en, written[option.key]))
    }
    if len(meant) != 1:
        options = "、".join(written.values())
        raise Unfit(
            reading.WANT_OPTION.format(label=field.label, value=_text(raw), hint=reading.NOTHING, options=options)
        )
    return meant.pop()


def _boolean(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    wanted = plainly(_text(raw))
    for answer, said in yes_or_no().items():
        text = house.YES if answer else house.NO
        if wanted in {plainly(each) for each in (said, text.zh, text.en, str(answer))}:
            return answer
    options = " / ".join(yes_or_no().values())
    raise Unfit(reading.WANT_OPTION.format(label=field.label, value=_text(raw), hint=reading.NOTHING, options=options))


READERS: Mapping[Kind, Callable[[Field, Any], Any]] = {
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.DATETIME: _moment,
    Kind.CHOICE: _choice,
    Kind.BOOLEAN: _boolean,
}
