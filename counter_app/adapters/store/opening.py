"""Making a store, and telling what is wrong with one before it is used.

A new store is made under another name and renamed when it is whole: a file under the store's name
is never half a store.
Beside it lies a key mark: a digest that tells whether a key is the right one even where the file
itself can no longer tell.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from counter_app.adapters.store.engine import (
    PAGE_SIZE,
    connect,
    told_as_trouble,
    trouble_of,
    writing_engine,
)
from counter_app.adapters.store.migrations import MIGRATIONS, Migrations
from counter_app.application.ports.store import StoreDamaged, StoreLocked, StoreTooNew

_PLAIN_HEADER: Final = b"SQLite format 3\0"
_COMPANIONS: Final = ("-wal", "-shm", "-journal")


def prepare(path: Path, key: bytes, migrations: Migrations = MIGRATIONS) -> None:
    """Make the store if there is none, and bring an older one up to date.

    Raises:
        StoreLocked: The key is not the store's.
        StoreDamaged: The file is damaged, cut short, or not a store.
        StoreTooNew: A newer program made it.
        DiskFull: No room for a new store, or for the copy that a migration begins with.
        StoreBusy: Another process holds it.
    """
    with told_as_trouble(path):
        if not path.exists():
            _make(path, key, migrations)
        revision = _revision(path, key)
        _write_mark(path, key)
        if revision not in migrations.revisions:
            raise StoreTooNew(path=str(path))
        if revision != migrations.head:
            copy_whole(path, key, path.with_name(f"{path.stem}-before-{migrations.head}.db"))
            _upgrade(path, key, migrations)


def copy_whole(path: Path, key: bytes, target: Path) -> None:
    """Copy a store as it stands, log included, under the same key; whole or not at all.

    Others may go on reading and writing meanwhile.
    """
    part = target.with_name(f"{target.name}.part")
    _remove(part)
    try:
        with closing(connect(path, key)) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        _sync(part)
        part.replace(target)
        sync_folder(target.parent)
    except BaseException:
        _remove(part)
        raise


def examine(path: Path, key: bytes) -> tuple[str, ...]:
    """Read every page of a store and check it, the search index included; nothing is locked.

    Returns:
        What is wrong, in the library's words.
    """
    with closing(connect(path, key)) as connection:
        faults = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        if not faults:
            faults += _sentences(connection, "PRAGMA integrity_check", good="ok")
            faults += _sentences(connection, "PRAGMA foreign_key_check")
    return tuple(faults)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder outlast a power cut."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sentences(connection: Any, question: str, good: str = "") -> list[str]:
    try:
        rows = connection.execute(question).fetchall()
    except sqlcipher.Error as error:
        return [str(error)]
    return [" ".join(map(str, row)) for row in rows if str(row[0]) != good]


def _make(path: Path, key: bytes, migrations: Migrations) -> None:
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        # Somebody took the store away and left what it had not yet taken in.
        raise StoreDamaged(path=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    for leftover in (new, path):
        _remove(leftover)
    with closing(connect(new, key)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    _upgrade(new, key, migrations)
    _sync(new)
    new.replace(path)
    sync_folder(path.parent)


def _upgrade(path: Path, key: bytes, migrations: Migrations) -> None:
    engine = writing_engine(path, key)
    try:
        with engine.begin() as connection:
            migrations.upgrade(connection)
    finally:
        engine.dispose()


def _revision(path: Path, key: bytes) -> str:
    with path.open("rb") as file:
        head = file.read(len(_PLAIN_HEADER))
    if head == _PLAIN_HEADER or path.stat().st_size < PAGE_SIZE:
        raise StoreDamaged(path=str(path))
    try:
        with closing(connect(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher.Error as error:
        raise _unreadable(path, key, error) from error
    if row is None:
        raise StoreDamaged(path=str(path))
    return str(row[0])


def _unreadable(path: Path, key: bytes, error: sqlcipher.Error) -> Exception:
    """A first page that does not open: with the right key it is damaged, else the key is wrong."""
    trouble = trouble_of(error, path)
    if trouble is not None and not isinstance(trouble, StoreDamaged):
        return trouble
    if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
        return StoreDamaged(path=str(path))
    mark = _mark_file(path)
    if mark.exists():
        fits = hmac.compare_digest(mark.read_text("ascii", "replace").strip(), _mark(key))
        return StoreDamaged(path=str(path)) if fits else StoreLocked(path=str(path))
    is_whole = path.stat().st_size % PAGE_SIZE == 0
    return StoreLocked(path=str(path)) if is_whole else StoreDamaged(path=str(path))


def _mark_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.mark")


def _mark(key: bytes) -> str:
    return hmac.new(key, b"one-stop counter, store key mark", hashlib.sha256).hexdigest()[:32]


def _write_mark(path: Path, key: bytes) -> None:
    mark = _mark_file(path)
    if not mark.exists() or mark.read_text("ascii", "replace").strip() != _mark(key):
        mark.write_text(f"{_mark(key)}\n", "ascii")


def _remove(path: Path) -> None:
    for name in (path.name, *(f"{path.name}{end}" for end in _COMPANIONS)):
        path.with_name(name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
