"""Set a block in the head's own letters: rows of cells of one width, for heads whose code page is proven."""

from __future__ import annotations

from dataclasses import dataclass

from printing.documents import (
    Align,
    Block,
    Cell,
    Columns,
    Feed,
    Line,
    Pair,
    Rule,
    RuleStyle,
    Size,
)

# How many cells wide and high a letter of each step is.
SCALES = {
    Size.SMALL: (1, 1),
    Size.NORMAL: (1, 1),
    Size.LARGE: (1, 2),
    Size.TITLE: (2, 2),
    Size.HUGE: (4, 4),
}
LABEL_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class CellRun:
    """Letters of one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of the head's own letters, padded to its place by spaces."""

    runs: tuple[CellRun, ...]
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def texts_of(block: Block) -> str | None:
    """All the letters of a block that can be set in cells, or None where it is not text (codes)."""
    match block:
        case Line():
            return block.text
        case Pair():
            return block.label + block.value
        case Columns():
            return "".join(cell.text for cell in block.cells)
        case Rule() | Feed():
            return ""
        case _:
            return None


def set_block(block: Block, columns: int) -> tuple[TextRow, ...]:
    """Set a block whose `texts_of` is not None."""
    match block:
        case Line():
            across, down = _scale(block.size, block.text, columns)
            cell = Cell(block.text, 1, block.align, block.bold)
            return _side_by_side((cell,), (columns // across,), across, down)
        case Pair():
            across, down = _scale(block.size, "", columns)
            room = columns // across
            label = min(len(block.label), int(room * LABEL_SHARE))
            cells = (Cell(block.label), Cell(block.value, 1, Align.END, block.bold))
            return _side_by_side(cells, (label, room - label - 1), across, down)
        case Columns():
            room = columns - len(block.cells) + 1
            whole = sum(cell.share for cell in block.cells)
            widths = tuple(max(1, room * cell.share // whole) for cell in block.cells)
            return _side_by_side(block.cells, widths, 1, 1)
        case Rule():
            sign = "=" if block.style is RuleStyle.SOLID else "-"
            return (TextRow((CellRun(sign * columns),)),)
        case Feed():
            return (TextRow(()),) * block.lines
        case _:
            raise TypeError("a code is not set in letters")


def _scale(size: Size, text: str, columns: int) -> tuple[int, int]:
    across, down = SCALES[size]
    while across > 1 and len(text) > columns // across:
        across -= 1
    return across, down


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break text into lines of at most `width` cells; longer words are broken inside."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if len(longer) <= width:
            lines[-1] = longer
            continue
        parts = [word[start : start + width] for start in range(0, len(word), width)] or [""]
        lines.extend(parts)
    return tuple(line for line in lines if line) or ("",)


def _side_by_side(
    cells: tuple[Cell, ...], widths: tuple[int, ...], across: int, down: int
) -> tuple[TextRow, ...]:
    wrapped = [wrap(cell.text, max(1, width)) for cell, width in zip(cells, widths, strict=True)]
    rows = []
    for depth in range(max(map(len, wrapped))):
        runs: list[CellRun] = []
        for cell, width, lines in zip(cells, widths, wrapped, strict=True):
            if runs:
                runs.append(CellRun(" "))
            text = lines[depth] if depth < len(lines) else ""
            runs.append(CellRun(_aligned(text, width, cell.align), cell.bold))
        rows.append(TextRow(_trimmed(runs), across, down))
    return tuple(rows)


def _aligned(text: str, width: int, align: Align) -> str:
    match align:
        case Align.START:
            return text.ljust(width)
        case Align.CENTER:
            return (" " * ((width - len(text)) // 2) + text).ljust(width)
        case Align.END:
            return text.rjust(width)


def _trimmed(runs: list[CellRun]) -> tuple[CellRun, ...]:
    kept = list(runs)
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept:
        kept[-1] = CellRun(kept[-1].text.rstrip(" "), kept[-1].bold)
    return tuple(kept)
