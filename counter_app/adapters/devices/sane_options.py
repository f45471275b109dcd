"""How SANE backends name what we want: sources, modes, resolutions.

SANE fixes the names of the options but not of their values, and each backend has its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from counter_app.application.capture import ColourMode, PaperSource

_FEEDER = re.compile(r"\badf\b|feeder|automatically", re.IGNORECASE)
_FLATBED = re.compile(r"flat\s*bed|platen|glass|^normal$", re.IGNORECASE)
# Both sides, or the back alone: never when one side a sheet was asked for.
_TWO_SIDED = re.compile(r"duplex|2-sided|both|back|rear", re.IGNORECASE)
_COLOUR = re.compile(r"colou?r", re.IGNORECASE)
_GREY = re.compile(r"gr[ae]y", re.IGNORECASE)
# Deeper or coarser than eight bits a sample, or not visible light.
_ODD_MODE = re.compile(
    r"48|16\s*bit|halftone|line\s*art|binary|infrared|dither|diffusion|1\s*bit", re.IGNORECASE
)


def paper_source(name: str) -> PaperSource | None:
    """Which source a backend means; None for slides, backs of sheets and unknown words."""
    if _TWO_SIDED.search(name):
        return None
    if _FEEDER.search(name):
        return PaperSource.FEEDER
    return PaperSource.FLATBED if _FLATBED.search(name) else None


def paper_sources(names: Sequence[str]) -> tuple[PaperSource, ...]:
    """The sources among these names, the feeder first: counters scan stacks."""
    known = {paper_source(name) for name in names}
    return tuple(source for source in PaperSource if source in known)


def choose_source(names: Sequence[str], wanted: PaperSource) -> str | None:
    """The backend's name for the source, or for the one it has; None leaves it as it is."""
    by_source = {source: name for name in reversed(names) if (source := paper_source(name))}
    if wanted in by_source:
        return by_source[wanted]
    return next(iter(by_source.values()), None)


def choose_mode(names: Sequence[str], wanted: ColourMode) -> str | None:
    """The backend's name for eight bits a sample in this colour; the plainest name wins."""
    pattern = _COLOUR if wanted is ColourMode.COLOUR else _GREY
    fitting = [name for name in names if pattern.search(name) and not _ODD_MODE.search(name)]
    return min(fitting, key=len) if fitting else None


def choose_number(constraint: Any, wanted: float) -> float:
    """The nearest value the device takes that is not below `wanted`, else its highest.

    Args:
        constraint: As python-sane gives it: None, (lowest, highest, step) or a list of values.
        wanted: In the option's own unit.
    """
    if isinstance(constraint, tuple) and len(constraint) == 3:
        lowest, highest, step = (float(bound) for bound in constraint)
        value = min(max(wanted, lowest), highest)
        if step > 0:
            steps = -(-(value - lowest) // step)
            value = min(lowest + steps * step, highest)
        return value
    if isinstance(constraint, list) and constraint:
        above = [value for value in constraint if value >= wanted]
        return float(min(above) if above else max(constraint))
    return wanted
