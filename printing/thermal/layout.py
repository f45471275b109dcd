"""Flow a slip to the width of a paper: blocks become rows of marks at measured places.

Pure arithmetic on dots; drawing is `raster`'s work, bytes are `encode`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import segno
from barcode.codex import Code128

from printing.documents import (
    Align,
    Barcode,
    Block,
    Cell,
    Columns,
    Feed,
    Line,
    Pair,
    Qr,
    Rule,
    RuleStyle,
    Size,
    Slip,
)
from printing.text import NO_BREAK_SPACE
from printing.thermal import fonts
from printing.thermal.paper import Paper

# A label may take this much of the width before it wraps.
LABEL_SHARE = 0.44
QUIET_ZONE = 2
BAR_QUIET_ZONE = 10


@dataclass(frozen=True, slots=True)
class TextMark:
    """Text with its left edge at `x` and its base line at `baseline`, from the row's top left."""

    x: int
    baseline: int
    text: str
    size: int
    bold: bool


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A line across from `x`, `y` dots down; `dash` of 0 is unbroken."""

    x: int
    y: int
    width: int
    thickness: int
    dash: int


@dataclass(frozen=True, slots=True)
class DotsMark:
    """A code: each module of `matrix` (rows of 0 and 1) is `across` by `down` dots."""

    x: int
    y: int
    matrix: tuple[tuple[int, ...], ...]
    across: int
    down: int


Mark = TextMark | RuleMark | DotsMark


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A stretch of paper `height` dots high and what stands on it."""

    height: int
    marks: tuple[Mark, ...] = ()


def flow(slip: Slip, sheet: Paper) -> tuple[PaperRow, ...]:
    """Flow the whole slip."""
    return tuple(row for block in slip.blocks for row in flow_block(block, sheet))


def flow_block(block: Block, sheet: Paper) -> tuple[PaperRow, ...]:
    """Flow one block."""
    match block:
        case Line():
            cell = Cell(block.text, 1, block.align, block.bold)
            return tuple(_side_by_side((cell,), (sheet.width,), block.size, sheet))
        case Pair():
            return tuple(_pair(block, sheet))
        case Columns():
            widths = _shares(block.cells, sheet.width, sheet.gutter)
            return tuple(_side_by_side(block.cells, widths, block.size, sheet))
        case Rule():
            return (_rule(block, sheet),)
        case Qr():
            return (_qr(block, sheet),)
        case Barcode():
            return (_barcode(block, sheet),)
        case Feed():
            return (PaperRow(sheet.line_height(Size.NORMAL) * block.lines),)


def wrap(text: str, width: int, size: int, *, bold: bool = False) -> tuple[str, ...]:
    """Break text into lines that fit `width` dots; a word longer than the line is broken inside."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if fonts.width(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width, size, bold=bold)
        lines.extend(whole)
    return (*lines, line)


def _broken(word: str, width: int, size: int, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and fonts.width(parts[-1] + letter, size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _pair(block: Pair, sheet: Paper) -> Iterator[PaperRow]:
    size = sheet.sizes[block.size]
    label_width = min(fonts.width(block.label, size), int(sheet.width * LABEL_SHARE))
    cells = (
        Cell(block.label, 1, Align.START),
        Cell(block.value, 1, Align.END, block.bold),
    )
    widths = (label_width, sheet.width - label_width - sheet.gutter)
    return _side_by_side(cells, widths, block.size, sheet)


def _shares(cells: tuple[Cell, ...], width: int, gutter: int) -> tuple[int, ...]:
    room = width - gutter * (len(cells) - 1)
    whole = sum(cell.share for cell in cells)
    return tuple(max(1, room * cell.share // whole) for cell in cells)


def _side_by_side(
    cells: tuple[Cell, ...], widths: tuple[int, ...], step: Size, sheet: Paper
) -> Iterator[PaperRow]:
    size = sheet.sizes[step]
    wrapped = [
        wrap(cell.text, width, size, bold=cell.bold)
        for cell, width in zip(cells, widths, strict=True)
    ]
    for depth in range(max(map(len, wrapped))):
        marks: list[Mark] = []
        left = 0
        for cell, width, lines in zip(cells, widths, wrapped, strict=True):
            text = lines[depth].strip(" " + NO_BREAK_SPACE) if depth < len(lines) else ""
            if text:
                x = left + _indent(cell.align, width, fonts.width(text, size, bold=cell.bold))
                marks.append(TextMark(x, _baseline(size), text, size, cell.bold))
            left += width + sheet.gutter
        yield PaperRow(sheet.line_height(step), tuple(marks))


def _baseline(size: int) -> int:
    return round(size * 1.04)


def _indent(align: Align, room: int, used: int) -> int:
    match align:
        case Align.START:
            return 0
        case Align.CENTER:
            return max(0, (room - used) // 2)
        case Align.END:
            return max(0, room - used)


def _rule(block: Rule, sheet: Paper) -> PaperRow:
    height = sheet.sizes[Size.NORMAL] * 3 // 4
    dash = 0 if block.style is RuleStyle.SOLID else 8
    return PaperRow(height, (RuleMark(0, height // 2, sheet.width, 2, dash),))


def _qr(block: Qr, sheet: Paper) -> PaperRow:
    code = segno.make_qr(block.content, error="m", boost_error=False, encoding="utf-8")
    matrix = tuple(tuple(row) for row in code.matrix_iter(scale=1, border=QUIET_ZONE))
    modules = len(matrix)
    # Under 3 dots a module, a worn head and a cheap camera no longer agree.
    scale = max(3, min(8, sheet.qr_side // modules))
    side = modules * scale
    return PaperRow(side, (DotsMark(max(0, (sheet.width - side) // 2), 0, matrix, scale, scale),))


def _barcode(block: Barcode, sheet: Paper) -> PaperRow:
    bits = tuple(int(bit) for bit in Code128(block.content).build()[0])
    scale = max(1, min(3, sheet.width // (len(bits) + 2 * BAR_QUIET_ZONE)))
    x = max(0, (sheet.width - len(bits) * scale) // 2)
    margin = 6
    mark = DotsMark(x, margin, (bits,), scale, sheet.barcode_height)
    return PaperRow(sheet.barcode_height + 2 * margin, (mark,))
