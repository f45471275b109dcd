"""The window: rail, status strip, notices, screens. It navigates; it knows no business."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.frame.rail import Rail
from counter_app.ui.frame.status_strip import Light, LightState, StatusStrip
from counter_app.ui.language import LANGUAGE_NAMES, Language, speak, spoken
from counter_app.ui.notices import NoticeBar
from counter_app.ui.screens.screen import Screen
from counter_app.ui.theme import ThemeName
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.search_field import Match
from counter_app.ui.widgets.text_input import select_all
from counter_app.ui.worded import WordedWidget

TEXT_SCALES = (1.0, 1.15, 1.3, 1.5, 2.0)


class MainWindow(WordedWidget):
    """The frame that all screens live in.

    Signals:
        search_changed(str): Ctrl+K: ask for matches, answer with `show_search_matches`.
        search_picked(object): The value of the match that was picked.
        light_pressed(object): A `Light` was pressed.
        lock_requested(), sign_out_requested(): From the officer's menu, or Ctrl+L.
        screen_opened(str): The key of the screen in front.
        preferences_changed(str, str, float): Language, theme, text scale: to be remembered.
    """

    search_changed = Signal(str)
    search_picked = Signal(object)
    light_pressed = Signal(object)
    lock_requested = Signal()
    sign_out_requested = Signal()
    screen_opened = Signal(str)
    preferences_changed = Signal(str, str, float)

    COMPACT_BELOW = 1040

    def __init__(self, app: QApplication, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._screens: dict[str, Screen] = {}
        self._officer = ""
        self._menu: QMenu | None = None
        self.rail = Rail()
        self.strip = StatusStrip()
        self.notices = NoticeBar()
        self._stack = QStackedWidget()
        self._stack.setObjectName("stack")
        self._whole = QStackedWidget(self)
        self._frame = self._build_frame()
        self._whole.addWidget(self._frame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self._ring = FocusRing(self)
        self._shortcuts: list[QShortcut] = []
        self._connect()
        self.setMinimumSize(480, 320)
        self.resize(1366, 768)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Một Cửa"))
        self.rail.setAccessibleName(self.tr("Các màn hình"))
        for key, screen in self._screens.items():
            self.rail.button(key).set_word(screen.title())

    def add_screen(self, screen: Screen) -> None:
        """Register a screen: it gets a rail entry and its function key."""
        self._screens[screen.key] = screen
        self._stack.addWidget(screen)
        button = self.rail.add_entry(screen.key, screen.icon, screen.shortcut)
        button.set_word(screen.title())
        screen.badge_changed.connect(button.show_badge)
        self._bind(screen.shortcut, button.click)
        if len(self._screens) == 1:
            self.open_screen(screen.key)

    def registered(self, key: str) -> Screen:
        return self._screens[key]

    def open_screen(self, key: str) -> None:
        """Bring a screen to the front and put the caret where its work begins."""
        screen = self._screens[key]
        self._stack.setCurrentWidget(screen)
        self.rail.mark(key)
        screen.entered()
        self.screen_opened.emit(key)

    def current_screen(self) -> str:
        front = self._stack.currentWidget()
        return next((key for key, screen in self._screens.items() if screen is front), "")

    def show_place(self, office: str, counter: str, officer: str) -> None:
        self._officer = officer
        self.strip.show_place(office, counter, officer)

    def show_light(self, light: Light, state: LightState) -> None:
        self.strip.show_light(light, state)

    def show_search_matches(self, matches: Sequence[Match]) -> None:
        self.strip.search.show_matches(matches)

    def cover(self, widget: QWidget) -> None:
        """Put `widget` (signing in, locked) over everything; no key reaches the screens below."""
        if self._whole.indexOf(widget) < 0:
            self._whole.addWidget(widget)
        self._whole.setCurrentWidget(widget)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        widget.setFocus()

    def uncover(self) -> None:
        """Give the window back to the screens, as they were."""
        self._whole.setCurrentWidget(self._frame)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(True)
        if key := self.current_screen():
            self._screens[key].entered()

    @property
    def is_covered(self) -> bool:
        return self._whole.currentWidget() is not self._frame

    def apply_language(self, language: Language) -> None:
        speak(self._app, language)
        self._tell_preferences()

    def apply_theme(self, name: ThemeName, scale: float) -> None:
        theme.apply(self._app, name, scale)
        self._fit()
        self._tell_preferences()

    def officer_menu(self) -> QMenu:
        """Build the officer's menu in the language and theme of now."""
        dress = theme.current()
        menu = QMenu(self)
        if self._officer:
            head = menu.addAction(self._officer)
            head.setEnabled(False)
            menu.addSeparator()
        muted = dress.colour("muted")
        languages = menu.addMenu(icons.icon("languages", muted), self.tr("Ngôn ngữ"))
        self._add_choices(
            languages,
            [(str(each), LANGUAGE_NAMES[each]) for each in Language],
            str(spoken(self._app)),
            self._language_picked,
        )
        looks = menu.addMenu(icons.icon("sun", muted), self.tr("Giao diện"))
        names = {
            ThemeName.LIGHT: self.tr("Sáng"),
            ThemeName.DARK: self.tr("Tối"),
            ThemeName.CONTRAST: self.tr("Tương phản cao"),
        }
        self._add_choices(
            looks,
            [(str(each), names[each]) for each in ThemeName],
            str(dress.name),
            self._theme_picked,
        )
        sizes = menu.addMenu(icons.icon("a-large-small", muted), self.tr("Cỡ chữ"))
        self._add_choices(
            sizes,
            [(str(each), f"{round(each * 100)} %") for each in TEXT_SCALES],
            str(dress.scale),
            self._scale_picked,
        )
        menu.addSeparator()
        lock = menu.addAction(icons.icon("lock", muted), self.tr("Khoá quầy") + "\tCtrl+L")
        lock.triggered.connect(self.lock_requested)
        leave = menu.addAction(icons.icon("log-out", muted), self.tr("Đăng xuất"))
        leave.triggered.connect(self.sign_out_requested)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build_frame(self) -> QWidget:
        frame = QWidget()
        line = QHBoxLayout(frame)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        line.addLayout(column, 1)
        return frame

    def _connect(self) -> None:
        self.rail.chosen.connect(self.open_screen)
        self.strip.search.query_changed.connect(self.search_changed)
        self.strip.search.picked.connect(self._search_picked)
        self.strip.light_pressed.connect(self.light_pressed)
        self.strip.officer.clicked.connect(self._open_menu)
        self._bind("Ctrl+K", self._to_search)
        self._bind("Ctrl+L", self.lock_requested.emit)

    def _bind(self, keys: str, action: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(action)
        self._shortcuts.append(shortcut)

    def _fit(self) -> None:
        self.rail.set_compact(self.width() < self.COMPACT_BELOW * theme.current().scale)

    def _add_choices(
        self, menu: QMenu, choices: Sequence[tuple[str, str]], now: str, picked: object
    ) -> None:
        group = QActionGroup(menu)
        for value, word in choices:
            action = QAction(word, menu, checkable=True, checked=value == now)
            action.setData(value)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(picked)

    def _tell_preferences(self) -> None:
        dress = theme.current()
        self.preferences_changed.emit(str(spoken(self._app)), str(dress.name), dress.scale)

    @Slot()
    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.officer_menu()
        under = self.strip.officer.rect().bottomRight() + QPoint(0, 6)
        corner = self.strip.officer.mapToGlobal(under)
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))

    @Slot()
    def _to_search(self) -> None:
        select_all(self.strip.search)

    @Slot(object)
    def _search_picked(self, value: object) -> None:
        self.strip.search.show_picked("")
        self.search_picked.emit(value)

    @Slot(QAction)
    def _language_picked(self, action: QAction) -> None:
        self.apply_language(Language(action.data()))

    @Slot(QAction)
    def _theme_picked(self, action: QAction) -> None:
        self.apply_theme(ThemeName(action.data()), theme.current().scale)

    @Slot(QAction)
    def _scale_picked(self, action: QAction) -> None:
        self.apply_theme(theme.current().name, float(action.data()))
