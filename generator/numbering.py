"""Numbers of documents and records: written and read by pattern, counted in series, never given twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice, pairwise

from generator.errors import GeneratorError
from generator.terms import Text, numbers
from generator.tokens import LONGEST, PatternError, Piece, Value, pieces, similar

__all__ = [
    "Mismatch",
    "Pattern",
    "PatternError",
    "Value",
    "dated",
    "gaps",
    "is_safe_stem",
    "next_number",
    "next_serial",
]
__all__ += ["normalise", "pattern", "reissue"]

COUNTERS = ("seq", "n", "zh_n")
LONGEST_STEM = 200
MOST_GAPS = 1000
MOST_HINTS = 3
UNSAFE = frozenset('/\\<>:"|?*')
DEVICES = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3])\s*(?:\..*)?", re.IGNORECASE
)
DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]+")
HALF_WIDTH = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a number does not follow its pattern: the token that is wrong ("" for a sign), and where, from 0."""

    position: int
    token: str
    message: Text


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the numbers of one kind are built; made by `pattern`."""

    text: str
    head: tuple[Piece, ...] = field(compare=False, repr=False)
    tail: tuple[Piece, ...] = field(compare=False, repr=False)
    expression: re.Pattern[str] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.text

    @property
    def tokens(self) -> frozenset[str]:
        """The names of the values that a number is made of."""
        return frozenset(piece.token for piece in self.head + self.tail) - {""}

    @property
    def counter(self) -> str:
        """The token that counts: the serial, else the sub-number; "" where a person writes the number."""
        return next((each for each in COUNTERS if each in self.tokens), "")

    def format(self, values: Mapping[str, Value]) -> str:
        """The number that these values make; the tail in square brackets only if all its values are given.

        A number that would be read back as something else is refused.
        """
        written = {piece.token: self._written(piece, values) for piece in self._used(values) if piece.token}
        number = "".join(written.get(piece.token, piece.source) for piece in self._used(values))
        fit = self._fit(number)
        if fit is None or _given(fit) != written:
            raise GeneratorError(numbers.READS_OTHERWISE.format(number=number, pattern=self))
        return number

    def read(self, number: str, codes: Mapping[str, frozenset[str]] | None = None) -> Mapping[str, Value] | Mismatch:
        """The values that a number is made of, or what is wrong with it.

        Reading is strict (see `normalise`). A token with an entry in `codes` must be one of them. A serial may have
        more digits than its width when it begins with no 0, as `next_number` gives it once the width is used up.
        """
        fit = self._fit(number)
        if fit is None:
            return self._mismatch(number)
        given = _given(fit)
        for token, allowed in (codes or {}).items():
            if token in given and given[token] not in allowed:
                return Mismatch(fit.start(token), token, _no_code(given[token], token, allowed))
        return {piece.token: piece.value(given[piece.token]) for piece in self.head + self.tail if piece.token in given}

    def series(self, values: Mapping[str, Value]) -> str:
        """The number with everything but the serial filled: numbers of one series share one counter.

        An optional tail does not make another series: 401-2003 and 401 are one number of the procedure.
        """
        pieces = self._counted()
        return "".join(
            self._written(piece, values) if piece.token not in {"", self.counter} else piece.source for piece in pieces
        )

    def serials(self, used: Iterable[str], values: Mapping[str, Value]) -> Iterator[int]:
        """The serials of the numbers that belong to the series of `values`, in the order of `used`."""
        if not self.counter:
            raise GeneratorError(numbers.NO_COUNTER.format(pattern=self))
        counter = next(piece for piece in self._counted() if piece.token == self.counter)
        others = [piece for piece in self._counted() if piece.token not in {"", self.counter}]
        wanted = {piece.token: self._written(piece, values) for piece in others}
        for number in used:
            fit = self._fit(normalise(number))
            if fit and fit[counter.token] and all(fit[token] == written for token, written in wanted.items()):
                yield int(counter.value(fit[counter.token]))

    def _counted(self) -> tuple[Piece, ...]:
        in_tail = self.counter in {piece.token for piece in self.tail}
        return self.head + self.tail if in_tail else self.head

    def _used(self, values: Mapping[str, Value]) -> tuple[Piece, ...]:
        has_tail = all(values.get(piece.token) not in {None, ""} for piece in self.tail if piece.token)
        return self.head + self.tail if has_tail else self.head

    def _written(self, piece: Piece, values: Mapping[str, Value]) -> str:
        value = values.get(piece.token, "")
        if value in {None, ""}:
            raise GeneratorError(numbers.VALUE_MISSING.format(pattern=self, token=piece.words))
        written = piece.written(value)
        if not re.fullmatch(piece.regex, written):
            raise GeneratorError(numbers.VALUE_UNFIT.format(value=value, pattern=self, token=piece.words))
        return written

    def _mismatch(self, number: str) -> Mismatch:
        clean = normalise(number)
        if clean != number and self._fit(clean):
            pairs = enumerate(zip(number, clean, strict=False))
            position = next((at for at, pair in pairs if pair[0] != pair[1]), len(clean))
            return Mismatch(position, "", numbers.NOT_CLEAN.format(clean=clean))
        return _unreadable(number) or _misread(number, self.head + self.tail)

    def _fit(self, number: str) -> re.Match[str] | None:
        return None if _unreadable(number) else self.expression.fullmatch(number)


def pattern(text: str) -> Pattern:
    """The pattern that a person wrote: signs, tokens in braces, one optional tail in square brackets.

    `{seq:04d}` is a serial of four digits, `{type:2}` a code of two characters. Codes that nothing separates need such
    a width. "as issued", "as printed" and "as given by the other party" take any number of somebody else.
    """
    head, tail = pieces(text)
    optional = "".join(piece.expression for piece in tail)
    expression = "".join(piece.expression for piece in head) + (f"(?:{optional})?" if tail else "")
    return Pattern(text, head, tail, re.compile(expression))


def next_serial(pattern: Pattern, used: Iterable[str], values: Mapping[str, Value]) -> int:
    """One more than the highest serial ever used in the series of `values`; 1 in a new series.

    Numbers of other series and numbers that do not follow the pattern are passed over.
    """
    return max(pattern.serials(used, values), default=0) + 1


def next_number(pattern: Pattern, used: Iterable[str], values: Mapping[str, Value]) -> str:
    """The number after the highest one used in the series.

    Once the width is used up the serial grows by a digit (CC-2026-10000), which reads back as well. Only where the
    serial touches other digits, as in QP0499, a longer one cannot be told apart and is refused.
    """
    return pattern.format({**values, pattern.counter: next_serial(pattern, used, values)})


def gaps(pattern: Pattern, used: Iterable[str], values: Mapping[str, Value]) -> tuple[int, ...]:
    """The serials from 1 to the highest that no number has; at most 1000, since one slip may skip millions."""
    serials = sorted({0, *pattern.serials(used, values)})
    missing = chain.from_iterable(range(low + 1, high) for low, high in pairwise(serials))
    return tuple(islice(missing, MOST_GAPS))


def reissue(number: str, used: Iterable[str]) -> str:
    """The number of the next record that replaces `number`: first with -1, then with -2."""
    return next_number(pattern("{parent}-{n}"), used, {"parent": number})


def dated(day: date) -> dict[str, Value]:
    """The values of the tokens that a day gives."""
    _, week, _ = day.isocalendar()
    quarter = (day.month + 2) // 3
    return {"year": day.year, "yy": day.year % 100, "month": day.month, "week": week, "quarter": quarter}


def normalise(number: str) -> str:
    """The clean form, in which numbers are compared and printed; capitals and small letters are kept apart.

    Full-width signs become half-width, long dashes `-`, a run of blanks one blank, and none at the ends or beside a
    dash or slash; signs without width go.
    """
    seen = "".join(sign for sign in number if unicodedata.category(sign) != "Cf")
    narrow = DASHES.sub("-", seen).translate(HALF_WIDTH)
    return re.sub(r" *([-/]) *", r"\1", " ".join(narrow.split()))


def is_safe_stem(number: str) -> bool:
    """Whether a file may have this name on every system; a leading dash would be taken for an option."""
    return (
        number.isprintable()
        and number == number.strip()
        and 0 < len(number.encode()) <= LONGEST_STEM
        and not UNSAFE.intersection(number)
        and ".." not in number
        and not number.startswith((".", "-"))
        and not number.endswith(".")
        and not DEVICES.fullmatch(number)
    )


def _given(fit: re.Match[str]) -> dict[str, str]:
    return {token: written for token, written in fit.groupdict().items() if written is not None}


def _unreadable(number: str) -> Mismatch | None:
    if not number:
        return Mismatch(0, "", numbers.EMPTY)
    if len(number) > LONGEST:
        return Mismatch(LONGEST, "", numbers.LONG.format(limit=LONGEST))
    if number.isprintable():
        return None
    return Mismatch(next(at for at, sign in enumerate(number) if not sign.isprintable()), "", numbers.NOT_PRINTED)


def _misread(number: str, wanted: tuple[Piece, ...]) -> Mismatch:
    """Blame the first stretch that does not follow on from the longest beginning that fits."""
    beginnings = ("".join(piece.expression for piece in wanted[:known]) for known in range(len(wanted), -1, -1))
    fits = (re.match(each, number) for each in beginnings)
    missed, fit = next((missed, fit) for missed, fit in enumerate(fits) if fit)
    rest, left = number[fit.end() :], wanted[len(wanted) - missed :]
    if not left:
        return Mismatch(fit.end(), "", numbers.MORE.format(found=rest))
    piece = left[0]
    if piece.token:
        sign = left[1].source if len(left) > 1 and not left[1].token else ""
        found = rest.partition(sign)[0] if sign else rest
        text = numbers.UNFIT.format(found=found, token=piece.words) if found else _missing(piece)
        return Mismatch(fit.end(), piece.token, text)
    found = rest[: len(piece.source)]
    text = numbers.OTHER_SIGN.format(sign=piece.source, found=found) if found else _missing(piece)
    return Mismatch(fit.end(), "", text)


def _missing(piece: Piece) -> Text:
    if piece.token:
        return numbers.MISSING.format(token=piece.words)
    return numbers.SIGN_MISSING.format(sign=piece.source)


def _no_code(found: str, token: str, allowed: frozenset[str]) -> Text:
    meant = similar(found, allowed)
    named = numbers.TOKENS[token]
    if 0 < len(meant) <= MOST_HINTS:
        return numbers.NO_CODE_SIMILAR.format(found=found, token=named, key=" / ".join(meant))
    return numbers.NO_CODE.format(found=found, token=named)
