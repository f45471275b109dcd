"""Tinos, a serif of Times' measure, known to reportlab under four names."""

from __future__ import annotations

from functools import cache

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing.assets import FONTS

REGULAR = "Tinos"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"


@cache
def register() -> None:
    """Make the faces known; they are embedded in each PDF as far as its letters need."""
    files = {REGULAR: "Tinos-Regular", BOLD: BOLD, ITALIC: ITALIC, BOLD_ITALIC: BOLD_ITALIC}
    for name, file in files.items():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / "tinos" / f"{file}.ttf")))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(
                REGULAR, bold, italic, ((REGULAR, ITALIC), (BOLD, BOLD_ITALIC))[bold][italic]
            )
