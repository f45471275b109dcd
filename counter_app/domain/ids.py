"""Names that stay the same for ever: of an event, a dossier, a member of staff, a counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

CounterId = NewType("CounterId", str)
"""Given by the server at enrolment, one for each enrolment of each store; never reused."""

DossierId = NewType("DossierId", str)
"""32 hex digits, drawn when the officer begins to type: it makes a second click harmless."""

StaffId = NewType("StaffId", str)
"""The login name of a member of staff, unique in the office."""

SERVER = CounterId("server")
"""The hand of the central server itself, where it writes a letter of its own."""


@dataclass(frozen=True, slots=True, order=True)
class EventId:
    """The place of an event in the history of its counter.

    Idempotency key, order and gap detector at once; trusts no clock.
    """

    counter: CounterId
    seq: int

    def __str__(self) -> str:
        return f"{self.counter}:{self.seq}"
