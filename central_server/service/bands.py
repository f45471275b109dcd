"""Which sequence numbers of each day belong to whom.

1–999 is the office's own reserve, from which the server links final numbers to provisional ones.
Counter n is first given n000–n999.
A block is leased once, for ever: whoever is enrolled anew gets a block that nobody ever had,
because the server cannot know which numbers the old machine gave out and never sent.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, insert, select, update

from central_server.store.tables import band, reserve
from counter_app.domain.ids import CounterId
from counter_app.domain.numbers import DossierNumber, NumberBand

BLOCK: Final = 1_000
_FIRST_FREE: Final = 10_000
_OVERFLOW: Final = 9_000_000
"""Where the reserve goes on after 999; leased blocks end below."""

ALL_DAYS: Final = date(2000, 1, 1)


class NoBlockLeft(Exception):
    """Every block of the office was leased once."""


def lease(connection: Connection, unit: str, number: int, to: CounterId) -> NumberBand:
    """Lease a block that was never leased; the caller holds the lock of the office."""
    taken = set(connection.scalars(select(band.c.first).where(band.c.unit == unit)))
    first = number * BLOCK
    if first in taken:
        first = next((f for f in range(_FIRST_FREE, _OVERFLOW, BLOCK) if f not in taken), 0)
    if not first:
        raise NoBlockLeft(unit)
    last = first + BLOCK - 1
    connection.execute(
        insert(band).values(
            unit=unit, first=first, last=last, counter=to, valid_from=ALL_DAYS.isoformat()
        )
    )
    return NumberBand(unit, first, last, ALL_DAYS)


def bands_of(connection: Connection, holder: CounterId) -> tuple[NumberBand, ...]:
    rows = connection.execute(select(band).where(band.c.counter == holder).order_by(band.c.first))
    return tuple(
        NumberBand(row.unit, row.first, row.last, date.fromisoformat(row.valid_from))
        for row in rows
    )


def from_reserve(connection: Connection, unit: str, day: date) -> DossierNumber:
    """Take the next number of the office's reserve; the caller holds the lock of the office."""
    place = (reserve.c.unit == unit) & (reserve.c.day == day.isoformat())
    last = connection.scalar(select(reserve.c.last).where(place))
    sequence = 1 if last is None else last + 1
    if sequence == BLOCK:
        sequence = _OVERFLOW
    if last is None:
        connection.execute(insert(reserve).values(unit=unit, day=day.isoformat(), last=sequence))
    else:
        connection.execute(update(reserve).where(place).values(last=sequence))
    return DossierNumber.compose(unit, day, sequence)
