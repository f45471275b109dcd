"""Windows for tests of the screens: shown, laid out and active."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.key_cap import KeyCap
from counter_app.ui.widgets.pill import Chip, Pill

SHOWS_ITS_WORDS = (Button, Chip, KeyCap, Pill, QLabel)


def shown(qtbot: QtBot, widget: QWidget, width: int = 0, height: int = 0) -> QWidget:
    """Show a widget as the active window."""
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def assert_nothing_cut_off(qtbot: QtBot, window: QWidget) -> None:
    """Give the layout time to settle, then say what has too little room."""
    with suppress(TimeoutError):
        qtbot.waitUntil(lambda: cut_off(window) == [], timeout=1500)
    if problems := cut_off(window):
        pytest.fail("\n".join(problems), pytrace=False)


def cut_off(window: QWidget) -> list[str]:
    """Say which words of the window have less room than they need, or cannot be scrolled to."""
    return [
        f"{type(widget).__name__} {_words(widget)!r}: {problem}"
        for widget in _visible(window)
        for problem in _problems(widget, window)
    ]


def _visible(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, SHOWS_ITS_WORDS) and widget.isVisible():
            yield widget


def _problems(widget: QWidget, window: QWidget) -> Iterator[str]:
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    needed = widget.sizeHint()
    if not wraps and widget.width() < needed.width() - 1:
        yield f"{widget.width()} of {needed.width()} px wide"
    height = widget.heightForWidth(widget.width()) if wraps else needed.height()
    if widget.height() < height - 1:
        yield f"{widget.height()} of {height} px high"
    place = _scrolling_place(widget) or window
    area = QRect(widget.mapTo(place, QPoint(0, 0)), widget.size())
    if not place.rect().contains(area):
        yield f"{area} lies outside {place.rect()}"


def _scrolling_place(widget: QWidget) -> QWidget | None:
    step = widget.parentWidget()
    while step is not None:
        above = step.parentWidget()
        area = above.parentWidget() if above is not None else None
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            return step
        step = above
    return None


def _words(widget: QWidget) -> str:
    text = getattr(widget, "text", "")
    return text() if callable(text) else str(text)
