"""Type for the raster: faces, measured widths, and which letters a face holds."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from PIL import ImageFont

from printing.assets import FONTS

_FACES = {
    # Medium weight for plain text: thin strokes fade on a worn head.
    (False, 0): "be-vietnam-pro/BeVietnamPro-Medium.ttf",
    (True, 0): "be-vietnam-pro/BeVietnamPro-Bold.ttf",
    # Greek, Cyrillic and signs that the first face does not hold.
    (False, 1): "tinos/Tinos-Regular.ttf",
    (True, 1): "tinos/Tinos-Bold.ttf",
}
_CHOICES = (0, 1)
# A non-character: no face has a glyph for it, so its picture is the face's "missing letter" box.
_MISSING = "\uffff"


@lru_cache(maxsize=64)
def face(size: int, *, bold: bool = False, choice: int = 0) -> ImageFont.FreeTypeFont:
    """Return the face at `size` dots an em; `choice` 1 is the second face, asked when the first lacks a letter."""
    # Basic layout: the same dots on every machine, with or without a shaping library.
    path = FONTS / _FACES[bold, choice]
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def holds(letter: str, choice: int, *, bold: bool) -> bool:
    """Whether the face has a picture of its own for the letter."""
    font = face(24, bold=bold, choice=choice)
    return bytes(font.getmask(letter, mode="1")) != bytes(font.getmask(_MISSING, mode="1"))


@lru_cache(maxsize=4096)
def _choice(letter: str, bold: bool) -> int:
    return next((choice for choice in _CHOICES if holds(letter, choice, bold=bold)), 0)


def runs(text: str, size: int, *, bold: bool) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """Split text into runs of one face each."""
    if text.isascii():
        return [(face(size, bold=bold), text)]
    return [
        (face(size, bold=bold, choice=choice), "".join(letters))
        for choice, letters in groupby(text, key=lambda letter: _choice(letter, bold))
    ]


@lru_cache(maxsize=8192)
def width(text: str, size: int, *, bold: bool = False) -> int:
    """Width of the text in dots, rounded up."""
    return -int(-sum(font.getlength(part) for font, part in runs(text, size, bold=bold)) // 1)


def missing_letters(text: str) -> frozenset[str]:
    """The letters of the text that no face holds: they print as a box."""
    return frozenset(
        letter
        for letter in set(text)
        if not letter.isspace()
        and not any(holds(letter, choice, bold=False) for choice in _CHOICES)
    )
