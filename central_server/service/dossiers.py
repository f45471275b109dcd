"""What a dossier is: its accepted letters, one after the other, through the domain's transition."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, select

from central_server.store.tables import letter
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import evolve
from counter_app.domain.ids import CounterId, DossierId, EventId
from counter_app.wire.letters import Letter, content_of


def dossiers_of(
    connection: Connection, unit: str, ids: Collection[DossierId]
) -> dict[DossierId, Dossier]:
    """Those of the dossiers that the office has."""
    if not ids:
        return {}
    rows = connection.execute(
        select(letter)
        .where(letter.c.unit == unit, letter.c.dossier.in_(sorted(ids)))
        .order_by(letter.c.position)
    )
    found: dict[DossierId, Dossier] = {}
    for row in rows:
        id = DossierId(row.dossier)
        found[id] = evolve(found.get(id), content_of(letter_in(row)))
    return found


def letter_in(row: Row[Any]) -> Letter:
    return Letter(
        id=EventId(CounterId(row.counter), row.seq),
        kind=row.kind,
        v=row.v,
        body=row.body,
        previous=row.previous,
        digest=row.digest,
    )
