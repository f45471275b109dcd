"""How large the next piece of a page is.

Small enough that its bytes are acknowledged every few seconds, large enough that waiting for the
acknowledgements costs little.
"""

from __future__ import annotations

from typing import Final

SMALLEST: Final = 16 * 1024
FIRST: Final = 64 * 1024
LARGEST: Final = 8 * 2**20
_TOO_QUICK_S: Final = 1.0
_TOO_SLOW_S: Final = 4.0
_AIM_S: Final = 3.0
_STEP: Final = 8 * 1024


class PieceSize:
    """Learns from the pieces that went through, and from those that did not."""

    def __init__(self) -> None:
        self.bytes = FIRST

    def took(self, sent: int, seconds: float) -> None:
        """A piece went through: aim at three seconds where it took less than one or over four."""
        is_full = sent >= self.bytes
        if seconds < _TOO_QUICK_S and not is_full:
            return  # the short end of a page says nothing of larger pieces
        if seconds < _TOO_QUICK_S or seconds > _TOO_SLOW_S:
            wanted = int(sent / max(seconds, 0.001) * _AIM_S)
            # At most fourfold at once: one quick piece may have been luck.
            self._set(min(wanted, self.bytes * 4))

    def failed(self) -> None:
        """A piece was lost: the line got worse."""
        self._set(self.bytes // 2)

    def _set(self, wanted: int) -> None:
        limited = max(SMALLEST, min(wanted, LARGEST))
        self.bytes = limited // _STEP * _STEP
