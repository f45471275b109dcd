"""A box to tick."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.widgets import painting


class CheckBox(QCheckBox):
    """A word with a box; the whole line can be pressed."""

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        dress = theme.current()
        metrics = QFontMetrics(dress.font())
        words = metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width()
        return QSize(dress.px(18 + 9 + 2) + words, dress.px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint, /) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        side = float(dress.px(18))
        box = QRectF(1, (self.height() - side) / 2, side, side)
        on = self.isChecked()
        role = "action" if on else "hover" if self.underMouse() else "surface"
        line = "action" if on else "line_strong"
        if not self.isEnabled():
            role, line = ("action_off" if on else "page"), "line"
        painting.frame(painter, box, dress.px(4), dress.colour(role), dress.colour(line))
        if on:
            tick = dress.px(14)
            corner = QPointF(box.center().x() - tick / 2, box.center().y() - tick / 2)
            icons.paint(painter, "check", dress.colour("on_action"), corner, tick)
        painter.setFont(dress.font())
        painter.setPen(dress.colour("text" if self.isEnabled() else "faint"))
        words = QRectF(box.right() + dress.px(9), 0, self.width(), self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, int(flags) | int(Qt.TextFlag.TextShowMnemonic), self.text())
