"""Dossier numbers: the grammar of mã hồ sơ, leased bands, and the visibly provisional form.

`H36.15-261123-2007`: organisation code, reception day, sequence of that day.
Ministries write the day with eight digits and longer sequences; both are read, and kept as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.errors import InvalidValue, Refusal

_OFFICIAL: Final = re.compile(r"([A-Z]\d{2}(?:\.\d{1,3})*)-(\d{6}|\d{8})-(\d{3,7})")
_PROVISIONAL: Final = re.compile(r"TAM-([0-9A-Z]{1,12})-(\d{6})-(\d{3,5})")
_UNIT: Final = re.compile(r"[A-Z]\d{2}(?:\.\d{1,3})*")


@dataclass(frozen=True, slots=True, order=True)
class DossierNumber:
    """A final number. `text` is the number exactly as it is printed."""

    text: str

    def __post_init__(self) -> None:
        match = _OFFICIAL.fullmatch(self.text)
        if match is None:
            raise InvalidValue("dossier_number", "grammar", self.text)
        _parse_day(match[2], self.text)

    @classmethod
    def compose(cls, unit: str, day: date, sequence: int) -> DossierNumber:
        """Write the number of an office: six-digit day, sequence of at least four digits."""
        return cls(f"{unit}-{day:%y%m%d}-{sequence:04d}")

    @property
    def unit(self) -> str:
        return self.text.split("-", 1)[0]

    @property
    def day(self) -> date:
        return _parse_day(self.text.split("-")[1], self.text)

    @property
    def sequence(self) -> int:
        return int(self.text.rsplit("-", 1)[1])

    @property
    def is_final(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, order=True)
class ProvisionalNumber:
    """`TAM-2-261123-001`: taken while no band was left; the server links a final one to it."""

    text: str

    def __post_init__(self) -> None:
        match = _PROVISIONAL.fullmatch(self.text)
        if match is None:
            raise InvalidValue("dossier_number", "provisional_grammar", self.text)
        _parse_day(match[2], self.text)

    @classmethod
    def compose(cls, machine: str, day: date, sequence: int) -> ProvisionalNumber:
        return cls(f"TAM-{machine.upper()}-{day:%y%m%d}-{sequence:03d}")

    @property
    def day(self) -> date:
        return _parse_day(self.text.split("-")[2], self.text)

    @property
    def sequence(self) -> int:
        return int(self.text.rsplit("-", 1)[1])

    @property
    def is_final(self) -> bool:
        return False

    def __str__(self) -> str:
        return self.text


Number = DossierNumber | ProvisionalNumber


def parse_number(text: str) -> Number:
    """Read a number as typed or scanned: case and spaces around do not matter.

    Raises:
        InvalidValue: It is neither a final nor a provisional number.
    """
    text = text.strip().upper()
    return ProvisionalNumber(text) if text.startswith("TAM-") else DossierNumber(text)


def _parse_day(digits: str, whole: str) -> date:
    year = int(digits[:-4]) + (2000 if len(digits) == 6 else 0)
    try:
        return date(year, int(digits[-4:-2]), int(digits[-2:]))
    except ValueError:
        raise InvalidValue("dossier_number", "no_such_day", whole) from None


@dataclass(eq=False)
class BandExhausted(Refusal):
    """Every number that this counter may give on this day is given."""

    day: date


@dataclass(frozen=True, slots=True)
class NumberBand:
    """The sequence numbers of each day that the server leased to one counter.

    Attributes:
        unit: The organisation code that the numbers begin with.
        first: First sequence number, inclusive.
        last: Last sequence number, inclusive.
        valid_from: First day.
        valid_until: Last day; None while the lease has no end.
    """

    unit: str
    first: int
    last: int
    valid_from: date
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if _UNIT.fullmatch(self.unit) is None:
            raise InvalidValue("unit", "grammar", self.unit)
        if not 1 <= self.first <= self.last <= 9_999_999:
            raise InvalidValue("number_band", "bounds", f"{self.first}-{self.last}")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def overlaps(self, other: NumberBand) -> bool:
        """Whether both could give the same number on some day."""
        return (
            self.unit == other.unit
            and self.first <= other.last
            and other.first <= self.last
            and (other.valid_until is None or self.valid_from <= other.valid_until)
            and (self.valid_until is None or other.valid_from <= self.valid_until)
        )


def next_number(bands: tuple[NumberBand, ...], day: date, last_used: int | None) -> DossierNumber:
    """The number after `last_used` (of that day, by this counter) in the leased bands.

    Raises:
        BandExhausted: No band holds on the day, or all of it is given.
    """
    for band in sorted((b for b in bands if b.holds_on(day)), key=lambda b: b.first):
        candidate = band.first if last_used is None else max(band.first, last_used + 1)
        if candidate <= band.last:
            return DossierNumber.compose(band.unit, day, candidate)
    raise BandExhausted(day)
