"""The paper under the virtual head: ink at a place, a roll that grows, a knife."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from printing.assets import FONTS

# The head's own letters: 12 dots wide; two marks above a capital and one below fit in the height.
CELL_ROWS = 30
_BASELINE = 24
_EM = 20
_GROWTH = 1024
_OWN_FACES = {
    False: "jetbrains-mono/JetBrainsMono-Medium.ttf",
    True: "jetbrains-mono/JetBrainsMono-ExtraBold.ttf",
}


class Canvas:
    """A roll of paper `width` dots wide, printed on from the top."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._ink = Image.new("1", (width, _GROWTH))
        self.top = 0

    def stamp(self, ink: Image.Image, left: int, down: int = 0) -> None:
        """Put ink at `left`, `down` dots below the print line; what hangs over the edge is lost."""
        self._reach(self.top + down + ink.height)
        place = (left, self.top + down)
        beneath = self._ink.crop((*place, left + ink.width, place[1] + ink.height))
        self._ink.paste(ImageChops.logical_or(beneath, ink), place)

    def feed(self, dots: int) -> None:
        self.top += dots
        self._reach(self.top)

    def tear(self) -> Image.Image:
        """Take what has been fed so far, black on white, and begin anew."""
        ink = self._ink.crop((0, 0, self.width, max(1, self.top)))
        self._ink = Image.new("1", (self.width, _GROWTH))
        self.top = 0
        return Image.eval(ink.convert("L"), lambda level: 255 - level)

    def _reach(self, bottom: int) -> None:
        if bottom > self._ink.height:
            longer = Image.new("1", (self.width, bottom + _GROWTH))
            longer.paste(self._ink, (0, 0))
            self._ink = longer


@lru_cache(maxsize=1024)
def letter_ink(letter: str, width: int, across: int, down: int, *, bold: bool) -> Image.Image:
    """One of the head's own letters in its cell; enlarged by whole dots, as a head does it."""
    cell = Image.new("1", (width, CELL_ROWS))
    if letter.strip():
        pen = ImageDraw.Draw(cell)
        pen.fontmode = "1"
        pen.text((width // 2, _BASELINE), letter, fill=1, font=_own_face(bold, width), anchor="ms")
    return cell.resize((width * across, CELL_ROWS * down), Image.Resampling.NEAREST)


@lru_cache(maxsize=8)
def _own_face(bold: bool, width: int) -> ImageFont.FreeTypeFont:
    em = min(_EM, max(6, width * 5 // 3))
    return ImageFont.truetype(
        str(FONTS / _OWN_FACES[bold]), em, layout_engine=ImageFont.Layout.BASIC
    )


def bytes_ink(rows: bytes, width_bytes: int, across: int = 1, down: int = 1) -> Image.Image:
    """Raster bytes as ink, the highest bit leftmost; whole rows only."""
    height = len(rows) // width_bytes
    ink = Image.frombytes("1", (width_bytes * 8, height), rows[: height * width_bytes])
    if (across, down) == (1, 1):
        return ink
    return ink.resize((ink.width * across, ink.height * down), Image.Resampling.NEAREST)


def columns_ink(columns: bytes, bytes_each: int, across: int, down: int) -> Image.Image:
    """Column bytes as ink, the highest bit on top."""
    # A column picture is a raster picture lying on its side.
    ink = bytes_ink(columns, bytes_each).transpose(Image.Transpose.TRANSPOSE)
    return ink.resize((ink.width * across, ink.height * down), Image.Resampling.NEAREST)
