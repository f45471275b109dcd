"""Dates of birth, of which the day, or the day and the month, may not be known."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.errors import InvalidValue

_EIGHT: Final = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_TYPED: Final = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?(\d{4})", re.ASCII)
_STORED: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_FIRST_YEAR: Final = 1850


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A year, and as much of month and day as the papers say."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= 9999:
            raise InvalidValue("birth", "year", str(self.year))
        if self.month is None:
            if self.day is not None:
                raise InvalidValue("birth", "month", "")
            return
        if not 1 <= self.month <= 12:
            raise InvalidValue("birth", "month", str(self.month))
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise InvalidValue("birth", "day", str(self.day))

    @classmethod
    def parse(cls, text: str, field: str = "birth") -> BirthDate:
        """Read what a card, a form or the store says.

        `05031999`, `00071960` (day not known), `00001960`, `5/3/1999`, `07/1960`, `1960`,
        `1999-03-05`, `1960-07`.

        Raises:
            InvalidValue: With rule `empty`, `not_a_date`, `year`, `month` or `day`.
        """
        text = text.strip()
        if not text:
            raise InvalidValue(field, "empty")
        if stored := _STORED.fullmatch(text):
            year, month, day = stored.groups()
        elif match := _EIGHT.fullmatch(text) or _TYPED.fullmatch(text):
            day, month, year = match.groups()
        else:
            raise InvalidValue(field, "not_a_date", text)
        try:
            return cls(int(year), int(month or 0) or None, int(day or 0) or None)
        except InvalidValue as problem:
            raise InvalidValue(field, problem.rule, text) from None

    @property
    def stored(self) -> str:
        """`1999-03-05`, `1960-07` or `1960`: how a dossier keeps it."""
        month = f"-{self.month:02d}" if self.month else ""
        day = f"-{self.day:02d}" if self.day else ""
        return f"{self.year:04d}{month}{day}"

    def formatted(self) -> str:
        """`05/03/1999`, `07/1960` or `1960`."""
        day = f"{self.day:02d}/" if self.day else ""
        month = f"{self.month:02d}/" if self.month else ""
        return f"{day}{month}{self.year:04d}"

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def age_on(self, day: date) -> int:
        """Full years that have certainly passed by then; below zero before birth."""
        born = self.latest
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
