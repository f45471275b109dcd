"""Notices that nobody is at the machine."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """Tells when no key and no mouse has been touched for a while.

    It listens to the native window alone: what happens inside costs it nothing.

    Signals:
        idle(): Nothing was touched for `minutes`; told once, until something is touched again.
    """

    idle = Signal()

    def __init__(self, window: QWidget, *, minutes: float) -> None:
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self._tell)
        window.winId()  # makes the native window exist
        native = window.windowHandle()
        native.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._timer.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _tell(self) -> None:
        self.idle.emit()
