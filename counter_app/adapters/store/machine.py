"""What the store knows of itself and of its office."""

from __future__ import annotations

import secrets
from threading import Lock
from typing import Final

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from counter_app.adapters.store.tables import machine, note, office_pack, own_counter, pin
from counter_app.application.ports.records import Enrolment
from counter_app.domain.ids import CounterId, StaffId
from counter_app.wire.codec import from_json, to_json
from counter_app.wire.messages import OfficePack

_GENERATION: Final = select(office_pack.c.generation)
_PACK: Final = select(office_pack.c.generation, office_pack.c.pack)


class PackShelf:
    """The office pack as it was last read: it is large, and asked for with every dossier."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[int, OfficePack] | None = None

    def pack(self, connection: Connection) -> OfficePack | None:
        generation = connection.execute(_GENERATION).scalar()
        if generation is None:
            return None
        with self._lock:
            if self._held is not None and self._held[0] == generation:
                return self._held[1]
        json = connection.execute(_PACK).one().pack
        read = from_json(OfficePack, json)
        with self._lock:
            self._held = (generation, read)
        return read


def enrolment_in(connection: Connection) -> Enrolment | None:
    row = connection.execute(select(machine)).mappings().one()
    if row["counter"] is None:
        return None
    return Enrolment(
        counter=CounterId(row["counter"]),
        token=row["token"],
        server_url=row["server_url"],
        server=row["server"],
    )


def note_in(connection: Connection, key: str) -> str | None:
    value: str | None = connection.execute(select(note.c.value).where(note.c.key == key)).scalar()
    return value


def pin_hash_in(connection: Connection, staff: StaffId) -> str | None:
    held: str | None = connection.execute(select(pin.c.hash).where(pin.c.staff == staff)).scalar()
    return held


class SqlMachine:
    """The machine's own facts within one transaction."""

    def __init__(self, connection: Connection, shelf: PackShelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def store_id(self) -> str:
        return str(self._connection.execute(select(machine.c.store_id)).scalar_one())

    def enrolment(self) -> Enrolment | None:
        return enrolment_in(self._connection)

    def enrol(self, enrolment: Enrolment, pack: OfficePack) -> None:
        """As the port says; the feed of another server is read from its beginning."""
        before = self.enrolment()
        values: dict[str, str | int] = {
            "counter": enrolment.counter,
            "token": enrolment.token,
            "server_url": enrolment.server_url,
            "server": enrolment.server,
        }
        if before is None or before.server != enrolment.server:
            values |= {"cursor_position": 0, "cursor_digest": ""}
        self._connection.execute(update(machine), values)
        self._connection.execute(
            insert(own_counter).on_conflict_do_nothing(), {"counter": enrolment.counter}
        )
        self.put_pack(pack)

    def pack(self) -> OfficePack | None:
        return self._shelf.pack(self._connection)

    def put_pack(self, pack: OfficePack) -> None:
        # Drawn at random: a number that rose would come twice when a transaction is rolled back.
        new = insert(office_pack).values(id=1, generation=secrets.randbits(62), pack=to_json(pack))
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[office_pack.c.id],
                set_={"generation": new.excluded.generation, "pack": new.excluded.pack},
            )
        )

    def pin_hash(self, staff: StaffId) -> str | None:
        return pin_hash_in(self._connection, staff)

    def put_pin_hash(self, staff: StaffId, pin_hash: str) -> None:
        new = insert(pin).values(staff=staff, hash=pin_hash)
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[pin.c.staff], set_={"hash": new.excluded.hash}
            )
        )

    def note(self, key: str) -> str | None:
        return note_in(self._connection, key)

    def put_note(self, key: str, value: str) -> None:
        new = insert(note).values(key=key, value=value)
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[note.c.key], set_={"value": new.excluded.value}
            )
        )
