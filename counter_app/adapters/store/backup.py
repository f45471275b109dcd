"""Copies of the whole store, each tried before it counts, the oldest given up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from counter_app.adapters.store.engine import told_as_trouble
from counter_app.adapters.store.opening import copy_whole, examine
from counter_app.application.ports.store import StoreDamaged

_PREFIX: Final = "store-"


def back_up(path: Path, key: bytes, folder: Path, *, now: datetime, keep: int = 7) -> Path:
    """Copy the store into a folder while it is in use, check the copy, and keep the newest few.

    The copy is encrypted with the same key.

    Args:
        path: Of the store.
        key: Its key.
        folder: For the copies; made if it is not there.
        now: Gives the copy its name.
        keep: How many copies stay, the new one included.

    Returns:
        Where the copy is.

    Raises:
        StoreDamaged: The store, or the copy, cannot be read whole; older copies all stay.
        DiskFull: No room; nothing is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{_PREFIX}{now:%Y%m%dT%H%M%S}.db"
    with told_as_trouble(target):
        copy_whole(path, key, target)
        if examine(target, key):
            target.unlink()
            raise StoreDamaged(path=str(path))
    for old in backups(folder)[keep:]:
        old.unlink()
    return target


def backups(folder: Path) -> tuple[Path, ...]:
    """The copies in a folder, the newest first."""
    return tuple(sorted(folder.glob(f"{_PREFIX}*.db"), reverse=True))
