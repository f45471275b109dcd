"""The scanner that needs no scanner: it draws the papers it scans.

For the demo, the tour and rehearsals; it can be told to misbehave as real ones do.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from PIL import Image

from counter_app.adapters.devices.sample_ageing import as_scanned
from counter_app.adapters.devices.sample_papers import PAPERS, draw_paper
from counter_app.application.capture import (
    ColourMode,
    FeederEmpty,
    PaperJam,
    PaperSource,
    ScannedPage,
    ScannerBusy,
    ScannerCoverOpen,
    ScannerInfo,
    ScannerNotFound,
    ScanOptions,
)

DEVICE = "virtual:0"
_FEWEST_SHEETS, _MOST_SHEETS = 2, 5
_LOWEST_DPI, _HIGHEST_DPI = 75, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """How the virtual scanner misbehaves until told otherwise.

    Attributes:
        jams_at_page: The sheet of the next scan that jams, counted from 1; cleared once it jammed.
        has_empty_feeder: Nothing is ever in the feeder.
        is_unplugged: It is not listed and cannot be opened.
        is_busy: Somebody else scans with it.
        has_open_cover: Its cover is open.
    """

    jams_at_page: int | None = None
    has_empty_feeder: bool = False
    is_unplugged: bool = False
    is_busy: bool = False
    has_open_cover: bool = False


class VirtualScanner:
    """A scanner of sample papers, all synthetic; the same seed gives the same pages.

    Left alone, its feeder fills itself with two to five papers for each scan, other ones each time.
    Once loaded with a stack, it scans that stack and is then empty, until loaded or refilled again.
    """

    def __init__(
        self, fonts: Path, *, seed: int = 1, label: str = "Virtual A4", page_takes_s: float = 0.0
    ) -> None:
        """Put it on the desk.

        Args:
            fonts: The folder that holds `tinos/` and `be-vietnam-pro/`.
            seed: Of everything it draws.
            label: Shown as maker and model.
            page_takes_s: How long a sheet takes to move, to look like a real one.
        """
        self._fonts = fonts
        self._label = label
        self._page_takes_s = page_takes_s
        self._random = Random(seed)
        self._stack: deque[tuple[str, int]] | None = None
        self._mishap = Mishap()

    def load(self, papers: Sequence[str], seed: int) -> None:
        """Lay a stack into the feeder in place of what is there.

        Args:
            papers: Names from `sample_papers.PAPERS`, the first scanned first.
            seed: Of the people in them; the second sheet has the next one, and so on.
        """
        unknown = [name for name in papers if name not in PAPERS]
        if unknown:
            raise KeyError(unknown[0])
        self._stack = deque((name, seed + place) for place, name in enumerate(papers))

    def refill(self) -> None:
        """Go back to a feeder that fills itself for each scan."""
        self._stack = None

    def misbehave(self, mishap: Mishap) -> None:
        """Have trouble from the next page on; `Mishap()` mends it."""
        self._mishap = mishap

    def devices(self) -> tuple[ScannerInfo, ...]:
        if self._mishap.is_unplugged:
            return ()
        return (ScannerInfo(device=DEVICE, label=self._label, sources=tuple(PaperSource)),)

    def pages(self, device: str, options: ScanOptions) -> Generator[ScannedPage, None, None]:
        """See `Scanner.pages`."""
        if device != DEVICE:
            raise ScannerNotFound(device)
        stack = self._stack if self._stack is not None else self._own_stack()
        limit = 1 if options.source is PaperSource.FLATBED else options.max_pages
        count = 0
        while limit is None or count < limit:
            self._stumble(device, count)
            if not stack or self._mishap.has_empty_feeder:
                if count == 0:
                    raise FeederEmpty(device)
                return
            name, seed = stack.popleft()
            if self._page_takes_s:
                time.sleep(self._page_takes_s)
            count += 1
            yield self._scan(name, seed, options)

    def _own_stack(self) -> deque[tuple[str, int]]:
        random = self._random
        names = random.choices(tuple(PAPERS), k=random.randint(_FEWEST_SHEETS, _MOST_SHEETS))
        return deque((name, random.randrange(1 << 30)) for name in names)

    def _stumble(self, device: str, count: int) -> None:
        mishap = self._mishap
        if mishap.is_unplugged:
            raise ScannerNotFound(device, count)
        if mishap.is_busy:
            raise ScannerBusy(device, count)
        if mishap.has_open_cover:
            raise ScannerCoverOpen(device, count)
        if mishap.jams_at_page == count + 1:
            self._mishap = replace(mishap, jams_at_page=None)
            raise PaperJam(device, count)

    def _scan(self, name: str, seed: int, options: ScanOptions) -> ScannedPage:
        dpi = min(max(options.dpi, _LOWEST_DPI), _HIGHEST_DPI)
        clean: Image.Image = draw_paper(name, seed, self._fonts, dpi)
        content = as_scanned(
            clean, Random(seed), dpi=dpi, is_grey=options.colour is ColourMode.GREY
        )
        return ScannedPage(content, "image/jpeg", clean.width, clean.height, dpi)
