"""Questions that the screens ask of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from counter_app.application.ports.history import LetterEntry
from counter_app.application.ports.records import (
    Draft,
    DraftPage,
    Enrolment,
    PageProgress,
    PrintJob,
)
from counter_app.domain.dossier import Dossier, Status
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.numbers import DossierNumber, Number, NumberBand
from counter_app.wire.messages import OfficePack


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """One line of a list.

    Attributes:
        is_at_server: Every letter of it is accepted.
        needs_attention: A letter of it was refused and nobody has looked yet.
    """

    id: DossierId
    number: str
    status: Status
    owner: str
    owner_id: str
    phone: str
    procedure: str
    received_at: datetime
    due_at: datetime | None
    is_on_hold: bool
    finished_at: datetime | None
    is_at_server: bool
    needs_attention: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for.

    Attributes:
        text: Words of number, names, identity number, telephone or procedure, with or without
            marks; the last word may be unfinished.
        statuses: Only these; all when empty.
        received_on: Only of that day.
        due_by: Only unfinished ones due at or before.
        limit: At most so many rows, the newest first.
    """

    text: str = ""
    statuses: frozenset[Status] = frozenset()
    received_on: date | None = None
    due_by: datetime | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncCounts:
    """Where this counter's work is, in numbers.

    Attributes:
        letters_waiting: Own letters that the server has not answered.
        letters_refused: Refused, and not yet looked at.
        letters_accepted: Own letters that the server holds.
        pages_waiting: Pages that the server does not hold whole.
        bytes_waiting: What is left of them, in bytes.
        last_contact: When the server last answered.
        forked: Letters that clash with another history of this counter.
    """

    letters_waiting: int
    letters_refused: int
    letters_accepted: int
    pages_waiting: int
    bytes_waiting: int
    last_contact: datetime | None
    forked: int = 0


class Reads(Protocol):
    """Questions that change nothing; each opens and closes its own reading."""

    def search(self, search: Search) -> tuple[DossierRow, ...]: ...

    def dossier(self, id: DossierId) -> Dossier | None: ...

    def by_number(self, number: Number) -> Dossier | None: ...

    def letters_of(self, id: DossierId) -> tuple[LetterEntry, ...]: ...

    def prints_of(self, id: DossierId) -> tuple[PrintJob, ...]: ...

    def pages_missing_at_server(self, id: DossierId) -> tuple[PageProgress, ...]: ...

    def sync_counts(self) -> SyncCounts: ...

    def next_number(self, bands: tuple[NumberBand, ...], day: date) -> DossierNumber | None:
        """The number that would be given next, for showing; None when none is left."""
        ...

    def draft_pages(self, draft: DossierId) -> tuple[DraftPage, ...]: ...

    def drafts_of(self, owner: StaffId) -> tuple[Draft, ...]:
        """The latest first."""
        ...

    def pack(self) -> OfficePack | None: ...

    def enrolment(self) -> Enrolment | None: ...

    def pin_hash(self, staff: StaffId) -> str | None: ...

    def open_letters(self, limit: int) -> tuple[LetterEntry, ...]:
        """Own letters waiting, refused and unattended, or forked; the oldest first."""
        ...

    def pages_waiting(self, limit: int) -> tuple[PageProgress, ...]: ...

    def prints_open(self) -> tuple[PrintJob, ...]:
        """Print jobs that are queued, unknown or failed."""
        ...
