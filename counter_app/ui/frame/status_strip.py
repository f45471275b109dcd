"""The strip on top: where one sits, the search for anything, and the lights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Tone
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.label import Label, Role
from counter_app.ui.widgets.pill import paint_pill, pill_size
from counter_app.ui.widgets.search_field import SearchField
from counter_app.ui.worded import WordedWidget


class Light(StrEnum):
    PRINTER = "printer"
    SCANNER = "scanner"
    OFFICE = "office"
    PROVINCE = "province"


_ICONS = {
    Light.PRINTER: ("printer", "printer"),
    Light.SCANNER: ("maximize", "maximize"),
    Light.OFFICE: ("building", "building"),
    Light.PROVINCE: ("wifi", "wifi-off"),
}


@dataclass(frozen=True, slots=True)
class LightState:
    """How one thing stands.

    Attributes:
        tone: OK is shown quietly; NEUTRAL means not known or not set up.
        words: What is wrong, short (`hết giấy`, `mất mạng · 7 thư chờ`); nothing when all is well.
    """

    tone: Tone = Tone.NEUTRAL
    words: str = ""


class LightPill(QPushButton):
    """One light; pressing it opens the screen that tells more."""

    def __init__(self, light: Light, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.light = light
        self._state = LightState()
        self._name = ""
        self._short = False
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", 13)

    @property
    def state(self) -> LightState:
        return self._state

    @property
    def words(self) -> str:
        return f"{self._name}: {self._state.words}" if self._state.words else self._name

    def set_name(self, name: str) -> None:
        self._name = name
        self._changed()

    def show_state(self, state: LightState) -> None:
        self._state = state
        self._changed()

    def set_short(self, short: bool) -> None:
        """Drop the word of a light that is well; what is not well keeps its words."""
        self._short = short and self._state.tone is Tone.OK
        self.updateGeometry()
        self.update()

    def full_width(self) -> int:
        return self._size(self.words).width()

    def sizeHint(self) -> QSize:
        return self._size("" if self._short else self.words)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = "" if self._short else self.words
        quiet = self._state.tone in {Tone.OK, Tone.NEUTRAL}
        area = QRectF(self.rect())
        if not quiet:
            line = theme.current().tone_line(self._state.tone)
            painting.frame(painter, area, area.height() / 2, None, line)
            area = area.adjusted(0.5, 0.5, -0.5, -0.5)
        paint_pill(painter, area, words, self._icon(), self._state.tone, outlined=quiet)
        if not quiet:
            painting.frame(painter, QRectF(self.rect()), self.height() / 2, None, line)

    def _icon(self) -> str:
        well, ill = _ICONS[self.light]
        return well if self._state.tone is Tone.OK else ill

    def _size(self, words: str) -> QSize:
        size = pill_size(theme.current(), words, self._icon())
        return QSize(size.width() + theme.current().px(3), theme.current().px(26))

    def _changed(self) -> None:
        self._short = self._short and self._state.tone is Tone.OK
        self.setToolTip(self.words)
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()


class OfficerButton(QPushButton):
    """The officer's initials in a disc; opens the small menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", 15)
        self._initials = ""

    def show_name(self, name: str) -> None:
        words = name.split()
        self._initials = (words[0][:1] + words[-1][:1] if len(words) > 1 else name[:1]).upper()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(30)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        role = "selected" if not (self.underMouse() or self.isDown()) else "info_line"
        line = dress.tone_line(Tone.INFO)
        side = float(min(self.width(), self.height()))
        painting.frame(painter, QRectF(0, 0, side, side), side / 2, dress.colour(role), line)
        painter.setPen(dress.tone_text(Tone.INFO))
        painter.setFont(dress.font(12, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


class StatusStrip(WordedWidget):
    """Office, counter and officer; Ctrl+K; the four lights; the officer's menu.

    Signals:
        light_pressed(object): The `Light` that was pressed.
    """

    light_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setObjectName("strip")
        outer.addWidget(frame)
        line = QHBoxLayout(frame)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(8)
        self._office = Label("", Role.STRONG)
        self._place = Label("", Role.SMALL)
        self.search = SearchField(keys="Ctrl+K")
        self.officer = OfficerButton()
        line.addWidget(self._office)
        line.addSpacing(6)
        line.addWidget(self._place)
        line.addSpacing(6)
        line.addWidget(self.search, 1)
        line.addStretch(0)
        self.search.setMaximumWidth(theme.current().px(330))
        self._lights: dict[Light, LightPill] = {}
        for light in Light:
            pill = LightPill(light)
            pill.clicked.connect(self._tell)
            self._lights[light] = pill
            line.addWidget(pill)
        line.addSpacing(4)
        line.addWidget(self.officer)
        self._line = line
        self._office_name = self._counter = self._officer_name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        names = {
            Light.PRINTER: self.tr("Máy in"),
            Light.SCANNER: self.tr("Máy quét"),
            Light.OFFICE: self.tr("Văn phòng"),
            Light.PROVINCE: self.tr("Tỉnh"),
        }
        for light, pill in self._lights.items():
            pill.set_name(names[light])
        self.search.setPlaceholderText(self.tr("Tìm số hồ sơ, tên, CCCD…"))
        self.search.setAccessibleName(self.tr("Tìm mọi thứ"))
        self.officer.setAccessibleName(self.tr("Cán bộ và tuỳ chọn"))
        self.officer.setToolTip(self.tr("Cán bộ và tuỳ chọn"))
        self._fit()

    def light(self, light: Light) -> LightPill:
        return self._lights[light]

    def show_light(self, light: Light, state: LightState) -> None:
        self._lights[light].show_state(state)
        self._fit()

    def show_place(self, office: str, counter: str, officer: str) -> None:
        """Show where this is and who works here: `Xã Quảng Mẫu`, `Quầy 2`, `Trần Thị Mẫu`."""
        self._office_name, self._counter, self._officer_name = office, counter, officer
        self._office.setText(office)
        self.officer.show_name(officer)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(600), theme.current().px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(320), theme.current().px(44))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Give up words, the least important first, until all stands in one line."""
        both = " · ".join(part for part in (self._counter, self._officer_name) if part)
        dress = theme.current()
        fixed = dress.px(30) + 32 + 12 * 8 + dress.px(200)
        room = self.width() - fixed
        office = self._office.fontMetrics().horizontalAdvance(self._office_name) + 8
        place = self._place.fontMetrics().horizontalAdvance(both) + 8
        short_place = self._place.fontMetrics().horizontalAdvance(self._counter) + 8
        full = sum(pill.full_width() for pill in self._lights.values())
        shorten = office + place + full > room
        for pill in self._lights.values():
            pill.set_short(shorten)
        lights = sum(pill.sizeHint().width() for pill in self._lights.values())
        roomy = office + place + lights <= room
        self._place.setText(both if roomy else self._counter)
        self._office.setVisible(office + (place if roomy else short_place) + lights <= room)
        self.search.setMaximumWidth(dress.px(330))

    def _tell(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, LightPill):
            self.light_pressed.emit(pressed.light)
