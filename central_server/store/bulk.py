"""Many rows in one statement.

On PostgreSQL the columns travel as binary arrays: half the time of one statement for each row, and
one journey instead of many. SQLite runs in this process and is given the rows one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Integer, Table, bindparam, insert, text, update

Rows = Sequence[Mapping[str, Any]]

_ARRAYS: Final = ((BigInteger, "bigint"), (Integer, "integer"))


def insert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows that all have a value for every column."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), list(rows))
        return
    names = tuple(column.name for column in table.columns)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM {_unnest(table, names)}",
        _columns(rows, names),
    )


def upsert_rows(
    connection: Connection, table: Table, rows: Rows, *, change: str, only_where: str
) -> None:
    """Insert rows; where the primary key is taken, change one column if the condition holds.

    Args:
        connection: In a writing transaction.
        table: Where to.
        rows: All with the same columns, no key twice.
        change: Name of the column that takes the new value.
        only_where: SQL over the table's columns and `excluded`, which is the new row.
    """
    if not rows:
        return
    names = tuple(rows[0])
    key = ", ".join(column.name for column in table.primary_key)
    head = f"INSERT INTO {table.name} ({', '.join(names)})"
    tail = f"ON CONFLICT ({key}) DO UPDATE SET {change} = excluded.{change} WHERE {only_where}"
    if connection.dialect.name == "sqlite":
        values = ", ".join(f":{name}" for name in names)
        connection.execute(text(f"{head} VALUES ({values}) {tail}"), list(rows))
        return
    connection.exec_driver_sql(
        f"{head} SELECT * FROM {_unnest(table, names)} {tail}", _columns(rows, names)
    )


def update_rows(connection: Connection, table: Table, rows: Rows, *, key: tuple[str, ...]) -> None:
    """Set every column of the rows that is not of the key, where the key fits."""
    if not rows:
        return
    names = tuple(rows[0])
    if connection.dialect.name == "sqlite":
        where = [table.c[name] == bindparam(f"of_{name}") for name in key]
        values: dict[str, Any] = {name: bindparam(name) for name in names if name not in key}
        renamed = [
            {(f"of_{name}" if name in key else name): row[name] for name in names} for row in rows
        ]
        connection.execute(update(table).where(*where).values(values), renamed)
        return
    fresh = [f"{name} = fresh.{name}" for name in names if name not in key]
    fits = [f"{table.name}.{name} = fresh.{name}" for name in key]
    connection.exec_driver_sql(
        f"UPDATE {table.name} SET {', '.join(fresh)}"
        f" FROM {_unnest(table, names)} AS fresh ({', '.join(names)})"
        f" WHERE {' AND '.join(fits)}",
        _columns(rows, names),
    )


@cache
def _unnest(table: Table, names: tuple[str, ...]) -> str:
    arrays = ", ".join(f"%b::{_array_of(table, name)}[]" for name in names)
    return f"unnest({arrays})"


def _array_of(table: Table, name: str) -> str:
    kind = table.c[name].type
    return next((sql for python, sql in _ARRAYS if isinstance(kind, python)), "text")


def _columns(rows: Rows, names: tuple[str, ...]) -> tuple[list[Any], ...]:
    return tuple([row[name] for row in rows] for name in names)
