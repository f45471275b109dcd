"""The page files of this counter, as `capture.PageVault` asks for them.

A page file is `MAGIC`, one byte of version, a nonce of 12 bytes, and AES-256-GCM over the page with
the header and the page's name as associated data: a file under another name does not open.
It lies at `ab/abcd…` by the SHA-256 of the plain page.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.application.capture import DiskFull, PageDamaged, PageMissing, PageRef

MAGIC = b"MCPAGE"
VERSION = 1
_NONCE_SIZE = 12
_TAG_SIZE = 16
_HEADER = MAGIC + bytes([VERSION])
_NAME = re.compile(r"[0-9a-f]{64}")
# Where pages are written before they get their names: one small folder to sweep, on the same disk.
_INCOMING = "incoming"
# The disk is full, over quota, read-only, broken, gone, or not ours to write to.
_UNWRITABLE = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EIO,
        errno.ENXIO,
        errno.ENODEV,
        errno.ENOENT,
        errno.ENOTDIR,
        errno.EACCES,
        errno.EPERM,
    }
)


class FilePageVault:
    """Encrypted page files in one folder; safe to use from several threads at once."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the folder, making it where it is missing, and sweep what a crash left half written.

        Args:
            folder: Used by this program alone.
            key: 32 bytes.

        Raises:
            DiskFull: The folder cannot be made or written to.
        """
        if len(key) != 32:
            raise ValueError("a page key has 32 bytes")
        self._folder = folder
        self._incoming = folder / _INCOMING
        self._cipher = AESGCM(key)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._incoming.mkdir(mode=0o700, exist_ok=True)
            for leftover in self._incoming.iterdir():
                leftover.unlink()
            # A subfolder made just before a power cut must not be lost with what it will hold.
            _sync_folder(folder)
        except OSError as error:
            raise _full_disk(error, folder) from error

    def store(self, content: bytes) -> PageRef:
        """See `PageVault.store`; a damaged file of the same page is replaced by a whole one."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        try:
            if self._is_whole(sha256):
                # Whoever wrote it may have crashed before its name was durable.
                _sync_folder(path.parent)
            else:
                self._write(sha256, content)
        except OSError as error:
            raise _full_disk(error, self._folder) from error
        return PageRef(sha256=sha256, size=len(content))

    def load(self, sha256: str) -> bytes:
        """See `PageVault.load`; a name that is no SHA-256 is a missing page."""
        if not _NAME.fullmatch(sha256):
            raise PageMissing(sha256)
        try:
            encrypted = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise PageMissing(sha256) from error
        except OSError as error:
            raise PageDamaged(sha256) from error
        nonce_end = len(_HEADER) + _NONCE_SIZE
        if not encrypted.startswith(_HEADER) or len(encrypted) < nonce_end + _TAG_SIZE:
            raise PageDamaged(sha256)
        nonce = encrypted[len(_HEADER) : nonce_end]
        try:
            content = self._cipher.decrypt(nonce, encrypted[nonce_end:], _bound_to(sha256))
        except InvalidTag as error:
            raise PageDamaged(sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise PageDamaged(sha256)
        return content

    def holds(self, sha256: str) -> bool:
        """Whether there is a file of this page; whether it is whole shows when it is loaded."""
        return bool(_NAME.fullmatch(sha256)) and self._path(sha256).is_file()

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _is_whole(self, sha256: str) -> bool:
        try:
            self.load(sha256)
        except (PageMissing, PageDamaged):
            return False
        return True

    def _write(self, sha256: str, content: bytes) -> None:
        nonce = secrets.token_bytes(_NONCE_SIZE)
        encrypted = self._cipher.encrypt(nonce, content, _bound_to(sha256))
        path = self._path(sha256)
        written = self._incoming / secrets.token_hex(16)
        try:
            _write_synced(written, (_HEADER, nonce, encrypted))
            if not path.parent.is_dir():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                _sync_folder(self._folder)
            written.replace(path)
        except BaseException:
            with suppress(OSError):
                written.unlink()
            raise
        try:
            _sync_folder(path.parent)
        except OSError:
            # The name may or may not be on the disk: leave nothing that nobody was told of.
            with suppress(OSError):
                path.unlink()
            raise


def _bound_to(sha256: str) -> bytes:
    return _HEADER + bytes.fromhex(sha256)


def _write_synced(path: Path, pieces: tuple[bytes, ...]) -> None:
    descriptor = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # NTFS journals names itself, and a folder cannot be opened to be synced
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _full_disk(error: OSError, folder: Path) -> OSError | DiskFull:
    """What to raise: our trouble where the disk is to blame, the error itself where we are."""
    return DiskFull(path=str(folder)) if error.errno in _UNWRITABLE else error
