"""What every screen of the window has in common."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.worded import WordedWidget


class Screen(WordedWidget):
    """One screen, with its entry in the rail.

    A screen holds widgets: it emits what the officer did and shows what the presenter decides.
    A subclass calls `fill(…)` and sets its words in `retranslate()`.

    Attributes:
        key: By which others open it (`receive`).
        icon: Its icon in the rail.
        shortcut: Its function key (`F2`).

    Signals:
        badge_changed(int): How many things wait here; 0 shows no badge.
    """

    key: ClassVar[str]
    icon: ClassVar[str]
    shortcut: ClassVar[str]

    badge_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)

    def fill(self, content: QWidget) -> None:
        """Put the content in; usually a `ScrollPage`."""
        self._whole.addWidget(content)

    def title(self) -> str:
        """Return the word of the rail entry, in the language spoken now."""
        raise NotImplementedError

    def entered(self) -> None:
        """Called when the screen comes to the front: put the caret where work begins."""
        self.setFocus()
