"""The store itself: one writer at a time, readers beside it, every error told as the port's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, get_ident
from typing import Final

from sqlalchemy import Connection, text

from counter_app.adapters.store.dossiers import SqlDossiers
from counter_app.adapters.store.drafts import SqlDrafts
from counter_app.adapters.store.engine import (
    PATIENCE_S,
    reading_engine,
    told_as_trouble,
    writing_engine,
)
from counter_app.adapters.store.letters import SqlLetters
from counter_app.adapters.store.machine import PackShelf, SqlMachine
from counter_app.adapters.store.numbers import SqlNumbers
from counter_app.adapters.store.opening import examine, prepare
from counter_app.adapters.store.prints import SqlPrintJobs
from counter_app.adapters.store.reads import SqlReads
from counter_app.adapters.store.uploads import SqlPageUploads
from counter_app.application.ports.store import StoreBusy, StoreDamaged

_MERGE_PAGES: Final = 500


class SqlTransaction:
    """The parts of one transaction; none may be used after it."""

    def __init__(self, connection: Connection, packs: PackShelf) -> None:
        self.numbers = SqlNumbers(connection)
        self.dossiers = SqlDossiers(connection, self.numbers)
        self.letters = SqlLetters(connection)
        self.drafts = SqlDrafts(connection)
        self.uploads = SqlPageUploads(connection)
        self.prints = SqlPrintJobs(connection)
        self.machine = SqlMachine(connection, packs)


class SqlStore:
    """The counter's memory in one SQLCipher file. Any thread may use it.

    Args:
        path: Of the file; made if it is not there.
        key: 32 bytes.
        patience_s: How long a transaction waits for others that write.

    Raises:
        StoreLocked: The key is not the store's.
        StoreDamaged: The file is damaged, or not a store.
        StoreTooNew: A newer program made it.
        StoreBusy: Another process holds it.
        DiskFull: No room to make it or to bring it up to date.
    """

    def __init__(self, path: Path, key: bytes, *, patience_s: float = PATIENCE_S) -> None:
        if len(key) != 32:
            raise ValueError("a key of 32 bytes")
        self.path = path
        self._key = key
        prepare(path, key)
        self._patience_s = patience_s
        self._writing = writing_engine(path, key, patience_s)
        self._reading = reading_engine(path, key)
        # Writers of this process queue here, in order; the file's own lock would make them poll.
        self._turn = Lock()
        self._holder: int | None = None
        self._writer: Connection | None = None
        self._packs = PackShelf()
        self.reads = SqlReads(self._read, self._packs)

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """As the port says."""
        with self._write() as connection:
            tx = SqlTransaction(connection, self._packs)
            yield tx
            tx.dossiers.flush()

    def rebuild_search(self) -> None:
        """Make the search index anew from what is stored with each dossier."""
        with self._write() as connection:
            connection.execute(text("INSERT INTO search (search) VALUES ('rebuild')"))

    def tidy(self) -> None:
        """Housekeeping for an idle moment: merge the index a little, carry the log into the file.

        Short enough for a lane that officers use: at most some tens of milliseconds.
        """
        with self._write() as connection:
            connection.execute(
                text("INSERT INTO search (search, rank) VALUES ('merge', :pages)"),
                {"pages": _MERGE_PAGES},
            )
        self._outside_transaction("PRAGMA wal_checkpoint(PASSIVE)")

    def tidy_for_the_night(self) -> None:
        """The long housekeeping: one index segment, an empty log. May take minutes."""
        with self._write() as connection:
            connection.execute(text("INSERT INTO search (search) VALUES ('optimize')"))
        self._outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")

    def examine(self) -> tuple[str, ...]:
        """Check every page, row and index; returns what is wrong. Reads the whole file."""
        with told_as_trouble(self.path):
            return examine(self.path, self._key)

    def close(self) -> None:
        """Let go of the file; the store may not be used afterwards."""
        with self._turn:
            self._drop_writer()
            self._reading.dispose()
            self._writing.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if self._holder == get_ident():
            raise RuntimeError("a transaction within a transaction")
        if not self._turn.acquire(timeout=self._patience_s):
            raise StoreBusy
        self._holder = get_ident()
        try:
            with told_as_trouble(self.path):
                connection = self._open_writer()
                with connection.begin():
                    yield connection
        except (StoreDamaged, StoreBusy):
            # The cipher remembers a page that failed: this connection would fail for ever.
            self._drop_writer()
            raise
        finally:
            self._holder = None
            self._turn.release()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        try:
            with told_as_trouble(self.path), self._reading.connect() as connection:
                yield connection
        except StoreDamaged:
            self._reading.dispose()
            raise

    def _open_writer(self) -> Connection:
        if self._writer is None:
            self._writer = self._writing.connect()
        return self._writer

    def _drop_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.invalidate()
            writer.close()

    def _outside_transaction(self, pragma: str) -> None:
        with self._turn, told_as_trouble(self.path):
            raw = self._open_writer().connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute(pragma).fetchall()
