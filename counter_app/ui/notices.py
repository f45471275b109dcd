"""The one way to tell the officer something: a quiet bar, never a box in the way.

Good news goes by itself; a warning or a trouble stays until it is dismissed, mended or withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.theme import TONE_ICONS, Tone
from counter_app.ui.widgets.buttons import Button, IconButton
from counter_app.ui.widgets.icon_view import IconView
from counter_app.ui.widgets.label import Label
from counter_app.ui.worded import WordedWidget

_LASTING = {Tone.WARNING, Tone.TROUBLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to say.

    Attributes:
        sentence: What happened, what is safe, what to do next.
        tone: OK and INFO go by themselves; WARNING and TROUBLE stay.
        action: The word of a button that helps, or nothing.
        acted: What that button does; the notice goes.
        topic: A later notice on the same topic takes the place of this one (`printer`).
    """

    sentence: str
    tone: Tone = Tone.INFO
    action: str = ""
    acted: Callable[[], None] | None = None
    topic: str = ""


class _NoticeRow(WordedWidget):
    def __init__(self, notice: Notice, bar: NoticeBar) -> None:
        super().__init__(bar)
        self.notice = notice
        self._bar = bar
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setObjectName("noticeRow")
        frame.setProperty("tone", str(notice.tone))
        outer.addWidget(frame)
        line = QHBoxLayout(frame)
        line.setContentsMargins(12, 3, 4, 3)
        line.setSpacing(10)
        line.addWidget(IconView(TONE_ICONS[notice.tone], tone=notice.tone))
        self._words = Label(notice.sentence, wrap=True)
        line.addWidget(self._words, 1)
        if notice.action:
            self._action = Button(notice.action)
            self._action.clicked.connect(self._act)
            line.addWidget(self._action)
        self._close = IconButton("x")
        self._close.clicked.connect(self._dismiss)
        line.addWidget(self._close)
        frame.setMinimumHeight(44)
        self.setAccessibleName(notice.sentence)
        self.retranslate()

    def retranslate(self) -> None:
        self._close.set_word(self.tr("Đóng thông báo"))

    @Slot()
    def _act(self) -> None:
        acted = self.notice.acted
        self._bar.withdraw(self.notice)
        if acted is not None:
            acted()

    @Slot()
    def _dismiss(self) -> None:
        self._bar.withdraw(self.notice)


class NoticeBar(QWidget):
    """Up to three notices below each other; the newest on top, troubles before the rest.

    Args:
        good_news_ms: How long OK and INFO stay.
    """

    LONGEST = 3

    def __init__(self, *, good_news_ms: int = 7000, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._good_news_ms = good_news_ms
        self._notices: list[Notice] = []
        self._rows: list[_NoticeRow] = []
        self._ends: dict[QTimer, Notice] = {}
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(16, 10, 16, 0)
        self._list.setSpacing(6)
        self.hide()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is being said, the most urgent first."""
        return tuple(self._notices)

    def tell(self, notice: Notice) -> None:
        """Say something; it replaces what was said on the same topic."""
        if notice.topic:
            self._notices = [each for each in self._notices if each.topic != notice.topic]
        self._notices.insert(0, notice)
        self._notices.sort(key=lambda each: each.tone not in _LASTING)
        self._show()
        if notice.tone not in _LASTING:
            self._go_by_itself(notice)

    def withdraw(self, notice: Notice) -> None:
        """Take one notice away; nothing happens when it is gone already."""
        self._notices = [each for each in self._notices if each is not notice]
        self._show()

    def withdraw_topic(self, topic: str) -> None:
        """Take away what was said on a topic: the printer works again."""
        self._notices = [each for each in self._notices if each.topic != topic]
        self._show()

    def _go_by_itself(self, notice: Notice) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._end)
        self._ends[timer] = notice
        timer.start(self._good_news_ms)

    @Slot()
    def _end(self) -> None:
        timer = self.sender()
        if isinstance(timer, QTimer):
            self.withdraw(self._ends.pop(timer))
            timer.deleteLater()

    def _show(self) -> None:
        kept = {id(row.notice): row for row in self._rows}
        shown = self._notices[: self.LONGEST]
        for row in self._rows:
            self._list.removeWidget(row)
            if not any(row.notice is notice for notice in shown):
                row.hide()
                row.deleteLater()
        self._rows = [kept.get(id(notice)) or _NoticeRow(notice, self) for notice in shown]
        for row in self._rows:
            self._list.addWidget(row)
        self.setVisible(bool(shown))
