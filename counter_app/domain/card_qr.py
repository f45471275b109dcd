"""The QR code of an identity card: what it says, or why it cannot be believed.

The payload of the chip card (CCCD, 2021) and of the căn cước card (2024) begins with seven fields:
number, old number, name, birth, sex, residence, day of issue, with `|` between; what follows is
neither read nor kept. Damage on the way is named and refused; only damage that can be undone
without a doubt is undone, and the card says that it was.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from counter_app.domain.birth_date import BirthDate
from counter_app.domain.card_damage import (
    CardDamaged,
    Damage,
    refuse_damage,
    typed_on_vietnamese_layout,
)
from counter_app.domain.citizen_id import (
    CitizenId,
    IdentityNumber,
    IdWarning,
    cross_check,
    parse_identity_number,
)
from counter_app.domain.code_pages import repair_code_page
from counter_app.domain.dossier import Sex
from counter_app.domain.errors import InvalidValue, Refusal
from counter_app.domain.person_name import PersonName
from counter_app.domain.qr_kind import QrKind, recognise
from counter_app.domain.text import clean_line

FIELDS: Final = 7
MAX_PAYLOAD: Final = 2000
MAX_RESIDENCE: Final = 300

_SYMBOLOGY: Final = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
"""The AIM identifier (`]Q1`) that some scanners put before the payload."""

_SEXES: Final = {"nam": Sex.MALE, "nữ": Sex.FEMALE}
_SEX_WORDS: Final = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}


@dataclass(eq=False)
class NotACard(Refusal):
    """A QR code, but not that of an identity card."""

    kind: QrKind


class Repair(StrEnum):
    """What was put right, for the officer to know of."""

    CODE_PAGE = "code_page"
    CAPITALS = "capitals"
    CAPS_LOCK = "caps_lock"


class Caution(StrEnum):
    """What the officer should compare with the card."""

    NAME_WITHOUT_MARKS = "name_without_marks"
    RESIDENCE_MISSING = "residence_missing"
    ISSUE_DAY_MISSING = "issue_day_missing"
    ISSUED_BEFORE_BIRTH = "issued_before_birth"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardData:
    """What a card says of its holder.

    Attributes:
        old_id: The number of the card before, usually nine digits; None if there was none.
        residence: Nơi thường trú or nơi cư trú as written, with units that may no longer exist.
        issued_on: None where the card does not say.
        repairs: What was damaged on the way and put right.
        cautions: What to compare with the card by eye.
        warnings: Where number, sex and birth do not agree.
    """

    citizen_id: CitizenId
    old_id: IdentityNumber | None
    name: PersonName
    birth: BirthDate
    sex: Sex
    residence: str
    issued_on: date | None
    repairs: tuple[Repair, ...] = ()
    cautions: tuple[Caution, ...] = ()
    warnings: tuple[IdWarning, ...] = ()

    def payload(self) -> str:
        """As the card itself would carry it."""
        birth = self.birth
        return "|".join(
            (
                self.citizen_id.number,
                self.old_id.number if self.old_id else "",
                self.name.text,
                f"{birth.day or 0:02d}{birth.month or 0:02d}{birth.year:04d}",
                _SEX_WORDS[self.sex],
                self.residence,
                f"{self.issued_on:%d%m%Y}" if self.issued_on else "",
            )
        )


def parse_card_qr(payload: str) -> CardData:
    """Read what a scanner sent.

    Raises:
        NotACard: It is another kind of QR code; the kind is named.
        CardDamaged: It is a card, but input method, code page or keyboard changed it.
    """
    text = _SYMBOLOGY.sub("", payload.strip("\ufeff\x00 \t\r\n"))
    if len(text) > MAX_PAYLOAD:
        raise CardDamaged(Damage.TOO_LONG)
    repairs: list[Repair] = []
    if fixed := repair_code_page(text):
        text = fixed[0]
        repairs.append(Repair.CODE_PAGE)
    fields = _fields(_one_line(unicodedata.normalize("NFC", text)))
    refuse_damage(fields)
    if fields[4][0].islower():
        name, sex, residence = (_without_caps_lock(fields[place]) for place in (2, 4, 5))
        fields = (*fields[:2], name, fields[3], sex, residence, *fields[6:])
        repairs.append(Repair.CAPS_LOCK)
    return _card(fields, repairs)


def read_scanner_bytes(payload: bytes) -> str:
    """The text of what a scanner sent over a serial line.

    Bytes that are not UTF-8 become U+FFFD, which `parse_card_qr` refuses with a name.
    """
    return payload.decode("utf-8", errors="replace")


def _one_line(text: str) -> str:
    """The payload, where a scanner sent it once, twice, or with a line break inside."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]
    whole = [line for line in lines if line.count("|") >= FIELDS - 1]
    if len(set(whole)) > 1:
        raise CardDamaged(Damage.TWO_CARDS)
    return whole[0] if whole else " ".join(lines)


