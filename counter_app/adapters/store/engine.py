"""Connections to the encrypted file, and what its errors mean."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from counter_app.adapters.store.prepared import driver_of
from counter_app.application.capture import DiskFull
from counter_app.application.ports.store import StoreBusy, StoreDamaged
from counter_app.domain.errors import Trouble

PATIENCE_S: Final = 5.0
CACHE_KIB: Final = 64 * 1024
PAGE_SIZE: Final = 4096
_WAL_PAGES: Final = 4_000
"""After so many pages a commit also carries the log into the file; `tidy` does it before that."""

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_NO_ROOM: Final = 64 * 1024


def connect(path: Path, key: bytes, patience_s: float = PATIENCE_S) -> Any:
    """Open a raw connection; nothing is read yet, so a wrong key does not show here."""
    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=256
    )
    # A raw key of 32 bytes: no derivation, so a connection costs nothing.
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        f"cipher_page_size = {PAGE_SIZE}",
        "cipher_memory_security = OFF",
        f"busy_timeout = {round(patience_s * 1000)}",
        "foreign_keys = ON",
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
        f"wal_autocheckpoint = {_WAL_PAGES}",
        f"journal_size_limit = {64 * 1024 * 1024}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def writing_engine(path: Path, key: bytes, patience_s: float = PATIENCE_S) -> Engine:
    """Each transaction takes the write lock at its beginning, so that none fails half-way."""
    return _engine(
        lambda: connect(path, key, patience_s), "BEGIN IMMEDIATE", pool_size=1, max_overflow=1
    )


def reading_engine(path: Path, key: bytes) -> Engine:
    """Each transaction is a snapshot, and waits for no writer."""

    def connected() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(connected, "BEGIN", pool_size=4, max_overflow=8, pool_use_lifo=True)


def _engine(connected: Callable[[], Any], begin: str, **options: Any) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connected,
        poolclass=QueuePool,
        **options,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver_of(connection).execute(begin)

    return engine


@contextmanager
def told_as_trouble(path: Path) -> Iterator[None]:
    """Raise the port's errors for the library's.

    Raises:
        StoreBusy: Somebody else holds the file.
        DiskFull: No room, or writing is refused.
        StoreDamaged: A page does not fit its seal, or the file is no store.
    """
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        trouble = trouble_of(error, path)
        if trouble is None:
            raise
        raise trouble from error


def trouble_of(error: BaseException, path: Path) -> Trouble | None:
    """Which trouble a library error is; None when it is a mistake of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (_BUSY, _LOCKED):
        return StoreBusy()
    if code in (_FULL, _READONLY):
        return DiskFull(path=str(path))
    if code in (_CORRUPT, _NOTADB):
        return StoreDamaged(path=str(path))
    if code in (_IOERR, _CANTOPEN):
        return DiskFull(path=str(path)) if _takes_no_more(path) else StoreDamaged(path=str(path))
    return None


def _takes_no_more(path: Path) -> bool:
    folder = path.parent
    return not os.access(folder, os.W_OK) or shutil.disk_usage(folder).free < _NO_ROOM
