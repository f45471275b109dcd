"""A date as Vietnamese offices write it: dd/MM/yyyy."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QWidget

from counter_app.ui.widgets.text_input import TextInput

_PATTERN = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")


def parse_date(text: str) -> date | None:
    """Read `5/3/1999`, `05.03.1999` or `05031999`; None when it is no day of the calendar.

    Two-digit years are not guessed: a mistaken century is worse than a question.
    """
    found = _PATTERN.fullmatch(text.strip()) or _RUN.fullmatch(text.strip())
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def show_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


class DateInput(TextInput):
    """A typed date; the slashes come by themselves.

    Signals:
        date_changed(object): A `date`, or None while the text is none.
    """

    date_changed = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(max_length=10, parent=parent)
        self.setPlaceholderText("dd/mm/yyyy")
        allowed = QRegularExpression(r"[0-9/.\- ]{0,10}")
        self.setValidator(QRegularExpressionValidator(allowed, self))
        self.textEdited.connect(self._add_slashes)
        self.textChanged.connect(self._tell)
        self.committed.connect(self._tidy)
        self._told: date | None = None
        self._before = ""

    def value(self) -> date | None:
        """Return the day, or None when what is typed is no day."""
        return parse_date(self.text())

    def show_value(self, day: date | None) -> None:
        self.show_text(show_date(day) if day else "")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        # The slash that we wrote already is swallowed, so that "05/03" typed in full stays "05/03".
        slash = event.text() in {"/", ".", "-", " "}
        if slash and self.text().endswith("/") and self.cursorPosition() == len(self.text()):
            return
        # Going back over our own slash takes the digit before it as well.
        if event.key() == Qt.Key.Key_Backspace and self._caret_behind_slash():
            self.backspace()
        super().keyPressEvent(event)

    def _caret_behind_slash(self) -> bool:
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        return at_end and self.text().endswith("/")

    @Slot(str)
    def _add_slashes(self, text: str) -> None:
        if self.cursorPosition() != len(text):
            return
        if re.fullmatch(r"\d{2}|\d{1,2}/\d{2}", text) and len(text) > len(self._before):
            self.setText(text + "/")

    @Slot(str)
    def _tell(self, text: str) -> None:
        self._before = text
        day = parse_date(text)
        if day != self._told:
            self._told = day
            self.date_changed.emit(day)

    @Slot()
    def _tidy(self) -> None:
        day = self.value()
        if day:
            self.show_text(show_date(day))