def _fields(text: str) -> tuple[str, ...]:
    fields = tuple(field.strip() for field in text.split("|"))
    begins_with_number = re.match(r"\d{12}(?!\d)", fields[0], re.ASCII) is not None
    begins_with_number = begins_with_number and len(text) > 12
    if len(fields) >= FIELDS and begins_with_number:
        return fields
    if typed_on_vietnamese_layout(text):
        raise CardDamaged(Damage.KEYBOARD_LAYOUT, "citizen_id")
    kind = recognise(text)
    if kind is QrKind.OTHER and len(fields) >= FIELDS and _is_like_a_card(fields):
        return fields
    if kind is not QrKind.OTHER or not begins_with_number:
        raise NotACard(kind)
    is_unparted = len(fields) == 1 and len(re.findall(r"\d{8}", text[12:])) >= 2
    raise CardDamaged(Damage.SEPARATOR_LOST if is_unparted else Damage.TOO_FEW_FIELDS)


def _is_like_a_card(fields: tuple[str, ...]) -> bool:
    dates = sum(re.fullmatch(r"\d{8}", field, re.ASCII) is not None for field in fields)
    return dates >= 1 or fields[4].lower() in _SEXES


def _card(fields: tuple[str, ...], repairs: list[Repair]) -> CardData:
    number, old_number, name_text, birth_text, sex_text, residence_text, issued_text = fields[
        :FIELDS
    ]
    try:
        citizen_id = CitizenId.parse(number)
        old_id = parse_identity_number(old_number, "old_id") if old_number else None
        written = PersonName.parse(name_text)
        birth = BirthDate.parse(birth_text)
        residence = clean_line(residence_text, "residence", MAX_RESIDENCE)
        issued_on = _issue_day(issued_text)
    except InvalidValue as problem:
        raise CardDamaged(Damage.FIELD_UNREADABLE, problem.field) from None
    sex = _SEXES[sex_text.lower()]
    name = written.cased()
    if name != written:
        repairs = [*repairs, Repair.CAPITALS]
    return CardData(
        citizen_id=citizen_id,
        old_id=old_id,
        name=name,
        birth=birth,
        sex=sex,
        residence=residence,
        issued_on=issued_on,
        repairs=tuple(repairs),
        cautions=_cautions(name, residence, birth, issued_on),
        warnings=cross_check(citizen_id, sex=sex, birth=birth),
    )


def _issue_day(text: str) -> date | None:
    if not text:
        return None
    day = BirthDate.parse(text, "issued_on")
    if day.month is None or day.day is None:
        raise InvalidValue("issued_on", "not_a_date", text)
    return day.earliest


def _cautions(
    name: PersonName, residence: str, birth: BirthDate, issued_on: date | None
) -> tuple[Caution, ...]:
    found = {
        Caution.NAME_WITHOUT_MARKS: name.text.isascii(),
        Caution.RESIDENCE_MISSING: not residence,
        Caution.ISSUE_DAY_MISSING: issued_on is None,
        Caution.ISSUED_BEFORE_BIRTH: issued_on is not None and issued_on < birth.earliest,
    }
    return tuple(caution for caution, is_so in found.items() if is_so)


def _without_caps_lock(text: str) -> str:
    """Letters as they were, if the scanner typed with Caps Lock on.

    Some drivers turn every letter round, some only those without marks; the reading in which the
    fewest capitals follow a small letter is the right one.
    """
    readings = (
        text,
        text.swapcase(),
        "".join(char.swapcase() if char.isascii() else char for char in text),
    )
    return min(readings, key=_odd_letters)


def _odd_letters(text: str) -> int:
    odd_capitals = sum(a.islower() and b.isupper() for a, b in pairwise(text))
    small_starts = sum(word[0].islower() for word in text.split())
    return odd_capitals * 10 + small_starts
