"""The file of the key ring: who has a way to the data key, and how it is wrapped for each."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_VERSION: Final = 1
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_MOST_MEMORY_KIB: Final = 1024 * 1024
_MOST_PASSES: Final = 64
_MOST_LANES: Final = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try at a password costs; RFC 9106's second recommended choice."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped for one officer."""

    login: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Ring:
    """The file.

    Attributes:
        id: Of the key, 32 hex digits: under this name the system's keyring has it.
        unsealed: The key itself, until the first slot is put.
        slots: One for each officer.
    """

    id: str
    unsealed: bytes | None
    slots: tuple[Slot, ...]


def wrap(ring: Ring, login: str, password: str, key: bytes, cost: Cost) -> Slot:
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapping = AESGCM(_from_password(password, salt, cost))
    return Slot(login, cost, salt, nonce, wrapping.encrypt(nonce, key, _bound(ring, login)))


def unwrap(ring: Ring, slot: Slot, password: str) -> bytes | None:
    wrapping = AESGCM(_from_password(password, slot.salt, slot.cost))
    try:
        return wrapping.decrypt(slot.nonce, slot.wrapped, _bound(ring, slot.login))
    except InvalidTag:
        return None


def _bound(ring: Ring, login: str) -> bytes:
    """Ties a slot to its ring and its officer: it cannot be moved to another's name."""
    return f"{ring.id}\n{login}".encode()


def _from_password(password: str, salt: bytes, cost: Cost) -> bytes:
    # The same password typed on another keyboard may come with its marks taken apart.
    return hash_secret_raw(
        unicodedata.normalize("NFC", password).encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def plain_of(ring: Ring) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "version": _VERSION,
        "id": ring.id,
        "slots": [
            {
                "login": slot.login,
                "kdf": "argon2id",
                "passes": slot.cost.passes,
                "memory_kib": slot.cost.memory_kib,
                "lanes": slot.cost.lanes,
                "salt": to_text(slot.salt),
                "nonce": to_text(slot.nonce),
                "wrapped": to_text(slot.wrapped),
            }
            for slot in ring.slots
        ],
    }
    return plain if ring.unsealed is None else {**plain, "unsealed": to_text(ring.unsealed)}


def ring_of(plain: Any) -> Ring:
    """Read the file.

    Raises:
        ValueError: It is not a ring, or has no way in.
    """
    if plain["version"] != _VERSION:
        raise ValueError("version")
    unsealed = plain.get("unsealed")
    ring = Ring(
        id=str(plain["id"]),
        unsealed=None if unsealed is None else key_of(unsealed),
        slots=tuple(map(_slot_of, plain["slots"])),
    )
    if not ring.slots and ring.unsealed is None:
        raise ValueError("no way in")
    return ring


def _slot_of(plain: Any) -> Slot:
    cost = Cost(int(plain["passes"]), int(plain["memory_kib"]), int(plain["lanes"]))
    if plain["kdf"] != "argon2id":
        raise ValueError("kdf")
    if not (1 <= cost.passes <= _MOST_PASSES and 1 <= cost.lanes <= 64):
        raise ValueError("cost")
    if not 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB:
        raise ValueError("cost")
    slot = Slot(
        str(plain["login"]),
        cost,
        _bytes(plain["salt"]),
        _bytes(plain["nonce"]),
        _bytes(plain["wrapped"]),
    )
    if len(slot.nonce) != _NONCE_BYTES or len(slot.salt) < _SALT_BYTES:
        raise ValueError("slot")
    return slot


def key_of(text: str) -> bytes:
    key = _bytes(text)
    if len(key) != KEY_BYTES:
        raise ValueError("key")
    return key


def to_text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
