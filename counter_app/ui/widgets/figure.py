"""A figure that counts: label, number, unit, and what it means."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.theme import Tone
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.label import Label, Role
from counter_app.ui.widgets.pill import Pill


class Figure(Card):
    """A card with one number in it."""

    def __init__(self, label: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._label = Label(label, Role.SMALL)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._value = Label("", Role.FIGURE)
        self._unit = Label("", Role.MUTED)
        line.addWidget(self._value)
        line.addWidget(self._unit)
        line.addStretch(1)
        self._meaning = Pill()
        self._meaning.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._label)
        words.addLayout(line)
        words.addWidget(self._meaning)
        words.addStretch(1)
        self.body.addLayout(words)

    def set_label(self, label: str) -> None:
        self._label.setText(label)

    def show_value(self, value: str, unit: str = "") -> None:
        self._value.setText(value)
        self._unit.setText(unit)

    def show_meaning(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        self._meaning.show_state(words, tone)
        self._meaning.setVisible(bool(words))
