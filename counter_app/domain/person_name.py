"""Names of people: họ, đệm, tên, and those that have fewer parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from counter_app.domain.alphabet import collation_key
from counter_app.domain.errors import InvalidValue
from counter_app.domain.text import require_line

MAX_NAME: Final = 100

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))
_ALLOWED_SIGNS: Final = "'-. "
_PART_GAP: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as written: `Nguyễn Thị Mẫu`, `Y Bhăm Niê`, `H'Ngân`, `Phượng`."""

    text: str

    def __post_init__(self) -> None:
        if _normal(self.text, "name") != self.text:
            raise InvalidValue("name", "not_normal", self.text)

    @classmethod
    def parse(cls, text: str, field: str = "name") -> PersonName:
        """Read a name as typed: NFC, single spaces, one form of apostrophe.

        Raises:
            InvalidValue: With rule `empty`, `digit`, `sign`, `no_letter`, `too_long`, or one of
                those of `clean_line`.
        """
        return cls(_normal(text, field))

    @property
    def given(self) -> str:
        """Tên, by which people are called and sorted: the last word."""
        return self.text.rsplit(" ", 1)[-1]

    @property
    def family(self) -> str:
        """Họ: the first of several words; empty where there is one word only."""
        words = self.text.split(" ")
        return words[0] if len(words) > 1 else ""

    @property
    def middle(self) -> str:
        """Đệm: whatever stands between."""
        return " ".join(self.text.split(" ")[1:-1])

    def sort_key(self) -> str:
        """By tên, then họ, then đệm, in the order of the Vietnamese alphabet.

        Plain text whose code-point order is right, so a store can keep and index it.
        """
        parts = (self.given, self.family, self.middle)
        return _PART_GAP.join(collation_key(part) for part in parts)

    def upper(self) -> str:
        return self.text.upper()

    def cased(self) -> PersonName:
        """With capitals where names have them, if written all in one case: `NGUYỄN THỊ MẪU`."""
        text = self.text
        odd = (
            text.isupper() or text.islower() or (text[0].islower() and text[1:] != text[1:].lower())
        )
        return PersonName(_capitalised(text)) if odd and len(text) > 1 else self

    def __str__(self) -> str:
        return self.text


def _normal(text: str, field: str) -> str:
    name = require_line(text.translate(_APOSTROPHES), field, MAX_NAME)
    if any(char.isdigit() for char in name):
        raise InvalidValue(field, "digit", name)
    if any(not (char.isalpha() or char in _ALLOWED_SIGNS or _is_mark(char)) for char in name):
        raise InvalidValue(field, "sign", name)
    if not any(char.isalpha() for char in name):
        raise InvalidValue(field, "no_letter", name)
    return name


def _is_mark(char: str) -> bool:
    """A mark that has no composed letter, as in transcriptions of highland names."""
    return "\u0300" <= char <= "\u036f"


def _capitalised(text: str) -> str:
    """Each part after a space, an apostrophe or a hyphen begins with a capital: `H'Ngân`."""
    return re.sub(r"[^\s'\-]+", lambda part: part[0][0].upper() + part[0][1:].lower(), text)
