"""Letters as rows: sealed once, kept for ever; only what became of them changes."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    insert,
    literal_column,
    select,
    text,
    update,
)

from counter_app.adapters.store.prepared import Prepared, driver_of
from counter_app.adapters.store.rows import letter_entry, letter_of, letter_values
from counter_app.adapters.store.tables import letter as table
from counter_app.adapters.store.tables import machine, own_counter
from counter_app.application.ports.history import Cursor, LetterEntry, LetterState
from counter_app.application.ports.store import NotEnrolledYet
from counter_app.domain.events import Event
from counter_app.domain.ids import CounterId, DossierId, EventId
from counter_app.wire.letters import FIRST, Letter, seal
from counter_app.wire.messages import NewsItem, Outcome, Verdict

_LAST_OWN: Final = Prepared(
    text(
        """
    SELECT machine.counter, letter.seq, letter.digest
    FROM machine LEFT JOIN letter ON letter.row = (
        SELECT row FROM letter INDEXED BY letter_place
        WHERE counter = machine.counter ORDER BY seq DESC, fork DESC LIMIT 1
    )
    """
    )
)
# The planner would rather walk the whole history in order: the index is named.
# Only letters of the present enrolment: those of an earlier one have no way to the server any more.
_WAITING: Final = text(
    """
    SELECT letter.* FROM letter INDEXED BY letter_waiting
    WHERE state = 'waiting' AND counter = (SELECT counter FROM machine)
    ORDER BY seq LIMIT :limit
    """
).columns(*table.c)
_ACKNOWLEDGED: Final = text(
    """
    SELECT coalesce(
        (SELECT seq - 1 FROM letter INDEXED BY letter_waiting
         WHERE state = 'waiting' AND counter = machine.counter ORDER BY seq LIMIT 1),
        (SELECT seq FROM letter INDEXED BY letter_place
         WHERE counter = machine.counter ORDER BY seq DESC LIMIT 1),
        0)
    FROM machine
    """
)
_INSERT: Final = Prepared(insert(table), [c.name for c in table.c if c.name != "row"])
_HELD: Final = select(table.c.row, table.c.digest, table.c.position).where(
    table.c.counter == bindparam("counter"), table.c.seq == bindparam("seq"), table.c.fork == 0
)
_FREE_POSITION: Final = (
    update(table)
    .where(table.c.position == bindparam("taken"), table.c.row != bindparam("by"))
    .values(position=None)
)
_CHANGE: Final = update(table).where(table.c.row == bindparam("row_"))
_IS_OWN: Final = select(own_counter.c.counter).where(own_counter.c.counter == bindparam("counter"))
_OF_DOSSIER: Final = (
    select(table)
    .where(table.c.dossier == bindparam("dossier"))
    .order_by(table.c.position.is_(None), table.c.position, table.c.row)
)
_OPEN: Final = (
    select(table)
    .where(
        table.c.state != literal_column("'accepted'"),
        table.c.is_own,
        ~and_(table.c.state == LetterState.REFUSED.value, table.c.is_attended),
    )
    .order_by(table.c.row)
    .limit(bindparam("limit"))
)
_STATES: Final = {
    Outcome.ACCEPTED: LetterState.ACCEPTED,
    Outcome.ALREADY: LetterState.ACCEPTED,
    Outcome.REFUSED: LetterState.REFUSED,
    Outcome.FORKED: LetterState.FORKED,
}


def letters_of_dossier(connection: Connection, dossier: DossierId) -> tuple[LetterEntry, ...]:
    return tuple(
        map(letter_entry, connection.execute(_OF_DOSSIER, {"dossier": dossier}).mappings())
    )


def open_letters(connection: Connection, limit: int) -> tuple[LetterEntry, ...]:
    return tuple(map(letter_entry, connection.execute(_OPEN, {"limit": limit}).mappings()))


class SqlLetters:
    """The letters within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver_of(connection)

    def append(self, event: Event) -> Letter:
        """As the port says.

        Raises:
            NotEnrolledYet: The store belongs to no office, so the letter would have no place.
        """
        counter, seq, digest = _LAST_OWN.run(self._driver, {}).fetchone()
        if counter is None:
            raise NotEnrolledYet
        place = EventId(CounterId(counter), (seq or 0) + 1)
        letter = seal(event, id=place, previous=digest or FIRST)
        _INSERT.run(
            self._driver,
            letter_values(
                letter,
                dossier=event.dossier,
                is_own=True,
                state=LetterState.WAITING,
                position=None,
            ),
        )
        return letter

    def waiting(self, limit: int) -> tuple[Letter, ...]:
        return tuple(
            map(letter_of, self._connection.execute(_WAITING, {"limit": limit}).mappings())
        )

    def settle(self, verdicts: tuple[Verdict, ...]) -> None:
        for verdict in verdicts:
            state = _STATES.get(verdict.outcome)
            held = self._held(verdict.id)
            if state is None or held is None:
                continue
            position = None
            if state is LetterState.ACCEPTED:
                position = held.position if verdict.position is None else verdict.position
            self._settle(held.row, state, position, verdict.reason)

    def send_again_after(self, seq: int) -> int:
        """As the port says; a letter that stands aside as forked stays there."""
        changed = self._connection.execute(
            update(table).where(
                table.c.counter == select(machine.c.counter).scalar_subquery(),
                table.c.seq > seq,
                table.c.state.in_([LetterState.ACCEPTED.value, LetterState.REFUSED.value]),
            ),
            {"state": LetterState.WAITING.value, "position": None, "reason": ""},
        )
        return changed.rowcount

    def add_news(self, item: NewsItem) -> bool:
        """As the port says; a letter of ours that clashes with the feed's becomes forked.

        Returns:
            Whether the letter is new here, or stands at another position than before.
        """
        letter = item.letter
        held = self._held(letter.id)
        if held is not None and held.digest == letter.digest:
            if held.position == item.position:
                return False
            self._settle(held.row, LetterState.ACCEPTED, item.position)
            return True
        if held is not None:
            self._settle(held.row, LetterState.FORKED, None)
        self._connection.execute(_FREE_POSITION, {"taken": item.position, "by": 0})
        own = self._connection.execute(_IS_OWN, {"counter": letter.id.counter}).first()
        _INSERT.run(
            self._driver,
            letter_values(
                letter,
                dossier=_dossier_of(letter),
                is_own=own is not None,
                state=LetterState.ACCEPTED,
                position=item.position,
            ),
        )
        return True

    def of_dossier(self, dossier: DossierId) -> tuple[LetterEntry, ...]:
        return letters_of_dossier(self._connection, dossier)

    def acknowledged(self) -> int:
        return int(self._connection.execute(_ACKNOWLEDGED).scalar_one())

    def cursor(self) -> Cursor:
        position, digest = self._connection.execute(
            select(machine.c.cursor_position, machine.c.cursor_digest)
        ).one()
        return Cursor(position=position, digest=digest)

    def move_cursor(self, cursor: Cursor) -> None:
        self._connection.execute(
            update(machine),
            {"cursor_position": cursor.position, "cursor_digest": cursor.digest},
        )

    def attend(self, id: EventId) -> None:
        self._connection.execute(
            update(table).where(
                table.c.counter == id.counter,
                table.c.seq == id.seq,
                table.c.state == LetterState.REFUSED.value,
            ),
            {"is_attended": True},
        )

    def _held(self, id: EventId) -> Any:
        """The letter in force at a place of a history."""
        return self._connection.execute(_HELD, {"counter": id.counter, "seq": id.seq}).first()

    def _settle(self, row: int, state: LetterState, position: int | None, reason: str = "") -> None:
        if position is not None:
            # A letter of an earlier feed, lost when the server was restored, may still claim it.
            self._connection.execute(_FREE_POSITION, {"taken": position, "by": row})
        self._connection.execute(
            _CHANGE,
            {
                "row_": row,
                "state": state.value,
                "position": position,
                "reason": reason,
                "fork": -row if state is LetterState.FORKED else 0,
            },
        )


def _dossier_of(letter: Letter) -> DossierId:
    """Which dossier a letter is about; readable even where the rest is of a newer kind."""
    body = json.loads(letter.body)
    return DossierId(str(body.get("dossier", "")) if isinstance(body, dict) else "")
