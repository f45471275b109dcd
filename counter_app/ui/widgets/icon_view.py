"""An icon on its own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Tone


class IconView(QWidget):
    """An icon in a tone, or in a colour role such as `muted`."""

    def __init__(
        self,
        name: str,
        *,
        tone: Tone | None = None,
        role: str = "muted",
        size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, *, tone: Tone | None = None, role: str = "muted") -> None:
        self._name, self._tone, self._role = name, tone, role
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(self.width(), self.height())
        icons.paint(painter, self._name, self._colour(), QPointF(0, 0), side)

    def _colour(self) -> QColor:
        dress = theme.current()
        return dress.tone_text(self._tone) if self._tone else dress.colour(self._role)
