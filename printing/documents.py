"""Printed things as data: frozen, already worded, and clean of anything that a print head could obey.

A `Slip` is a column of blocks that flows to any width of paper.
The named slips (`ReceiptSlip`, `ReturnSlip`) say what an office prints; `lay_out` turns one into a `Slip`.
Nothing here knows a printer, and no sentence is made here: all words come from the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from printing.text import printable


class Align(Enum):
    START = "start"
    CENTER = "center"
    END = "end"


class Size(Enum):
    """A step of the type scale; each width of paper gives it its dots."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    TITLE = "title"
    HUGE = "huge"


class RuleStyle(Enum):
    DASHED = "dashed"
    SOLID = "solid"


class Density(Enum):
    """How closely a slip is set: a long list takes the smaller type, to save paper and time."""

    NORMAL = "normal"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; it wraps at the width of the paper."""

    text: str
    align: Align = Align.START
    size: Size = Size.NORMAL
    bold: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left and its value at the right; a long value wraps in its own column."""

    label: str
    value: str
    bold: bool = True
    size: Size = Size.NORMAL

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", printable(self.label))
        object.__setattr__(self, "value", printable(self.value))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of `Columns`; `share` is its part of the width, relative to its neighbours'."""

    text: str
    share: int = 1
    align: Align = Align.START
    bold: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))
        if self.share < 1:
            raise ValueError("a cell's share of the width is at least 1")


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells side by side, each wrapping within its own width."""

    cells: tuple[Cell, ...]
    size: Size = Size.NORMAL

    def __post_init__(self) -> None:
        if not self.cells:
            raise ValueError("columns need a cell")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    style: RuleStyle = RuleStyle.DASHED


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, centred; the module size is chosen for the paper."""

    content: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", printable(self.content))
        if not self.content:
            raise ValueError("a QR code needs content")


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 bar code, centred, without its text. Content is printable ASCII."""

    content: str

    def __post_init__(self) -> None:
        if not (self.content and self.content.isascii() and self.content.isprintable()):
            raise ValueError("Code 128 carries printable ASCII only")


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper, in lines of normal text."""

    lines: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.lines <= 50:
            raise ValueError("feed 0 to 50 lines")


Block = Line | Pair | Columns | Rule | Qr | Barcode | Feed


@dataclass(frozen=True, slots=True)
class Slip:
    """A thermal slip: blocks from top to bottom.

    Attributes:
        blocks: What stands on the paper.
        density: How closely it is set.
        opens_drawer: Kick the cash drawer once the slip is printed, where the printer has one.
    """

    blocks: tuple[Block, ...]
    density: Density = Density.NORMAL
    opens_drawer: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value, as a named slip carries them."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSlip:
    """The slip that a citizen takes away when a dossier is received.

    Attributes:
        office: Who issues it, from the top; the first line is set bold.
        title: What the paper is.
        number: The dossier's number.
        number_note: Said under the number, for instance that it is provisional.
        rows: What was received and when it is promised.
        qr: Content of the QR code; empty for none.
        qr_caption: Lines under the QR code.
        notes: What to bring, what to know.
        footer: The smallest print.
        reprint: Worded by the caller ("BẢN IN LẠI LẦN 2"); empty on the first print.
    """

    office: tuple[str, ...]
    title: str
    number: str
    rows: tuple[Row, ...]
    number_note: str = ""
    qr: str = ""
    qr_caption: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    reprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSlip:
    """The slip that records the handing over of a result.

    Attributes:
        office: Who issues it, from the top; the first line is set bold.
        title: What the paper is.
        number: The dossier's number.
        rows: What was returned, when, to whom, on what proof.
        items: The papers handed over, one a line.
        items_heading: Said over `items`.
        signatures: Who signs, from left to right; two at most.
        signature_note: Said under each signer's name ("Ký, ghi rõ họ tên").
        qr: Content of the QR code; empty for none.
        notes: What to know.
        footer: The smallest print.
        reprint: Worded by the caller; empty on the first print.
    """

    office: tuple[str, ...]
    title: str
    number: str
    rows: tuple[Row, ...]
    items_heading: str = ""
    items: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    signature_note: str = ""
    qr: str = ""
    notes: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    reprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSlip:
    """The ticket of the queue: a number to be read from afar.

    Attributes:
        office: Who issues it; the first line is set bold.
        title: What the paper is.
        number: The number that will be called.
        rows: Service, time, people before.
        qr: Content of the QR code; empty for none.
        notes: Where to wait, what to listen for.
    """

    office: tuple[str, ...]
    title: str
    number: str
    rows: tuple[Row, ...] = ()
    qr: str = ""
    notes: tuple[str, ...] = ()


