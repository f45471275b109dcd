"""A slip as ESC/POS bytes, for one profile. Pure: the same slip and profile give the same bytes.

python-escpos writes the commands; letters never go through its text functions, which print "?" for what a
profile lacks. A block goes in the head's letters where a proven code page holds all of them, else as dots.
"""

from __future__ import annotations

from escpos.constants import ESC, GS, QR_ECLEVEL_M
from escpos.printer import Dummy

from printing.documents import Barcode, Block, Qr, Slip
from printing.thermal import codepages, columns
from printing.thermal.layout import PaperRow, flow_block
from printing.thermal.paper import Paper, paper
from printing.thermal.profiles import Cut, ImageCommand, Profile
from printing.thermal.raster import draw
from printing.thermal.strips import BAND_ROWS, Bits, bands, pack, strips

FS = b"\x1c"
LEAVE_CHINESE_MODE = FS + b"."
MOST_FEED = 255
# Some clones take these bytes inside a command's numbers for a real-time status request or a drawer kick.
NATIVE_QR_BYTES = 700
NATIVE_QR_MODULE = 6
NATIVE_BARCODE_LETTERS = 24


def encode(slip: Slip, profile: Profile) -> bytes:
    """Return everything to send to the head for one slip, from reset to cut."""
    return _Encoder(profile, paper(profile.width_dots, slip.density)).slip(slip)


class _Head(Dummy):  # type: ignore[misc]  # python-escpos ships no types
    """python-escpos' printer into memory, with a door for bytes of our own."""

    def put(self, *parts: bytes) -> None:
        self._raw(b"".join(parts))


class _Encoder:
    """Writes blocks one after another and knows the state in which the head is left."""

    def __init__(self, profile: Profile, sheet: Paper) -> None:
        self._profile = profile
        self._sheet = sheet
        self._head = _Head(profile=profile.escpos_profile)
        self._tables = profile.tables if profile.text_proven else ()
        self._page: int | None = None
        self._bold = False
        self._scale = (1, 1)
        self._waiting: list[PaperRow] = []

    def slip(self, slip: Slip) -> bytes:
        self._head.hw("INIT")
        if self._profile.leaves_chinese_mode:
            self._head.put(LEAVE_CHINESE_MODE)
        for block in slip.blocks:
            self._block(block)
        self._dots()
        self._end(opens_drawer=slip.opens_drawer)
        return bytes(self._head.output)

    def _block(self, block: Block) -> None:
        text = columns.texts_of(block) if self._tables else None
        if text is not None and codepages.can_print(text, self._tables):
            self._dots()
            for row in columns.set_block(block, self._profile.columns):
                self._text_row(row)
        elif isinstance(block, Qr) and self._draws_qr(block):
            self._dots()
            self._native_qr(block)
        elif isinstance(block, Barcode) and self._draws_barcode(block):
            self._dots()
            self._native_barcode(block)
        else:
            self._waiting.extend(flow_block(block, self._sheet))

    def _draws_qr(self, block: Qr) -> bool:
        fits = len(block.content.encode()) <= NATIVE_QR_BYTES
        return bool(self._tables) and self._profile.native_qr and fits

    def _draws_barcode(self, block: Barcode) -> bool:
        fits = len(block.content) <= NATIVE_BARCODE_LETTERS
        return bool(self._tables) and self._profile.native_barcode and fits

    def _text_row(self, row: columns.TextRow) -> None:
        if row.runs and (row.across, row.down) != self._scale:
            self._scale = (row.across, row.down)
            self._head.put(GS, b"!", bytes([(row.across - 1) << 4 | row.down - 1]))
        for run in row.runs:
            if run.text.strip(" ") and run.bold != self._bold:
                self._bold = run.bold
                self._head.put(ESC, b"E", bytes([run.bold]))
            self._letters(run.text)
        self._head.put(b"\n")

    def _letters(self, text: str) -> None:
        pages = self._profile.code_pages
        for index, part in codepages.split(text, self._tables, self._page or 0):
            # Letters that every page has alike need no page at all.
            if index != self._page and not part.isascii():
                self._page = index
                self._head.put(ESC, b"t", bytes([pages[index].number]))
            self._head.put(self._tables[index].encode(part))

    def _native_qr(self, block: Qr) -> None:
        self._head.set(align="center")
        self._head.qr(block.content, ec=QR_ECLEVEL_M, size=NATIVE_QR_MODULE, native=True)
        self._head.put(b"\n")
        self._head.set(align="left")

    def _native_barcode(self, block: Barcode) -> None:
        code = "{B" + block.content.replace("{", "{{")
        self._head.set(align="center")
        self._head.barcode(
            code,
            "CODE128",
            height=72,
            width=2,
            pos="OFF",
            align_ct=False,
            function_type="B",
            check=False,
        )
        self._head.put(b"\n")
        self._head.set(align="left")

    def _dots(self) -> None:
        """Send the rows that wait to be drawn."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        picture = draw(rows, self._profile.width_dots)
        if self._profile.image is ImageCommand.RASTER:
            reached = self._raster(pack(picture))
        else:
            reached = 0
            for band in bands(picture):
                self._feed(band.top - reached)
                for run in band.runs:
                    count = len(run.columns) // 3
                    self._head.put(ESC, b"$", run.left.to_bytes(2, "little"))
                    self._head.put(ESC, b"*\x21", count.to_bytes(2, "little"), run.columns)
                self._feed(BAND_ROWS)
                reached = band.top + BAND_ROWS
        self._feed(picture.height - reached)

    def _raster(self, packed: Bits) -> int:
        profile, reached, margin = self._profile, 0, 0
        for strip in strips(
            packed, most_rows=profile.strip_rows, keep_left=not profile.raster_margin
        ):
            self._feed(strip.top - reached)
            if strip.left * 8 != margin:
                margin = strip.left * 8
                self._head.put(GS, b"L", margin.to_bytes(2, "little"))
            size = strip.width_bytes.to_bytes(2, "little") + strip.rows.to_bytes(2, "little")
            self._head.put(GS, b"v0\x00", size, strip.packed.tobytes())
            reached = strip.top + strip.rows
        if margin:
            self._head.put(GS, b"L\x00\x00")
        return reached

    def _feed(self, dots: int) -> None:
        units = dots * self._profile.feed_units_per_dot
        while units > 0:
            step = min(units, MOST_FEED)
            self._head.put(ESC, b"J", bytes([step]))
            units -= step

    def _end(self, *, opens_drawer: bool) -> None:
        self._feed(self._profile.feed_before_cut)
        match self._profile.cut:
            case Cut.PARTIAL:
                self._head.put(GS, b"V\x01")
            case Cut.FULL:
                self._head.put(GS, b"V\x00")
            case Cut.NONE:
                pass
        if opens_drawer and self._profile.drawer:
            self._head.cashdraw(2)
