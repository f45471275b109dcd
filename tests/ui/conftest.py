"""Every test of the screens begins in Vietnamese, in the light theme, at normal text size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.ui import theme
from counter_app.ui.application import prepare
from counter_app.ui.language import Language, speak, spoken
from counter_app.ui.theme import ThemeName

# Said by the offscreen platform whenever a window has a least size or wants to the front.
OFFSCREEN_CANNOT = "This plugin does not support"
# Said by the test tool about a key that nobody wanted, which some tests are about.
NOBODY_WANTED_THE_KEY = "Keyboard event not accepted by receiving widget"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT, NOBODY_WANTED_THE_KEY))


@pytest.fixture(scope="session", autouse=True)
def prepared(qapp: QApplication) -> None:
    prepare(qapp)


@pytest.fixture(autouse=True)
def dressed(prepared: None, qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    now = theme.current()
    if (now.name, now.scale) != (ThemeName.LIGHT, 1.0):
        theme.apply(qapp, ThemeName.LIGHT)
    if spoken(qapp) is not Language.VIETNAMESE:
        speak(qapp, Language.VIETNAMESE)
