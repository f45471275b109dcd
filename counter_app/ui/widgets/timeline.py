"""What happened, the newest first: a line with dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import TONE_ICONS, Tone
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.label import Label, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One thing that happened, worded.

    Attributes:
        when: `09:41 23/11/2026`.
        who: The officer or the system.
        icon: Name of an icon; the tone's own when empty.
    """

    title: str
    when: str = ""
    who: str = ""
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


class _Dot(QWidget):
    SIDE = 24

    def __init__(self, event: TimelineEvent, *, last: bool) -> None:
        super().__init__()
        self._event = event
        self._last = last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        side = theme.current().px(self.SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        side = float(dress.px(self.SIDE))
        if not self._last:
            painter.setPen(QPen(dress.colour("line"), 2))
            painter.drawLine(QPointF(side / 2, side + 3), QPointF(side / 2, self.height() - 3))
        disc = QRectF(0, 0, side, side)
        contrast = dress.name is theme.ThemeName.CONTRAST
        line = dress.tone_line(self._event.tone) if contrast else None
        painting.frame(painter, disc, side / 2, dress.tone_back(self._event.tone), line)
        name = self._event.icon or TONE_ICONS[self._event.tone]
        inner = dress.px(14)
        corner = QPointF((side - inner) / 2, (side - inner) / 2)
        icons.paint(painter, name, dress.tone_text(self._event.tone), corner, inner)


class Timeline(QWidget):
    """Events below each other."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._rows: list[QWidget] = []

    def show_events(self, events: Sequence[TimelineEvent]) -> None:
        for row in self._rows:
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        last = len(events) - 1
        self._rows = [self._row(event, last=place == last) for place, event in enumerate(events)]
        for row in self._rows:
            self._list.addWidget(row)

    def _row(self, event: TimelineEvent, *, last: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(_Dot(event, last=last))
        words = QVBoxLayout()
        words.setContentsMargins(0, 2, 0, 2 if last else 14)
        words.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(event.title, Role.ITEM, wrap=True), 1)
        head.addWidget(Label(event.when, Role.SMALL), 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        for text in (event.who, event.detail):
            if text:
                words.addWidget(Label(text, Role.SMALL, wrap=True))
        line.addLayout(words, 1)
        return row
