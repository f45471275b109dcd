from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from counter_app.ui import theme
from counter_app.ui.application import load_fonts
from counter_app.ui.assets import resource
from counter_app.ui.theme import ThemeName, Tone

ON_GROUNDS = [
    ("text", "surface"),
    ("text", "page"),
    ("text", "selected"),
    ("text", "hover"),
    ("muted", "surface"),
    ("muted", "page"),
    ("muted", "selected"),
    ("faint", "surface"),
    ("link", "surface"),
    ("link", "selected"),
    ("on_action", "action"),
    ("on_action", "action_hover"),
    ("rail_text", "rail"),
    ("rail_text", "rail_hover"),
    ("rail_faint", "rail"),
    ("on_badge", "badge"),
    ("trouble_text", "surface"),
    *((f"{tone}_text", f"{tone}_back") for tone in Tone),
]


def luminance(colour: QColor) -> float:
    def channel(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = channel(colour.redF()), channel(colour.greenF()), channel(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_theme_has_the_same_roles() -> None:
    roles = {name: set(theme.load(name).colours) for name in ThemeName}
    assert roles[ThemeName.LIGHT] == roles[ThemeName.DARK] == roles[ThemeName.CONTRAST]


@pytest.mark.parametrize("name", list(ThemeName))
def test_words_stand_out_from_their_ground(name: ThemeName) -> None:
    dress = theme.load(name)
    wanted = 7.0 if name is ThemeName.CONTRAST else 4.5
    pale = {
        f"{text} on {ground}": round(ratio, 2)
        for text, ground in ON_GROUNDS
        if (ratio := contrast(dress.colour(text), dress.colour(ground))) < wanted
    }
    assert pale == {}


@pytest.mark.parametrize("name", list(ThemeName))
def test_the_frame_of_an_input_and_the_focus_can_be_seen(name: ThemeName) -> None:
    dress = theme.load(name)
    assert contrast(dress.colour("focus"), dress.colour("surface")) >= 3
    assert contrast(dress.colour("rail_ring"), dress.colour("rail")) >= 3


@pytest.mark.parametrize("name", list(ThemeName))
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_style_sheet_has_a_value_for_every_name(name: ThemeName, scale: float) -> None:
    sheet = theme.style_sheet(theme.load(name, scale))
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert "$" not in rules
    assert rules.count("{") == rules.count("}") > 40


def test_lengths_grow_with_the_text() -> None:
    assert [theme.load(ThemeName.LIGHT, scale).px(36) for scale in (1.0, 1.5, 2.0)] == [36, 54, 72]


def test_the_application_wears_what_was_put_on(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.show()
    theme.apply(qapp, ThemeName.DARK, 1.5)
    assert theme.current() == theme.load(ThemeName.DARK, 1.5)
    assert label.font().pixelSize() == 21
    assert label.palette().window().color() == theme.current().colour("page")


def test_the_screen_font_is_there_in_four_weights(qapp: QApplication) -> None:
    assert theme.FAMILY in load_fonts()
    files = {file.stem for file in resource("fonts").rglob("BeVietnamPro-*.ttf")}
    assert {f"BeVietnamPro-{w}" for w in ("Regular", "Medium", "SemiBold", "Bold")} <= files
    info = QFontInfo(theme.current().font())
    assert info.family() == theme.FAMILY


def test_the_fonts_write_every_vietnamese_letter(qapp: QApplication) -> None:
    letters = "ăâđêôơưĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ₫…·–"
    font = QRawFont.fromFont(theme.current().font())
    missing = [letter for letter in letters if not font.supportsCharacter(ord(letter))]
    assert missing == []


def test_a_call_that_returns_nothing_keeps_the_count_of_none() -> None:
    """PySide6 6.12.0 loses a reference to None on each such call under Python 3.11, and dies."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) - before > -500
