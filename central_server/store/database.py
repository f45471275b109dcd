"""The database: how it is opened, brought up to date, read and written.

SQLite and PostgreSQL are treated alike: a writing transaction is one at a time per office
(SQLite: one at a time), a reading one sees one moment.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text
from sqlalchemy.engine import URL

from central_server.store import migrating
from central_server.store.tables import server

_WRITING: Final = "counter_is_writing"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a database is.

    Attributes:
        name: 32 hex digits, shown in every answer.
        salt: For the hashes of one-time codes.
    """

    name: str
    salt: bytes


class Database:
    """A migrated database with its identity."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        migrating.bring_up_to_date(engine)
        self.identity = self._identify(now)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All of it is committed, durably, on leaving the block, or none."""
        writing = self._engine.connect().execution_options(**{_WRITING: True})
        with writing as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Everything read in the block is of one moment."""
        level = {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ"}
        reading = self._engine.connect().execution_options(**level)
        with reading as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    def _identify(self, now: datetime) -> Identity:
        with self.writing() as connection:
            if not self._is_sqlite:
                connection.execute(text("LOCK TABLE server IN EXCLUSIVE MODE"))
            row = connection.execute(select(server.c.identity, server.c.salt)).first()
            if row is None:
                name, salt = secrets.token_hex(16), secrets.token_hex(32)
                made_at = milliseconds(now)
                connection.execute(
                    insert(server).values(id=1, identity=name, salt=salt, made_at=made_at)
                )
                return Identity(name, bytes.fromhex(salt))
            return Identity(row.identity, bytes.fromhex(row.salt))


def open_database(url: str, *, now: datetime, connections: int = 24) -> Database:
    """Open the database, create it if it is a SQLite file that is not there, migrate it.

    Raises:
        DatabaseTooNew: A newer server made it.
    """
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    engine = _sqlite(parsed) if is_sqlite else _postgresql(parsed, connections)
    with ExitStack() as failing:
        failing.callback(engine.dispose)
        database = Database(engine, now)
        failing.pop_all()
    return database


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _postgresql(url: URL, connections: int) -> Engine:
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
        # An answer means durable, whatever the role or the cluster says of asynchronous commits.
        connect_args={"connect_timeout": 5, "options": "-c synchronous_commit=on"},
    )


def _sqlite(url: URL) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # Python's own BEGIN would come late and without a lock; `_begin` does it instead.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    return engine
