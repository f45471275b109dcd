from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui import theme
from counter_app.ui.frame.status_strip import Light, LightState
from counter_app.ui.language import Language, spoken
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.screen import Screen
from counter_app.ui.showcase.pictures import sample_window
from counter_app.ui.theme import ThemeName, Tone
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.search_field import Match
from counter_app.ui.widgets.text_input import TextInput
from tests.helpers.ui_windows import assert_nothing_cut_off, shown


class DeskScreen(Screen):
    key, icon, shortcut = "desk", "layout-dashboard", "F1"

    def __init__(self) -> None:
        super().__init__()
        self.typed = TextInput()
        self.fill(self.typed)
        self.visits = 0
        self.retranslate()

    def title(self) -> str:
        return "Bàn làm việc"

    def retranslate(self) -> None:
        self.typed.setPlaceholderText(self.title())

    def entered(self) -> None:
        self.visits += 1
        self.typed.setFocus()


class SyncScreen(DeskScreen):
    key, icon, shortcut = "sync", "refresh-cw", "F9"

    def title(self) -> str:
        return "Đồng bộ"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> MainWindow:
    window = sample_window(qapp)
    shown(qtbot, window, 1366, 768)
    return window


def test_only_registered_screens_have_an_entry_in_the_order_of_their_keys(
    qtbot: QtBot, qapp: QApplication
) -> None:
    window = MainWindow(qapp)
    qtbot.addWidget(window)
    assert window.rail.buttons() == ()
    window.add_screen(SyncScreen())
    window.add_screen(DeskScreen())
    words = [button.text() for button in window.rail.buttons()]
    assert words == ["Bàn làm việc", "Đồng bộ"]
    assert window.current_screen() == "sync"


def test_a_function_key_opens_its_screen_and_puts_the_caret_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.add_screen(sync := SyncScreen())
    with qtbot.waitSignal(window.screen_opened) as opened:
        qtbot.keyClick(window, Qt.Key.Key_F9)
    assert opened.args == ["sync"]
    assert sync.typed.hasFocus()
    checked = [button.key for button in window.rail.buttons() if button.isChecked()]
    assert checked == ["sync"]


def test_pressing_the_entry_of_the_open_screen_leaves_it_marked(
    qtbot: QtBot, window: MainWindow
) -> None:
    button = window.rail.button("receive")
    for _ in range(2):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.current_screen() == "receive"
        assert button.isChecked()


def test_what_waits_is_counted_in_the_rail(window: MainWindow) -> None:
    button = window.rail.button("lookup")
    window.registered("lookup").badge_changed.emit(3)
    assert (button.badge, button.accessibleDescription()) == (3, "3")
    window.registered("lookup").badge_changed.emit(0)
    assert (button.badge, button.accessibleDescription()) == (0, "")


def test_ctrl_k_searches_from_anywhere_and_a_pick_is_told(qtbot: QtBot, window: MainWindow) -> None:
    window.open_screen("lookup")
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.strip.search
    assert search.hasFocus()
    with qtbot.waitSignal(window.search_changed) as asked:
        qtbot.keyClicks(search, "mau")
    assert asked.args == ["mau"]
    window.show_search_matches([Match(value=7, title="Nguyễn Thị Mẫu", code="2007")])
    with qtbot.waitSignal(window.search_picked) as picked:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert picked.args == [7]
    assert search.text() == ""


def test_a_covered_window_hears_no_key_and_comes_back_as_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.add_screen(sync := SyncScreen())
    window.open_screen("sync")
    sync.typed.setText("đang gõ dở")
    window.cover(cover := QLineEdit())
    assert window.is_covered
    assert cover.hasFocus()
    with (
        qtbot.assertNotEmitted(window.screen_opened),
        qtbot.assertNotEmitted(window.lock_requested),
    ):
        qtbot.keyClick(window, Qt.Key.Key_F2)
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not window.rail.isVisible()
    window.uncover()
    assert (window.current_screen(), sync.typed.text()) == ("sync", "đang gõ dở")
    assert sync.typed.hasFocus()


