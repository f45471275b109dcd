"""Text whose UTF-8 bytes were read in the wrong code page, and the way back."""

from __future__ import annotations

import codecs
from typing import Final

CODE_PAGES: Final = ("cp1252", "cp1258", "cp437", "latin-1")
"""Windows in English and in Vietnamese, the OEM page of Alt codes, and drivers that just widen."""

_MAX_ROUNDS: Final = 2


def repair_code_page(text: str) -> tuple[str, str] | None:
    """Read `Nguyá»…n` as `Nguyễn`.

    Returns:
        The text and the code page that it had been read in, or None if no code page explains it.
    """
    for page in CODE_PAGES:
        repaired = text
        for _ in range(_MAX_ROUNDS):
            undone = _undo(repaired, page)
            if undone is None:
                break
            repaired = undone
        if repaired != text:
            return repaired, page
    return None


def looks_misread(text: str) -> bool:
    """Whether letters stand here that are typical of UTF-8 read in a wrong code page."""
    return any(sign in text for sign in _SIGNS)


_SIGNS: Final = (
    "á»",
    "áº",
    "Ä‘",
    "Ä\x90",
    "Ä ",
    "Æ°",
    "Æ¡",
    "Ã¡",
    "Ã¢",
    "Ãª",
    "ß╗",
    "ß║",
    "─æ",
    "╞░",
)
"""What ễ, ạ, đ, Đ, ư, ơ, á, â and ê turn into."""


def _undo(text: str, page: str) -> str | None:
    """The text that `page` made this of; None if it made none, or if nothing would change."""
    if text.isascii():
        return None
    try:
        undone = _bytes_of(text, page).decode("utf-8")
    except UnicodeError:
        return None
    return undone if undone != text else None


def _bytes_of(text: str, page: str) -> bytes:
    """As the code page has it; where it has no letter for a byte, Windows gives the bare code."""
    parts = bytearray()
    for char in text:
        try:
            parts += codecs.encode(char, page)
        except UnicodeEncodeError:
            if not "\x80" <= char <= "\x9f":
                raise
            parts.append(ord(char))
    return bytes(parts)
