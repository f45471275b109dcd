"""Who asks: the counter behind a bearer token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from central_server.service.problems import Unanswered
from central_server.store.tables import counter, token
from counter_app.domain.ids import CounterId


@dataclass(frozen=True, slots=True)
class Asking:
    """The counter that asks.

    Attributes:
        counter: Its name for ever.
        unit: Of its office.
        number: In the room.
        held: Highest place up to which the server answered its letters, when the request came.
    """

    counter: CounterId
    unit: str
    number: int
    held: int


def authenticate(connection: Connection, bearer: str) -> Asking:
    """Find the counter of a token.

    Raises:
        Unanswered: `unauthorised`: no such token, or the counter was revoked.
    """
    hashed = _hashed(bearer)
    row = connection.execute(
        select(
            token.c.hash,
            counter.c.id,
            counter.c.unit,
            counter.c.number,
            counter.c.held_seq,
            counter.c.revoked_at,
        )
        .join(counter, counter.c.id == token.c.counter)
        .where(token.c.hash == hashed)
    ).first()
    # The index compared the hashes already; this comparison takes the same time whatever differs.
    if row is None or not hmac.compare_digest(row.hash, hashed):
        raise Unanswered("unauthorised", "unknown token")
    if row.revoked_at is not None:
        raise Unanswered("unauthorised", "revoked")
    return Asking(CounterId(row.id), row.unit, row.number, row.held_seq)


def give_token(connection: Connection, to: CounterId, now_ms: int) -> str:
    """Draw a token; only its hash is kept."""
    bearer = secrets.token_urlsafe(32)
    connection.execute(insert(token).values(hash=_hashed(bearer), counter=to, made_at=now_ms))
    return bearer


def _hashed(bearer: str) -> str:
    return hashlib.sha256(bearer.encode()).hexdigest()
