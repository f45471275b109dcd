"""How far the pages have got on their way to the server.

One picture may belong to several dossiers; it is sent once.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select, text, update

from counter_app.adapters.store.tables import page_upload as table
from counter_app.application.ports.records import PageProgress
from counter_app.domain.dossier import Dossier
from counter_app.domain.ids import DossierId

# A page that is here already under another dossier is as far as it is there.
_EXPECT: Final = text(
    """
    INSERT INTO page_upload (dossier, sha256, size, sent, is_done)
    VALUES (:dossier, :sha256, :size,
        coalesce((SELECT max(sent) FROM page_upload WHERE sha256 = :sha256), 0),
        coalesce((SELECT max(is_done) FROM page_upload WHERE sha256 = :sha256), 0))
    ON CONFLICT DO NOTHING
    """
)
# The server takes a page once a letter that it accepted announces it. While a letter of the dossier
# waits, that may be the one.
_MAY_GO: Final = """
    EXISTS (SELECT 1 FROM letter WHERE letter.dossier = page_upload.dossier
            AND letter.state = 'accepted')
    AND NOT EXISTS (SELECT 1 FROM letter INDEXED BY letter_unsettled
            WHERE letter.dossier = page_upload.dossier
            AND letter.state <> 'accepted' AND letter.state = 'waiting')
"""
_READY: Final = text(
    f"""
    SELECT sha256, size, dossier, sent FROM page_upload
    WHERE is_done = 0 AND {_MAY_GO} ORDER BY row
    """
)
_MISSING: Final = select(table.c.sha256, table.c.size, table.c.dossier, table.c.sent).where(
    table.c.dossier == bindparam("dossier"), table.c.is_done.is_(False)
)
_NOT_DONE: Final = text(
    "SELECT sha256, size, dossier, sent FROM page_upload WHERE is_done = 0 ORDER BY row"
)
_LEFT: Final = text(
    """
    SELECT count(*), coalesce(sum(missing), 0) FROM (
        SELECT max(size - sent) AS missing FROM page_upload WHERE is_done = 0 GROUP BY sha256
    )
    """
)
_PROGRESS: Final = (
    update(table).where(table.c.sha256 == bindparam("page")).values(sent=bindparam("held"))
)
_DONE: Final = (
    update(table).where(table.c.sha256 == bindparam("page")).values(sent=table.c.size, is_done=True)
)


def pages_waiting(connection: Connection, limit: int) -> tuple[PageProgress, ...]:
    """Every page that the server does not hold whole, whether it may go yet or not."""
    return _distinct(connection, limit, ready=False)


def pages_missing(connection: Connection, dossier: DossierId) -> tuple[PageProgress, ...]:
    rows = connection.execute(_MISSING.order_by(table.c.row), {"dossier": dossier})
    return tuple(PageProgress(row[0], row[1], DossierId(row[2]), row[3]) for row in rows)


def pages_left(connection: Connection) -> tuple[int, int]:
    """How many pages, and how many bytes of them, the server does not hold yet."""
    count, missing = connection.execute(_LEFT).one()
    return count, missing


def _distinct(connection: Connection, limit: int, *, ready: bool) -> tuple[PageProgress, ...]:
    pages: dict[str, PageProgress] = {}
    rows = connection.execute(_READY if ready else _NOT_DONE)
    for sha256, size, dossier, sent in rows:
        if len(pages) >= limit:
            break
        pages.setdefault(sha256, PageProgress(sha256, size, DossierId(dossier), sent))
    rows.close()
    return tuple(pages.values())


class SqlPageUploads:
    """The uploads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def expect(self, dossier: Dossier) -> None:
        pages = {page.sha256: page for page in dossier.pages}.values()
        if pages:
            self._connection.execute(
                _EXPECT,
                [{"dossier": dossier.id, "sha256": p.sha256, "size": p.size} for p in pages],
            )

    def waiting(self, limit: int) -> tuple[PageProgress, ...]:
        return _distinct(self._connection, limit, ready=True)

    def progress(self, sha256: str, sent: int) -> None:
        self._connection.execute(_PROGRESS, {"page": sha256, "held": sent})

    def done(self, sha256: str) -> None:
        self._connection.execute(_DONE, {"page": sha256})

    def forget_all_done(self) -> None:
        self._connection.execute(update(table), {"sent": 0, "is_done": False})
