"""A new machine becomes a counter: one-time codes, shown once, guessed never."""

from __future__ import annotations

import ipaddress
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from central_server.service.access import Asking, give_token
from central_server.service.bands import lease
from central_server.service.offices import pack_of
from central_server.service.problems import Unanswered
from central_server.settings import ServerSettings
from central_server.store.database import Database, milliseconds
from central_server.store.tables import counter, enrol_code, feed, server, wrong_code
from counter_app.domain.errors import InvalidValue
from counter_app.domain.ids import CounterId
from counter_app.domain.text import require_line
from counter_app.wire.letters import FIRST
from counter_app.wire.messages import PROTOCOL, Enrolled, EnrolRequest, ServerMark

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O, 1 I L, U: read out over the telephone and typed once. 30^8 codes."""
_LENGTH: Final = 8
_MAX_ANSWERS: Final = 20
"""How often one code may be answered again to the store that used it."""
_STORE: Final = re.compile("[0-9a-f]{32}")
MAX_COUNTER_NUMBER: Final = 99


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A one-time code in the clear, as `ABCD-EFGH`; the server keeps only its hash."""

    text: str
    expires_at: datetime


def issue_code(
    database: Database, unit: str, number: int, *, now: datetime, life: timedelta
) -> IssuedCode:
    """Draw a one-time code for counter `number` of an office.

    Raises:
        InvalidValue: There is no such office, or the number is not 1 to 99.
    """
    if not 1 <= number <= MAX_COUNTER_NUMBER:
        raise InvalidValue("counter_no", "bounds", str(number))
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    expires_at = now + life
    with database.writing() as connection:
        if connection.scalar(select(feed.c.unit).where(feed.c.unit == unit)) is None:
            raise InvalidValue("unit", "unknown", unit)
        connection.execute(
            delete(enrol_code).where(
                enrol_code.c.expires_at < milliseconds(now - timedelta(days=30))
            )
        )
        connection.execute(
            insert(enrol_code).values(
                hash=_hashed(drawn, database.identity.salt),
                unit=unit,
                number=number,
                expires_at=milliseconds(expires_at),
                answers=0,
            )
        )
    return IssuedCode(f"{drawn[:4]}-{drawn[4:]}", expires_at)


def enrol(
    database: Database, settings: ServerSettings, request: EnrolRequest, address: str
) -> Enrolled:
    """Make the machine that shows a code a counter.

    The same store may show the same code again while the code lives: the answer may have been
    lost. It gets the same counter and one more token; the earlier token stays good, for the
    repeated request may itself have been an echo.

    Raises:
        Unanswered: `code_unknown`, `code_used`, `throttled`, or `unreadable`.
    """
    now = settings.clock()
    _require_sound(request)
    origin = _origin(address)
    guess = _note_guess(database, settings, origin, now)
    hashed = _hashed(_bare(request.code), database.identity.salt)
    with database.writing() as connection:
        enrolled = _enrol(connection, database, request, hashed, now)
        connection.execute(delete(wrong_code).where(wrong_code.c.id == guess))
        return enrolled


def _enrol(
    connection: Connection,
    database: Database,
    request: EnrolRequest,
    hashed: str,
    now: datetime,
) -> Enrolled:
    found = connection.execute(
        select(enrol_code).where(enrol_code.c.hash == hashed).with_for_update()
    ).first()
    if found is None:
        raise Unanswered("code_unknown")
    if found.expires_at <= milliseconds(now):
        raise Unanswered("code_unknown", "expired")
    if found.store is None:
        asking = _create(connection, found, request, now)
    else:
        asking = _again(connection, found, request)
    connection.execute(
        update(enrol_code)
        .where(enrol_code.c.hash == hashed)
        .values(store=request.store, counter=asking.counter, answers=found.answers + 1)
    )
    return Enrolled(
        counter=asking.counter,
        token=give_token(connection, asking.counter, milliseconds(now)),
        pack=pack_of(connection, asking),
        mark=ServerMark(
            server=database.identity.name, protocol=PROTOCOL, time=now, held=asking.held
        ),
    )


def _create(connection: Connection, code: Row[Any], request: EnrolRequest, now: datetime) -> Asking:
    connection.execute(select(feed.c.head).where(feed.c.unit == code.unit).with_for_update())
    # Random, not counted: a server restored from a backup must not give a name a second time.
    name = CounterId(f"{code.number}-{secrets.token_hex(6)}")
    connection.execute(
        update(counter)
        .where(counter.c.unit == code.unit, counter.c.number == code.number)
        .where(counter.c.revoked_at.is_(None))
        .values(revoked_at=milliseconds(now))
    )
    connection.execute(
        insert(counter).values(
            id=name,
            unit=code.unit,
            number=code.number,
            store=request.store,
            machine=request.machine,
            enrolled_at=milliseconds(now),
            held_seq=0,
            held_digest=FIRST,
        )
    )
    lease(connection, code.unit, code.number, name)
    return Asking(name, code.unit, code.number, 0)


def _again(connection: Connection, code: Row[Any], request: EnrolRequest) -> Asking:
    if code.store != request.store or code.answers >= _MAX_ANSWERS:
        raise Unanswered("code_used")
    row = connection.execute(select(counter).where(counter.c.id == code.counter)).one()
    if row.revoked_at is not None:
        raise Unanswered("code_used", "revoked since")
    return Asking(CounterId(row.id), row.unit, row.number, row.held_seq)


def _require_sound(request: EnrolRequest) -> None:
    if _STORE.fullmatch(request.store) is None:
        raise Unanswered("unreadable", "store")
    try:
        if require_line(request.machine, "machine") != request.machine:
            raise Unanswered("unreadable", "machine")
    except InvalidValue:
        raise Unanswered("unreadable", "machine") from None


def _note_guess(database: Database, settings: ServerSettings, origin: str, now: datetime) -> int:
    """Count the try as wrong until it proves right, before any costly hashing.

    Raises:
        Unanswered: `throttled`: too many were wrong lately.
    """
    since = milliseconds(now - timedelta(seconds=settings.tries_window_s))
    amount = select(func.count()).select_from(wrong_code)
    with database.writing() as connection:
        # One after the other, so that guesses made at once count each other.
        connection.execute(select(server.c.id).with_for_update())
        connection.execute(delete(wrong_code).where(wrong_code.c.at < since))
        in_all = connection.scalars(amount).one()
        of_origin = connection.scalars(amount.where(wrong_code.c.address == origin)).one()
        if of_origin >= settings.tries_per_address or in_all >= settings.tries_in_all:
            raise Unanswered("throttled", wait_s=settings.tries_window_s)
        written = connection.execute(
            insert(wrong_code)
            .values(address=origin, at=milliseconds(now))
            .returning(wrong_code.c.id)
        )
        return int(written.scalar_one())


def _origin(address: str) -> str:
    """The address, or the network of it where everybody has billions of addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _bare(code: str) -> str:
    return re.sub(r"[\s\-–.]", "", code).upper()[:64]


def _hashed(bare: str, salt: bytes) -> str:
    """One code, one hash, so that it can be looked up; slow, because codes are short."""
    return hash_secret_raw(
        bare.encode(),
        salt,
        time_cost=2,
        memory_cost=19_456,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    ).hex()
