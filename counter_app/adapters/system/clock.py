"""Clocks: the machine's, and one that begins at a given time for the demo and the tour."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from counter_app.domain.working_days import VIETNAM


class SystemClock:
    """The machine's clock, in Vietnam's time zone."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC).astimezone(VIETNAM).replace(microsecond=0)


class ShiftedClock:
    """Runs at the pace of the machine's clock from a beginning of its own.

    Args:
        start: What it shows first; aware.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(VIETNAM)
        self._begun = time.monotonic()
        self._shift = timedelta()

    def now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._begun)
        return (self._start + self._shift + passed).replace(microsecond=0)

    def move(self, by: timedelta) -> None:
        """Let time pass at once."""
        self._shift += by
