"""The offices: who they are, who works there, and what their counters must know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, insert, select, update

from central_server.service.access import Asking
from central_server.service.bands import ALL_DAYS, bands_of
from central_server.service.problems import Unanswered
from central_server.store.tables import feed, office
from counter_app.domain.errors import InvalidValue
from counter_app.domain.ids import StaffId
from counter_app.domain.numbers import NumberBand
from counter_app.domain.staff import StaffMember
from counter_app.wire.codec import canonical, from_json, from_plain, parse, to_json
from counter_app.wire.letters import FIRST
from counter_app.wire.messages import OfficePack
from counter_app.wire.reference import calendar_from_json, catalogue_from_json

_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office as the server keeps it; fields as in `OfficePack`."""

    unit: str
    authority: str
    name: str
    short_name: str
    place: str
    address: str = ""
    phone: str = ""
    lookup_url: str = ""
    form_set: str
    handling_units: tuple[str, ...] = ()
    staff: tuple[StaffMember, ...]
    catalogue: str
    calendar: str

    def __post_init__(self) -> None:
        NumberBand(self.unit, 1, 1, ALL_DAYS)  # the grammar of the organisation code
        if len({member.id for member in self.staff}) != len(self.staff):
            raise InvalidValue("staff", "login_twice")


def read_office(text: str | bytes, before: Office | None = None) -> Office:
    """Read `office.json`.

    `catalogue` and `calendar` may be objects or strings of JSON.
    A member of staff has either `password_hash` (argon2id, PHC form) or a plain `password`, which
    is hashed here; a password that did not change keeps its hash, so that the pack's version does
    not change with it.

    Args:
        text: The file.
        before: The office as it was, if it was.

    Raises:
        MessageUnreadable: It is not such a file.
    """
    plain = parse(text)
    if not isinstance(plain, dict):
        return from_plain(Office, plain)
    for name in ("catalogue", "calendar"):
        if isinstance(plain.get(name), dict | list):
            plain[name] = canonical(plain[name])
    if isinstance(plain.get("staff"), list):
        known = {member.id: member.password_hash for member in before.staff} if before else {}
        plain["staff"] = [_with_hash(member, known) for member in plain["staff"]]
    return from_plain(Office, plain)


def put_office(connection: Connection, text: str | bytes) -> Office:
    """Create the office of the file, or replace what is known of it.

    Raises:
        MessageUnreadable: It is not such a file.
        BadReference: A row of its catalogue or calendar breaks a rule.
    """
    before = _find(connection, _unit_in(text))
    fresh = read_office(text, before)
    # A counter cannot work with a catalogue or a calendar that it cannot read.
    catalogue_from_json(parse(fresh.catalogue))
    calendar_from_json(parse(fresh.calendar))
    document = to_json(fresh)
    version = hashlib.sha256(document.encode()).hexdigest()
    if before is None:
        connection.execute(
            insert(office).values(unit=fresh.unit, version=version, document=document)
        )
        connection.execute(
            insert(feed).values(
                unit=fresh.unit, head=0, chain=FIRST, server_seq=0, server_digest=FIRST
            )
        )
    else:
        connection.execute(
            update(office)
            .where(office.c.unit == fresh.unit)
            .values(version=version, document=document)
        )
    return fresh


def pack_of(connection: Connection, asking: Asking) -> OfficePack:
    """Everything that one counter must know to work alone."""
    kept = _find(connection, asking.unit)
    if kept is None:
        raise Unanswered("internal", "a counter without an office")
    shared: dict[str, Any] = {field.name: getattr(kept, field.name) for field in fields(Office)}
    pack = OfficePack(
        version="",
        counter_no=asking.number,
        bands=bands_of(connection, asking.counter),
        **shared,
    )
    return replace(pack, version=pack_version(connection, asking))


def pack_version(connection: Connection, asking: Asking) -> str:
    """Changes whenever the pack of this counter does."""
    of_office = connection.scalar(select(office.c.version).where(office.c.unit == asking.unit))
    own = to_json(bands_of(connection, asking.counter)) + str(asking.number)
    return f"{(of_office or '')[:16]}-{hashlib.sha256(own.encode()).hexdigest()[:8]}"


def _find(connection: Connection, unit: str) -> Office | None:
    document = connection.scalar(select(office.c.document).where(office.c.unit == unit))
    return None if document is None else from_json(Office, document)


def _unit_in(text: str | bytes) -> str:
    plain = parse(text)
    unit = plain.get("unit") if isinstance(plain, dict) else None
    return unit if isinstance(unit, str) else ""


def _with_hash(member: Any, known: Mapping[StaffId, str]) -> Any:
    if not isinstance(member, dict) or not isinstance(member.get("password"), str):
        return member
    rest = {name: value for name, value in member.items() if name != "password"}
    present = known.get(StaffId(str(member.get("id"))), "")
    if not _fits(present, member["password"]):
        present = _HASHER.hash(member["password"])
    return {**rest, "password_hash": present}


def _fits(password_hash: str, password: str) -> bool:
    try:
        return bool(password_hash) and _HASHER.verify(password_hash, password)
    except (VerificationError, ValueError):
        return False
