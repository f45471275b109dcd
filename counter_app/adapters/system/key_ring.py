"""The data key of a counter, and the ways to it.

One key of 32 random bytes is made for each data folder and never changes. It is kept only wrapped:
in a slot for each officer, under a key that argon2id makes of the password, and where the system
has a real keyring, there. Any one way opens the store; losing all of them loses it.

Until the first officer has signed in there is nobody whose password could wrap the key: until then
it lies in the file as it is, and no citizen's data has been taken in yet.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.adapters.system.key_slots import (
    KEY_BYTES,
    Cost,
    Ring,
    key_of,
    plain_of,
    ring_of,
    to_text,
    unwrap,
    wrap,
)
from counter_app.application.capture import DiskFull
from counter_app.application.ports.store import KeysDamaged

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_FILE: Final = "keys.json"
_PREVIOUS: Final = "keys.previous.json"
_SERVICE: Final = "one-stop-counter"


def store_key(master: bytes) -> bytes:
    """The key of the store file."""
    return _derived(master, b"store")


def page_key(master: bytes) -> bytes:
    """The key of the page vault."""
    return _derived(master, b"pages")


class KeyRing:
    """The ways to the data key of one folder.

    Args:
        folder: The data folder; the ring is `keys.json` in it, the one before `keys.previous.json`.
        cost: For slots that are put from now on; each slot remembers its own.
    """

    def __init__(self, folder: Path, cost: Cost | None = None) -> None:
        self._path = folder / _FILE
        self._previous = folder / _PREVIOUS
        self._cost = cost or Cost()

    def exists(self) -> bool:
        return self._path.exists() or self._previous.exists()

    def create(self) -> bytes:
        """Make the data key of a new folder.

        Raises:
            FileExistsError: There is one; a second would lock the first one's store for ever.
            DiskFull: No room.
        """
        if self.exists():
            raise FileExistsError(self._path)
        key = secrets.token_bytes(KEY_BYTES)
        self._write(Ring(secrets.token_hex(16), key, ()), before=None)
        return key

    def open_unsealed(self) -> bytes | None:
        """The key, as long as no officer has ever signed in here.

        Raises:
            KeysDamaged: The file is not what it was.
        """
        return self._read().unsealed

    def open_with_password(self, login: str, password: str) -> bytes | None:
        """The key, if the officer has a slot and this is the password; takes a moment by intent.

        Raises:
            KeysDamaged: The file is not what it was.
        """
        ring = self._read()
        for slot in ring.slots:
            if slot.login == login:
                return unwrap(ring, slot, password)
        return None

    def put_slot(self, login: str, password: str, key: bytes) -> None:
        """Give the officer a way in, in the place of an earlier one.

        Raises:
            KeysDamaged: The file is not what it was.
            DiskFull: No room; the ways in are as before.
        """
        ring = self._read()
        slot = wrap(ring, login, password, key, self._cost)
        others = tuple(other for other in ring.slots if other.login != login)
        self._write(replace(ring, unsealed=None, slots=(*others, slot)), before=ring)

    def drop_slot(self, login: str) -> bool:
        """Take an officer's way in away; the last one stays, since without it the data is lost.

        Returns:
            Whether the officer has no way in any more.

        Raises:
            KeysDamaged: The file is not what it was.
            DiskFull: No room; the ways in are as before.
        """
        ring = self._read()
        left = tuple(slot for slot in ring.slots if slot.login != login)
        if not left:
            return not ring.slots
        if left != ring.slots:
            self._write(replace(ring, slots=left), before=ring)
            # The copy of before still holds the way in that was just taken away.
            self._previous.unlink(missing_ok=True)
        return True

    def logins(self) -> tuple[str, ...]:
        """Who has a way in.

        Raises:
            KeysDamaged: The file is not what it was.
        """
        return tuple(slot.login for slot in self._read().slots)

    def open_with_keyring(self) -> bytes | None:
        """The key, if the system's keyring holds it and is open.

        Raises:
            KeysDamaged: The file is not what it was.
        """
        backend = _real_keyring()
        if backend is None:
            return None
        from keyring.errors import KeyringError  # noqa: PLC0415  # slow to import, seldom needed

        try:
            held = backend.get_password(_SERVICE, self._read().id)
            return None if held is None else key_of(held)
        except (KeyringError, ValueError):
            return None

    def offer_to_keyring(self, key: bytes) -> bool:
        """Let the system's keyring hold the key too.

        Returns:
            Whether it does; False where there is no real keyring, or it refuses.

        Raises:
            KeysDamaged: The file is not what it was.
        """
        backend = _real_keyring()
        if backend is None:
            return False
        from keyring.errors import KeyringError  # noqa: PLC0415  # slow to import, seldom needed

        try:
            backend.set_password(_SERVICE, self._read().id, to_text(key))
        except KeyringError:
            return False
        return True

    def _read(self) -> Ring:
        try:
            return ring_of(json.loads(self._path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysDamaged(path=str(self._path)) from error

    def _write(self, ring: Ring, *, before: Ring | None) -> None:
        """Put the new file in the place of the old in one step, and keep the old one beside it.

        Unless the old one holds the key as it is: then nothing of it may stay.
        """
        text = json.dumps(plain_of(ring), indent=1, sort_keys=True) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if before is not None and before.unsealed is None:
                _replace(self._previous, self._path.read_text("utf-8"))
            else:
                self._previous.unlink(missing_ok=True)
            _replace(self._path, text)
        except OSError as error:
            raise DiskFull(path=str(self._path)) from error


def _derived(master: bytes, purpose: bytes) -> bytes:
    info = b"one-stop counter, " + purpose
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(master)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _real_keyring() -> KeyringBackend | None:
    """The system's keyring, if it is one that keeps secrets.

    Backends that refuse, forget or write in clear rate themselves below 1.
    """
    import keyring  # noqa: PLC0415  # slow to import, seldom needed
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415  # slow to import, seldom needed

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    for backend in candidates:
        if backend.priority >= 1 and not isinstance(backend, ChainerBackend):
            return backend
    return None
