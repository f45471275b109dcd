from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from counter_app.adapters.system.lanes import ThreadLane
from counter_app.application.officer import Officer
from counter_app.domain.errors import CounterError, InvalidValue
from counter_app.domain.ids import StaffId
from counter_app.domain.staff import Role, SignInRefused
from counter_app.ui.background import Background
from counter_app.ui.screens.sign_in.presenter import (
    ChoosePinPresenter,
    LockPresenter,
    SignInPresenter,
)
from counter_app.ui.screens.sign_in.screen import ChoosePinScreen, LockScreen, SignInScreen
from counter_app.ui.widgets.text_input import TextInput
from tests.helpers.ui_windows import assert_nothing_cut_off, shown

OFFICER = Officer(StaffId("mau.tt"), "Trần Thị Mẫu", "Công chức", Role.OFFICER)


def word(error: CounterError) -> str:
    return f"Không được: {error}"


@dataclass
class Office:
    """Knows one officer; counts how often it was asked."""

    error: BaseException | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def sign_in(self, login: str, secret: str) -> Officer:
        self._ask(login, secret)
        if secret != "đúng":
            raise SignInRefused("wrong")
        return OFFICER

    def pin(self, pin: str) -> None:
        self._ask(pin)

    def _ask(self, *words: str) -> None:
        self.asked.append(words)
        if self.error is not None:
            raise self.error


@pytest.fixture
def work() -> Iterator[tuple[Background, ThreadLane]]:
    lane, background = ThreadLane("desk"), Background()
    yield background, lane
    lane.close()
    shiboken6.delete(background)


Work = tuple[Background, ThreadLane]


def inputs(screen: SignInScreen | LockScreen | ChoosePinScreen) -> list[TextInput]:
    return screen.findChildren(TextInput)


def a_sign_in(
    qtbot: QtBot, work: Work, office: Office, heard: Callable[[Officer], None]
) -> SignInScreen:
    screen = SignInScreen()
    shown(qtbot, screen, 900, 600)
    presenter = SignInPresenter(
        screen,
        owner=screen,
        background=work[0],
        lane=work[1],
        sign_in=office.sign_in,
        signed_in=heard,
        word=word,
    )
    screen.submitted.connect(presenter.submit)
    screen.setFocus()
    return screen


def test_login_enter_password_enter_is_enough(qtbot: QtBot, work: Work) -> None:
    office, heard = Office(), []
    screen = a_sign_in(qtbot, work, office, heard.append)
    login, secret = inputs(screen)
    qtbot.keyClicks(login, "mau.tt")
    qtbot.keyClick(login, Qt.Key.Key_Return)
    assert secret.hasFocus()
    secret.setText("đúng")
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard == [OFFICER])
    assert office.asked == [("mau.tt", "đúng")]
    assert secret.text() == ""


def test_a_refusal_is_worded_and_the_password_is_typed_again(qtbot: QtBot, work: Work) -> None:
    heard: list[Officer] = []
    screen = a_sign_in(qtbot, work, Office(), heard.append)
    login, secret = inputs(screen)
    login.setText("mau.tt")
    secret.setText("sai")
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.problem == "Không được: SignInRefused")
    assert (login.text(), secret.text(), heard) == ("mau.tt", "", [])
    assert secret.hasFocus()
    secret.setText("đúng")
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard == [OFFICER])
    assert screen.problem == ""


def test_a_second_enter_while_the_first_is_weighed_asks_once(qtbot: QtBot, work: Work) -> None:
    office, heard = Office(), []
    screen = a_sign_in(qtbot, work, office, heard.append)
    secret = inputs(screen)[1]
    secret.setText("đúng")
    for _ in range(3):
        qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard == [OFFICER])
    assert len(office.asked) == 1


def test_an_error_without_a_name_is_not_hidden(qtbot: QtBot, work: Work) -> None:
    office = Office(error=ZeroDivisionError())
    screen = a_sign_in(qtbot, work, office, print)
    with capture_exceptions() as caught:
        screen.submitted.emit("a", "b")
        qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0][1], ZeroDivisionError)
    assert screen.problem == ""


def test_the_password_is_dotted_until_the_eye_is_pressed(qtbot: QtBot) -> None:
    screen = SignInScreen()
    shown(qtbot, screen, 900, 600)
    secret = inputs(screen)[1]
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    secret.actions()[0].trigger()
    assert secret.echoMode() is QLineEdit.EchoMode.Normal


