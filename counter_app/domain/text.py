"""Free text as it may enter the application: one form for every letter, and only text.

Whatever is typed, pasted, scanned or received passes through here, so that no control sequence
(an ESC/POS command, a change of writing direction) can reach a printer, a form or a screen.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from counter_app.domain.errors import InvalidValue

MAX_LINE: Final = 200
MAX_TEXT: Final = 4000

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Left behind by word processors and web pages; they carry no meaning in Vietnamese."""

_LOOKALIKES: Final = {0x00D0: "Đ", 0x0189: "Đ"}
"""Icelandic eth and African D: old converters and printer tables write them for Đ."""

_DAMAGED: Final = "\ufffd"
_MAX_MARKS: Final = 2
"""Marks that stay apart from their letter after NFC; Vietnamese needs none, a few languages two."""

_PLAIN_LINE: Final = re.compile(
    r"[A-Za-z0-9À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ.,;:/()'\-]+"
    r"(?: [A-Za-z0-9À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ.,;:/()'\-]+)*"
)
"""What nearly every line is: composed Vietnamese, single spaces. It needs no closer look."""


def clean_line(text: str, field: str, max_length: int = MAX_LINE) -> str:
    """One line of text: NFC, single spaces, nothing invisible. May be empty.

    A line break or a tab that came with a paste counts as a space.

    Args:
        text: As typed, pasted or received.
        field: The field's name, for the error.
        max_length: In code points, after cleaning.

    Raises:
        InvalidValue: With rule `control_character`, `direction_control`, `private_character`,
            `unassigned_character`, `damaged_character`, `too_many_marks` or `too_long`.
    """
    if _PLAIN_LINE.fullmatch(text) is None:
        text = " ".join(_clean(text, field).split())
    return _within(text, field, max_length)


def clean_text(text: str, field: str, max_length: int = MAX_TEXT) -> str:
    """Several lines of text, each clean as by `clean_line`, joined by a line feed.

    Blank lines at both ends go; more than one blank line in a row becomes one.

    Raises:
        InvalidValue: As `clean_line`.
    """
    lines = (" ".join(line.split()) for line in _clean(text, field).splitlines())
    return _within(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"), field, max_length)


def require_line(text: str, field: str, max_length: int = MAX_LINE) -> str:
    """As `clean_line`, and not empty.

    Raises:
        InvalidValue: As `clean_line`, or with rule `empty`.
    """
    line = clean_line(text, field, max_length)
    if not line:
        raise InvalidValue(field, "empty")
    return line


def _within(text: str, field: str, max_length: int) -> str:
    if len(text) > max_length:
        raise InvalidValue(field, "too_long", text)
    return text


def _clean(text: str, field: str) -> str:
    text = text.replace("\r\n", "\n").translate(_INVISIBLE).translate(_LOOKALIKES)
    text = unicodedata.normalize("NFC", text)
    cleaned = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if char in "\t\n\r" or category in ("Zs", "Zl", "Zp"):
            char = "\n" if char in "\n\r\u2028\u2029" else " "  # noqa: PLW2901  # one letter in, one out
        elif rule := _broken_rule(char, category):
            raise InvalidValue(field, rule, text)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MAX_MARKS:
            raise InvalidValue(field, "too_many_marks", text)
        cleaned.append(char)
    return "".join(cleaned)


def _broken_rule(char: str, category: str) -> str:
    if char == _DAMAGED:
        return "damaged_character"
    if category == "Cf":
        is_direction = unicodedata.bidirectional(char) != "BN" or char in "\u200e\u200f\u061c"
        return "direction_control" if is_direction else "control_character"
    return {
        "Cc": "control_character",
        "Cs": "damaged_character",
        "Co": "private_character",
        "Cn": "unassigned_character",
    }.get(category, "")
