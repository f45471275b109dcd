"""Cards: white sections with a heading, a numbered badge and rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Tone
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.icon_view import IconView
from counter_app.ui.widgets.label import Label, Role


class NumberBadge(QWidget):
    """The number of a step, in a pale blue disc."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(22)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        area = QRectF(self.rect())
        painting.frame(painter, area, area.height() / 2, dress.tone_back(Tone.INFO))
        painter.setPen(dress.tone_text(Tone.INFO))
        painter.setFont(dress.font(12.5, QFont.Weight.DemiBold))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._number))


class _Corner(QWidget):
    """One round corner of a card, drawn over whatever reaches into it."""

    SIDE = 12

    def __init__(self, corner: Qt.Corner, card: QWidget) -> None:
        super().__init__(card)
        self._card = card
        self._corner = corner
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def place(self, card: QSize) -> None:
        side = theme.current().px(self.SIDE)
        right = self._corner in {Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner}
        low = self._corner in {Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner}
        x, y = (card.width() - side) * right, (card.height() - side) * low
        self.setGeometry(x, y, side, side)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self._card.rect()).translated(-self.pos())
        radius = dress.px(10)
        outside, card = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.rect()))
        card.addRoundedRect(whole, radius, radius)
        painter.fillPath(outside.subtracted(card), dress.colour("page"))
        painter.setPen(QPen(dress.colour("line"), 1))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


class Card(QFrame):
    """A section of a screen: heading line, then content.

    Without a title and without anything in its heading it is a plain white field.

    Args:
        title: The heading.
        number: Its step in the order of work, shown as a badge.
        padded: False for lists and tables, which reach the edges.
    """

    def __init__(
        self,
        title: str = "",
        *,
        number: int | None = None,
        padded: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        self._heading = QWidget()
        line = QHBoxLayout(self._heading)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(8)
        self._heading.setMinimumHeight(40)
        if number is not None:
            line.addWidget(NumberBadge(number))
        self._title = Label(title, Role.HEADING)
        line.addWidget(self._title)
        line.addStretch(1)
        self._note = Label("", Role.SMALL)
        line.addWidget(self._note)
        self._line = line
        self._rule = QFrame()
        self._rule.setObjectName("cardRule")
        whole.addWidget(self._heading)
        whole.addWidget(self._rule)
        self.body = QVBoxLayout()
        margin = 14 if padded else 0
        self.body.setContentsMargins(margin, 12 if padded else 0, margin, 14 if padded else 0)
        self.body.setSpacing(10 if padded else 0)
        whole.addLayout(self.body, 1)
        self._headed = bool(title)
        self._show_heading()
        # Rows and tables reach the edges: these keep the corners of the card round.
        self._corners = [] if padded else [_Corner(corner, self) for corner in Qt.Corner]

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._headed = True
        self._show_heading()

    def set_note(self, note: str) -> None:
        """Say something short at the right of the heading."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_to_heading(self, widget: QWidget) -> None:
        """Put a pill or a button at the far right of the heading."""
        self._line.addWidget(widget)
        self._headed = True
        self._show_heading()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for corner in self._corners:
            corner.place(event.size())

    def _show_heading(self) -> None:
        self._heading.setVisible(self._headed)
        self._rule.setVisible(self._headed)
        self._note.setVisible(bool(self._note.text()))


class ListRow(QFrame):
    """One line of a list in a card: icon, two lines of text, then whatever belongs to it."""

    def __init__(
        self,
        title: str = "",
        detail: str = "",
        *,
        icon: str = "",
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells: list[tuple[QWidget, int]] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 6, 10, 6)
        self._layout.setSpacing(12)
        self.setMinimumHeight(50)
        self._icon = IconView(icon or "circle", tone=tone)
        self._icon.setVisible(bool(icon))
        self._layout.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = Label(title, Role.ITEM, wrap=True)
        self._detail = Label(detail, Role.SMALL, wrap=True)
        self._detail.setVisible(bool(detail))
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        self._layout.addLayout(words, 1)

    def show_texts(self, title: str, detail: str = "") -> None:
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def show_icon(self, name: str, tone: Tone | None = None) -> None:
        self._icon.show_icon(name, tone=tone)
        self._icon.setVisible(bool(name))

    def add(self, widget: QWidget, *, width: int = 0, stretch: int = 0) -> None:
        """Put a widget to the right of the words; a `width` makes columns line up."""
        if not width:
            self._layout.addWidget(widget, stretch)
            return
        cell = QWidget()
        cell.setFixedWidth(theme.current().px(width))
        self._cells.append((cell, width))
        inside = QHBoxLayout(cell)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(widget)
        inside.addStretch(1)
        self._layout.addWidget(cell)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for cell, width in self._cells:
                cell.setFixedWidth(theme.current().px(width))

    def set_lit(self, lit: bool) -> None:
        """Mark the row that the officer is working on."""
        self._flag("lit", lit)

    def set_first(self, first: bool) -> None:
        """Leave out the line above the first row of a card."""
        self._flag("first", first)

    def _flag(self, name: str, on: bool) -> None:
        self.setProperty(name, on)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()
