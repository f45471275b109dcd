"""What happens to a card's payload between the card and the counter, and how it is told apart.

A scanner that poses as a keyboard types what the card says; the keyboard layout, an input method
(Telex, VNI) or the code page of the driver may then change it. Most of it cannot be undone: who
lost the marks of a name does not know the name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.domain.code_pages import looks_misread
from counter_app.domain.errors import Refusal
from counter_app.domain.folding import fold


class Damage(StrEnum):
    TOO_FEW_FIELDS = "too_few_fields"
    SEPARATOR_LOST = "separator_lost"
    TWO_CARDS = "two_cards"
    MARKS_LOST = "marks_lost"
    QUESTION_MARKS = "question_marks"
    REPLACEMENT_CHARACTERS = "replacement_characters"
    TELEX = "telex"
    VNI = "vni"
    KEYBOARD_LAYOUT = "keyboard_layout"
    WRONG_CODE_PAGE = "wrong_code_page"
    CONTROL_CHARACTERS = "control_characters"
    FIELD_UNREADABLE = "field_unreadable"
    TOO_LONG = "too_long"


@dataclass(eq=False)
class CardDamaged(Refusal):
    """The payload is of a card, but did not arrive as it left.

    Attributes:
        damage: What happened to it.
        field: The field where it shows (`sex`, `name`, …), or empty.
    """

    damage: Damage
    field: str = ""


FIELD_NAMES: Final = ("citizen_id", "old_id", "name", "birth", "sex", "residence", "issued_on")

_TELEX_SEX: Final = frozenset({"nuwx", "nux", "nuxw", "nuw", "nwux", "nưx", "nũw"})
_VNI_SEX: Final = frozenset({"nu74", "nu47", "nu7", "nu4", "nư4", "nũ7"})
_TELEX_KEYS: Final = re.compile(r"aa|ee|oo|dd|[aou]w|[aeiouy][a-z]{0,3}[sfrxj]\b")
_VNI_KEYS: Final = re.compile(r"[a-z]+[1-9]+[a-z]*\b|d9")

_MARKED_FAMILIES: Final = frozenset({
    "nguyen", "tran", "le", "pham", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ngo",
    "duong", "truong", "dinh", "doan", "luu", "trinh", "phung", "vuong", "luong",
})  # fmt: skip
"""Family names, folded, that are never written without marks."""

_MARKED_PLACES: Final = re.compile(
    r"\b(?:xa|phuong|huyen|quan|thon|buon|tinh|thi tran|thanh pho|to dan pho|ap|khom|duong)\b"
)
"""Words of an address, folded, that are never written without marks."""

_DIGIT_ROW: Final = frozenset("ăâêô\u0300\u0309\u0303\u0301\u0323đẳẵắặầẩẫấậềểễếệồổỗốộ")
"""What the row of digits gives on the Vietnamese keyboard layout of Windows, composed or not."""


def refuse_damage(fields: tuple[str, ...]) -> None:
    """Look for damage that shows in letters, before any field is read.

    Args:
        fields: Seven or more, in NFC.

    Raises:
        CardDamaged: With what happened and the field where it shows.
    """
    for name, value in zip(FIELD_NAMES, fields, strict=False):
        if damage := _damage_in(value):
            raise CardDamaged(damage, name)
    _refuse_damaged_sex(fields[4].lower())
    _refuse_lost_marks(fields[2], fields[5])


def typed_on_vietnamese_layout(text: str) -> bool:
    """Whether the digits of a number came out as ă, â, ê, ô and tone marks."""
    head = unicodedata.normalize("NFC", text)[:8].lower()
    return bool(head) and sum(char in _DIGIT_ROW for char in head) * 3 >= len(head) * 2


def _damage_in(value: str) -> Damage | None:
    if "\ufffd" in value:
        return Damage.REPLACEMENT_CHARACTERS
    if "?" in value:
        return Damage.QUESTION_MARKS
    if not value.isprintable() and any(unicodedata.category(char) == "Cc" for char in value):
        return Damage.CONTROL_CHARACTERS
    return Damage.WRONG_CODE_PAGE if looks_misread(value) else None


def _refuse_damaged_sex(sex: str) -> None:
    """Nữ is the one field whose right spelling is known beforehand."""
    if sex in ("nam", "nữ"):
        return
    if sex in _TELEX_SEX:
        raise CardDamaged(Damage.TELEX, "sex")
    if sex in _VNI_SEX:
        raise CardDamaged(Damage.VNI, "sex")
    if fold(sex) in ("nu", "n"):
        raise CardDamaged(Damage.MARKS_LOST, "sex")
    raise CardDamaged(Damage.FIELD_UNREADABLE, "sex")


def _refuse_lost_marks(name: str, residence: str) -> None:
    """A name may do without marks (Mai Thanh Lan), but not together with the whole address."""
    has_lost_place = residence.isascii() and _MARKED_PLACES.search(residence.lower()) is not None
    if has_lost_place or (residence and residence.isascii() and name.isascii()):
        raise CardDamaged(_keys_left_in(f"{name} {residence}"), "residence")
    if name.isascii():
        is_marked = next(iter(fold(name).split()), "") in _MARKED_FAMILIES
        left = _keys_left_in(name)
        if is_marked or left is Damage.VNI:
            raise CardDamaged(left, "name")


def _keys_left_in(text: str) -> Damage:
    """Whether the keys of an input method stand where letters with marks should."""
    text = text.lower()
    words = text.split()
    if sum(_VNI_KEYS.search(word) is not None for word in words) > 1:
        return Damage.VNI
    if sum(_TELEX_KEYS.search(word) is not None for word in words) > 1:
        return Damage.TELEX
    return Damage.MARKS_LOST
