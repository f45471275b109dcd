"""How a screen fills the window: it scrolls, and stands side by side where there is room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui import theme


class ScrollPage(QScrollArea):
    """A page that scrolls down when the window is low, and follows the keyboard focus."""

    def __init__(self, *, margin: int = 16, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setObjectName("pageBody")
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(margin, margin - 2, margin, margin)
        self.body.setSpacing(gap)
        self.setWidget(self.content)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        content = self.content
        if new is None or not content.isAncestorOf(new):
            return
        corner = new.mapTo(content, QPoint(0, 0))
        seen = QRect(corner, new.size())
        if seen.height() < self.viewport().height():
            self.ensureVisible(seen.center().x(), seen.center().y(), 0, seen.height() // 2 + 24)


class SplitPage(QWidget):
    """A main column and a side column; the side goes below where the window is narrow.

    Args:
        side_width: Width of the side column in px at normal text size.
        narrow: Below this width the side column goes under the main one.
    """

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        side_width: int = 318,
        narrow: int = 860,
        gap: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._side = side
        self._side_width = side_width
        self._narrow = narrow
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        self._line.addWidget(main, 1)
        self._line.addWidget(side)
        self._line.setAlignment(main, Qt.AlignmentFlag.AlignTop)
        self._line.setAlignment(side, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._arrange(beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(beside=event.size().width() >= self._narrow * theme.current().scale)

    def minimumSizeHint(self) -> QSize:
        # Narrower than both columns is allowed: then they stand below each other.
        return QSize(theme.current().px(220), super().minimumSizeHint().height())

    def _arrange(self, *, beside: bool) -> None:
        flow = QBoxLayout.Direction
        self._line.setDirection(flow.LeftToRight if beside else flow.TopToBottom)
        if beside:
            self._side.setFixedWidth(theme.current().px(self._side_width))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
