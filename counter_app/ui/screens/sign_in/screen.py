"""Signing in with a password, unlocking with a PIN, and choosing a PIN: widgets only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.screens.sign_in.cover_page import CoverPage
from counter_app.ui.widgets.buttons import Button, ButtonKind
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.text_input import TextInput, select_all

LONGEST_SECRET = 128
LONGEST_PIN = 8


def _secret_input(length: int) -> TextInput:
    editor = TextInput(max_length=length)
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    editor.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
    )
    return editor


def _pin_input() -> TextInput:
    editor = _secret_input(LONGEST_PIN)
    editor.setInputMethodHints(editor.inputMethodHints() | Qt.InputMethodHint.ImhDigitsOnly)
    return editor


def _wide(button: Button) -> Button:
    policy = button.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    button.setSizePolicy(policy)
    return button


class SignInScreen(CoverPage):
    """Login and password.

    Signals:
        submitted(str, str): Login and password, as typed.
    """

    submitted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = ""
        self._login = Field("", TextInput(icon="user", max_length=64))
        self._secret_input = _secret_input(LONGEST_SECRET)
        self._secret = Field("", self._secret_input)
        self._eye = QAction(self._secret_input)
        self._eye.setCheckable(True)
        self._secret_input.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._submit = _wide(Button(kind=ButtonKind.PRIMARY, icon="log-in"))
        self.card.add(self._login)
        self.card.add(self._secret)
        self._add_problem_line()
        self.card.add(self._submit)
        self._add_languages()
        self._login_input.returnPressed.connect(self._go_on)
        self._secret_input.returnPressed.connect(self._send)
        self._submit.clicked.connect(self._send)
        self._eye.toggled.connect(self._show_letters)
        self.setFocusProxy(self._login_input)
        self.retranslate()

    @property
    def _login_input(self) -> TextInput:
        assert isinstance(self._login.editor, TextInput)
        return self._login.editor

    def retranslate(self) -> None:
        self._head(self.tr("Đăng nhập"), self._office)
        self._login.set_label(self.tr("Tên đăng nhập"))
        self._secret.set_label(self.tr("Mật khẩu"))
        self._submit.setText(self.tr("Đăng nhập"))
        self._eye.setText(self.tr("Hiện mật khẩu"))
        self._paint_eye()

    def show_office(self, office: str) -> None:
        """Show whose counter this is."""
        self._office = office
        self.retranslate()

    def show_login(self, login: str) -> None:
        """Fill the login in; the caret goes to the password."""
        self._login_input.show_text(login)
        self.setFocusProxy(self._secret_input if login else self._login_input)
        self.setFocus()

    def show_busy(self, busy: bool) -> None:
        self._submit.show_busy(busy)
        self._login_input.setReadOnly(busy)
        self._secret_input.setReadOnly(busy)

    def clear_secret(self) -> None:
        """Forget the password; after a refusal the caret stands where it is typed again."""
        self._secret_input.show_text("")
        if self.isVisible():
            select_all(self._secret_input)

    def _paint_eye(self) -> None:
        name = "eye-off" if self._eye.isChecked() else "eye"
        muted = theme.current().colour("muted")
        self._eye.setIcon(icons.icon(name, muted))

    @Slot(bool)
    def _show_letters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._secret_input.setEchoMode(mode)
        self._paint_eye()

    @Slot()
    def _go_on(self) -> None:
        if self._secret_input.text():
            self._send()
        else:
            self._secret_input.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _send(self) -> None:
        if self._submit.isEnabled():
            self.submitted.emit(self._login_input.text(), self._secret_input.text())


class LockScreen(CoverPage):
    """The officer's name and a PIN.

    Signals:
        submitted(str): The PIN, as typed.
        other_requested(): Somebody else wants to sign in.
    """

    submitted = Signal(str)
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._officer = ""
        self._pin_input = _pin_input()
        self._pin = Field("", self._pin_input)
        self._unlock = _wide(Button(kind=ButtonKind.PRIMARY, icon="lock-open"))
        self._other = _wide(Button(kind=ButtonKind.QUIET))
        self.card.add(self._pin)
        self._add_problem_line()
        self.card.add(self._unlock)
        self.card.add(self._other)
        self._pin_input.returnPressed.connect(self._send)
        self._unlock.clicked.connect(self._send)
        self._other.clicked.connect(self.other_requested)
        self.setFocusProxy(self._pin_input)
        self.retranslate()

    def retranslate(self) -> None:
        words = self.tr("Quầy đang khoá. Việc đang làm dở vẫn còn nguyên.")
        self._head(self._officer or self.tr("Quầy đang khoá"), words)
        self._pin.set_label(self.tr("Mã PIN"))
        self._unlock.setText(self.tr("Mở khoá"))
        self._other.setText(self.tr("Đăng nhập bằng mật khẩu"))

    def show_officer(self, name: str) -> None:
        """Show whose work is locked; forget what was typed."""
        self._officer = name
        self.clear_pin()
        self.show_problem("")
        self.retranslate()

    def show_busy(self, busy: bool) -> None:
        self._unlock.show_busy(busy)
        self._pin_input.setReadOnly(busy)

    def clear_pin(self) -> None:
        self._pin_input.show_text("")
        if self.isVisible():
            select_all(self._pin_input)

    @Slot()
    def _send(self) -> None:
        if self._unlock.isEnabled() and self._pin_input.text():
            self.submitted.emit(self._pin_input.text())


class ChoosePinScreen(CoverPage):
    """A new PIN, typed twice.

    Signals:
        submitted(str, str): The PIN and its repetition, as typed.
        skipped(): Not now.
    """

    submitted = Signal(str, str)
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first_input, self._again_input = _pin_input(), _pin_input()
        self._first = Field("", self._first_input)
        self._again = Field("", self._again_input)
        self._save = Button(kind=ButtonKind.PRIMARY, icon="key-round")
        self._skip = Button()
        self.card.add(self._first)
        self.card.add(self._again)
        self._add_problem_line()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(_wide(self._skip))
        line.addWidget(_wide(self._save))
        self.card.body.addLayout(line)
        self._first_input.returnPressed.connect(self._go_on)
        self._again_input.returnPressed.connect(self._send)
        self._save.clicked.connect(self._send)
        self._skip.clicked.connect(self.skipped)
        self.setFocusProxy(self._first_input)
        self.retranslate()

    def retranslate(self) -> None:
        words = self.tr("Mã PIN mở khoá nhanh máy này khi bạn rời quầy một lát.")
        self._head(self.tr("Đặt mã PIN"), words)
        self._first.set_label(self.tr("Mã PIN mới"))
        self._first.set_hint(self.tr("4 đến 8 chữ số"))
        self._again.set_label(self.tr("Gõ lại mã PIN"))
        self._save.setText(self.tr("Lưu mã PIN"))
        self._skip.setText(self.tr("Để sau"))

    def show_not_the_same(self) -> None:
        """The two PINs differ."""
        self._again.show_problem(self.tr("Hai lần gõ không giống nhau. Hãy gõ lại."))
        select_all(self._again_input)

    def show_busy(self, busy: bool) -> None:
        self._save.show_busy(busy)
        self._first_input.setReadOnly(busy)
        self._again_input.setReadOnly(busy)

    def clear_pins(self) -> None:
        self._first_input.show_text("")
        self._again_input.show_text("")
        self._again.clear_problem()
        if self.isVisible():
            select_all(self._first_input)

    @Slot()
    def _go_on(self) -> None:
        self._again_input.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _send(self) -> None:
        if self._save.isEnabled():
            self._again.clear_problem()
            self.submitted.emit(self._first_input.text(), self._again_input.text())
