"""Money in whole đồng: no fractions, no floats, and nothing below zero but a `Balance`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from counter_app.domain.errors import InvalidValue
from counter_app.domain.number_words import STANDARD, Reading, read_number

MAX_DONG: Final = 1_000_000_000_000
"""A million million: no fee, duty or day's takings of an office comes near it."""

_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<mark>[., \u00a0])\d{3}(?:(?P=mark)\d{3})*)?")
_UNIT: Final = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)


def _require_whole(amount: object) -> None:
    if type(amount) is not int:
        raise TypeError(f"Money is counted in whole đồng, not in {type(amount).__name__}")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount that is due, paid or held, in whole đồng, zero or more."""

    dong: int

    def __post_init__(self) -> None:
        _require_whole(self.dong)
        if self.dong < 0:
            raise InvalidValue("money", "negative", str(self.dong))
        if self.dong > MAX_DONG:
            raise InvalidValue("money", "too_large", str(self.dong))

    def __add__(self, other: Money) -> Money:
        return Money(self.dong + other.dong)

    def __sub__(self, other: Money) -> Money:
        """What is left.

        Raises:
            InvalidValue: More would be taken than there is; `Balance` can go below zero.
        """
        return Money(self.dong - other.dong)

    def __mul__(self, times: int) -> Money:
        _require_whole(times)
        return Money(self.dong * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.dong != 0

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        return cls(sum(amount.dong for amount in amounts))

    @classmethod
    def parse(cls, text: str, field: str = "money") -> Money:
        """Read `8000`, `8.000`, `8,000 đ` or `8 000 đồng`, as typed into a cash field.

        Raises:
            InvalidValue: With rule `empty`, `not_money` or `too_large`.
        """
        digits = _UNIT.sub("", text.strip())
        if not digits:
            raise InvalidValue(field, "empty")
        is_plain = digits.isascii() and digits.isdecimal()
        if not is_plain and not (digits.isprintable() and _GROUPED.fullmatch(digits)):
            raise InvalidValue(field, "not_money", text)
        plain = re.sub(r"\D", "", digits)
        if not plain.isascii() or len(plain) > 15 or int(plain) > MAX_DONG:
            raise InvalidValue(field, "too_large" if plain.isascii() else "not_money", text)
        return cls(int(plain))


FREE: Final = Money(0)


@dataclass(frozen=True, slots=True, order=True)
class Balance:
    """Takings against refunds: the one amount that may stand below zero."""

    dong: int = 0

    def __post_init__(self) -> None:
        _require_whole(self.dong)

    def __add__(self, taken: Money) -> Balance:
        return Balance(self.dong + taken.dong)

    def __sub__(self, refunded: Money) -> Balance:
        return Balance(self.dong - refunded.dong)


def group_digits(number: int) -> str:
    """`1234567` as `1.234.567`."""
    return f"{number:,}".replace(",", ".")


def format_money(amount: Money | Balance, unit: str = "đồng") -> str:
    """`1.234.567 đồng`; a balance below zero carries a minus sign."""
    sign = "\u2212" if amount.dong < 0 else ""
    return f"{sign}{group_digits(abs(amount.dong))} {unit}"


def in_words(amount: Money, reading: Reading = STANDARD) -> str:
    """As receipts ask for it: `Một triệu hai trăm nghìn đồng chẵn`.

    `chẵn` closes an amount in whole thousands, after which nothing can be added by pen.
    """
    words = f"{read_number(amount.dong, reading)} đồng"
    if amount.dong and amount.dong % 1000 == 0:
        words += " chẵn"
    return words[0].upper() + words[1:]
