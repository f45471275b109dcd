"""A sheet of A4 and a pen: how sample papers are laid out.

Knows type, rules, signatures and stamps; what the papers say is in `sample_papers`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

MM_PER_INCH = 25.4
WIDTH_MM, HEIGHT_MM = 210.0, 297.0

INK = (28, 28, 32)
FAINT = (120, 120, 124)
PEN = (24, 44, 138)
SEAL = (206, 36, 44)

_FACES = {
    "regular": "tinos/Tinos-Regular.ttf",
    "bold": "tinos/Tinos-Bold.ttf",
    "italic": "tinos/Tinos-Italic.ttf",
    "bold-italic": "tinos/Tinos-BoldItalic.ttf",
    "sans": "be-vietnam-pro/BeVietnamPro-Regular.ttf",
    "sans-bold": "be-vietnam-pro/BeVietnamPro-Bold.ttf",
}

Colour = tuple[int, int, int]


@lru_cache(maxsize=128)
def _font(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _width(font: ImageFont.FreeTypeFont, text: str) -> float:
    return font.getlength(text)


@lru_cache(maxsize=1024)
def _inked(font: ImageFont.FreeTypeFont, text: str, anchor: str) -> tuple[Image.Image, int, int]:
    """The text as a mask and where it lies from its anchor; most of a form's words come again."""
    left, top, right, bottom = font.getbbox(text, anchor=anchor)
    mask = Image.new("L", (max(1, int(right - left) + 2), max(1, int(bottom - top) + 2)))
    ImageDraw.Draw(mask).text((-left, -top), text, fill=255, font=font, anchor=anchor)
    return mask, int(left), int(top)


