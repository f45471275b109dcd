"""Drives the window through the showcase screens and keeps a picture of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from counter_app.ui.application import create_application
from counter_app.ui.frame.status_strip import Light, LightState
from counter_app.ui.language import Language
from counter_app.ui.main_window import MainWindow
from counter_app.ui.notices import Notice
from counter_app.ui.screens.sign_in.screen import ChoosePinScreen, LockScreen, SignInScreen
from counter_app.ui.showcase.lookup_like import LookupLikeScreen
from counter_app.ui.showcase.receive_like import ReceiveLikeScreen
from counter_app.ui.theme import ThemeName, Tone
from counter_app.ui.widgets.buttons import ButtonKind
from counter_app.ui.widgets.decision import DecisionChoice, DecisionDialog


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    act: Callable[[], None]


def sample_window(app: QApplication) -> MainWindow:
    """Build the window with sample content."""
    window = MainWindow(app)
    window.add_screen(ReceiveLikeScreen())
    window.add_screen(LookupLikeScreen())
    window.show_place("Xã Quảng Mẫu", "Quầy 2", "Trần Thị Mẫu")
    well = LightState(Tone.OK)
    for light in (Light.PRINTER, Light.SCANNER, Light.OFFICE):
        window.show_light(light, well)
    window.show_light(Light.PROVINCE, LightState(Tone.WARNING, "mất mạng · 7 thư chờ"))
    window.registered("lookup").badge_changed.emit(7)
    return window


def take_pictures(
    folder: Path, *, language: str, theme_name: str, text_scale: float, width: int, height: int
) -> None:
    """Save one PNG for each state of the window."""
    app = create_application(
        ["showcase"],
        language=Language(language),
        theme_name=ThemeName(theme_name),
        text_scale=text_scale,
    )
    window = sample_window(app)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    receive = window.registered("receive")
    assert isinstance(receive, ReceiveLikeScreen)
    steps = [
        _Step("receive", lambda: window.open_screen("receive")),
        _Step("receive-problem", receive.show_problem),
        _Step("receive-matches", receive.open_matches),
        _Step("lookup", lambda: window.open_screen("lookup")),
        _Step("notices", lambda: _tell_much(window)),
        _Step("menu", window.strip.officer.click),
        _Step("decision", lambda: _ask(window)),
        _Step("sign-in", lambda: _show_sign_in(window)),
        _Step("locked", lambda: _show_lock(window)),
        _Step("choose-pin", lambda: window.cover(ChoosePinScreen())),
    ]
    photographer = _Photographer(app, window, folder, steps)
    photographer.start()
    app.exec()


def _ask(window: MainWindow) -> None:
    dialog = DecisionDialog(
        window,
        title="Giấy đã ra chưa?",
        sentence="Máy in không trả lời sau khi nhận phiếu H36.15-261123-2007. "
        "Nếu giấy đã ra, phiếu được ghi là đã in; nếu chưa, phiếu được in lại.",
        choices=[
            DecisionChoice("again", "Chưa, in lại", keys="F7"),
            DecisionChoice("out", "Đã ra", ButtonKind.PRIMARY, "Ctrl+Return"),
        ],
    )
    dialog.open()


def _show_sign_in(window: MainWindow) -> None:
    screen = SignInScreen()
    screen.show_office("Trung tâm Phục vụ hành chính công xã Quảng Mẫu")
    screen.show_problem("Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại.")
    window.cover(screen)
    screen.show_login("mau.tt")


def _show_lock(window: MainWindow) -> None:
    screen = LockScreen()
    screen.show_officer("Trần Thị Mẫu")
    window.cover(screen)


def _tell_much(window: MainWindow) -> None:
    window.notices.tell(
        Notice(sentence="Đã tiếp nhận hồ sơ H36.15-261123-2007.", tone=Tone.OK, topic="received")
    )
    window.notices.tell(
        Notice(
            sentence="Máy in hết giấy. Hồ sơ đã lưu; thay giấy rồi in lại phiếu.",
            tone=Tone.TROUBLE,
            action="In lại phiếu",
            topic="printer",
        )
    )


class _Photographer(QObject):
    """Acts, lets Qt lay out and paint, takes the picture, goes on."""

    def __init__(
        self, app: QApplication, window: MainWindow, folder: Path, steps: list[_Step]
    ) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._folder = folder
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self._next)
        self._open: _Step | None = None

    def start(self) -> None:
        self._timer.start()

    @Slot()
    def _next(self) -> None:
        if self._open is not None:
            self._window.grab().save(str(self._folder / f"{self._open.name}.png"))
            popup = self._app.activePopupWidget() or self._app.activeModalWidget()
            if popup is not None:
                popup.grab().save(str(self._folder / f"{self._open.name}-popup.png"))
                popup.close()
        if not self._steps:
            self._app.quit()
            return
        self._open = self._steps.pop(0)
        self._open.act()
