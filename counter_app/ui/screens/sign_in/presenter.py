"""Decides who comes in: passes secrets to the use cases, words what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Slot

from counter_app.application.officer import Officer
from counter_app.domain.errors import CounterError, Refusal, Trouble
from counter_app.domain.staff import SignInRefused
from counter_app.ui.background import Background, Lane

Wording = Callable[[CounterError], str]


class _Entrance(Protocol):
    """What the presenters need of each of the screens."""

    def show_problem(self, sentence: str) -> None: ...

    def show_busy(self, busy: bool) -> None: ...


class _SignIn(_Entrance, Protocol):
    def clear_secret(self) -> None: ...


class _Lock(_Entrance, Protocol):
    def clear_pin(self) -> None: ...


class _ChoosePin(_Entrance, Protocol):
    def clear_pins(self) -> None: ...

    def show_not_the_same(self) -> None: ...


def _worded(error: BaseException, word: Wording) -> str:
    """Word an error that has a name; let any other go on to the excepthook."""
    if not isinstance(error, Refusal | Trouble):
        raise error
    return word(error)


class SignInPresenter(QObject):
    """Login and password → an officer.

    Args:
        owner: The screen as a QObject: when it goes, no answer is delivered.
        sign_in: The use case; runs on `lane`.
        signed_in: Called on the GUI thread with what `sign_in` returned.
        word: Makes a sentence of a named error.
    """

    def __init__(
        self,
        screen: _SignIn,
        *,
        owner: QObject,
        background: Background,
        lane: Lane,
        sign_in: Callable[[str, str], Officer],
        signed_in: Callable[[Officer], None],
        word: Wording,
    ) -> None:
        super().__init__(owner)
        self._screen = screen
        self._background = background
        self._lane = lane
        self._sign_in = sign_in
        self._signed_in = signed_in
        self._word = word

    @Slot(str, str)
    def submit(self, login: str, secret: str) -> None:
        self._screen.show_problem("")
        self._screen.show_busy(True)
        work = partial(self._sign_in, login, secret)
        self._background.run(self._lane, work, owner=self, done=self._done, failed=self._failed)

    def _done(self, officer: Officer) -> None:
        self._screen.show_busy(False)
        self._screen.clear_secret()
        self._signed_in(officer)

    def _failed(self, error: BaseException) -> None:
        self._screen.show_busy(False)
        self._screen.clear_secret()
        self._screen.show_problem(_worded(error, self._word))


class LockPresenter(QObject):
    """A PIN → the screens again.

    Args:
        unlock: The use case, bound to the officer; runs on `lane`.
        unlocked: Called when the PIN was right.
        password_needed: Called when no more PINs are taken.
    """

    def __init__(
        self,
        screen: _Lock,
        *,
        owner: QObject,
        background: Background,
        lane: Lane,
        unlock: Callable[[str], None],
        unlocked: Callable[[], None],
        password_needed: Callable[[], None],
        word: Wording,
    ) -> None:
        super().__init__(owner)
        self._screen = screen
        self._background = background
        self._lane = lane
        self._unlock = unlock
        self._unlocked = unlocked
        self._password_needed = password_needed
        self._word = word

    @Slot(str)
    def submit(self, pin: str) -> None:
        self._screen.show_problem("")
        self._screen.show_busy(True)
        work = partial(self._unlock, pin)
        self._background.run(self._lane, work, owner=self, done=self._done, failed=self._failed)

    def _done(self, _nothing: None) -> None:
        self._screen.show_busy(False)
        self._screen.clear_pin()
        self._unlocked()

    def _failed(self, error: BaseException) -> None:
        self._screen.show_busy(False)
        self._screen.clear_pin()
        self._screen.show_problem(_worded(error, self._word))
        if isinstance(error, SignInRefused) and error.reason == "throttled":
            self._password_needed()


class ChoosePinPresenter(QObject):
    """Two equal PINs → saved.

    Args:
        set_pin: The use case, bound to the officer; runs on `lane`.
        chosen: Called when the PIN is saved.
    """

    def __init__(
        self,
        screen: _ChoosePin,
        *,
        owner: QObject,
        background: Background,
        lane: Lane,
        set_pin: Callable[[str], None],
        chosen: Callable[[], None],
        word: Wording,
    ) -> None:
        super().__init__(owner)
        self._screen = screen
        self._background = background
        self._lane = lane
        self._set_pin = set_pin
        self._chosen = chosen
        self._word = word

    @Slot(str, str)
    def submit(self, first: str, again: str) -> None:
        self._screen.show_problem("")
        if first != again:
            self._screen.show_not_the_same()
            return
        self._screen.show_busy(True)
        work = partial(self._set_pin, first)
        self._background.run(self._lane, work, owner=self, done=self._done, failed=self._failed)

    def _done(self, _nothing: None) -> None:
        self._screen.show_busy(False)
        self._screen.clear_pins()
        self._chosen()

    def _failed(self, error: BaseException) -> None:
        self._screen.show_busy(False)
        self._screen.clear_pins()
        self._screen.show_problem(_worded(error, self._word))
