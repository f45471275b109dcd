"""The dark rail on the left: where one is, where one can go, and what waits there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Theme
from counter_app.ui.widgets import painting


class RailButton(QPushButton):
    """Icon, word, function key, badge; without the word where the window is narrow."""

    def __init__(self, key: str, icon: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        self._keys = keys
        self._badge = 0
        self._compact = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("ownFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def order(self) -> int:
        """Return the place in the rail: the number of the function key, keyless entries last."""
        digits = "".join(letter for letter in self._keys if letter.isdigit())
        return int(digits or 99)

    @property
    def badge(self) -> int:
        return self._badge

    def set_word(self, word: str) -> None:
        self.setText(word)
        tip = f"{word} ({self._keys})" if self._keys else word
        self.setToolTip(tip)
        self.setAccessibleName(word)

    def show_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        dress = theme.current()
        return QSize(dress.px(40), dress.px(46 if self._compact else 40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.isChecked():
            painting.frame(painter, area, dress.px(8), dress.colour("rail_selected"))
        elif self.underMouse() or self.isDown():
            painting.frame(painter, area, dress.px(8), dress.colour("rail_hover"))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(dress.colour("rail_ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), dress.px(8), dress.px(8))
        text = QColor("white") if self.isChecked() else dress.colour("rail_text")
        if self._compact:
            self._paint_compact(painter, dress, text)
        else:
            self._paint_wide(painter, dress, text)

    def _paint_wide(self, painter: QPainter, dress: Theme, text: QColor) -> None:
        side = dress.px(18)
        corner = QPointF(dress.px(10), (self.height() - side) / 2)
        icons.paint(painter, self._icon, text, corner, side)
        right = float(self.width() - dress.px(10))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if self._keys:
            painter.setFont(dress.font(11.5, QFont.Weight.Medium))
            faint = text if self.isChecked() else dress.colour("rail_faint")
            painter.setPen(faint)
            width = QFontMetrics(painter.font()).horizontalAdvance(self._keys)
            area = QRectF(right - width, 0, width + 1, self.height())
            painter.drawText(area, middle, self._keys)
            right -= width + dress.px(8)
        if self._badge:
            right -= self._paint_badge(painter, dress, right, self.height() / 2) + dress.px(6)
        painter.setFont(dress.font(14.5, QFont.Weight.Medium))
        painter.setPen(text)
        left = dress.px(38)
        words = QFontMetrics(painter.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(right - left)
        )
        painter.drawText(QRectF(left, 0, right - left + 1, self.height()), middle, words)

    def _paint_compact(self, painter: QPainter, dress: Theme, text: QColor) -> None:
        side = dress.px(19)
        corner = QPointF((self.width() - side) / 2, dress.px(7))
        icons.paint(painter, self._icon, text, corner, side)
        painter.setFont(dress.font(11, QFont.Weight.Medium))
        painter.setPen(text if self.isChecked() else dress.colour("rail_faint"))
        below = QRectF(0, dress.px(27), self.width(), dress.px(16))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._keys)
        if self._badge:
            self._paint_badge(painter, dress, self.width() - 2.0, dress.px(9))

    def _paint_badge(self, painter: QPainter, dress: Theme, right: float, middle: float) -> float:
        words = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(dress.font(11.5, QFont.Weight.DemiBold))
        high = float(dress.px(17))
        wide = max(high, QFontMetrics(painter.font()).horizontalAdvance(words) + dress.px(9))
        area = QRectF(right - wide, middle - high / 2, wide, high)
        painting.frame(painter, area, high / 2, dress.colour("badge"))
        painter.setPen(dress.colour("on_badge"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        return wide


class Emblem(QWidget):
    """A gold star on red, and the name of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = False
        self._name = "Một Cửa"
        self.setAccessibleName(self._name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(40), theme.current().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        side = float(dress.px(26))
        left = (self.width() - side) / 2 if self._compact else float(dress.px(8))
        area = QRectF(left, (self.height() - side) / 2, side, side)
        painting.frame(painter, area, dress.px(6), dress.colour("emblem"))
        star = dress.px(17)
        corner = QPointF(area.center().x() - star / 2, area.center().y() - star / 2)
        icons.paint(painter, "star", dress.colour("emblem_star"), corner, star)
        if not self._compact:
            painter.setFont(dress.font(16, QFont.Weight.DemiBold))
            painter.setPen(QColor("white"))
            left = area.right() + dress.px(10)
            words = QRectF(left, 0, self.width() - left, self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self._name)


class Rail(QFrame):
    """All entries below each other; they scroll where the window is low.

    Signals:
        chosen(str): The key of the entry that was pressed.
    """

    chosen = Signal(str)

    WIDE, COMPACT = 176, 64

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._buttons: dict[str, RailButton] = {}
        self._compact = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 10)
        whole.setSpacing(6)
        self._emblem = Emblem()
        whole.addWidget(self._emblem)
        scroll = QScrollArea()
        scroll.setObjectName("railScroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        inside = QWidget()
        inside.setObjectName("rail")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self._list.addStretch(1)
        scroll.setWidget(inside)
        whole.addWidget(scroll, 1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(2)
        whole.addLayout(self._foot)
        self._fit()

    def add_entry(self, key: str, icon: str, keys: str, *, at_foot: bool = False) -> RailButton:
        """Add an entry; entries are in the order of their function keys."""
        button = RailButton(key, icon, keys)
        button.setCheckable(not at_foot)
        button.set_compact(self._compact)
        button.clicked.connect(self._tell)
        self._buttons[key] = button
        if at_foot:
            self._foot.addWidget(button)
        else:
            place = sum(1 for other in self._in_list() if other.order < button.order)
            self._list.insertWidget(place, button)
        return button

    def button(self, key: str) -> RailButton:
        return self._buttons[key]

    def buttons(self) -> tuple[RailButton, ...]:
        """Return the entries from top to bottom."""
        return tuple(self._in_list())

    def mark(self, key: str) -> None:
        """Show which entry is open."""
        for each in self._buttons.values():
            each.setChecked(each.key == key)
        if key in self._buttons:
            self._scroll.ensureWidgetVisible(self._buttons[key], 0, 4)

    def set_compact(self, compact: bool) -> None:
        if compact != self._compact:
            self._compact = compact
            self._emblem.set_compact(compact)
            for button in self._buttons.values():
                button.set_compact(compact)
        self._fit()

    @property
    def is_compact(self) -> bool:
        return self._compact

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(self.COMPACT if self._compact else self.WIDE))

    def _in_list(self) -> list[RailButton]:
        items = [self._list.itemAt(place) for place in range(self._list.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, RailButton)]

    @Slot()
    def _tell(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RailButton):
            self.mark_unchanged(pressed)
            self.chosen.emit(pressed.key)

    def mark_unchanged(self, pressed: RailButton) -> None:
        """Undo Qt's own toggling: the window decides what is open, and calls `mark`."""
        if pressed.isCheckable():
            pressed.setChecked(True)
