"""Find as you type: a field with a list of matches under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui import theme
from counter_app.ui.theme import Tone
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.pill import paint_pill, pill_size
from counter_app.ui.widgets.text_input import TextInput

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
MATCH_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One line of the list.

    Attributes:
        value: What is handed over when this is picked.
        code: Shown first, in heavier letters (`1.001193`).
        detail: A second, quieter line.
        state: Words of a pill at the right, in `tone`.
    """

    value: object
    title: str
    code: str = ""
    detail: str = ""
    state: str = ""
    tone: Tone = Tone.NEUTRAL


class _Matches(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Match, ...] = ()

    @property
    def rows(self) -> tuple[Match, ...]:
        return self._rows

    def replace(self, rows: Sequence[Match]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == MATCH_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.code} {row.title}".strip()
        return None


class _MatchDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Match = index.data(MATCH_ROLE)
        return QSize(10, theme.current().px(50 if row.detail else 38))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Match = index.data(MATCH_ROLE)
        dress = theme.current()
        area = QRectF(option.rect).adjusted(dress.px(4), 1, -dress.px(4), -1)
        painter.save()
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen:
            painting.frame(painter, area, dress.px(6), dress.colour("selected"))
        inside = area.adjusted(dress.px(9), 0, -dress.px(9), 0)
        if row.state:
            size = pill_size(dress, row.state, "")
            top = inside.center().y() - size.height() / 2
            pill = QRectF(inside.right() - size.width(), top, size.width(), size.height())
            paint_pill(painter, pill, row.state, "", row.tone)
            inside.setRight(pill.left() - dress.px(8))
        self._paint_words(painter, inside, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF, row: Match) -> None:
        dress = theme.current()
        line = QRectF(area)
        if row.detail:
            middle = area.height() / 2
            line = QRectF(area.x(), area.y() + dress.px(3), area.width(), middle)
            below = QRectF(area.x(), area.y() + middle, area.width(), middle - dress.px(4))
            self._words(painter, below, row.detail, dress.font(12.5), "muted")
        if row.code:
            font = dress.font(14, QFont.Weight.DemiBold)
            self._words(painter, line, row.code, font, "text")
            line.setLeft(line.x() + QFontMetrics(font).horizontalAdvance(row.code) + dress.px(12))
        self._words(painter, line, row.title, dress.font(14, QFont.Weight.Medium), "text")

    def _words(self, painter: QPainter, area: QRectF, words: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(theme.current().colour(role))
        short = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), short)


class MatchList(QListView):
    """The matches, one line each."""


class SearchField(TextInput):
    """A field that asks for matches while one types, and shows them in a list below.

    Down and Up move in the list, Enter picks, Esc closes the list (and then empties the field).

    Signals:
        query_changed(str): Ask for matches; comes `delay_ms` after the last key.
        picked(object): The `value` of the picked match.
        entered(str): Enter with no match marked: the text as typed.
    """

    query_changed = Signal(str)
    picked = Signal(object)
    entered = Signal(str)

    LONGEST = 8

    def __init__(
        self,
        *,
        icon: str = "search",
        keys: str = "",
        delay_ms: int = 60,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon=icon, keys=keys, parent=parent)
        self._matches = _Matches(self)
        self._frame: QFrame | None = None
        self._list: MatchList | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(delay_ms)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    def matches(self) -> tuple[Match, ...]:
        return self._matches.rows

    @property
    def list_is_open(self) -> bool:
        return self._frame is not None and self._frame.isVisible()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Open the list with these; the first is marked. No match closes the list."""
        self._matches.replace(matches)
        if not matches or not self.hasFocus():
            self.close_list()
            return
        frame, view = self._ensure_list()
        view.setCurrentIndex(self._matches.index(0))
        self._place(frame, view)
        frame.show()
        frame.raise_()

    def show_picked(self, text: str) -> None:
        """Show what was picked, without asking again."""
        self._wait.stop()
        self.show_text(text)
        self.close_list()

    @Slot()
    def close_list(self) -> None:
        if self._frame is not None:
            self._frame.hide()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if self.list_is_open and self._steer(event.key()):
            event.accept()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._wait.stop()
            self.entered.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        self.close_list()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._pick_at(event.position().toPoint())
            return True
        return super().eventFilter(watched, event)

    def _steer(self, key: int) -> bool:
        assert self._list is not None
        row = self._list.currentIndex().row()
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 5,
            Qt.Key.Key_PageUp: -5,
        }
        if key in step:
            row = max(0, min(self._matches.rowCount() - 1, row + step[Qt.Key(key)]))
            self._list.setCurrentIndex(self._matches.index(row))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(row)
            return True
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        return False

    def _pick_at(self, point: QPoint) -> None:
        assert self._list is not None
        index = self._list.indexAt(point)
        if index.isValid():
            self._pick(index.row())

    def _pick(self, row: int) -> None:
        self._wait.stop()
        self.close_list()
        self.picked.emit(self._matches.rows[row].value)

    def _ensure_list(self) -> tuple[QFrame, MatchList]:
        # A child of the window, not a window of its own: it can never take the focus.
        if self._frame is None or self._list is None or self._frame.parent() is not self.window():
            self._frame = QFrame(self.window())
            self._frame.setObjectName("matchFrame")
            inside = QVBoxLayout(self._frame)
            inside.setContentsMargins(1, 5, 1, 5)
            self._list = MatchList()
            self._list.setModel(self._matches)
            self._list.setItemDelegate(_MatchDelegate(self._list))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.viewport().installEventFilter(self)
            inside.addWidget(self._list)
            self._frame.hide()
        return self._frame, self._list

    def _place(self, frame: QFrame, view: MatchList) -> None:
        rows = min(self.LONGEST, self._matches.rowCount())
        height = sum(view.sizeHintForRow(row) for row in range(rows)) + 12
        window = self.window()
        under = self.mapTo(window, QPoint(0, self.height() + 4))
        over = self.mapTo(window, QPoint(0, -4)).y()
        room = window.height() - under.y() - 8
        width = max(self.width(), min(theme.current().px(440), window.width() - 24))
        x = max(12, min(under.x(), window.width() - width - 12))
        if room < min(height, 120) and over > room:
            height = min(height, over - 8)
            frame.setGeometry(x, over - height, width, height)
        else:
            frame.setGeometry(x, under.y(), width, min(height, room))

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._wait.start()

    @Slot()
    def _ask(self) -> None:
        self.query_changed.emit(self.text())
