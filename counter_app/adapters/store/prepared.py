"""Statements compiled once and run on the driver itself, for the paths where microseconds count.

Taking a dossier in is ten statements; SQLAlchemy's machinery around each costs more than SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_DIALECT = SQLiteDialect_pysqlite(paramstyle="named")


class Prepared:
    """A Core statement as SQL text; values go in and come out as SQLite knows them.

    Args:
        statement: Any Core statement whose parameters are all named.
        columns: For an insert, the columns that will be given; all when left out.
    """

    def __init__(self, statement: ClauseElement, columns: Iterable[str] | None = None) -> None:
        names = None if columns is None else list(columns)
        self._sql = str(statement.compile(dialect=_DIALECT, column_keys=names))

    def run(self, driver: Any, values: Mapping[str, Any]) -> Any:
        """Run it; returns the driver's cursor."""
        return driver.execute(self._sql, values)


def driver_of(connection: Connection) -> Any:
    """The driver's connection, on which the transaction at hand is open."""
    return connection.connection.dbapi_connection
