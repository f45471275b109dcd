"""The order of the Vietnamese alphabet, as text that sorts right anywhere, in SQL too."""

from __future__ import annotations

import unicodedata
from typing import Final

LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""With f, j, w and z, for foreign words, where the Latin alphabet has them."""

TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng; a word without a mark (ngang) comes before them all."""

_RANKS: Final = {letter: chr(ord("A") + rank) for rank, letter in enumerate(LETTERS)}
_OTHER: Final = "~"
_WORD_GAP: Final = "!"
_TONE_GAP: Final = " "


def collation_key(text: str) -> str:
    """A string whose code-point order is the dictionary order of `text`.

    Letters decide first, over all words; only then tones. Case, and where in the word a tone is
    written, do not count.
    """
    letters, tones = [], []
    for word in text.lower().split():
        key, tone = _word_key(word)
        letters.append(key)
        tones.append(tone)
    return f"{_WORD_GAP.join(letters)}{_TONE_GAP}{''.join(tones)}"


def _word_key(word: str) -> tuple[str, str]:
    tone = 0
    kept = []
    for char in unicodedata.normalize("NFD", word):
        if char in TONES:
            tone = TONES[char]
        else:
            kept.append(char)
    plain = unicodedata.normalize("NFC", "".join(kept))
    return "".join(_RANKS.get(char) or _rank_of_other(char) for char in plain), str(tone)


def _rank_of_other(char: str) -> str:
    """Digits stand before letters, other scripts after them, marks in a name count for nothing."""
    if char.isdigit():
        return char if char.isascii() else f"0{char}"
    return f"{_OTHER}{char}" if char.isalpha() else ""
