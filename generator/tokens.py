"""The tokens that patterns of numbers are made of: how each is written in a pattern, printed and understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import TypeAlias

from generator.terms import Text, numbers

Value: TypeAlias = str | int

AS_THEY_STAND = frozenset({"as issued", "as printed", "as given by the other party"})
LONGEST = 200
SHORTEST_ALIKE = 2
LAST_NUMERAL = 99


class PatternError(ValueError):
    """A pattern that cannot be used; `position` counts characters from 0."""

    def __init__(self, position: int, text: Text) -> None:
        super().__init__(text.en)
        self.position = position
        self.text = text


class Kind(Enum):
    """What a token is made of, and so what may stand beside it."""

    WORD = auto()
    CODE = auto()
    DIGITS = auto()
    COUNT = auto()
    NUMERAL = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """What may stand for a token. `sized` is the expression where a width W is given; without it none is taken."""

    kind: Kind
    regex: str
    sized: str = ""
    is_fixed: bool = False
    digits: int = 0


_LETTER = r"A-Za-z\u3400-\u9fff"
_FREE = r"[^\s](?:.*[^\s])?"
_CODE = Token(Kind.CODE, rf"[0-9{_LETTER}]{{1,16}}", rf"[0-9{_LETTER}]{{W}}")
_CODE_BEFORE_DIGITS = rf"[0-9{_LETTER}]{{0,15}}[{_LETTER}]"
_NUMERAL = f"[{numbers.NUMERALS[1:]}]?{numbers.TEN}[{numbers.NUMERALS}]?|[{numbers.NUMERALS}]|[1-9][0-9]{{0,17}}"
_COUNTED = r"[1-9][0-9]{W,17}|[0-9]{W}"

TOKENS: Mapping[str, Token] = {
    "year": Token(Kind.COUNT, r"[1-9][0-9]{3}", is_fixed=True),
    "yy": Token(Kind.COUNT, r"[0-9]{2}", is_fixed=True, digits=2),
    "month": Token(Kind.COUNT, r"1[0-2]|[1-9]", r"0[1-9]|1[0-2]"),
    "week": Token(Kind.COUNT, r"[1-4][0-9]|5[0-3]|[1-9]", r"0[1-9]|[1-4][0-9]|5[0-3]"),
    "quarter": Token(Kind.COUNT, r"[1-4]", is_fixed=True),
    "department": _CODE,
    "function": _CODE,
    "customer": _CODE,
    "product": Token(Kind.WORD, rf"[0-9{_LETTER}](?:[-._/+ ]?[0-9{_LETTER}])*"),
    "site": _CODE,
    "org": _CODE,
    "type": _CODE,
    "process": Token(Kind.WORD, rf"[0-9{_LETTER}]+(?:-[0-9{_LETTER}]+)*"),
    "clause": Token(Kind.DIGITS, r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}", r"[0-9]{W}"),
    "class": Token(Kind.WORD, r"[A-Z]", is_fixed=True),
    "edition": Token(Kind.WORD, r"[A-Za-z0-9]{1,4}(?:[/.][0-9]{1,4})?"),
    "title": Token(Kind.WORD, rf"(?!-){_FREE}"),
    "seq": Token(Kind.COUNT, r"[1-9][0-9]{0,17}", _COUNTED),
    "parent": Token(Kind.WORD, _FREE),
    "n": Token(Kind.COUNT, r"[1-9][0-9]{0,17}", _COUNTED),
    "zh_n": Token(Kind.NUMERAL, _NUMERAL),
    "key": Token(Kind.WORD, r"[a-z][a-z0-9_-]{0,63}"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a pattern: a token with its name, or a sign that stands for itself."""

    source: str
    position: int = 0
    token: str = ""
    width: int = 0
    regex: str = ""

    @property
    def expression(self) -> str:
        """The regular expression of this stretch, with the token's name as its group."""
        return f"(?P<{self.token}>{self.regex})" if self.token else re.escape(self.source)

    @property
    def kind(self) -> Kind | None:
        """None for a sign, and for a number that is kept as it stands."""
        return TOKENS[self.token].kind if self.token in TOKENS else None

    @property
    def is_open(self) -> bool:
        """Nothing says how many characters it has."""
        return bool(self.token) and not self.width and not TOKENS[self.token].is_fixed

    @property
    def words(self) -> Text:
        """What a person calls it."""
        name = numbers.TOKENS[self.token]
        if not self.width:
            return name
        sized = numbers.WITH_CHARACTERS if self.kind is Kind.CODE else numbers.WITH_DIGITS
        return sized.format(token=name, width=self.width)

    def written(self, value: Value) -> str:
        """The value as this token prints it; whether it fits is for the caller to see."""
        if not self._counts:
            return str(value)
        number = int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value) else value
        if isinstance(number, str) or number < 0:
            return str(number)
        if self.kind is Kind.NUMERAL:
            return _numeral(number)
        return str(number).zfill(self.width or TOKENS[self.token].digits)

    def value(self, written: str) -> Value:
        """What a printed stretch means: an int where the token counts, else the text."""
        if self.kind is Kind.NUMERAL and not written.isascii():
            return _count(written)
        return int(written) if self._counts else written

    @property
    def _counts(self) -> bool:
        return self.kind in {Kind.COUNT, Kind.NUMERAL} or (self.kind is Kind.DIGITS and self.width > 0)


