"""What may stand on paper: every text of a document passes through `printable` before anything else sees it.

A print head reads control characters as commands (cut, open the drawer, erase memory), and bidirectional
overrides make a name read otherwise than it is stored. Neither can leave this module.
"""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_SPACES = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Other fonts' or other programs' characters: nobody can say what they would look like.
_WITHOUT_A_FACE = frozenset({"Cs", "Co", "Cn"})


def printable(text: str) -> str:
    """Return the text in NFC, with nothing in it that a print head or a reader could take for a command.

    Line ends and tabs become spaces; other control and format characters (C0, C1, bidirectional
    overrides, zero-width characters, byte-order marks) are dropped; surrogates, private-use and
    unassigned code points become U+FFFD, so that a loss is seen and never silent.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", "".join(_shown(letter) for letter in text))


def _shown(letter: str) -> str:
    if letter in _SPACES:
        return " "
    category = unicodedata.category(letter)
    if category in {"Cc", "Cf"}:
        return ""
    if category in _WITHOUT_A_FACE:
        return REPLACEMENT
    if category == "Zs" and letter != NO_BREAK_SPACE:
        return " "
    return letter
