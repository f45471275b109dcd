"""Keys of one data folder: each part of it is encrypted with a key of its own."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def store_key(master: bytes) -> bytes:
    """The key of the SQLCipher store, 32 bytes."""
    return _derived(master, b"store")


def page_key(master: bytes) -> bytes:
    """The key of the page files, 32 bytes."""
    return _derived(master, b"pages")


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"one-stop counter " + purpose).derive(master)