class Sheet:
    """One side of A4, written from top to bottom; lengths in millimetres, type in points.

    Attributes:
        y: Where the next line goes, in millimetres from the top edge.
        left: The left margin.
        right: The right margin, from the left edge.
    """

    def __init__(self, fonts: Path, dpi: int, random: Random) -> None:
        self._fonts = fonts
        self._dpi = dpi
        self._random = random
        self.image = Image.new("RGB", (self.px(WIDTH_MM), self.px(HEIGHT_MM)), "white")
        self._draw = ImageDraw.Draw(self.image)
        self.left, self.right = 30.0, 190.0
        self.y = 20.0

    def px(self, millimetres: float) -> int:
        return round(millimetres * self._dpi / MM_PER_INCH)

    def _face(self, face: str, points: float) -> ImageFont.FreeTypeFont:
        return _font(self._fonts / _FACES[face], round(points * self._dpi / 72))

    def text_width(self, text: str, face: str, points: float) -> float:
        """In millimetres."""
        return _width(self._face(face, points), text) * MM_PER_INCH / self._dpi

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        face: str = "regular",
        points: float = 13,
        colour: Colour = INK,
        anchor: str = "ls",
    ) -> None:
        """Write at a place; `anchor` as Pillow has it, the base line on the left unless told."""
        mask, left, top = _inked(self._face(face, points), text, anchor)
        self.image.paste(colour, (self.px(x) + left, self.px(y) + top), mask)

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, colour: Colour = INK, mm: float = 0.25
    ) -> None:
        ends = (self.px(x0), self.px(y0), self.px(x1), self.px(y1))
        self._draw.line(ends, fill=colour, width=max(1, self.px(mm)))

    def box(self, x0: float, y0: float, x1: float, y1: float, *, radius: float = 0.0) -> None:
        corners = (self.px(x0), self.px(y0), self.px(x1), self.px(y1))
        self._draw.rounded_rectangle(
            corners, self.px(radius), outline=INK, width=max(1, self.px(0.3))
        )

    def centred(
        self, text: str, *, face: str = "bold", points: float = 14, x: float | None = None
    ) -> None:
        middle = (self.left + self.right) / 2 if x is None else x
        self.y += points * 0.45
        self.put(text, middle, self.y, face=face, points=points, anchor="ms")

    def national_heading(self, office: Sequence[str] = (), number: str = "") -> None:
        """Quốc hiệu and Tiêu ngữ; beside them the office that issues the paper, if one does."""
        beside = 142.0 if office else None
        top = self.y
        self.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", points=12.5, x=beside)
        self.centred("Độc lập - Tự do - Hạnh phúc", points=13, x=beside)
        middle = beside or (self.left + self.right) / 2
        half = self.text_width("Độc lập - Tự do - Hạnh phúc", "bold", 13) / 2
        self.rule(middle - half, self.y + 1.8, middle + half, self.y + 1.8)
        bottom, self.y = self.y, top
        for place, line in enumerate(office):
            self.centred(line, face="bold" if place else "regular", points=12.5, x=58)
        if office:
            self.rule(48, self.y + 1.8, 68, self.y + 1.8)
            self.y += 2.5
            self.centred(number, face="regular", points=12, x=58)
        self.y = max(bottom, self.y) + 6

    def title(self, text: str, under: str = "") -> None:
        self.y += 4
        self.centred(text, points=15.5)
        if under:
            self.centred(under, face="italic", points=12)
        self.y += 5

    def heading(self, text: str) -> None:
        self.y += 8
        self.put(text, self.left, self.y, face="bold")

    def field(self, *pairs: tuple[str, str]) -> None:
        """One line of `label: value` pairs; values stand in pen on a dotted line."""
        self.y += 7.6
        starts = [self.text_width(f"{label}: ", "regular", 13) for label, _ in pairs]
        needs = [
            start + 5 + self.text_width(value, "italic", 13.5)
            for start, (_, value) in zip(starts, pairs, strict=True)
        ]
        # Even columns where they fit, so that lines under one another align; else by need.
        even = (self.right - self.left) / len(pairs)
        spare = even - sum(needs) / len(pairs)
        shares = [even if max(needs) <= even else need + spare for need in needs]
        x = self.left
        for start, share, (label, value) in zip(starts, shares, pairs, strict=True):
            self.put(f"{label}:", x, self.y)
            self._dots(x + start, x + share - 2, self.y + 0.9)
            self.put(value, x + start + 1, self.y - 0.3, face="italic", points=13.5, colour=PEN)
            x += share

    def _dots(self, x0: float, x1: float, y: float) -> None:
        width, dot = self.px(x1 - x0), max(1, self.px(0.2))
        if width > 0:
            row = np.arange(width) % self.px(1.1) < dot
            mask = Image.fromarray(np.repeat(row[None, :] * np.uint8(255), dot, axis=0))
            self.image.paste(FAINT, (self.px(x0), self.px(y)), mask)

    def paragraph(self, text: str, *, face: str = "regular", points: float = 13) -> None:
        """Wrap and write, the first line indented."""
        self.y += 1.5
        line, indent, used = "", 10.0, 0.0
        space = self.text_width(" ", face, points)
        for word in text.split():
            width = self.text_width(word, face, points)
            if line and used + space + width > self.right - self.left - indent:
                self._line(line, indent, face, points)
                line, indent, used = word, 0.0, width
            else:
                line = f"{line} {word}".strip()
                used += width + (space if used else 0.0)
        self._line(line, indent, face, points)

    def _line(self, text: str, indent: float, face: str, points: float) -> None:
        self.y += 6.6
        self.put(text, self.left + indent, self.y, face=face, points=points)

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A ruled table, its first row in bold; widths in millimetres."""
        self.y += 3
        height = 8.5
        for place, row in enumerate(rows):
            x = self.left
            for width, cell in zip(widths, row, strict=True):
                self.box(x, self.y, x + width, self.y + height)
                face, colour = ("italic", PEN) if place else ("bold", INK)
                self.put(cell, x + 1.5, self.y + 6, face=face, points=11.5, colour=colour)
                x += width
            self.y += height

    def signed(
        self, role: str, name: str, *, middle: float, under: str = "", has_seal: bool = False
    ) -> None:
        """A signature block from `y` down; `y` itself stays: blocks can stand side by side."""
        start = self.y
        self.y += 3
        self.centred(role, points=13, x=middle)
        if under:
            self.centred(under, face="italic", points=12, x=middle)
        top = self.y + 4
        self._signature(middle, top + 8)
        if has_seal:
            self._seal(middle - 16, top + 9)
        self.put(name, middle, top + 25, face="bold", anchor="ms")
        self.y = start

    def _signature(self, x: float, y: float) -> None:
        random = self._random
        knots = [(x - 17.0, y + random.uniform(-2, 5))]
        while knots[-1][0] < x + 13:
            knots.append((knots[-1][0] + random.uniform(1.5, 5.5), y + random.uniform(-7, 7)))
        # A loop back under the name, as hurried hands do.
        knots += [(x - 2, y + random.uniform(4, 7)), (x + 17, y + random.uniform(-3, 3))]
        points = [(self.px(px), self.px(py)) for px, py in _smooth(knots)]
        self._draw.line(points, fill=PEN, width=max(1, self.px(0.45)), joint="curve")

    def _seal(self, x: float, y: float) -> None:
        """A round stamp that names itself a sample; drawn through, as ink on ink is."""
        radius, tilt = 14.0, self._random.uniform(-20, 20)
        size = self.px(2 * radius + 2)
        mask = Image.new("L", (size, size))
        draw, centre = ImageDraw.Draw(mask), size / 2
        for inset, width in ((0.0, 0.7), (1.2, 0.3), (6.2, 0.3)):
            reach = self.px(radius - inset)
            corners = (centre - reach, centre - reach, centre + reach, centre + reach)
            draw.ellipse(corners, outline=255, width=max(1, self.px(width)))
        draw.polygon(_star(centre, self.px(4.2), tilt), fill=255)
        font = self._face("bold", 7.2)
        text = "XÃ QUẢNG MẪU ★ BẢN MẪU DÙNG THỬ ★ ".replace("★", "*")
        for place, letter in enumerate(text):
            angle = tilt + 360 * place / len(text)
            self._letter_on_ring(mask, letter, font, angle, self.px(radius - 3.7))
        mask = mask.point(lambda tone: int(tone * 0.8))
        place_px = (self.px(x) - size // 2, self.px(y) - size // 2)
        self.image.paste(SEAL, place_px, mask)

    def _letter_on_ring(
        self,
        mask: Image.Image,
        letter: str,
        font: ImageFont.FreeTypeFont,
        angle: float,
        reach: float,
    ) -> None:
        tile = Image.new("L", (self.px(6), self.px(6)))
        ImageDraw.Draw(tile).text(
            (tile.width / 2, tile.height / 2), letter, fill=255, font=font, anchor="mm"
        )
        turned = tile.rotate(-angle, Image.Resampling.BILINEAR)
        radians = math.radians(angle - 90)
        x = mask.width / 2 + reach * math.cos(radians) - turned.width / 2
        y = mask.height / 2 + reach * math.sin(radians) - turned.height / 2
        mask.paste(255, (round(x), round(y)), turned)


def _smooth(knots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the knots, six points between two."""
    padded = [knots[0], *knots, knots[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(6):
            t = step / 6
            curve.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return curve


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t * t * t
    )


def _star(centre: float, reach: float, tilt: float) -> list[tuple[float, float]]:
    points = []
    for place in range(10):
        radius = reach if place % 2 == 0 else reach * 0.4
        angle = math.radians(tilt - 90 + 36 * place)
        points.append((centre + radius * math.cos(angle), centre + radius * math.sin(angle)))
    return points
