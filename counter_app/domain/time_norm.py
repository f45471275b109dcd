"""How long the law allows for a procedure, as the catalogue says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from counter_app.domain.errors import InvalidValue

_TEXT: Final = re.compile(r"(?:(\d{1,4}(?:\.5)?) )?([a-z_]+)", re.ASCII)
_MAX_AMOUNT: Final = 3660


class NormUnit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOUR = "working_hour"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class TimeNorm:
    """`TimeNorm(Decimal("0.5"), NormUnit.WORKING_DAY)`; a same-day norm has the amount 0.

    Working days may be halves; hours and calendar days are whole.
    """

    amount: Decimal
    unit: NormUnit

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not 0 <= self.amount <= _MAX_AMOUNT:
            raise InvalidValue("time_norm", "amount", str(self.amount))
        if (self.unit is NormUnit.SAME_DAY) != (self.amount == 0):
            raise InvalidValue("time_norm", "amount", str(self.amount))
        steps = 2 if self.unit is NormUnit.WORKING_DAY else 1
        if self.amount * steps % 1:
            raise InvalidValue("time_norm", "fraction", str(self.amount))

    @classmethod
    def parse(cls, text: str, field: str = "time_norm") -> TimeNorm:
        """Read `3 working_day`, `0.5 working_day`, `30 calendar_day`, `8 working_hour`, `same_day`.

        Raises:
            InvalidValue: With rule `not_a_norm`, `amount` or `fraction`.
        """
        match = _TEXT.fullmatch(text)
        if match is None or match[2] not in set(NormUnit):
            raise InvalidValue(field, "not_a_norm", text)
        try:
            return cls(Decimal(match[1] or 0), NormUnit(match[2]))
        except InvalidValue as problem:
            raise InvalidValue(field, problem.rule, text) from None

    @property
    def whole(self) -> int:
        return int(self.amount)

    @property
    def has_half(self) -> bool:
        return self.amount % 1 != 0

    def __str__(self) -> str:
        """`3 working_day`: how a dossier keeps it."""
        if self.unit is NormUnit.SAME_DAY:
            return str(self.unit)
        return f"{self.whole}{'.5' if self.has_half else ''} {self.unit}"


SAME_DAY: Final = TimeNorm(Decimal(0), NormUnit.SAME_DAY)


def working_days(amount: int | str) -> TimeNorm:
    """`working_days(3)`, `working_days("0.5")`."""
    return TimeNorm(Decimal(amount), NormUnit.WORKING_DAY)


def calendar_days(amount: int) -> TimeNorm:
    return TimeNorm(Decimal(amount), NormUnit.CALENDAR_DAY)


def working_hours(amount: int) -> TimeNorm:
    return TimeNorm(Decimal(amount), NormUnit.WORKING_HOUR)
