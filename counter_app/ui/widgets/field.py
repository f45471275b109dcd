"""An input with its label above and, when something is wrong, a sentence below; rows of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Tone
from counter_app.ui.widgets.icon_view import IconView
from counter_app.ui.widgets.label import Label, Role
from counter_app.ui.widgets.text_input import show_wrong


class Field(QWidget):
    """A labelled input.

    Args:
        label: The word above; `&` marks a mnemonic that jumps to the input.
        editor: The input: `TextInput`, `DateInput`, `Choice`, `SearchField`, `TextArea` …
        required: Shows the mark of fields that must be filled.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(3)
        self._label = Label(label, Role.LABEL)
        self._label.setBuddy(editor)
        head.addWidget(self._label)
        self._mark = Label("*", Role.REQUIRED)
        self._mark.setVisible(required)
        head.addWidget(self._mark)
        head.addStretch(1)
        self._hint = Label("", Role.FAINT)
        self._hint.hide()
        head.addWidget(self._hint)
        whole.addLayout(head)
        whole.addWidget(editor)
        self._problem = QWidget()
        line = QHBoxLayout(self._problem)
        line.setContentsMargins(0, 1, 0, 0)
        line.setSpacing(5)
        mark = IconView("circle-alert", tone=Tone.TROUBLE, size=15)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence = Label("", Role.PROBLEM, wrap=True)
        line.addWidget(self._sentence, 1)
        self._problem.hide()
        whole.addWidget(self._problem)
        whole.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        self._label.setText(label)
        self.editor.setAccessibleName(label.replace("&", ""))

    def set_required(self, required: bool) -> None:
        self._mark.setVisible(required)

    def set_hint(self, hint: str) -> None:
        """Say something short at the right above the input (`không bắt buộc`, `12 chữ số`)."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    @property
    def problem(self) -> str:
        return self._sentence.text()

    def show_problem(self, sentence: str) -> None:
        """Say below the input what is wrong and what to do; an empty sentence clears it."""
        self._sentence.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        show_wrong(self.editor, bool(sentence))

    def clear_problem(self) -> None:
        self.show_problem("")


class FieldGrid(QWidget):
    """Fields in rows of twelve columns; where there is little room each takes more columns.

    Under 640 px (at normal text size) spans are doubled, under 400 px every field has its own row.
    """

    COLUMNS = 12

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[tuple[QWidget, int]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for column in range(self.COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._factor = 1

    def add(self, widget: QWidget, span: int) -> None:
        """Append a field that takes `span` of the twelve columns."""
        self._cells.append((widget, span))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width() / theme.current().scale
        factor = 1 if width >= 640 else 2 if width >= 400 else self.COLUMNS
        if factor != self._factor:
            self._factor = factor
            self._place()

    def minimumSizeHint(self) -> QSize:
        # The narrowest field decides, not the row: rows break where they do not fit.
        height = super().minimumSizeHint().height()
        return QSize(theme.current().px(180), height)

    def _place(self) -> None:
        for number, row in enumerate(self._rows()):
            column = 0
            for widget, span in row:
                self._grid.addWidget(widget, number, column, 1, span)
                column += span

    def _rows(self) -> list[list[tuple[QWidget, int]]]:
        rows: list[list[tuple[QWidget, int]]] = [[]]
        for widget, span in self._cells:
            wide = min(self.COLUMNS, span * self._factor)
            if sum(taken for _, taken in rows[-1]) + wide > self.COLUMNS:
                rows.append([])
            rows[-1].append((widget, wide))
        return rows if self._factor == 1 else [self._filled(row) for row in rows]

    def _filled(self, row: list[tuple[QWidget, int]]) -> list[tuple[QWidget, int]]:
        """Widen the fields of a broken row until it is full; the last takes what is left over."""
        total = sum(span for _, span in row)
        wider = [(widget, span * self.COLUMNS // total) for widget, span in row]
        missing = self.COLUMNS - sum(span for _, span in wider)
        widget, span = wider[-1]
        return [*wider[:-1], (widget, span + missing)]
