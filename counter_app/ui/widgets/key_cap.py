"""A key to press, drawn as a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counter_app.ui import theme
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.label import Label, Role


class KeyCap(QWidget):
    """`Ctrl+K` as a small cap."""

    def __init__(self, keys: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(painting.key_cap_width(self._keys), theme.current().px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        area = QRectF(self.rect())
        painting.key_cap(
            painter, area, self._keys, dress.colour("muted"), dress.colour("line_strong")
        )


class KeyHint(QWidget):
    """A key cap and what it does: `[Esc] Bỏ qua`."""

    def __init__(self, keys: str, words: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(KeyCap(keys))
        self._words = Label(words, Role.SMALL)
        line.addWidget(self._words)

    def set_words(self, words: str) -> None:
        self._words.setText(words)