NamedSlip = ReceiptSlip | ReturnSlip | QueueSlip

_MIDDLE = Align.CENTER


def lay_out(slip: NamedSlip) -> Slip:
    """Set a named slip in blocks, in the office's one look."""
    match slip:
        case ReceiptSlip():
            return Slip(_receipt(slip))
        case ReturnSlip():
            return Slip(_return(slip))
        case QueueSlip():
            return Slip(_ticket(slip))


def _head(office: tuple[str, ...], reprint: str = "") -> tuple[Block, ...]:
    marks = (
        (Line(reprint, _MIDDLE, Size.NORMAL, bold=True), Rule(RuleStyle.SOLID)) if reprint else ()
    )
    lines = tuple(Line(text, _MIDDLE, bold=index == 0) for index, text in enumerate(office))
    return (*marks, *lines, Rule())


def _titled(title: str, number: str, note: str = "") -> tuple[Block, ...]:
    noted = (Line(note, _MIDDLE, Size.SMALL),) if note else ()
    return (
        Line(title, _MIDDLE, Size.LARGE, bold=True),
        Line(number, _MIDDLE, Size.TITLE, bold=True),
        *noted,
        Rule(),
    )


def _pairs(rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return tuple(Pair(row.label, row.value) for row in rows)


def _middle(lines: tuple[str, ...], size: Size = Size.NORMAL) -> tuple[Block, ...]:
    return tuple(Line(text, _MIDDLE, size) for text in lines)


def _closing(notes: tuple[str, ...], footer: tuple[str, ...]) -> tuple[Block, ...]:
    ruled = (Rule(), *_middle(footer, Size.SMALL)) if footer else ()
    return (*_middle(notes), *ruled)


def _receipt(slip: ReceiptSlip) -> tuple[Block, ...]:
    code = (Qr(slip.qr), *_middle(slip.qr_caption)) if slip.qr else ()
    return (
        *_head(slip.office, slip.reprint),
        *_titled(slip.title, slip.number, slip.number_note),
        *_pairs(slip.rows),
        *((Rule(),) if slip.rows else ()),
        *code,
        *_closing(slip.notes, slip.footer),
    )


def _return(slip: ReturnSlip) -> tuple[Block, ...]:
    heading = (Line(slip.items_heading, bold=True),) if slip.items_heading else ()
    items = tuple(Line(f"{place}. {text}") for place, text in enumerate(slip.items, start=1))
    return (
        *_head(slip.office, slip.reprint),
        *_titled(slip.title, slip.number),
        *_pairs(slip.rows),
        *((Rule(),) if slip.rows else ()),
        *heading,
        *items,
        *((Rule(),) if items else ()),
        *_signing(slip.signatures, slip.signature_note),
        *((Qr(slip.qr),) if slip.qr else ()),
        *_closing(slip.notes, slip.footer),
    )


def _signing(signers: tuple[str, ...], note: str) -> tuple[Block, ...]:
    if not signers:
        return ()
    names = Columns(tuple(Cell(name, align=_MIDDLE, bold=True) for name in signers))
    noted = Columns(tuple(Cell(note, align=_MIDDLE) for _ in signers), Size.SMALL)
    return (names, noted, Feed(3), Rule())


def _ticket(slip: QueueSlip) -> tuple[Block, ...]:
    return (
        *_head(slip.office),
        Line(slip.title, _MIDDLE, Size.LARGE, bold=True),
        Line(slip.number, _MIDDLE, Size.HUGE, bold=True),
        *((Rule(),) if slip.rows else ()),
        *_pairs(slip.rows),
        *((Rule(),) if slip.rows else ()),
        *((Qr(slip.qr),) if slip.qr else ()),
        *_middle(slip.notes),
    )
