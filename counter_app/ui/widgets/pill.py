"""Small words in a rounded field: states, and filters that can be pressed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Theme, Tone
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.flow_row import FlowRow


def pill_font(dress: Theme) -> QFont:
    return dress.font(12.5, QFont.Weight.Medium)


def pill_size(dress: Theme, text: str, icon: str) -> QSize:
    """Return what a pill needs for its words."""
    width = dress.px(18) + QFontMetrics(pill_font(dress)).horizontalAdvance(text)
    if icon:
        width += dress.px(14) + (dress.px(6) if text else 0)
    return QSize(width, dress.px(23))


def paint_pill(
    painter: QPainter, area: QRectF, text: str, icon: str, tone: Tone, *, outlined: bool = False
) -> None:
    """Draw a pill that fills `area`: a coloured field, or outlined on the surface."""
    dress = theme.current()
    back = dress.colour("surface") if outlined else dress.tone_back(tone)
    calls = outlined or dress.name is theme.ThemeName.CONTRAST
    line = (dress.colour("line") if outlined else dress.tone_line(tone)) if calls else None
    painting.frame(painter, area, area.height() / 2, back, line)
    x = area.x() + dress.px(9)
    if icon:
        side = dress.px(14)
        corner = QPointF(x, area.y() + (area.height() - side) / 2)
        icons.paint(painter, icon, dress.tone_text(tone), corner, side)
        x += side + dress.px(6)
    painter.setFont(pill_font(dress))
    painter.setPen(dress.colour("text") if outlined else dress.tone_text(tone))
    words = QRectF(x, area.y(), area.right() - x, area.height())
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


class Pill(QWidget):
    """A state: a word on its colour, with an icon where the word alone could be misread."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        icon: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        return self._text

    @property
    def tone(self) -> Tone:
        return self._tone

    def show_state(self, text: str, tone: Tone, icon: str = "") -> None:
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return pill_size(theme.current(), self._text, self._icon)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._text, self._icon, self._tone)


class Chip(QPushButton):
    """A filter that is on or off."""

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self._count: int | None = None

    def show_count(self, count: int | None) -> None:
        self._count = count
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        dress = theme.current()
        words = QFontMetrics(self._font(dress)).horizontalAdvance(self._words())
        return QSize(words + dress.px(24), dress.px(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        on = self.isChecked()
        back = dress.colour("selected" if on else "hover" if self.underMouse() else "surface")
        line = dress.colour("action" if on else "line_strong")
        painting.frame(painter, QRectF(self.rect()), self.height() / 2, back, line)
        role = "faint" if not self.isEnabled() else "link" if on else "muted"
        if on and dress.name is theme.ThemeName.CONTRAST:
            role = "text"
        painter.setPen(dress.colour(role))
        painter.setFont(self._font(dress))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words())

    def _words(self) -> str:
        return self.text() if self._count is None else f"{self.text()} · {self._count}"

    def _font(self, dress: Theme) -> QFont:
        return dress.font(13, QFont.Weight.Medium)


@dataclass(frozen=True, slots=True)
class ChipOption:
    """One filter: its value, its word, and how many it finds (None: not counted)."""

    value: Hashable
    text: str
    count: int | None = None


class ChipRow(FlowRow):
    """Filters of which exactly one is on; they wrap where there is little room.

    Signals:
        chosen(object): The value that was switched on by the officer.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._chips: dict[Hashable, Chip] = {}

    def set_options(self, options: Sequence[ChipOption]) -> None:
        """Show these filters; the one that was on stays on if it is still there."""
        before = self.value()
        self.clear()
        self._chips = {}
        for option in options:
            chip = Chip(option.text)
            chip.show_count(option.count)
            chip.setAutoExclusive(True)
            chip.clicked.connect(self._tell)
            self._chips[option.value] = chip
            self.add(chip)
        if self._chips:
            self.select(before if before in self._chips else options[0].value)

    def value(self) -> Hashable | None:
        return next((value for value, chip in self._chips.items() if chip.isChecked()), None)

    def select(self, value: Hashable) -> None:
        self._chips[value].setChecked(True)

    def buttons(self) -> tuple[QAbstractButton, ...]:
        return tuple(self._chips.values())

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.value())
