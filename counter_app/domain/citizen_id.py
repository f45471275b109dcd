"""Identity numbers, parsed once and valid for ever after.

The twelve digits (số định danh cá nhân) are province or country of birth registration, century
and sex, year of birth, and six more; they carry no check digit (Decree 137/2015, art. 13).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from counter_app.domain.birth_date import BirthDate
from counter_app.domain.dossier import Sex
from counter_app.domain.errors import InvalidValue

_SPACING: Final = re.compile(r"[\s.\-\u200b]")
_PASSPORT: Final = re.compile(r"(?=.*\d)[A-Z0-9]{6,12}")


@dataclass(frozen=True, slots=True, order=True)
class CitizenId:
    """The twelve digits of a citizen."""

    number: str

    def __post_init__(self) -> None:
        _require_digits(self.number, 12, "citizen_id")

    @classmethod
    def parse(cls, text: str, field: str = "citizen_id") -> CitizenId:
        """Read `067199000001`, also with spaces or dots between.

        Raises:
            InvalidValue: With rule `empty`, `not_digits` or `twelve_digits`.
        """
        number = _SPACING.sub("", text)
        _require_digits(number, 12, field)
        return cls(number)

    @property
    def province_code(self) -> str:
        """Province (001 to 096) or country where the birth was registered; kept after mergers."""
        return self.number[:3]

    @property
    def sex(self) -> Sex:
        return Sex.FEMALE if int(self.number[3]) % 2 else Sex.MALE

    @property
    def birth_year(self) -> int:
        return 1900 + 100 * (int(self.number[3]) // 2) + int(self.number[4:6])

    def masked(self) -> str:
        """For public screens: `0671****001`."""
        return f"{self.number[:4]}****{self.number[-3:]}"

    def formatted(self) -> str:
        """In groups that can be read aloud: `067 199 000 001`."""
        return " ".join(self.number[start : start + 3] for start in range(0, 12, 3))

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True, order=True)
class OldIdNumber:
    """The nine digits of a CMND, valid on papers issued before the twelve digits came."""

    number: str

    def __post_init__(self) -> None:
        _require_digits(self.number, 9, "old_id")

    def masked(self) -> str:
        return f"{self.number[:2]}****{self.number[-3:]}"

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True, order=True)
class PassportNumber:
    """Letters and digits of a passport, Vietnamese or foreign."""

    number: str

    def __post_init__(self) -> None:
        if not _PASSPORT.fullmatch(self.number):
            raise InvalidValue("passport", "passport", self.number)

    def masked(self) -> str:
        return f"{self.number[:2]}****{self.number[-2:]}"

    def __str__(self) -> str:
        return self.number


IdentityNumber = CitizenId | OldIdNumber | PassportNumber


def parse_identity_number(text: str, field: str = "id_number") -> IdentityNumber:
    """Read whichever number a person has; digits alone must be twelve or nine.

    Raises:
        InvalidValue: With rule `empty`, `twelve_or_nine_digits` or `passport`.
    """
    number = _SPACING.sub("", text).upper()
    if not number:
        raise InvalidValue(field, "empty")
    if number.isascii() and number.isdecimal():
        if len(number) == 12:
            return CitizenId(number)
        if len(number) == 9:
            return OldIdNumber(number)
        raise InvalidValue(field, "twelve_or_nine_digits", text)
    if not _PASSPORT.fullmatch(number):
        raise InvalidValue(field, "passport", text)
    return PassportNumber(number)


class IdWarning(StrEnum):
    """What an officer should look at; never a ground for refusing a dossier."""

    SEX_DIFFERS = "sex_differs"
    BIRTH_YEAR_DIFFERS = "birth_year_differs"
    BIRTH_IN_FUTURE = "birth_in_future"
    PROVINCE_UNKNOWN = "province_unknown"


def cross_check(
    citizen_id: CitizenId,
    *,
    sex: Sex | None = None,
    birth: BirthDate | None = None,
    today: date | None = None,
    province_codes: Collection[str] = (),
) -> tuple[IdWarning, ...]:
    """Where the number and what else is known of the person do not agree.

    Args:
        citizen_id: The number.
        sex: As written on the papers, if known.
        birth: As written on the papers, if known.
        today: The day of the check; without it the future is not looked for.
        province_codes: All codes in use; empty when no list is at hand.
    """
    warnings = []
    if sex is not None and sex is not citizen_id.sex:
        warnings.append(IdWarning.SEX_DIFFERS)
    if birth is not None and birth.year != citizen_id.birth_year:
        warnings.append(IdWarning.BIRTH_YEAR_DIFFERS)
    if today is not None and (
        citizen_id.birth_year > today.year or (birth is not None and birth.earliest > today)
    ):
        warnings.append(IdWarning.BIRTH_IN_FUTURE)
    if province_codes and citizen_id.province_code not in province_codes:
        warnings.append(IdWarning.PROVINCE_UNKNOWN)
    return tuple(warnings)


def _require_digits(number: str, count: int, field: str) -> None:
    if not number:
        raise InvalidValue(field, "empty")
    if not (number.isascii() and number.isdecimal()):
        raise InvalidValue(field, "not_digits", number)
    if len(number) != count:
        raise InvalidValue(field, "twelve_digits" if count == 12 else "nine_digits", number)
