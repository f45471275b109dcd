from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from counter_app.ui import icons
from counter_app.ui.assets import resource
from counter_app.ui.theme import TONE_ICONS, Tone


def inks(image: QImage) -> list[QColor]:
    """The colours of what is covered wholly, without the soft edges."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [colour for colour in pixels if colour.alpha() == 255]


def distance(one: QColor, other: QColor) -> int:
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)
    return max(abs(int(a) - int(b)) for a, b in pairs if isinstance(a, int) and isinstance(b, int))


@pytest.mark.parametrize("name", sorted(file.stem for file in resource("icons").glob("*.svg")))
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    wanted = QColor("#b3261e")
    found = inks(icons.pixmap(name, wanted, 48).toImage())
    assert found
    # Where strokes cross, rounding may shift a channel by one.
    assert max(distance(colour, wanted) for colour in found) <= 1


def test_an_icon_is_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    picture = icons.pixmap("printer", QColor("black"), 18, 1.5)
    assert (picture.width(), picture.deviceIndependentSize().width()) == (27, 18)


def test_each_tone_has_its_own_icon() -> None:
    assert set(TONE_ICONS) == set(Tone)
    assert len(set(TONE_ICONS.values())) == len(Tone)
    assert set(TONE_ICONS.values()) <= icons.names()


def test_the_licence_lies_beside_the_icons() -> None:
    assert "ISC License" in resource("icons", "LICENSE").read_text("utf-8")
