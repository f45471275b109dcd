"""One running program for each data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from counter_app.application.ports.store import StoreInUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK_FILE: Final = "instance.lock"


class SingleInstance:
    """Holds a data folder for this process; the system lets go of it when the process ends.

    The lock is the system's own, on an open file, so that nothing is left behind by a crash.

    Args:
        folder: The data folder; made if it is not there.

    Raises:
        StoreInUse: Another instance of the program holds it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _LOCK_FILE
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StoreInUse(path=str(folder)) from error

    def release(self) -> None:
        """Let the folder go; doing so twice is harmless."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            # The file stays: removing it would let two others lock two files of the same name.
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
