"""What an ESC/POS head is, and what came of a stream of bytes on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from PIL import Image

from printing.thermal.profiles import Profile


@dataclass(frozen=True, slots=True)
class HeadModel:
    """What kind of head this is.

    Attributes:
        width_dots: Printable dots across.
        columns: Letters of font A in a line.
        pages: The table behind each number of `ESC t`.
        feed_units_per_dot: Units of ESC J in one dot.
        obeys_margin: GS L moves raster strips.
    """

    width_dots: int = 576
    columns: int = 48
    pages: Mapping[int, str] = field(default_factory=dict)
    feed_units_per_dot: int = 1
    obeys_margin: bool = True


def head_of(profile: Profile) -> HeadModel:
    """The head that a profile describes."""
    return HeadModel(
        profile.width_dots,
        profile.columns,
        {page.number: page.table for page in profile.code_pages},
        profile.feed_units_per_dot,
    )


class ProblemKind(Enum):
    UNKNOWN_COMMAND = "unknown command"
    UNKNOWN_PAGE = "unknown page"
    NO_SUCH_LETTER = "no such letter"
    CUT_SHORT = "cut short"
    TOO_WIDE = "too wide"
    BAD_CODE = "bad code"


@dataclass(frozen=True, slots=True)
class Problem:
    """Bytes that the head could not obey, and where they stood in the stream."""

    kind: ProblemKind
    offset: int
    found: bytes


@dataclass(frozen=True, slots=True)
class TextRun:
    """Letters printed one after another from one code page, in NFC."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadSlip:
    """One slip, from cut to cut.

    Attributes:
        picture: Greyscale, black on white.
        lines: The lines of the head's own letters.
        runs: The same letters by code page.
        qr: Contents of the QR codes that the head drew itself.
        barcodes: Contents of the bar codes that the head drew itself.
        has_been_cut: False for what was still in the head at the end.
    """

    picture: Image.Image
    lines: tuple[str, ...]
    runs: tuple[TextRun, ...]
    qr: tuple[str, ...]
    barcodes: tuple[str, ...]
    has_been_cut: bool


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """The sender wants to know: `DLE EOT n` or `GS r n`."""

    command: bytes
    which: int


@dataclass(frozen=True, slots=True)
class DrawerKicked:
    pin: int


Event = ReadSlip | StatusAsked | DrawerKicked | Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a stream of bytes did."""

    slips: tuple[ReadSlip, ...]
    drawer_kicks: tuple[DrawerKicked, ...]
    status_asked: tuple[StatusAsked, ...]
    problems: tuple[Problem, ...]
