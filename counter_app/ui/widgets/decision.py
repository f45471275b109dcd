"""A question that only a person can decide; the one kind of dialog that this program has."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.widgets.buttons import Button, ButtonKind
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.label import Label, Role


@dataclass(frozen=True, slots=True)
class DecisionChoice:
    """One way to go on.

    Attributes:
        keys: A key that chooses it, or nothing.
    """

    value: Hashable
    text: str
    kind: ButtonKind = ButtonKind.SECONDARY
    keys: str = ""


class DecisionDialog(QDialog):
    """A heading, what follows from each choice, and a button for each; Esc decides nothing.

    It holds the window but not the program: call `open()`, and wait for the signal.

    Signals:
        decided(object): The value of the choice. `rejected` comes when it was closed instead.
    """

    decided = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        sentence: str,
        choices: Sequence[DecisionChoice],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 20, 22, 18)
        whole.setSpacing(8)
        whole.addWidget(Label(title, Role.TITLE, wrap=True))
        whole.addWidget(Label(sentence, Role.MUTED, wrap=True))
        whole.addSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        self._buttons: dict[Button, Hashable] = {}
        for choice in choices:
            button = Button(choice.text, kind=choice.kind, keys=choice.keys)
            button.clicked.connect(self._decide)
            self._buttons[button] = choice.value
            line.addWidget(button)
        whole.addLayout(line)
        self.setMinimumWidth(theme.current().px(460))
        self._ring = FocusRing(self)

    def buttons(self) -> tuple[Button, ...]:
        return tuple(self._buttons)

    @Slot()
    def _decide(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Button):
            self.decided.emit(self._buttons[pressed])
            self.accept()
