"""Measures how long the GUI thread was not listening."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class StallMeter(QObject):
    """A timer that ticks on the GUI thread and notes by how much each tick came late.

    A tick that should come after 5 ms and comes after 80 ms is a stall of 75 ms:
    for so long no key and no picture was handled.

    Args:
        threshold_ms: Stalls from this length on are told by `stalled` and counted.

    Signals:
        stalled(float): A stall of so many milliseconds has just ended.
    """

    stalled = Signal(float)

    TICK_MS = 5

    def __init__(self, *, threshold_ms: float = 50.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threshold_ms = threshold_ms
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(self.TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self.worst_ms = 0.0
        self.count = 0
        self.ticks = 0

    def start(self) -> None:
        """Begin to measure, from nothing."""
        self.worst_ms, self.count, self.ticks = 0.0, 0, 0
        self._last = perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """End measuring; return the worst stall in ms, one that lasts until now included."""
        if self._timer.isActive():
            self._tick()
            self._timer.stop()
        return self.worst_ms

    @Slot()
    def _tick(self) -> None:
        now = perf_counter()
        late_ms = max(0.0, (now - self._last) * 1000 - self.TICK_MS)
        self._last = now
        self.ticks += 1
        self.worst_ms = max(self.worst_ms, late_ms)
        if late_ms >= self._threshold_ms:
            self.count += 1
            self.stalled.emit(late_ms)
