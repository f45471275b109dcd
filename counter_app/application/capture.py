"""What scanning hands over: a device, how to scan, and the pages that come out.

These are values and roles only; the scanners themselves are adapters.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from counter_app.domain.errors import Trouble


class ColourMode(StrEnum):
    COLOUR = "colour"
    GREY = "grey"


class PaperSource(StrEnum):
    FEEDER = "feeder"
    FLATBED = "flatbed"


@dataclass(frozen=True, slots=True)
class ScannerInfo:
    """A scanner that answers.

    Attributes:
        device: The name by which the adapter opens it (`test:0`, `virtual:0`).
        label: Maker and model, for people.
        sources: The paper sources it has, the preferred one first.
    """

    device: str
    label: str
    sources: tuple[PaperSource, ...]


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan. `dpi` is in dots per inch; the law asks for at least 200 in colour."""

    dpi: int = 200
    colour: ColourMode = ColourMode.COLOUR
    source: PaperSource = PaperSource.FEEDER
    max_pages: int | None = None


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One side of one sheet as it came from the device, encoded.

    Attributes:
        content: The encoded image (JPEG).
        media_type: `image/jpeg`.
        width: In pixels.
        height: In pixels.
        dpi: Dots per inch, as the device used them.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    dpi: int


class Scanner(Protocol):
    """Every scanner within reach, whatever the technology."""

    def devices(self) -> tuple[ScannerInfo, ...]:
        """List what answers now; an empty tuple when nothing does.

        Raises:
            ScannerFault: A driver hung or crashed while looking.
        """
        ...

    def pages(self, device: str, options: ScanOptions) -> Generator[ScannedPage, None, None]:
        """Pull pages one by one; the next sheet moves only when the next page is asked for.

        Ends when the feeder is empty (at least one page came) or `max_pages` is reached.
        Closing the iterator cancels the scan and frees the device.

        Raises:
            ScannerTrouble: One of its children, by condition.
        """
        ...


@dataclass(eq=False)
class ScannerTrouble(Trouble):
    """The scanner cannot go on. `pages_before` pages came out and were handed over."""

    device: str
    pages_before: int = 0


class ScannerNotFound(ScannerTrouble):
    """No such device answers: unplugged, off, or no driver."""


class ScannerBusy(ScannerTrouble):
    """Somebody else is scanning with it."""


class FeederEmpty(ScannerTrouble):
    """Nothing in the feeder at the first page."""


class PaperJam(ScannerTrouble):
    """The feeder is jammed."""


class ScannerCoverOpen(ScannerTrouble):
    """The cover is open."""


class ScannerAccessDenied(ScannerTrouble):
    """The system does not let us use the device."""


class ScannerFault(ScannerTrouble):
    """Input or output error, out of memory, or a reply that makes no sense."""


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page that is durable on this machine.

    Attributes:
        sha256: Of the plain content, 64 hex digits; also its name in the vault and on the server.
        size: Of the plain content, in bytes.
    """

    sha256: str
    size: int


class PageVault(Protocol):
    """The page files of this counter: encrypted, content-addressed, never half written."""

    def store(self, content: bytes) -> PageRef:
        """Return only when the page is encrypted, written, fsynced and renamed into place.

        Storing the same content twice is one file.

        Raises:
            DiskFull: Nothing was left behind.
        """
        ...

    def load(self, sha256: str) -> bytes:
        """Return the plain content, checked against its name.

        Raises:
            PageMissing: No such page here.
            PageDamaged: The file is cut short, altered, or of another key.
        """
        ...

    def holds(self, sha256: str) -> bool: ...


@dataclass(eq=False)
class DiskFull(Trouble):
    """No room left on the disk, or writing is refused."""

    path: str = ""


@dataclass(eq=False)
class PageMissing(Trouble):
    sha256: str


@dataclass(eq=False)
class PageDamaged(Trouble):
    sha256: str
