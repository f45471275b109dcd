"""Where the package finds its data: fonts, printers, forms. The same place in a checkout and in a built program."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FONTS = RESOURCES / "fonts"
PRINTERS = RESOURCES / "printers"
FORMS = RESOURCES / "forms"