def test_ctrl_l_asks_to_lock(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_light_says_in_words_what_is_wrong(qtbot: QtBot, window: MainWindow) -> None:
    window.show_light(Light.PRINTER, LightState(Tone.TROUBLE, "hết giấy"))
    pill = window.strip.light(Light.PRINTER)
    assert pill.words == pill.accessibleName() == pill.toolTip() == "Máy in: hết giấy"
    with qtbot.waitSignal(window.light_pressed) as pressed:
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert pressed.args == [Light.PRINTER]


def test_in_a_narrow_window_lights_that_are_well_drop_their_word(
    qtbot: QtBot, window: MainWindow
) -> None:
    printer, province = (window.strip.light(light) for light in (Light.PRINTER, Light.PROVINCE))
    wide = printer.width()
    window.resize(911, 512)
    qtbot.waitUntil(lambda: printer.width() < wide)
    assert province.width() >= province.full_width()
    assert printer.toolTip() == "Máy in"


def test_in_a_narrow_window_the_rail_keeps_icons_and_keys(qtbot: QtBot, window: MainWindow) -> None:
    assert window.rail.width() == 176
    window.resize(911, 512)
    qtbot.waitUntil(lambda: window.rail.width() == 64)
    assert window.rail.button("receive").toolTip() == "Tiếp nhận (F2)"


def test_another_language_keeps_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    receive = window.registered("receive")
    typed = receive.findChildren(TextInput)[1]
    typed.setText("Nguyễn Văn Dở")
    with qtbot.waitSignal(window.preferences_changed) as told:
        window.apply_language(Language.ENGLISH)
    assert told.args == ["en", "light", 1.0]
    button = window.rail.button("receive")
    qtbot.waitUntil(lambda: button.text() == "Receive")
    assert window.strip.light(Light.PRINTER).words == "Printer"
    assert typed.text() == "Nguyễn Văn Dở"
    window.apply_language(Language.VIETNAMESE)
    qtbot.waitUntil(lambda: button.text() == "Tiếp nhận")


def test_the_menu_switches_theme_text_size_and_language(
    qtbot: QtBot, window: MainWindow, qapp: QApplication
) -> None:
    menu = window.officer_menu()
    menus = {action.text(): action.menu() for action in menu.actions() if action.menu()}
    assert list(menus) == ["Ngôn ngữ", "Giao diện", "Cỡ chữ"]
    for group, word in (("Giao diện", "Tối"), ("Cỡ chữ", "130 %"), ("Ngôn ngữ", "English")):
        actions = menus[group].actions()  # type: ignore[attr-defined]  # stubs say QObject
        next(action for action in actions if action.text() == word).trigger()
    assert theme.current() == theme.load(ThemeName.DARK, 1.3)
    assert spoken(qapp) is Language.ENGLISH
    words = [action.text() for action in window.officer_menu().actions() if action.text()]
    assert words[1:] == [
        "Language",
        "Appearance",
        "Text size",
        "Lock the counter\tCtrl+L",
        "Sign out",
    ]


@pytest.mark.parametrize("screen", ["receive", "lookup"])
@pytest.mark.parametrize(
    ("width", "height", "text"),
    [(1366, 768, 1.0), (1920, 1080, 1.0), (911, 512, 1.0), (1366, 768, 1.5), (1366, 768, 2.0)],
)
@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_off(
    qtbot: QtBot,
    window: MainWindow,
    screen: str,
    width: int,
    height: int,
    text: float,
    language: Language,
) -> None:
    window.apply_theme(ThemeName.LIGHT, text)
    window.apply_language(language)
    window.resize(width, height)
    window.open_screen(screen)
    assert_nothing_cut_off(qtbot, window)


def test_tab_walks_through_everything_and_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    window.open_screen("receive")
    start = window.focusWidget()
    seen: list[QWidget] = []
    while len(seen) < 200:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
        if seen[-1] is start:
            break
    assert seen[-1] is start
    names = {each.accessibleName() or getattr(each, "text", str)() for each in seen}
    assert {"Họ và tên", "Ngày sinh", "Tìm mọi thứ", "Tra cứu", "Tiếp nhận và in"} <= names
    assert "" not in names


def test_the_ring_follows_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.open_screen("receive")
    ring = window.findChild(FocusRing)
    assert ring is not None
    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        target = window.focusWidget()
        if ring.target is None:
            assert target.property("ownFocus")
            continue
        assert ring.target is target
        assert ring.isVisible()
        around = ring.mapToGlobal(ring.rect().center())
        assert around == target.mapToGlobal(target.rect().center())
        assert ring.width() == target.width() + 2 * FocusRing.GAP


def test_the_page_follows_the_keyboard_to_what_lies_below(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(911, 512)
    window.open_screen("receive")
    for _ in range(12):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        target = window.focusWidget()
        corner = target.mapTo(window, target.rect().topLeft())
        assert 0 <= corner.y() <= window.height() - target.height()
