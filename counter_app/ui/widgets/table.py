"""Tables: rows are frozen values, columns say how to show them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counter_app.ui import icons, theme
from counter_app.ui.theme import Tone
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.pill import paint_pill, pill_size

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
CELL_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    Attributes:
        detail: A second, quieter line.
        tone: With a tone the text is a pill.
        icon: Drawn before the text.
        strong: Heavier letters.
        quiet: Muted letters.
    """

    text: str
    detail: str = ""
    tone: Tone | None = None
    icon: str = ""
    strong: bool = False
    quiet: bool = False


# Without slots: `Column[Row](…)` sets an attribute on the new value, which slots would refuse.
@dataclass(frozen=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        title: Its heading.
        show: A row → what the cell shows.
        width: In px at normal text size; 0 takes its part of what is left.
        right: Figures stand at the right.
    """

    title: str
    show: Callable[[R], Cell]
    width: int = 0
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """A table model over a tuple of rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column[R], ...] = ()
        self._rows: tuple[R, ...] = ()

    @property
    def rows(self) -> tuple[R, ...]:
        return self._rows

    @property
    def columns(self) -> tuple[Column[R], ...]:
        return self._columns

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def replace(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        cell = self._columns[index.column()].show(self._rows[index.row()])
        if role == CELL_ROLE:
            return cell
        return f"{cell.text}\n{cell.detail}".strip()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        dress = theme.current()
        cell: Cell = index.data(CELL_ROLE)
        area = QRectF(option.rect)
        painter.save()
        self._paint_ground(painter, area, option, index)
        inside = area.adjusted(dress.px(10), 0, -dress.px(10), 0)
        if cell.tone is not None:
            size = pill_size(dress, cell.text, cell.icon)
            width = min(float(size.width()), inside.width())
            top = inside.center().y() - size.height() / 2
            pill = QRectF(inside.x(), top, width, size.height())
            paint_pill(painter, pill, cell.text, cell.icon, cell.tone)
        else:
            self._paint_words(painter, inside, cell, right=self._is_right(index))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, self._table.row_height())

    def _is_right(self, index: Index) -> bool:
        return bool(self._table.rows_model.columns[index.column()].right)

    def _paint_ground(
        self, painter: QPainter, area: QRectF, option: QStyleOptionViewItem, index: Index
    ) -> None:
        dress = theme.current()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, dress.colour("selected"))
            if index.column() == 0:
                mark = QRectF(area.x(), area.y(), dress.px(3), area.height())
                painter.fillRect(mark, dress.colour("action"))
        elif index.row() == self._table.hovered_row:
            painter.fillRect(area, dress.colour("hover"))
        painter.setPen(dress.colour("line_soft"))
        painter.drawLine(
            QPointF(area.x(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5)
        )

    def _paint_words(self, painter: QPainter, area: QRectF, cell: Cell, *, right: bool) -> None:
        dress = theme.current()
        if cell.icon:
            side = dress.px(17)
            corner = QPointF(area.x(), area.center().y() - side / 2)
            icons.paint(painter, cell.icon, dress.colour("muted"), corner, side)
            area = area.adjusted(side + dress.px(8), 0, 0, 0)
        weight = QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal
        role = "muted" if cell.quiet else "text"
        if not cell.detail:
            self._line(painter, area, cell.text, dress.font(14, weight), role, right=right)
            return
        middle = area.center().y()
        upper = QRectF(area.x(), area.y() + dress.px(4), area.width(), middle - area.y() - 2)
        lower = QRectF(area.x(), middle, area.width(), area.bottom() - middle - dress.px(4))
        self._line(painter, upper, cell.text, dress.font(14, weight), role, right=right)
        self._line(painter, lower, cell.detail, dress.font(12.5), "muted", right=right)

    def _line(
        self, painter: QPainter, area: QRectF, words: str, font: QFont, role: str, *, right: bool
    ) -> None:
        painter.setFont(font)
        painter.setPen(theme.current().colour(role))
        short = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), short)


class Table(QTableView):
    """A table of whole rows: arrows move, Enter or a double click opens.

    Args:
        key: What identifies a row, so that a refresh keeps the chosen one.
        tall: Rows with room for a second line.

    Signals:
        row_chosen(object): The row that is marked now, or None.
        row_opened(object): Enter or a double click on a row.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(
        self,
        *,
        key: Callable[[object], Hashable] = id,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model: RowsModel[object] = RowsModel(self)
        self.hovered_row = -1
        self._key = key
        self._tall = tall
        self._empty: EmptyState | None = None
        self.setModel(self.rows_model)
        self.setItemDelegate(_CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.entered.connect(self._hover)
        self.doubleClicked.connect(self._open)
        self._measure()

    def row_height(self) -> int:
        return theme.current().px(50 if self._tall else 40)

    def set_columns(self, columns: Sequence[Column[R]]) -> None:
        """Set the columns (again, after a change of language)."""
        chosen = self.chosen_row()
        # A column of R asks for an R, and this table is only ever given rows of R.
        self.rows_model.set_columns(cast(Sequence[Column[object]], columns))
        self._mark(chosen)
        self._fit_columns()

    def set_empty(self, empty: EmptyState) -> None:
        """Show this instead of rows while there are none."""
        self._empty = empty
        empty.setParent(self.viewport())
        self._show_empty()

    def show_rows(self, rows: Sequence[object]) -> None:
        """Show these rows; the chosen one stays chosen if it is still there."""
        chosen = self.chosen_row()
        self.rows_model.replace(rows)
        self._mark(chosen)
        self._show_empty()
        self._fit_columns()

    def chosen_row(self) -> object | None:
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def choose(self, place: int) -> None:
        """Mark the row at `place`."""
        self.setCurrentIndex(self.rows_model.index(place, 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_chosen.emit(self.chosen_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered_row = -1
        self.viewport().update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._measure()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._show_empty()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_height())

    def _fit_columns(self) -> None:
        dress = theme.current()
        columns = self.rows_model.columns
        fixed = [dress.px(column.width) for column in columns]
        free = fixed.count(0)
        left = self.viewport().width() - sum(fixed)
        share = max(dress.px(120), left // free) if free else 0
        for place, width in enumerate(fixed):
            self.setColumnWidth(place, width or share)
        if columns and not free and left > 0:
            self.setColumnWidth(len(columns) - 1, fixed[-1] + left)

    def _mark(self, row: object | None) -> None:
        if row is None:
            return
        keys = [self._key(each) for each in self.rows_model.rows]
        wanted = self._key(row)
        if wanted in keys:
            self.choose(keys.index(wanted))

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(not self.rows_model.rows)

    @Slot(QModelIndex)
    def _hover(self, index: QModelIndex) -> None:
        self.hovered_row = index.row()
        self.viewport().update()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self.rows_model.rows[index.row()])
