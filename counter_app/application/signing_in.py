"""Who may work here: password at the beginning of the day, PIN after a pause; no line is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from counter_app.application.officer import Officer
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import NotEnrolledYet, Store
from counter_app.domain.errors import InvalidValue
from counter_app.domain.ids import StaffId
from counter_app.domain.staff import SignInRefused

FREE_TRIES: Final = 4
"""Wrong tries in a row before the next one must wait."""
PIN_TRIES: Final = 5
"""Wrong PINs in a row before the password is asked for."""


class Passwords(Protocol):
    """Hashing that is slow on purpose (argon2id)."""

    def hash(self, secret: str) -> str: ...

    def fits(self, hashed: str, secret: str) -> bool: ...


@dataclass(slots=True)
class Door:
    """Counts wrong tries in a row, by login and by PIN; forgotten when the program ends."""

    wrong: dict[str, int] = field(default_factory=dict)
    closed_until: dict[str, datetime] = field(default_factory=dict)
    wrong_pins: dict[StaffId, int] = field(default_factory=dict)

    def check(self, login: str, now: datetime) -> None:
        """Refuse a try that comes too soon.

        Raises:
            SignInRefused: With `throttled` and the seconds to wait.
        """
        until = self.closed_until.get(login)
        if until is not None and now < until:
            raise SignInRefused("throttled", int((until - now).total_seconds()) + 1)

    def failed(self, login: str, now: datetime) -> None:
        tries = self.wrong[login] = self.wrong.get(login, 0) + 1
        if tries > FREE_TRIES:
            self.closed_until[login] = now + timedelta(seconds=min(300, 2 ** (tries - FREE_TRIES)))

    def opened(self, login: str) -> None:
        self.wrong.pop(login, None)
        self.closed_until.pop(login, None)


def sign_in(
    login: str, password: str, *, store: Store, passwords: Passwords, clock: Clock, door: Door
) -> Officer:
    """Let a member of staff in by login and password.

    Raises:
        SignInRefused: Wrong, closed, or too many tries.
        NotEnrolledYet: The store belongs to no office.
    """
    login = login.strip().lower()
    door.check(login, clock.now())
    pack = store.reads.pack()
    if pack is None:
        raise NotEnrolledYet
    member = next((m for m in pack.staff if m.id == login), None)
    # An unknown login costs as much time as a wrong password, so that nobody learns which it was.
    hashed = member.password_hash if member else pack.staff[0].password_hash
    if not passwords.fits(hashed, password) or member is None:
        door.failed(login, clock.now())
        raise SignInRefused("wrong")
    if not member.is_active:
        raise SignInRefused("closed")
    door.opened(login)
    door.wrong_pins.pop(member.id, None)
    return Officer.of(member)


def set_pin(officer: Officer, pin: str, *, store: Store, passwords: Passwords) -> None:
    """Set the PIN by which this officer unlocks this machine.

    Raises:
        InvalidValue: Not four to eight digits, or too easy to guess.
    """
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise InvalidValue("pin", "digits")
    if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
        raise InvalidValue("pin", "too_easy")
    hashed = passwords.hash(pin)
    with store.transaction() as tx:
        tx.machine.put_pin_hash(officer.id, hashed)


def has_pin(officer: Officer, *, store: Store) -> bool:
    return store.reads.pin_hash(officer.id) is not None


def unlock(officer: Officer, pin: str, *, store: Store, passwords: Passwords, door: Door) -> None:
    """Open the locked screen of the officer who is signed in.

    Raises:
        SignInRefused: `wrong`; or `throttled` after `PIN_TRIES`, and the password is needed.
    """
    wrong = door.wrong_pins.get(officer.id, 0)
    if wrong >= PIN_TRIES:
        raise SignInRefused("throttled")
    hashed = store.reads.pin_hash(officer.id)
    if hashed is None or not passwords.fits(hashed, pin):
        door.wrong_pins[officer.id] = wrong + 1
        raise SignInRefused("wrong")
    door.wrong_pins.pop(officer.id, None)
