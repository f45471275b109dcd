"""How far a fact of the reference data can be relied on."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """Anything below `HIGH` is a sample until somebody has checked it against its source."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
