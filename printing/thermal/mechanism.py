"""The moving parts of the virtual head: modes, the line buffer, the paper, the knife."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import segno
from barcode.codex import Code128
from barcode.errors import BarcodeError
from PIL import Image

from printing.thermal import canvas
from printing.thermal.codepages import TABLES
from printing.thermal.readings import (
    Event,
    HeadModel,
    Problem,
    ProblemKind,
    ReadSlip,
    TextRun,
)

DEFAULT_LINE_DOTS = 34
START_PAGE = 0
START_TABLE = "cp437"
UNKNOWN_LETTER = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Mode:
    """The head's settings; ESC @ puts them back."""

    page: int = START_PAGE
    bold: bool = False
    across: int = 1
    down: int = 1
    align: int = 0
    margin: int = 0
    line_dots: int = DEFAULT_LINE_DOTS
    barcode_height: int = 162
    barcode_width: int = 3
    qr_module: int = 3
    qr_content: bytes = b""
    qr_level: str = "l"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something waiting in the line buffer; `letter` is empty for a picture."""

    ink: Image.Image
    left: int
    letter: str = ""
    page: int = 0


class Mechanism:
    """Prints what the reader understood, and collects what happened in `events`."""

    def __init__(self, head: HeadModel) -> None:
        self.head = head
        self.mode = Mode()
        self.events: list[Event] = []
        self.offset = 0
        self.left = 0
        self.paper = canvas.Canvas(head.width_dots)
        self._line: list[_Piece] = []
        self._lines: list[str] = []
        self._runs: list[TextRun] = []
        self._qr: list[str] = []
        self._barcodes: list[str] = []

    @property
    def cell(self) -> int:
        """Dots across one letter of font A."""
        return max(1, self.head.width_dots // self.head.columns)

    def problem(self, kind: ProblemKind, found: bytes) -> None:
        self.events.append(Problem(kind, self.offset, found))

    def reset(self) -> None:
        self.mode = Mode()
        self._line, self.left = [], 0

    def letter(self, byte: int) -> None:
        """Put one letter in the line; a combining mark joins the letter before it."""
        mode = self.mode
        table = TABLES[self.head.pages.get(mode.page, START_TABLE)]
        letter = table.decode(byte)
        if not letter:
            self.problem(ProblemKind.NO_SUCH_LETTER, bytes([byte]))
            letter = UNKNOWN_LETTER
        if unicodedata.combining(letter) and self._line and self._line[-1].letter:
            before = self._line.pop()
            letter = unicodedata.normalize("NFC", before.letter + letter)
            self.left = before.left
        width = self.cell * mode.across
        if self.left + width > self.head.width_dots:
            self.print_line(mode.line_dots)
        ink = canvas.letter_ink(letter, self.cell, mode.across, mode.down, bold=mode.bold)
        self._line.append(_Piece(ink, self.left, letter, mode.page))
        self.left += width

    def picture_in_line(self, ink: Image.Image) -> None:
        """Put a column picture in the line, where the print position stands."""
        if self.left + ink.width > self.head.width_dots:
            self.problem(ProblemKind.TOO_WIDE, ink.width.to_bytes(2, "big"))
        self._line.append(_Piece(ink, self.left))
        self.left += ink.width

    def print_line(self, feed: int) -> None:
        """Print the line buffer and feed; letters take at least their own height of paper."""
        line, self._line, self.left = self._line, [], 0
        letters = [piece for piece in line if piece.letter]
        height = max((piece.ink.height for piece in letters), default=0)
        shift = self._shift(line)
        for piece in line:
            hang = height - piece.ink.height if piece.letter else 0
            self.paper.stamp(piece.ink, piece.left + shift, hang)
        if letters:
            self._remember(line)
        elif not line and feed == self.mode.line_dots:
            self._lines.append("")
        self.paper.feed(max(feed, height))

    def _shift(self, line: list[_Piece]) -> int:
        used = max((piece.left + piece.ink.width for piece in line), default=0)
        return self.mode.margin + self.aligned(used)

    def aligned(self, used: int) -> int:
        """Where something `used` dots wide starts, by ESC a."""
        room = max(0, self.head.width_dots - self.mode.margin - used)
        return (0, room // 2, room)[self.mode.align % 3]

    def _remember(self, line: list[_Piece]) -> None:
        text, right = "", 0
        for piece in line:
            if piece.letter:
                text += " " * ((piece.left - right) // self.cell) + piece.letter
                right = piece.left + piece.ink.width
                self._run(piece)
        self._lines.append(text)

    def _run(self, piece: _Piece) -> None:
        if self._runs and self._runs[-1].page == piece.page:
            self._runs[-1] = TextRun(piece.page, self._runs[-1].text + piece.letter)
        else:
            self._runs.append(TextRun(piece.page, piece.letter))

    def raster(self, ink: Image.Image) -> None:
        """Print a raster picture at once; it moves the paper by its own height."""
        if self._line:
            self.print_line(self.mode.line_dots)
        if self.mode.margin + ink.width > (self.head.width_dots + 7) // 8 * 8:
            self.problem(ProblemKind.TOO_WIDE, ink.width.to_bytes(2, "big"))
        self.paper.stamp(ink, self.mode.margin + self.aligned(ink.width))
        self.paper.feed(ink.height)

    def draw_qr(self) -> None:
        try:
            content = self.mode.qr_content.decode("utf-8")
            code = segno.make_qr(
                content, error=self.mode.qr_level, boost_error=False, encoding="utf-8"
            )
        except (ValueError, segno.DataOverflowError):
            self.problem(ProblemKind.BAD_CODE, self.mode.qr_content[:16])
            return
        side = self.mode.qr_module
        self._module_rows([list(row) for row in code.matrix_iter(scale=1, border=0)], side, side)
        self._qr.append(content)

    def draw_code128(self, sent: bytes) -> None:
        content = _code128_content(sent)
        try:
            bits = Code128(content).build()[0]
        except (BarcodeError, ValueError, KeyError, IndexError):
            self.problem(ProblemKind.BAD_CODE, sent[:16])
            return
        row = [int(bit) for bit in bits]
        self._module_rows([row], self.mode.barcode_width, self.mode.barcode_height)
        self._barcodes.append(content)

    def _module_rows(self, rows: list[list[int]], across: int, down: int) -> None:
        ink = Image.new("1", (len(rows[0]), len(rows)))
        ink.putdata([module for row in rows for module in row])
        ink = ink.resize((ink.width * across, ink.height * down), Image.Resampling.NEAREST)
        if ink.width > self.head.width_dots:
            self.problem(ProblemKind.TOO_WIDE, ink.width.to_bytes(2, "big"))
        self.raster(ink)

    def cut(self, *, has_been_cut: bool = True) -> None:
        """Part the slip from the roll and tell of it."""
        self.print_line(0)
        slip = ReadSlip(
            self.paper.tear(),
            tuple(self._lines),
            tuple(self._runs),
            tuple(self._qr),
            tuple(self._barcodes),
            has_been_cut,
        )
        self._lines, self._runs, self._qr, self._barcodes = [], [], [], []
        self.events.append(slip)

    @property
    def has_paper_out(self) -> bool:
        """Whether anything has been printed or fed since the last cut."""
        return bool(self.paper.top or self._line or self._lines)


def _code128_content(sent: bytes) -> str:
    """Undo the code-set marks of GS k 73: {A and {B letters, {C pairs of digits, {{ a brace."""
    content, pairs, place = "", False, 0
    while place < len(sent):
        mark = sent[place : place + 2]
        if mark in (b"{A", b"{B", b"{C"):
            pairs = mark == b"{C"
            place += 2
        elif mark == b"{{":
            content += "{"
            place += 2
        else:
            content += f"{sent[place]:02d}" if pairs else chr(sent[place])
            place += 1
    return content
