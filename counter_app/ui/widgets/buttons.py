"""Buttons: one primary action a screen, secondary ones, quiet ones, and icons that act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Theme
from counter_app.ui.widgets import painting


class ButtonKind(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class _Look:
    text: QColor
    back: QColor | None
    line: QColor | None
    cap: QColor


class Button(QPushButton):
    """A button with an icon, a word and the key that presses it.

    Args:
        text: The word; a `&` marks a mnemonic.
        kind: How much it calls for attention.
        icon: Name of an icon, or nothing.
        keys: `Ctrl+Return`, `F7` …: shown as a key cap, and pressing it clicks the button
            while the button can be seen.
    """

    def __init__(
        self,
        text: str = "",
        *,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._icon = icon
        self._keys = ""
        self._shortcuts: list[QShortcut] = []
        self._busy = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # A press with the mouse leaves the caret where the officer is typing.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.set_keys(keys)

    @property
    def kind(self) -> ButtonKind:
        return self._kind

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def set_keys(self, keys: str) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        self._keys = keys
        for sequence in painting.key_sequences(keys) if keys else ():
            shortcut = QShortcut(sequence, self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.click)
            self._shortcuts.append(shortcut)
        self.updateGeometry()

    def show_busy(self, busy: bool) -> None:
        """Show that the pressed work is under way; a second press does nothing meanwhile."""
        self._busy = busy
        self.setEnabled(not busy)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        dress = theme.current()
        width = 2 * self._margin(dress) + self._content_width(dress)
        return QSize(max(width, dress.px(44)), dress.px(38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        look = self._look(dress)
        painter = QPainter(self)
        painting.frame(painter, QRectF(self.rect()), dress.px(8), look.back, look.line)
        content = self._content_width(dress)
        x = max(0.0, (self.width() - content) / 2)
        if self._shown_icon():
            side = dress.px(18)
            corner = QPointF(x, (self.height() - side) / 2)
            icons.paint(painter, self._shown_icon(), look.text, corner, side)
            x += side + (dress.px(8) if self.text() else 0)
        words = self._words_width(dress)
        painter.setFont(self._font(dress))
        painter.setPen(look.text)
        area = QRectF(x, 0, words + 1, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(flags) | int(Qt.TextFlag.TextHideMnemonic), self.text())
        if self._keys:
            height = dress.px(20)
            cap = QRectF(
                x + words + dress.px(9),
                (self.height() - height) / 2,
                painting.key_cap_width(self._keys),
                height,
            )
            painting.key_cap(painter, cap, self._keys, look.text, look.cap)

    def _content_width(self, dress: Theme) -> int:
        width = self._words_width(dress)
        if self._shown_icon():
            width += dress.px(18) + (dress.px(8) if self.text() else 0)
        if self._keys:
            width += painting.key_cap_width(self._keys) + dress.px(9)
        return width

    def _shown_icon(self) -> str:
        return "loader-circle" if self._busy and self._icon else self._icon

    def _margin(self, dress: Theme) -> int:
        return dress.px(10 if self._kind is ButtonKind.QUIET else 14)

    def _font(self, dress: Theme) -> QFont:
        return dress.font(14, QFont.Weight.DemiBold)

    def _words_width(self, dress: Theme) -> int:
        if not self.text():
            return 0
        metrics = QFontMetrics(self._font(dress))
        return metrics.size(int(Qt.TextFlag.TextHideMnemonic), self.text()).width()

    def _look(self, dress: Theme) -> _Look:
        if self._kind is ButtonKind.PRIMARY:
            return self._primary_look(dress)
        text = {
            ButtonKind.QUIET: dress.colour("link"),
            ButtonKind.DANGER: dress.colour("trouble_text"),
        }.get(self._kind, dress.colour("text"))
        line = None if self._kind is ButtonKind.QUIET else dress.colour("line_strong")
        back = None if self._kind is ButtonKind.QUIET else dress.colour("surface")
        if not self.isEnabled():
            faint = dress.colour("faint")
            return _Look(faint, back, dress.colour("line") if line else None, faint)
        if self.isDown():
            back = dress.colour("sunken")
        elif self.underMouse():
            back = dress.colour("hover")
        return _Look(text, back, line, painting.faded(text, 0.55))

    def _primary_look(self, dress: Theme) -> _Look:
        text = dress.colour("on_action")
        if not self.isEnabled():
            back = dress.colour("action_off")
        elif self.isDown():
            back = dress.colour("action_down")
        elif self.underMouse():
            back = dress.colour("action_hover")
        else:
            back = dress.colour("action")
        return _Look(text, back, None, painting.faded(text, 0.6))


class IconButton(Button):
    """A button that shows only an icon; its word is the tool tip and what is read aloud."""

    def __init__(
        self,
        icon: str,
        *,
        kind: ButtonKind = ButtonKind.QUIET,
        side: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        self._side = side
        super().__init__(kind=kind, icon=icon, parent=parent)

    def set_word(self, word: str) -> None:
        self.setToolTip(word)
        self.setAccessibleName(word)

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._side)
        return QSize(side, side)

    def _look(self, dress: Theme) -> _Look:
        look = super()._look(dress)
        if self.kind is not ButtonKind.QUIET or not self.isEnabled():
            return look
        return replace(look, text=dress.colour("muted"))

    def _margin(self, dress: Theme) -> int:
        return (dress.px(self._side) - dress.px(18)) // 2
