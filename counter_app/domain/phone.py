"""Vietnamese telephone numbers, parsed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.domain.errors import InvalidValue

_PUNCTUATION: Final = re.compile(r"[\s.\-–()\u200b\u202a\u202c]")
_OLD_MOBILE: Final = re.compile(r"01[2689]\d{8}")
_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_LANDLINE: Final = re.compile(r"02\d{8,9}")


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"


@dataclass(frozen=True, slots=True, order=True)
class Phone:
    """A number as dialled inside the country: `0912345678`, `02613543210`."""

    number: str

    def __post_init__(self) -> None:
        if rule := _broken_rule(self.number):
            raise InvalidValue("phone", rule, self.number)

    @classmethod
    def parse(cls, text: str, field: str = "phone") -> Phone:
        """Read `0912 345 678`, `+84 912.345.678` or `84-912-345-678`.

        A mobile number has ten digits; a landline (02…) ten or eleven.

        Raises:
            InvalidValue: With rule `empty`, `not_digits`, `not_vietnamese`, `zero_missing`,
                `old_mobile` (eleven digits, renumbered in 2018), `unknown_prefix`, `too_short` or
                `too_long`.
        """
        number = _PUNCTUATION.sub("", text)
        international = re.match(r"(?:\+|00)(\d{2})", number)
        if international and international[1] != "84":
            raise InvalidValue(field, "not_vietnamese", text)
        number = re.sub(r"^(?:\+84|0084|84(?=\d{9,11}$))0?", "0", number)
        if rule := _broken_rule(number):
            raise InvalidValue(field, rule, text)
        return cls(number)

    @property
    def kind(self) -> PhoneKind:
        return PhoneKind.LANDLINE if self.number.startswith("02") else PhoneKind.MOBILE

    def formatted(self) -> str:
        """`0912 345 678`; a landline of eleven digits `0261 354 3210`."""
        number = self.number
        return f"{number[:4]} {number[4:7]} {number[7:]}"

    def international(self) -> str:
        return f"+84{self.number[1:]}"

    def masked(self) -> str:
        """For public screens: `0912***678`."""
        return f"{self.number[:4]}***{self.number[-3:]}"

    def __str__(self) -> str:
        return self.number


def _broken_rule(number: str) -> str:
    if not number:
        return "empty"
    if not (number.isascii() and number.isdecimal()):
        return "not_digits"
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return ""
    if not number.startswith("0"):
        return "zero_missing" if len(number) == 9 else "not_vietnamese"
    if _OLD_MOBILE.fullmatch(number):
        return "old_mobile"
    if len(number) < 10:
        return "too_short"
    if number[1] in "0146":
        return "unknown_prefix"
    return "too_long"
