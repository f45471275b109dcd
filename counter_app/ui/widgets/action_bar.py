"""The foot of a screen: what will happen on the left, the buttons that do it on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.label import Label, Role


class Fact(QWidget):
    """Something that follows from what was typed: label, value, and why it is so."""

    def __init__(self, label: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QVBoxLayout(self)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(1)
        self._label = Label(label, Role.SMALL)
        self._value = Label("", Role.TOTAL)
        self._why = Label("", Role.SMALL)
        for each in (self._label, self._value, self._why):
            words.addWidget(each)

    def set_label(self, label: str) -> None:
        self._label.setText(label)

    def show_value(self, value: str, why: str = "") -> None:
        self._value.setText(value)
        self._why.setText(why)


class ActionBar(QWidget):
    """Facts and buttons in one line; where there is no room for both, the buttons go below."""

    GAP = 16

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = FlowRow(gap=self.GAP)
        self._buttons = FlowRow()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self._line.addWidget(self._facts, 1)
        self._line.addWidget(self._buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_fact(self, fact: QWidget) -> None:
        self._facts.add(fact)
        self._arrange()

    def add_button(self, button: QWidget) -> None:
        """Append a button; the primary one comes last."""
        self._buttons.add(button)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        facts, buttons = self._facts.sizeHint().width(), self._buttons.sizeHint().width()
        beside = facts + self.GAP + buttons <= self.width()
        flow = QBoxLayout.Direction
        wanted = flow.LeftToRight if beside else flow.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
        self._buttons.setMinimumWidth(buttons if beside else 0)
        side = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag(0)
        self._line.setAlignment(self._buttons, side)
