"""Rows of marks as dots: one bit each, crisp, nothing smoothed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from printing.thermal import fonts
from printing.thermal.layout import DotsMark, PaperRow, RuleMark, TextMark

INK = 1


def draw(rows: Sequence[PaperRow], width: int) -> Image.Image:
    """Draw rows under one another; in the picture (mode "1") a set bit is ink."""
    picture = Image.new("1", (width, max(1, sum(row.height for row in rows))))
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    top = 0
    for row in rows:
        for mark in row.marks:
            match mark:
                case TextMark():
                    _text(pen, mark, top)
                case RuleMark():
                    _rule(pen, mark, top)
                case DotsMark():
                    picture.paste(_dots(mark), (mark.x, top + mark.y))
        top += row.height
    return picture


def as_paper(ink: Image.Image) -> Image.Image:
    """Black on white, greyscale, as a person sees it."""
    return Image.eval(ink.convert("L"), lambda level: 255 - level)


def _text(pen: ImageDraw.ImageDraw, mark: TextMark, top: int) -> None:
    x = float(mark.x)
    for font, part in fonts.runs(mark.text, mark.size, bold=mark.bold):
        pen.text((round(x), top + mark.baseline), part, fill=INK, font=font, anchor="ls")
        x += font.getlength(part)


def _rule(pen: ImageDraw.ImageDraw, mark: RuleMark, top: int) -> None:
    step = mark.dash * 3 // 2 if mark.dash else mark.width
    length = mark.dash or mark.width
    bottom = top + mark.y + mark.thickness - 1
    for left in range(mark.x, mark.x + mark.width, step):
        right = min(left + length, mark.x + mark.width) - 1
        pen.rectangle((left, top + mark.y, right, bottom), fill=INK)


def _dots(mark: DotsMark) -> Image.Image:
    matrix: NDArray[numpy.uint8] = numpy.array(mark.matrix, dtype=numpy.uint8) * 255
    whole = matrix.repeat(mark.down, axis=0).repeat(mark.across, axis=1)
    return Image.fromarray(whole).convert("1")
