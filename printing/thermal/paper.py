"""Sizes on paper: the type scale and spacing for each width of print head, in dots at 203 dpi."""

from __future__ import annotations

from dataclasses import dataclass

from printing.documents import Density, Size

NARROW_DOTS = 384
WIDE_DOTS = 576

_NARROW = {Size.SMALL: 19, Size.NORMAL: 22, Size.LARGE: 26, Size.TITLE: 30, Size.HUGE: 112}
_WIDE = {Size.SMALL: 22, Size.NORMAL: 26, Size.LARGE: 32, Size.TITLE: 38, Size.HUGE: 150}
_COMPACT = {Size.SMALL: 18, Size.NORMAL: 20, Size.LARGE: 24, Size.TITLE: 30, Size.HUGE: 112}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the flow needs to know of the paper.

    Attributes:
        width: Printable dots across.
        sizes: Dots an em for each step of the type scale.
        qr_side: The largest side of a QR code, quiet zone included.
        barcode_height: Height of a bar code.
    """

    width: int
    sizes: dict[Size, int]
    qr_side: int
    barcode_height: int

    def line_height(self, size: Size) -> int:
        """Distance between base lines: room for two marks above a capital and one below."""
        return round(self.sizes[size] * 1.34)

    @property
    def gutter(self) -> int:
        """Least gap between a label and its value."""
        return self.sizes[Size.NORMAL] * 2 // 3


def paper(width: int, density: Density = Density.NORMAL) -> Paper:
    """Return the sizes for a head of `width` dots."""
    wide = width >= 500
    sizes = _COMPACT if density is Density.COMPACT else _WIDE if wide else _NARROW
    return Paper(width, sizes, qr_side=260 if wide else 220, barcode_height=72 if wide else 60)
