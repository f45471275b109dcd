"""The ring around whatever the keyboard talks to: one look for every kind of widget."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from counter_app.ui import theme

_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
}


class FocusRing(QWidget):
    """Follows the keyboard focus inside one window.

    A widget that shows its focus by itself has the property `ownFocus`;
    one with round ends gives its `ringRadius` in px.
    """

    GAP = 4

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @property
    def target(self) -> QWidget | None:
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._target is None:
            return
        dress = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = float(self._target.property("ringRadius") or dress.px(8))
        contrast = dress.name is theme.ThemeName.CONTRAST
        if _is_input(self._target) and not contrast:
            # The input's own frame is blue already: a soft glow around it is enough.
            pen, inset, reach = QPen(dress.colour("ring"), 3), 2.5, 2.0
        else:
            pen, inset, reach = QPen(dress.colour("focus"), 3 if contrast else 2), 1.5, 3.0
        painter.setPen(pen)
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, radius + reach, radius + reach)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = new if new is not None and self._rings(new) else None
        if self._target is None:
            self.hide()
            return
        home = self._home(self._target)
        step: QWidget | None = self._target
        while step is not None and step is not home:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        if self.parentWidget() is not home:
            self.setParent(home)
        self._fit()

    def _rings(self, widget: QWidget) -> bool:
        if widget.window() is not self._window.window() or widget.property("ownFocus"):
            return False
        plain_area = isinstance(widget, QAbstractScrollArea) and not isinstance(
            widget, QPlainTextEdit
        )
        return not plain_area or bool(widget.property("ring"))

    def _home(self, widget: QWidget) -> QWidget:
        """Return the ancestor that scrolls together with `widget`, or the window."""
        step = widget
        while (above := step.parentWidget()) is not None and not step.isWindow():
            area = above.parentWidget()
            if isinstance(area, QScrollArea) and above is area.viewport():
                return step
            if above.isWindow():
                return above
            step = above
        return self._window

    def _fit(self) -> None:
        home = self.parentWidget()
        if self._target is None or not shiboken6.isValid(self._target):
            self._target = None
            self.hide()
            return
        if home is None or not self._target.isVisible():
            self.hide()
            return
        corner = self._target.mapTo(home, QPoint(0, 0))
        gap = self.GAP
        around = QRect(corner, self._target.size()).adjusted(-gap, -gap, gap, gap)
        self.setGeometry(around)
        inner = self.rect().adjusted(gap + 2, gap + 2, -gap - 2, -gap - 2)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))
        self.show()
        self.raise_()
        self.update()


def _is_input(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QComboBox | QPlainTextEdit)
