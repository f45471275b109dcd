"""Fields to type in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.widgets import painting


class TextInput(QLineEdit):
    """One line of text, with room for an icon before it and a key cap behind it.

    Args:
        icon: Drawn at the left, inside.
        keys: Drawn as a key cap at the right while the field is empty.
        max_length: More characters than this cannot be typed or pasted.

    Signals:
        committed(): Enter was pressed, or the field was left after a change.
    """

    committed = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        keys: str = "",
        max_length: int = 500,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._keys = keys
        self._committed_text = text
        self.setMaxLength(max_length)
        self.setMinimumWidth(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._commit)
        self.textChanged.connect(self._make_room)
        self._make_room(text)

    def show_text(self, text: str) -> None:
        """Fill the field from outside; this is not a change by the officer."""
        self._committed_text = text
        self.setText(text)
        self.setCursorPosition(0)

    def show_wrong(self, wrong: bool) -> None:
        show_wrong(self, wrong)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(160), theme.current().px(36))

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._icon and not (self._keys and not self.text()):
            return
        dress = theme.current()
        painter = QPainter(self)
        if self._icon:
            side = dress.px(17)
            corner = QPointF(dress.px(10), (self.height() - side) / 2)
            icons.paint(painter, self._icon, dress.colour("faint"), corner, side)
        if self._keys and not self.text():
            width, height = painting.key_cap_width(self._keys), dress.px(20)
            area = QRectF(
                self.width() - width - dress.px(9), (self.height() - height) / 2, width, height
            )
            line = dress.colour("line_strong")
            painting.key_cap(painter, area, self._keys, dress.colour("muted"), line)

    @Slot(str)
    def _make_room(self, text: str) -> None:
        left = theme.current().px(23) if self._icon else 0
        right = painting.key_cap_width(self._keys) if self._keys and not text else 0
        self.setTextMargins(left, 0, right, 0)

    @Slot()
    def _commit(self) -> None:
        if self.text() != self._committed_text:
            self._committed_text = self.text()
            self.committed.emit()


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_wrong(self, wrong: bool) -> None:
        show_wrong(self, wrong)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._lines + theme.current().px(24)
        return QSize(theme.current().px(240), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), self.sizeHint().height())


def show_wrong(widget: QWidget, wrong: bool) -> None:
    """Draw the frame of an input in the colour of trouble, or no longer."""
    if bool(widget.property("wrong")) == wrong:
        return
    widget.setProperty("wrong", wrong)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def select_all(field: QLineEdit) -> None:
    """Put the caret into a field so that typing replaces what is there."""
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()
