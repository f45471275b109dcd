"""The numbers that were given out; the primary key alone sees to it that none is given twice."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from counter_app.adapters.store.prepared import Prepared, driver_of
from counter_app.adapters.store.tables import number_use, provisional_use
from counter_app.domain.numbers import (
    BandExhausted,
    DossierNumber,
    Number,
    NumberBand,
    ProvisionalNumber,
    next_number,
)

_LAST: Final = Prepared(
    select(func.max(number_use.c.sequence)).where(
        number_use.c.day == bindparam("day"),
        number_use.c.sequence.between(bindparam("first"), bindparam("last")),
    )
)
_TAKE: Final = Prepared(insert(number_use))
_RESERVE: Final = Prepared(insert_or(number_use).on_conflict_do_nothing())
_LAST_PROVISIONAL: Final = select(func.max(provisional_use.c.sequence)).where(
    provisional_use.c.machine == bindparam("machine"), provisional_use.c.day == bindparam("day")
)
_TAKE_PROVISIONAL: Final = insert(provisional_use).inline()


def number_after_last(
    connection: Connection, bands: tuple[NumberBand, ...], day: date
) -> DossierNumber:
    """The number that comes next.

    Each band is asked by itself, since numbers of other counters lie between two bands of ours.

    Raises:
        BandExhausted: None is left for the day.
    """
    for band in sorted((b for b in bands if b.holds_on(day)), key=lambda b: b.first):
        (last,) = _LAST.run(
            driver_of(connection), {"day": day.isoformat(), "first": band.first, "last": band.last}
        ).fetchone()
        try:
            return next_number((band,), day, last)
        except BandExhausted:
            continue
    raise BandExhausted(day)


class SqlNumbers:
    """The numbers within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self._taken: set[str] = set()

    def take(self, bands: tuple[NumberBand, ...], day: date) -> DossierNumber:
        number = number_after_last(self._connection, bands, day)
        _TAKE.run(self._driver, {"day": day.isoformat(), "sequence": number.sequence})
        self._taken.add(number.text)
        return number

    def take_provisional(self, machine: str, day: date) -> ProvisionalNumber:
        key = {"machine": machine.upper(), "day": day.isoformat()}
        last = self._connection.execute(_LAST_PROVISIONAL, key).scalar()
        number = ProvisionalNumber.compose(machine, day, (last or 0) + 1)
        self._connection.execute(_TAKE_PROVISIONAL, {**key, "sequence": number.sequence})
        return number

    def reserve(self, number: Number) -> None:
        """Never give out a number that a dossier carries, wherever it came from.

        A store restored from a backup has forgotten what it gave since; the feed tells it.
        """
        if isinstance(number, DossierNumber) and number.text not in self._taken:
            _RESERVE.run(self._driver, {"day": number.day.isoformat(), "sequence": number.sequence})
