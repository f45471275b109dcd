"""The office's feed, read forward."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from central_server.service.access import Asking, authenticate
from central_server.service.dossiers import letter_in
from central_server.service.offices import pack_version
from central_server.store.database import Database
from central_server.store.tables import letter
from counter_app.wire.messages import PROTOCOL, News, NewsItem, ServerMark

MAX_ITEMS: Final = 200


def news_after(
    database: Database, bearer: str, *, after: int, digest: str, limit: int, now: datetime
) -> News:
    """What was accepted after position `after`, as of one moment.

    Args:
        database: Where the feed is.
        bearer: The token of the counter that asks.
        after: Up to where the reader has read; 0 at the beginning.
        digest: The chain of the item there, or the digest of its letter; empty at the beginning.
        limit: At most so many, and at most `MAX_ITEMS`.
        now: The server's time.
    """
    with database.reading() as connection:
        asking = authenticate(connection, bearer)
        is_rewound = after > 0 and not _stands(connection, asking, after, digest)
        rows = [] if is_rewound else _rows(connection, asking, after, min(limit, MAX_ITEMS))
        version = pack_version(connection, asking)
    size = min(limit, MAX_ITEMS)
    return News(
        mark=ServerMark(
            server=database.identity.name, protocol=PROTOCOL, time=now, held=asking.held
        ),
        items=tuple(_item(row) for row in rows[:size]),
        more=len(rows) > size,
        is_rewound=is_rewound,
        pack_version=version,
    )


def _stands(connection: Connection, asking: Asking, position: int, digest: str) -> bool:
    row = connection.execute(
        select(letter.c.digest, letter.c.chain)
        .where(letter.c.unit == asking.unit)
        .where(letter.c.position == position)
    ).first()
    return row is not None and digest in (row.chain, row.digest)


def _rows(connection: Connection, asking: Asking, after: int, size: int) -> list[Row[Any]]:
    """One more than `size`, to tell whether there are more."""
    return list(
        connection.execute(
            select(letter)
            .where(letter.c.unit == asking.unit, letter.c.position > after)
            .order_by(letter.c.position)
            .limit(size + 1)
        )
    )


def _item(row: Row[Any]) -> NewsItem:
    return NewsItem(row.position, letter_in(row), row.chain)
