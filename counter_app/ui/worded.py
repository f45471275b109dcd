"""How a widget comes by its words, and by new ones when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class WordedWidget(QWidget):
    """A widget that sets every string of its own in one place.

    A subclass puts all its `self.tr("…")` into `retranslate()`, and calls it last when it is made.
    Qt sends the language change to every widget of every window: nobody has to register anything,
    and what was typed stays where it is.
    """

    def retranslate(self) -> None:
        """Set every string again, from values that the widget keeps."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
