"""Cut a picture into what is worth sending: strips of ink, cropped to whole bytes, and the blank rows between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PIL import Image

Bits = NDArray[numpy.uint8]

# Bytes that one more strip costs: its header, and a little for the pause that a head may make between strips.
STRIP_COST = 16
BAND_ROWS = 24
# Blank columns worth skipping: a jump (ESC $) and a new header (ESC *) take 9 bytes, a column 3.
COLUMN_GAP = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of ink. `left` is in bytes from the paper's left edge; `packed` is rows of whole bytes."""

    top: int
    left: int
    packed: Bits

    @property
    def rows(self) -> int:
        return int(self.packed.shape[0])

    @property
    def width_bytes(self) -> int:
        return int(self.packed.shape[1])


@dataclass(frozen=True, slots=True)
class ColumnRun:
    """Columns of ink of one band: `left` in dots, three bytes a column, the top dot first."""

    left: int
    columns: bytes


@dataclass(frozen=True, slots=True)
class Band:
    """Up to 24 rows, as runs of columns."""

    top: int
    runs: tuple[ColumnRun, ...]


def pack(ink: Image.Image) -> Bits:
    """Return the picture's rows as bytes, the leftmost dot in the highest bit."""
    width_bytes = (ink.width + 7) // 8
    return numpy.frombuffer(ink.tobytes(), dtype=numpy.uint8).reshape(ink.height, width_bytes)


def strips(packed: Bits, *, most_rows: int, keep_left: bool) -> Iterator[Strip]:
    """Cut into strips from top to bottom; rows without ink are in none of them.

    Neighbouring rows join a strip as long as padding them to one width is cheaper than a header.

    Args:
        packed: The picture.
        most_rows: Rows in one strip, at most.
        keep_left: Start each strip at the paper's left edge, for heads that cannot move one.
    """
    for top, bottom in _inked(packed):
        for first, last, left, right in _joined(packed, top, bottom, keep_left=keep_left):
            for row in range(first, last, most_rows):
                yield Strip(row, left, packed[row : min(last, row + most_rows), left:right])


def _inked(packed: Bits) -> list[tuple[int, int]]:
    inked = numpy.concatenate(([0], packed.any(axis=1).astype(numpy.int8), [0]))
    edges = numpy.flatnonzero(numpy.diff(inked))
    return [(int(top), int(bottom)) for top, bottom in zip(edges[::2], edges[1::2], strict=True)]


def _joined(
    packed: Bits, top: int, bottom: int, *, keep_left: bool
) -> list[tuple[int, int, int, int]]:
    has_ink = packed[top:bottom] != 0
    lefts = numpy.zeros(bottom - top, dtype=int) if keep_left else has_ink.argmax(axis=1)
    rights = packed.shape[1] - has_ink[:, ::-1].argmax(axis=1)
    parts: list[tuple[int, int, int, int]] = []
    for index, (left, right) in enumerate(zip(lefts.tolist(), rights.tolist(), strict=True)):
        parts.append((top + index, top + index + 1, left, right))
        while len(parts) > 1:
            whole = _union(parts[-2], parts[-1])
            if _cost(whole) > _cost(parts[-2]) + _cost(parts[-1]):
                break
            parts[-2:] = [whole]
    return parts


def _union(
    upper: tuple[int, int, int, int], lower: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    return upper[0], lower[1], min(upper[2], lower[2]), max(upper[3], lower[3])


def _cost(part: tuple[int, int, int, int]) -> int:
    first, last, left, right = part
    return STRIP_COST + (last - first) * (right - left)


def bands(ink: Image.Image) -> Iterator[Band]:
    """Cut into bands of 24 rows of column runs; a band starts at the first row of ink below the last."""
    dots = numpy.asarray(ink, dtype=numpy.uint8)
    for top, bottom in _inked(dots):
        for first in range(top, bottom, BAND_ROWS):
            yield Band(first, tuple(_column_runs(dots[first : min(bottom, first + BAND_ROWS)])))


def _column_runs(dots: Bits) -> Iterator[ColumnRun]:
    padded = numpy.zeros((BAND_ROWS, dots.shape[1]), dtype=numpy.uint8)
    padded[: dots.shape[0]] = dots
    columns = numpy.packbits(padded.T, axis=1)
    inked = numpy.flatnonzero(padded.any(axis=0))
    if inked.size == 0:
        return
    for group in numpy.split(inked, numpy.flatnonzero(numpy.diff(inked) > COLUMN_GAP) + 1):
        left, right = int(group[0]), int(group[-1]) + 1
        yield ColumnRun(left, columns[left:right].tobytes())