def test_the_foot_of_the_page_changes_the_language(qtbot: QtBot) -> None:
    screen = SignInScreen()
    shown(qtbot, screen, 900, 600)
    english = next(b for b in screen.findChildren(type(screen._submit)) if b.text() == "English")
    with qtbot.waitSignal(screen.language_chosen) as chosen:
        qtbot.mouseClick(english, Qt.MouseButton.LeftButton)
    assert chosen.args == ["en"]


def a_lock(qtbot: QtBot, work: Work, office: Office, told: list[str]) -> LockScreen:
    screen = LockScreen()
    screen.show_officer("Trần Thị Mẫu")
    shown(qtbot, screen, 900, 600)
    presenter = LockPresenter(
        screen,
        owner=screen,
        background=work[0],
        lane=work[1],
        unlock=office.pin,
        unlocked=lambda: told.append("mở"),
        password_needed=lambda: told.append("mật khẩu"),
        word=word,
    )
    screen.submitted.connect(presenter.submit)
    screen.setFocus()
    return screen


def test_the_right_pin_opens_and_is_forgotten(qtbot: QtBot, work: Work) -> None:
    office, told = Office(), []
    screen = a_lock(qtbot, work, office, told)
    pin = inputs(screen)[0]
    qtbot.keyClicks(pin, "2580")
    qtbot.keyClick(pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told == ["mở"])
    assert office.asked == [("2580",)]
    assert pin.text() == ""


def test_an_empty_pin_asks_nobody(qtbot: QtBot, work: Work) -> None:
    office = Office()
    screen = a_lock(qtbot, work, office, [])
    qtbot.keyClick(inputs(screen)[0], Qt.Key.Key_Return)
    assert office.asked == []


@pytest.mark.parametrize(("reason", "told"), [("wrong", []), ("throttled", ["mật khẩu"])])
def test_after_too_many_pins_the_password_is_asked_for(
    qtbot: QtBot, work: Work, reason: str, told: list[str]
) -> None:
    heard: list[str] = []
    screen = a_lock(qtbot, work, Office(error=SignInRefused(reason)), heard)
    qtbot.keyClicks(inputs(screen)[0], "1111")
    qtbot.keyClick(inputs(screen)[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.problem == "Không được: SignInRefused")
    assert heard == told
    assert inputs(screen)[0].text() == ""


def a_choice_of_pin(qtbot: QtBot, work: Work, office: Office, told: list[str]) -> ChoosePinScreen:
    screen = ChoosePinScreen()
    shown(qtbot, screen, 900, 600)
    presenter = ChoosePinPresenter(
        screen,
        owner=screen,
        background=work[0],
        lane=work[1],
        set_pin=office.pin,
        chosen=lambda: told.append("đặt"),
        word=word,
    )
    screen.submitted.connect(presenter.submit)
    return screen


def test_two_different_pins_are_never_saved(qtbot: QtBot, work: Work) -> None:
    office, told = Office(), []
    screen = a_choice_of_pin(qtbot, work, office, told)
    screen.submitted.emit("2580", "2581")
    assert screen._again.problem == "Hai lần gõ không giống nhau. Hãy gõ lại."
    assert (office.asked, told) == ([], [])
    screen.submitted.emit("2580", "2580")
    qtbot.waitUntil(lambda: told == ["đặt"])
    assert office.asked == [("2580",)]


def test_a_pin_that_is_too_easy_is_refused_in_words(qtbot: QtBot, work: Work) -> None:
    told: list[str] = []
    office = Office(error=InvalidValue("pin", "too_easy"))
    screen = a_choice_of_pin(qtbot, work, office, told)
    screen.submitted.emit("1111", "1111")
    qtbot.waitUntil(lambda: screen.problem == "Không được: InvalidValue")
    assert told == []


@pytest.mark.parametrize("kind", [SignInScreen, LockScreen, ChoosePinScreen])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (911, 512), (480, 320)])
def test_nothing_is_cut_off_on_a_cover(
    qtbot: QtBot,
    kind: type[SignInScreen | LockScreen | ChoosePinScreen],
    width: int,
    height: int,
) -> None:
    screen = kind()
    shown(qtbot, screen, width, height)
    screen.show_problem("Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại sau một phút.")
    assert_nothing_cut_off(qtbot, screen)
