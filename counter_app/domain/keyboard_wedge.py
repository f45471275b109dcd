"""Telling a scanner from a person, where both arrive as key strokes.

Pure: it is given characters with their times and keeps no clock. A person never types a dozen
different characters a few milliseconds apart; a scanner never does otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

TERMINATORS: Final = frozenset("\r\n\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeTiming:
    """How fast is too fast for fingers.

    Attributes:
        max_gap_ms: The longest pause between two keys of a scan; a person who rolls over keys may
            go below it for a pair or two.
        typical_gap_ms: The pause below which most gaps of a scan lie; the repeat of a key that is
            held down (30 ms) lies above or shows one character only.
        min_length: Shorter bursts are never taken for a scan.
        min_variety: How many different characters a scan has at least.
    """

    max_gap_ms: int = 60
    typical_gap_ms: int = 28
    min_length: int = 8
    min_variety: int = 4


STANDARD_TIMING: Final = WedgeTiming()


@dataclass(frozen=True, slots=True)
class Burst:
    """Characters that came in one go.

    Attributes:
        text: Without the terminator.
        is_scan: Whether a scanner typed it.
        terminator: The key that ended it; empty where a pause did.
        started_ms: When its first key came.
        ended_ms: When its last key came.
    """

    text: str
    is_scan: bool
    terminator: str
    started_ms: int
    ended_ms: int


@dataclass(frozen=True, slots=True)
class KeyboardWedge:
    """What has been typed since the last pause. `press` gives the next state; nothing changes."""

    timing: WedgeTiming = STANDARD_TIMING
    typed: str = ""
    started_ms: int = 0
    last_ms: int = 0
    quick_gaps: int = 0

    @property
    def looks_like_scan(self) -> bool:
        """Whether what has come so far can only be a scanner; known before the terminator comes."""
        timing = self.timing
        return (
            len(self.typed) >= timing.min_length
            and self.quick_gaps * 4 >= (len(self.typed) - 1) * 3
            and len(set(self.typed)) >= timing.min_variety
        )

    def press(self, text: str, at_ms: int) -> tuple[KeyboardWedge, Burst | None]:
        """Take the text of one key stroke.

        Returns:
            The next state, and the burst that this key stroke ended, if it ended one: a
            terminator ends the burst that it belongs to, any other key the one before a pause.
        """
        paused = bool(self.typed) and at_ms - self.last_ms > self.timing.max_gap_ms
        if text in TERMINATORS:
            ended = self._burst("" if paused else text) if self.typed else None
            return KeyboardWedge(self.timing), ended
        if not self.typed or paused:
            ended = self._burst("") if paused else None
            return KeyboardWedge(self.timing, text, at_ms, at_ms), ended
        is_quick = at_ms - self.last_ms <= self.timing.typical_gap_ms
        state = replace(
            self,
            typed=self.typed + text,
            last_ms=at_ms,
            quick_gaps=self.quick_gaps + is_quick,
        )
        return state, None

    def rest(self, at_ms: int) -> tuple[KeyboardWedge, Burst | None]:
        """Tell that time has passed; ends a burst of a scanner that sends no terminator."""
        if self.typed and at_ms - self.last_ms > self.timing.max_gap_ms:
            return KeyboardWedge(self.timing), self._burst("")
        return self, None

    def _burst(self, terminator: str) -> Burst:
        return Burst(self.typed, self.looks_like_scan, terminator, self.started_ms, self.last_ms)
