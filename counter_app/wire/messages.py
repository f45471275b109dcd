"""What a counter and the server say to each other; `docs/sync-protocol.md` tells when and why.

Every message is a frozen dataclass, written and read by `wire.codec`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from counter_app.domain.ids import CounterId, EventId
from counter_app.domain.numbers import NumberBand
from counter_app.domain.staff import StaffMember
from counter_app.wire.letters import Letter

PROTOCOL: Final = 1
MAX_LETTERS: Final = 50
"""How many letters one request may carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMark:
    """Which server answers, in every answer.

    Attributes:
        server: Identity of its database, drawn when that was made.
        protocol: Version of the protocol it speaks.
        time: Its clock.
        held: Highest sequence number up to which it holds every letter of the asking counter.
    """

    server: str
    protocol: int
    time: datetime
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePack:
    """All that a counter must know to work alone, at one version.

    Attributes:
        version: Changes whenever anything below does.
        unit: Organisation code of the office; dossier numbers begin with it.
        authority: The body above ("ỦY BAN NHÂN DÂN XÃ QUẢNG MẪU"), as printed.
        name: The counter room ("Trung tâm Phục vụ hành chính công xã Quảng Mẫu"), as printed.
        short_name: For the screen ("Xã Quảng Mẫu").
        place: For dates on forms ("Quảng Mẫu").
        address: Of the office.
        phone: Hotline, as printed.
        lookup_url: Where a citizen can look a dossier up; may be empty.
        form_set: Which set of forms is in force (`circular-03-2025`).
        handling_units: Names of the units that handle dossiers.
        counter_no: Number of this counter in the room.
        staff: Every account of the office.
        bands: The numbers leased to this counter.
        catalogue: The procedures, canonical JSON of `wire.reference`.
        calendar: Working days and counting rules, canonical JSON of `wire.reference`.
    """

    version: str
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
    counter_no: int
    staff: tuple[StaffMember, ...]
    bands: tuple[NumberBand, ...]
    catalogue: str
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolRequest:
    """`POST /v1/counters`: a new machine shows its one-time code.

    Attributes:
        code: One-time code, as the administrator reads it out.
        store: Identity of the machine's store, 32 hex digits: repeating the request is harmless.
        machine: A name by which people know the machine.
    """

    code: str
    store: str
    machine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    counter: CounterId
    token: str
    pack: OfficePack
    mark: ServerMark


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLetters:
    """`POST /v1/letters`: the next letters of this counter, in order, at most `MAX_LETTERS`."""

    letters: tuple[Letter, ...]


class Outcome(StrEnum):
    """The server's verdict on one letter, final unless it is `gap`."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    REFUSED = "refused"
    GAP = "gap"
    FORKED = "forked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a letter.

    Attributes:
        id: Which letter.
        outcome: Accepted; already held, with the same digest; refused by the rules, for ever;
            gap: an earlier letter is missing, send from `mark.held + 1`; forked: another letter
            stands in this place of this counter's history.
        reason: For a refusal, the name of the domain's error (`StepNotAllowed`).
        position: Where it stands in the office's feed; None unless accepted (then, or earlier).
    """

    id: EventId
    outcome: Outcome
    reason: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    mark: ServerMark
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An accepted letter at its place in the office's feed; positions rise by one, no holes.

    Attributes:
        position: Its place.
        letter: As its counter sealed it.
        chain: Digest over the whole feed up to here (`wire.letters.link`); a reader that keeps
            it in its cursor notices even a rewound feed that holds the same letter in this place.
    """

    position: int
    letter: Letter
    chain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """`GET /v1/news?after=N&digest=D`: the office's feed after position N.

    D is the `chain` of the item at N, or the digest of its letter.

    Attributes:
        items: At most 200 of them, own letters included.
        more: Whether there are more.
        is_rewound: The feed no longer holds the letter of digest D at position N: the server was
            restored from a backup; the counter starts again from 0.
        pack_version: Of the office pack in force.
    """

    mark: ServerMark
    items: tuple[NewsItem, ...]
    more: bool
    is_rewound: bool
    pack_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The body of every answer that is not a success.

    Attributes:
        error: A short key: `unauthorised`, `code_unknown`, `code_used`, `throttled`, `unreadable`,
            `too_large`, `page_unknown`, `offset`, `length`, `digest`, `protocol`, `not_found`,
            `unavailable`, `storage`, `internal`.
        detail: For the log, in English; never shown to an officer, never a citizen's data.
    """

    error: str
    detail: str = ""
