"""What covers the whole window: a card in the middle of the dark blue of the rail."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.frame.rail import Emblem
from counter_app.ui.language import LANGUAGE_NAMES, Language
from counter_app.ui.theme import Tone
from counter_app.ui.widgets.buttons import Button, ButtonKind
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.icon_view import IconView
from counter_app.ui.widgets.label import Label, Role
from counter_app.ui.widgets.pages import ScrollPage
from counter_app.ui.worded import WordedWidget


class CoverPage(WordedWidget):
    """A card with a heading, a problem line and room for fields.

    Signals:
        language_chosen(str): `vi` or `en`, from the foot of the card.
    """

    language_chosen = Signal(str)

    CARD_WIDTH = 404

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage(margin=24, gap=16)
        page.setObjectName("coverScroll")
        page.content.setObjectName("coverBody")
        whole.addWidget(page)
        centre = Qt.AlignmentFlag.AlignHCenter
        page.body.addStretch(2)
        self._brand = QWidget()
        self._brand.setObjectName("coverBrand")
        line = QHBoxLayout(self._brand)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Emblem())
        page.body.addWidget(self._brand, 0, centre)
        self.card = Card()
        # Between two stretches, not aligned: alignment would measure wrapped words at full width.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card)
        row.addStretch(1)
        page.body.addLayout(row)
        page.body.addStretch(3)
        self.card.body.setContentsMargins(28, 24, 28, 18)
        self.card.body.setSpacing(14)
        self._heading = Label("", Role.TITLE)
        self._subtitle = Label("", Role.SMALL, wrap=True)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._heading)
        head.addWidget(self._subtitle)
        self.card.body.addLayout(head)
        self._problem = QWidget()
        line = QHBoxLayout(self._problem)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        mark = IconView("circle-alert", tone=Tone.TROUBLE, size=16)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence = Label("", Role.PROBLEM, wrap=True)
        line.addWidget(self._sentence, 1)
        self._problem.hide()
        self._fit()

    @property
    def problem(self) -> str:
        return self._sentence.text()

    def show_problem(self, sentence: str) -> None:
        """Say what was refused and what to do; an empty sentence clears it."""
        self._sentence.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _head(self, heading: str, subtitle: str) -> None:
        self._heading.setText(heading)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def _add_problem_line(self) -> None:
        self.card.add(self._problem)

    def _add_languages(self) -> None:
        line = QHBoxLayout()
        line.addStretch(1)
        for language in Language:
            button = Button(LANGUAGE_NAMES[language], kind=ButtonKind.QUIET)
            button.setProperty("language", str(language))
            button.clicked.connect(self._choose_language)
            line.addWidget(button)
        line.addStretch(1)
        self.card.body.addLayout(line)

    def _fit(self) -> None:
        self.card.setFixedWidth(theme.current().px(self.CARD_WIDTH))
        self._brand.setFixedWidth(theme.current().px(122))

    @Slot()
    def _choose_language(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Button):
            self.language_chosen.emit(str(pressed.property("language")))