def pieces(text: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The stretches of a pattern, and those of its optional tail; PatternError says what cannot be used."""
    _check(text)
    if text in AS_THEY_STAND:
        return (Piece(text, 0, "number", regex=_FREE),), ()
    head, _, rest = text.partition("[")
    tail = rest.removesuffix("]")
    if (
        not head
        or "]" in head
        or "[" in tail
        or "]" in tail
        or (rest and ("{" not in tail or tail == rest))
        or text.endswith("[")
    ):
        raise PatternError(text.find("]") if "]" in head else len(head), numbers.PATTERN_TAIL.format())
    found = [*_lexed(head, 0), *_lexed(tail, len(head) + 1)]
    _check_neighbours(found)
    linked = [_before(piece, after) for piece, after in zip(found, [*found[1:], Piece("")], strict=True)]
    return (
        tuple(piece for piece in linked if piece.position < len(head)),
        tuple(piece for piece in linked if piece.position > len(head)),
    )


def _check(text: str) -> None:
    if not text:
        raise PatternError(0, numbers.PATTERN_EMPTY.format())
    if len(text) > LONGEST:
        raise PatternError(LONGEST, numbers.PATTERN_LONG.format(limit=LONGEST))
    unprinted = next((at for at, sign in enumerate(text) if not sign.isprintable()), None)
    if unprinted is not None:
        raise PatternError(unprinted, numbers.PATTERN_CONTROL)
    if text != text.strip():
        raise PatternError(0 if text[0] == " " else len(text) - 1, numbers.PATTERN_BLANK)


def _lexed(part: str, start: int) -> Iterator[Piece]:
    for lexeme in re.finditer(r"\{([^{}]*)\}|([{}])|[^{}]+", part):
        position = start + lexeme.start()
        if lexeme[2]:
            raise PatternError(position, numbers.PATTERN_BRACE.format(sign=lexeme[2]))
        yield Piece(lexeme[0], position) if lexeme[1] is None else _token(lexeme[1], position)


def _token(written: str, position: int) -> Piece:
    name = written.partition(":")[0]
    token = TOKENS.get(name)
    if token is None:
        alike = next(iter(similar(name, TOKENS)), "")
        hint = numbers.SIMILAR.format(key=f"{{{alike}}}") if alike else numbers.NOTHING
        raise PatternError(position, numbers.PATTERN_TOKEN.format(name=name, hint=hint, tokens=", ".join(TOKENS)))
    source = f"{{{written}}}"
    if written == name:
        return Piece(source, position, name, regex=token.regex)
    form, allowed = _widths(token)
    width = re.fullmatch(form, written.removeprefix(f"{name}:"))
    if width is None:
        raise PatternError(position, numbers.PATTERN_WIDTH.format(token=source, allowed=allowed.format(name=name)))
    return Piece(source, position, name, int(width[1]), token.sized.replace("W", width[1]))


def _widths(token: Token) -> tuple[str, Text]:
    """How a width is written for a token, and how a person is told."""
    if not token.sized:
        return r"(?!)()", numbers.WIDTH_NONE
    if token.kind is Kind.CODE:
        return r"([1-9])", numbers.WIDTH_CHARACTERS
    return (r"0([1-9])d", numbers.WIDTH_DIGITS) if "W" in token.sized else (r"0(2)d", numbers.WIDTH_TWO)


def _check_neighbours(found: list[Piece]) -> None:
    seen: set[str] = set()
    for piece in found:
        if piece.token in seen:
            raise PatternError(piece.position, numbers.PATTERN_TWICE.format(token=f"{{{piece.token}}}"))
        seen.update({piece.token} - {""})
    for left, right in pairwise(found):
        if left.is_open and right.is_open and _alike(left, right):
            text = numbers.PATTERN_TOGETHER.format(left=left.source, right=right.source)
            raise PatternError(right.position, text)


def _alike(left: Piece, right: Piece) -> bool:
    words, digits = {Kind.WORD, Kind.CODE, Kind.NUMERAL}, {Kind.COUNT, Kind.DIGITS}
    return {left.kind, right.kind} <= words or {left.kind, right.kind} <= digits


def _before(piece: Piece, after: Piece) -> Piece:
    """A code that runs into digits ends with a letter, or nobody could tell where it ends."""
    if piece.kind is Kind.CODE and not piece.width and after.kind in {Kind.COUNT, Kind.DIGITS}:
        return replace(piece, regex=_CODE_BEFORE_DIGITS)
    return piece


def _numeral(number: int) -> str:
    """Chinese up to 99; past that, and for 0, Arabic digits."""
    tens, ones = divmod(number, 10)
    if not 1 <= number <= LAST_NUMERAL:
        return str(number)
    leading = numbers.NUMERALS[tens - 1] if tens > 1 else ""
    return leading + (numbers.TEN if tens else "") + (numbers.NUMERALS[ones - 1] if ones else "")


def _count(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition(numbers.TEN)
    digits = f" {numbers.NUMERALS}"
    return (10 * (digits.index(tens) if tens else 1) if ten else 0) + (digits.index(ones) if ones else 0)


def similar(found: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """What was probably meant: first the same but for case, then two letters swapped, then one letter wrong."""
    ranked = [(rank, each) for each in allowed if (rank := _distance(found, each)) is not None]
    best = min(ranked, default=(0, ""))[0]
    return tuple(sorted(each for rank, each in ranked if rank == best))


def _distance(found: str, other: str) -> int | None:
    if found.casefold() == other.casefold():
        return 0
    if max(len(found), len(other)) < SHORTEST_ALIKE or abs(len(found) - len(other)) > 1:
        return None
    if len(found) != len(other):
        short, long = sorted((found, other), key=len)
        return 3 if any(long[:at] + long[at + 1 :] == short for at in range(len(long))) else None
    wrong = [at for at, pair in enumerate(zip(found, other, strict=True)) if pair[0] != pair[1]]
    if len(wrong) == 1:
        return 2
    first, last = wrong[0], wrong[-1]
    is_swapped = last - first == 1 and found[first] + found[last] == other[last] + other[first]
    return 1 if is_swapped else None
