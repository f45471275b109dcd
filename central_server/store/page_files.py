"""Page files on disk: a growing part, then a whole whose name is its content.

Nothing is reported as held before it was fsynced.
A part grows only under the lock of its page, only at its end; a whole never changes.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_READ: Final = 1 << 20
_MODE: Final = 0o600
_BINARY: Final = getattr(os, "O_BINARY", 0)


@dataclass(eq=False)
class OffsetDiffers(Exception):
    """The page is held up to another byte than the one to go on from."""

    offset: int


class PageFiles:
    """The pages of every office, each office in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks = folder / "locks"
        self._locks.mkdir(parents=True, exist_ok=True)

    def whole(self, unit: str, sha256: str) -> Path | None:
        """The file of a page that is held whole."""
        path = self._whole(unit, sha256)
        return path if path.exists() else None

    def offset(self, unit: str, sha256: str) -> int:
        """How many bytes are held, durably; all of them when it is whole."""
        with self._locked(sha256):
            if (whole := self.whole(unit, sha256)) is not None:
                return whole.stat().st_size
            part = self._part(unit, sha256)
            if not part.exists():
                return 0
            handle = os.open(part, os.O_RDWR | _BINARY)
            try:
                # A request that was cut may have left bytes that are not on the disk yet.
                os.fsync(handle)
                return os.fstat(handle).st_size
            finally:
                os.close(handle)

    def append(self, unit: str, sha256: str, at: int, piece: bytes) -> int:
        """Add bytes to the part, durably; returns the new offset.

        Raises:
            OffsetDiffers: It does not end at `at`, or it is whole already.
            OSError: The disk is full or broken; the part is as it was.
        """
        with self._locked(sha256):
            if (whole := self.whole(unit, sha256)) is not None:
                raise OffsetDiffers(whole.stat().st_size)
            part = self._part(unit, sha256)
            is_new = not part.exists()
            part.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(part, os.O_RDWR | os.O_CREAT | _BINARY, _MODE)
            try:
                if (size := os.fstat(handle).st_size) != at:
                    raise OffsetDiffers(size)
                self._write(handle, at, piece)
            finally:
                os.close(handle)
            if is_new:
                _sync_folders(part.parent, self._folder)
        return at + len(piece)

    def cut_back(self, unit: str, sha256: str, *, end: int, to: int) -> int:
        """Take the last bytes away again, unless somebody went on from them.

        Returns:
            The offset now.
        """
        with self._locked(sha256):
            part = self._part(unit, sha256)
            if not part.exists():
                return 0 if self.whole(unit, sha256) is None else end
            if (size := part.stat().st_size) != end:
                return size
            os.truncate(part, to)
            return to

    def finish(self, unit: str, sha256: str) -> bool:
        """Make the whole of the part; False (and no part any more) when it is not that content."""
        with self._locked(sha256):
            whole, part = self._whole(unit, sha256), self._part(unit, sha256)
            if whole.exists():
                return True
            if not part.exists():
                return False
            if _sha256(part) != sha256:
                part.unlink()
                _sync_folders(part.parent, part.parent)
                return False
            whole.parent.mkdir(parents=True, exist_ok=True)
            part.replace(whole)
            _sync_folders(whole.parent, self._folder)
            _sync_folders(part.parent, part.parent)
            return True

    def drop_part(self, unit: str, sha256: str) -> None:
        """Forget what came of a page that is not whole."""
        with self._locked(sha256):
            part = self._part(unit, sha256)
            part.unlink(missing_ok=True)

    @staticmethod
    def _write(handle: int, at: int, piece: bytes) -> None:
        try:
            os.lseek(handle, at, os.SEEK_SET)
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, at)
            raise

    def _whole(self, unit: str, sha256: str) -> Path:
        return self._folder / unit / sha256[:2] / sha256

    def _part(self, unit: str, sha256: str) -> Path:
        return self._folder / unit / "parts" / sha256

    @contextmanager
    def _locked(self, sha256: str) -> Iterator[None]:
        """One thread of one process at a time; a few pages share a lock, no lock is ever deleted."""
        handle = os.open(self._locks / sha256[:2], os.O_RDWR | os.O_CREAT, _MODE)
        try:
            _lock(handle)
            yield
        finally:
            os.close(handle)  # which lets go of the lock


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            except OSError:  # it gives up after ten tries of a second
                continue
            return
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ):
            digest.update(block)
    return digest.hexdigest()


def _sync_folders(folder: Path, up_to: Path) -> None:
    """Make the names in a folder durable, and those of the folders above it up to `up_to`."""
    if sys.platform == "win32":
        return
    while True:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if folder in (up_to, folder.parent):
            return
        folder = folder.parent
