"""One of a few: a list that opens."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QStyledItemDelegate, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.widgets import painting


@dataclass(frozen=True, slots=True)
class Option:
    """A value and its word."""

    value: Hashable
    text: str


class ChoiceList(QListView):
    """The list that opens under a choice."""


class Choice(QComboBox):
    """Pick one of a few; letters typed jump to it, the wheel never changes it by accident.

    Signals:
        chosen(object): The value that the officer picked.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[Option] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        view = ChoiceList()
        self.setView(view)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        self._values: tuple[Hashable, ...] = ()
        self.activated.connect(self._tell)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Show these; the picked value stays picked if it is still there."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = tuple(option.value for option in options)
        self.addItems([option.text for option in options])
        self.setCurrentIndex(self._values.index(before) if before in self._values else -1)
        if self.currentIndex() < 0 and self._values:
            self.setCurrentIndex(0)
        self.blockSignals(False)
        self.update()

    def value(self) -> Hashable | None:
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def select(self, value: Hashable | None) -> None:
        """Show `value` as picked; None shows nothing picked."""
        self.setCurrentIndex(-1 if value is None else self._values.index(value))

    def show_wrong(self, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.update()

    def sizeHint(self) -> QSize:
        words = [self.itemText(index) for index in range(self.count())]
        width = max((self.fontMetrics().horizontalAdvance(text) for text in words), default=0)
        dress = theme.current()
        return QSize(min(width, dress.px(280)) + dress.px(50), dress.px(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(72), theme.current().px(36))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        line = "line_strong"
        if self.property("wrong"):
            line = "trouble_text"
        elif self.hasFocus():
            line = "focus"
        elif self.underMouse():
            line = "faint"
        back = dress.colour("surface" if self.isEnabled() else "page")
        painting.frame(painter, QRectF(self.rect()), dress.px(8), back, dress.colour(line))
        side = dress.px(16)
        corner = QPointF(self.width() - side - dress.px(9), (self.height() - side) / 2)
        icons.paint(painter, "chevron-down", dress.colour("muted"), corner, side)
        area = self.rect().adjusted(dress.px(9) + 3, 0, -side - dress.px(14), 0)
        painter.setFont(self.font())
        painter.setPen(dress.colour("text" if self.isEnabled() else "muted"))
        words = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(flags), words)

    @Slot(int)
    def _tell(self, _index: int) -> None:
        self.chosen.emit(self.value())
