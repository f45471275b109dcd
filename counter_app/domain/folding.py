"""Folding for search: what people type, with or without marks, finds what is written.

Two texts that a Vietnamese reader takes for the same word fold alike: case, marks, the place of a
tone (hoà, hòa), đ and d, y and i where both spellings are in use (Lý, Lí; quý, quí; kỹ, kĩ).
The fold of a beginning is a beginning of the fold, so a prefix search on folded text is right.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = "'’‘ʼ`´ʹ′"
"""Part of a name as in H'Ngân; people leave them out when they type."""

_SPLIT_LETTERS: Final = {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i"}
"""Letters that Unicode does not take apart."""

_Y_AS_I: Final = re.compile(r"(?<=qu)y|(?<![aeou])y")
"""y where i is also written: after a consonant, after qu, and at the start of a word.

Only what stands to the left decides, so that a prefix folds as it will within the whole word.
After a vowel (tay and tai, thuy and thui) the two are different words and stay apart.
"""


class _Folds(dict[int, str]):
    """What each character becomes, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_fold_part, unicodedata.normalize("NFD", chr(code).casefold())))
        self[code] = folded
        return folded


def _fold_part(char: str) -> str:
    if char in _APOSTROPHES or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return ""
    if char.isalnum():
        return _SPLIT_LETTERS.get(char, char)
    return " "


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, y as i where both are written, words with one space between.

    Punctuation counts as a space, apostrophes as nothing: `H'Ngân (Lý)` gives `hngan li`.
    """
    folded = text.translate(_FOLDS)
    if "y" in folded:
        folded = _Y_AS_I.sub("i", folded)
    return " ".join(folded.split())


def fold_words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def folds_alike(one: str, other: str) -> bool:
    """Whether a search would take the two for the same words."""
    return fold(one) == fold(other)
