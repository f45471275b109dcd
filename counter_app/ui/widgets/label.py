"""Text on the screen, by role."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Role(StrEnum):
    """What a text is for; the style sheet gives each its size and weight."""

    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    ITEM = "item"
    BODY = "body"
    MUTED = "muted"
    SMALL = "small"
    FAINT = "faint"
    FIGURE = "figure"
    TOTAL = "total"
    LABEL = "label"
    PROBLEM = "problem"
    REQUIRED = "required"


class Label(QLabel):
    """A text; `wrap=True` breaks it into lines instead of asking for width.

    Everything is plain text: what a citizen is called can never become markup.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", str(role))
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
