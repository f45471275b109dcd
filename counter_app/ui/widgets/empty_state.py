"""An empty list says what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.icon_view import IconView
from counter_app.ui.widgets.label import Label, Role


class EmptyState(QWidget):
    """An icon, what is (not) here, what to do next, and the button that does it.

    Signals:
        acted(): The button was pressed.
    """

    acted = Signal()

    def __init__(self, icon: str = "inbox", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(6)
        whole.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconView(icon, role="faint", size=36)
        whole.addWidget(self._icon, 0, centre)
        whole.addSpacing(4)
        self._title = Label("", Role.HEADING, wrap=True)
        self._title.setAlignment(centre)
        whole.addWidget(self._title)
        self._next = Label("", Role.SMALL, wrap=True)
        self._next.setAlignment(centre)
        whole.addWidget(self._next)
        self._button = Button()
        self._button.hide()
        self._button.clicked.connect(self.acted)
        whole.addSpacing(6)
        whole.addWidget(self._button, 0, centre)
        whole.addStretch(2)

    def show_words(self, title: str, next_step: str, action: str = "", keys: str = "") -> None:
        """Say what is missing and what to do next; with `action` a button does it."""
        self._title.setText(title)
        self._next.setText(next_step)
        self._button.setText(action)
        self._button.set_keys(keys if action else "")
        self._button.setVisible(bool(action))

    def show_icon(self, name: str) -> None:
        self._icon.show_icon(name, role="faint")
